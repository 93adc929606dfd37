"""What a new reading would change, cell by cell, and which of it to take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from scoring.export.accept import accept, accepted_weights
from scoring.export.diff import Change, Difference, diff_editions
from scoring.export.edition import Edition, Written, read_edition
from scoring.export.tables import segment_name
from scoring.framework import Framework, Weights
from scoring.intake.result import Intake, LedgerLine, ReadingOptions, Source
from scoring.sheet import ScoreSheet
from views.draft import Draft
from views.explanation import plain
from views.state import AppState
from views.tables import show_long_table, show_table

ALL, SOME = "All of it", "Only the changes I tick"
FEW = 40
KINDS = {
    "score": ("score", "scores"),
    "weight": ("weight", "weights"),
    "segment": ("segment", "segments"),
    "answer": ("segment answer", "segment answers"),
    "text": ("other entry", "other entries"),
    "added": ("row that is new", "rows that are new"),
    "deleted": ("row that is gone", "rows that are gone"),
}


@dataclass(frozen=True)
class Taken:
    """What a person takes of a new reading: the intentions, and weights where they were changed."""

    intake: Intake
    weights: Weights | None


def show_difference(state: AppState, draft: Draft, intake: Intake) -> Taken:
    """Was, is and where for every cell that differs from what is in use, and the choice."""
    whole = Taken(intake, None)
    same_framework = intake.sheet.framework.id == state.framework.id
    if not same_framework or not set(intake.sheet.refs) & set(state.sheet.refs):
        return whole
    old, new = in_use(state), read_again(draft, intake)
    difference = diff_editions(old, new)
    st.header("Compared with what is in use")
    for note in difference.notes:
        st.markdown(plain(note))
    if difference.same:
        st.markdown("No difference: the same intentions, scores, texts and weights.")
        return whole
    show_differences(difference)
    moved = [c for c in difference.changes if c.kind == "segment"]
    if moved:
        st.caption(
            "A segment is not taken over from a file: change it on the Segments page, with a reason."
        )
    chosen = choose(draft, difference.changes)
    if len(chosen) == len(difference.changes):
        return Taken(intake, changed_weights(old, chosen))
    sheet = accept(old, new, chosen)
    return Taken(_partly(state.accounted, intake, chosen, sheet), changed_weights(old, chosen))


def in_use(state: AppState) -> Edition:
    """What is in use now, as an edition to compare with."""
    ranking = state.ranking
    return Edition(
        Source(state.round_name, b""),
        replace(state.accounted, sheet=state.sheet),
        exported=True,
        weights={
            id: Written(f"{weight.normalize():f}", "today's weights")
            for id, weight in state.weights.items()
        },
        segments={
            ref: Written(segment_name(ranking, assignment.segment), "")
            for ref, assignment in zip(
                ranking.sheet.refs, ranking.segments.assignments, strict=True
            )
        },
    )


def read_again(draft: Draft, intake: Intake) -> Edition:
    """The new reading as an edition; an exported workbook brings its weights and segments."""
    if len(draft.sources) != 1:
        return Edition(Source("several files", b""), intake)
    source = draft.sources[0]
    key = ("edition", source.name, hash(source.data), repr(draft.corrections_of(source.name)))
    framework: Framework = intake.sheet.framework
    if draft.edition is None or draft.edition[0] != key:
        options = ReadingOptions(corrections=tuple(draft.corrections.values()))
        draft.edition = (key, read_edition(source, framework, options))
    return draft.edition[1]


def show_differences(difference: Difference) -> None:
    """How many differences there are, and each: was, is, where."""
    counts = ", ".join(
        f"{count} {KINDS[kind][count > 1]}" for kind, count in difference.count().items()
    )
    total = len(difference.changes)
    st.markdown(f"{total} difference{'' if total == 1 else 's'}: {counts}.")
    show_changes(difference.changes, "Differences: was, is, where")


def show_changes(changes: Sequence[Change], name: str, why: Sequence[str] = ()) -> None:
    """A table of differences, with a reason for each where reasons are given."""
    rows = [_row(change) for change in changes]
    if why:
        rows = [{**row, "Why": reason} for row, reason in zip(rows, why, strict=True)]
    if len(rows) <= FEW:
        show_table(rows, name)
    else:
        show_long_table(rows, name)


def _row(change: Change) -> dict[str, str]:
    return {
        "Intention": " ".join(filter(None, (change.ref, change.title))),
        "What": f"row {change.kind}" if change.kind in ("added", "deleted") else change.label,
        "Was": change.was or "nothing",
        "Is": change.now or "nothing",
        "Where": change.where,
    }


def choose(draft: Draft, changes: Sequence[Change]) -> list[Change]:
    """All of the changes or, if a person wants only some, those that they tick."""
    choice = st.radio("Take", (ALL, SOME), horizontal=True, key=f"take_{draft.uploader}")
    if choice == ALL:
        return list(changes)
    if len(changes) <= FEW:
        return [
            change
            for number, change in enumerate(changes)
            if st.checkbox(plain(_in_words(change)), key=f"tick_{draft.uploader}_{number}")
        ]
    rows = [{"Take": False, **_row(change)} for change in changes]
    edited = st.data_editor(
        rows,
        hide_index=True,
        width="stretch",
        disabled=["Intention", "What", "Was", "Is", "Where"],
        key=f"ticked_{draft.uploader}",
    )
    return [change for change, row in zip(changes, edited, strict=True) if row["Take"]]


def _in_words(change: Change) -> str:
    row = _row(change)
    what = f"{row['Intention']}: {row['What']}" if row["Intention"] else row["What"]
    if change.kind in ("added", "deleted"):
        return f"{what} ({change.where})"
    return f"{what} from {row['Was']} to {row['Is']} ({change.where})"


def changed_weights(old: Edition, chosen: Sequence[Change]) -> Weights | None:
    """Today's weights with the changes of weights among these; None where there are none."""
    changed = [change for change in chosen if change.kind == "weight"]
    return accepted_weights(old, changed) if changed else None


def _partly(now: Intake, new: Intake, chosen: list[Change], sheet: ScoreSheet) -> Intake:
    """The ledger of a partly taken reading: what was there, what was added, what was deleted."""
    deleted = {change.ref: change.where for change in chosen if change.kind == "deleted"}
    added = {change.ref for change in chosen if change.kind == "added"}
    ledger: list[LedgerLine] = [
        replace(line, outcome="refused", why="deleted in the newer file")
        if line.ref in deleted
        else line
        for line in now.ledger
    ]
    ledger += [line for line in new.ledger if line.ref in added]
    files = tuple(dict.fromkeys([*now.files, *new.files]))
    return replace(now, sheet=sheet, ledger=tuple(ledger), files=files)
