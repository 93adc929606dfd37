"""The Load page: drop files, see what was read and what is wrong, mend it, accept it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from scoring.export.template import write_template
from scoring.framework import Framework, list_frameworks, parse_framework
from scoring.intake import FileRead, combine, read_file
from scoring.intake.result import Intake, ReadingOptions, Source
from scoring.problem import Unusable
from views.difference import show_difference
from views.draft import Draft
from views.explanation import plain
from views.load_file import differing_weights, show_file
from views.problem_list import show_problems
from views.state import AppState
from views.tables import show_long_table, show_table
from views.update_round import ask_what_for, show_told, update_round

TYPES = ["xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "tsv", "txt"]
SLOW_BYTES = 1_000_000


def render(state: AppState) -> None:
    """Draw the page."""
    st.title("Load intentions")
    draft = state.draft
    show_told(state, draft)
    _now(state)
    framework = _framework(state, draft)
    _choose_files(state, draft)
    if not draft.sources:
        _start(framework)
        return
    reads = _read(draft, framework)
    for source, read in reads:
        show_file(state, draft, framework, source, read)
    good = [read for _, read in reads if read is not None]
    if not good:
        st.info("Nothing to accept yet. What was loaded before is still in use.")
        return
    intake = combine(good, framework, ReadingOptions())
    show_problems(draft, intake)
    _ledger(intake)
    _accept(state, draft, intake)


def _now(state: AppState) -> None:
    """What is in use at the moment."""
    kept = state.kept
    what = ", ".join(file.name for file in state.intake.files)
    if state.is_sample:
        what = "the sample round (illustrative scores)"
    elif kept is not None and kept.round is not None:
        what = kept.round.name
    st.markdown(
        plain(f"In use now: {what}, {len(state.sheet)} intentions, {state.framework.name}.")
    )


def _framework(state: AppState, draft: Draft) -> Framework:
    known = {f.id: f for f in list_frameworks()}
    if draft.framework is not None:
        known[draft.framework.id] = draft.framework
    if state.framework.id not in known:
        known[state.framework.id] = state.framework
    ids = list(known)
    chosen = st.selectbox(
        "Framework to score against",
        ids,
        index=ids.index(draft.framework.id if draft.framework else state.framework.id),
        format_func=lambda id: f"{known[id].name} ({len(known[id].criteria)} criteria)",
        key=f"load_framework_{draft.version}",
    )
    with st.expander("Use a framework file of your own"):
        own = st.file_uploader("Framework file (.toml)", type=["toml"], key="own_framework")
        if own is not None and own.file_id != draft.framework_file:
            draft.framework_file = own.file_id
            try:
                draft.framework = parse_framework(own.getvalue(), own.name)
                draft.framework_errors = ()
                draft.version += 1
                st.rerun()
            except Unusable as refused:
                draft.framework_errors = tuple(str(problem) for problem in refused.problems)
        for message in draft.framework_errors:
            st.error(plain(f"There is a problem. {message}"))
    return known[chosen]


def _choose_files(state: AppState, draft: Draft) -> None:
    uploaded = st.file_uploader(
        "Spreadsheets of intentions, one or many",
        type=TYPES,
        accept_multiple_files=True,
        key=f"load_files_{draft.uploader}",
        help="Excel, LibreOffice or CSV. Macros never run and links are never followed.",
    )
    if uploaded:
        draft.keep([Source(file.name, file.getvalue()) for file in uploaded])
    if draft.sources and st.button("Start again with other files"):
        state.new_draft()
        st.rerun()


def _start(framework: Framework) -> None:
    st.markdown(
        "Any layout will do: the table is found below titles and notes, and columns are matched by their "
        "headers. Nothing replaces what is in use until you accept it."
    )
    st.download_button(
        "Download an empty template to fill in",
        write_template(framework),
        file_name=f"{framework.id}-template.xlsx",
        on_click="ignore",
    )


def _read(draft: Draft, framework: Framework) -> list[tuple[Source, FileRead | None]]:
    """Each file read on its own, so that a bad one does not lose the good ones."""
    reads: list[tuple[Source, FileRead | None]] = []
    options = ReadingOptions(corrections=tuple(draft.corrections.values()))
    for source in draft.sources:
        key = (
            source.name,
            hash(source.data),
            framework.id,
            repr(draft.corrections_of(source.name)),
        )
        if key not in draft.reads:
            try:
                draft.reads[key] = _read_one(source, framework, options)
            except Unusable as refused:
                draft.reads[key] = refused
        outcome = draft.reads[key]
        if isinstance(outcome, Unusable):
            for problem in outcome.problems:
                st.error(plain(f"There is a problem. {problem}"))
            reads.append((source, None))
        else:
            reads.append((source, outcome))
    return reads


def _read_one(source: Source, framework: Framework, options: ReadingOptions) -> FileRead:
    """Read a file, with a progress bar where that takes a while."""
    if len(source.data) < SLOW_BYTES:
        return read_file(source, framework, options)
    bar = st.progress(0.0, f"Reading {plain(source.name)}")
    try:
        return read_file(
            source, framework, options, lambda done, what: bar.progress(done, plain(what))
        )
    finally:
        bar.empty()


def _ledger(intake: Intake) -> None:
    st.header("Every row accounted for")
    files: Sequence[str] = [file.name for file in intake.files]
    rows = []
    for name in files:
        lines = [line for line in intake.ledger if line.file == name]
        count = {
            o: sum(line.outcome == o for line in lines) for o in ("scored", "incomplete", "refused")
        }
        rows.append(
            {
                "File": name,
                "Rows read": len(lines),
                "= Ranked": count["scored"],
                "+ Incomplete": count["incomplete"],
                "+ Refused": count["refused"],
            }
        )
    if len(files) > 1:
        rows.append(
            {
                "File": "All files",
                "Rows read": intake.count(),
                "= Ranked": intake.count("scored"),
                "+ Incomplete": intake.count("incomplete"),
                "+ Refused": intake.count("refused"),
            }
        )
    show_table(rows, "Rows read and what became of them", right=tuple(rows[0])[1:])
    with st.expander("Row by row"):
        show_long_table(
            [
                {
                    "File": line.file,
                    "Sheet": line.sheet,
                    "Row": line.row,
                    "Ref": line.ref,
                    "Intention": line.title,
                    "Outcome": {"scored": "Ranked"}.get(line.outcome, line.outcome.capitalize()),
                    "Why": line.why,
                }
                for line in intake.ledger
            ],
            "Rows read, row by row",
        )


def _accept(state: AppState, draft: Draft, intake: Intake) -> None:
    if not len(intake.sheet):
        st.warning("No row can be used, so there is nothing to accept.")
        return
    if ask_what_for(state, draft, intake):
        update_round(state, draft, intake)
        return
    taken = show_difference(state, draft, intake)
    use_weights = False
    found = any(differing_weights(intake.sheet.framework, table) for table in intake.tables)
    if found and taken.weights is None:
        use_weights = st.checkbox("Use the weights found in the file as today's weights")
    refused = intake.count("refused")
    rows = "row stays" if refused == 1 else "rows stay"
    left_out = f" {refused} refused {rows} out." if refused else ""
    kept = state.kept
    stays = f" {kept.round.name} stays as it is." if kept and kept.round else ""
    st.markdown(
        plain(
            f"Accepting replaces what is in use with {len(taken.intake.sheet)} intentions: "
            f"{int(taken.intake.sheet.complete.sum())} to rank, "
            f"{int((~taken.intake.sheet.complete).sum())} incomplete."
            f"{left_out}{stays}"
        )
    )
    if st.button("Accept and rank", type="primary"):
        state.accept(taken.intake, draft.sources)
        if taken.weights is not None:
            state.set_weights(taken.weights)
        elif use_weights:
            state.set_weights(draft.weights_found(intake))
        state.new_draft()
        st.switch_page(state.pages["rank"])
