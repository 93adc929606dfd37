"""Ranges of scores on the How firm? page: uploaded, typed, of the round's files, or as kept."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from scoring.intake.result import Source
from scoring.intake.score_ranges import RangeRow, ScoreRange, ScoreRanges, ranges_of, read_ranges
from scoring.problem import Problem, Unusable
from store.faults import Unavailable
from store.score_extents import ScoreExtent, score_extents
from views.explanation import plain
from views.kept import Kept
from views.problem_list import show_not_used
from views.state import AppState, put, widget
from views.tables import show_table

_FROM = {
    "sheet": "A sheet",
    "table": "Type them",
    "files": "The round's own files",
    "earlier": "Earlier values",
    "confidence": "Confidence",
}
_ABOUT = {
    "sheet": "A row a range, with ref, criterion, low and high; or a row an intention, with two "
    'columns a criterion such as "Impact low" and "Impact high".',
    "table": "A row a range. Scores without a range stay as they are.",
    "files": 'Columns such as "Impact low" and "Impact high" beside the scores in the files that '
    "were loaded.",
    "earlier": "From the lowest to the highest value that each score ever had in this round.",
    "confidence": "Scores given with low confidence on the Score page: one step either way. "
    "Medium, high and no confidence: as given.",
}
_SHOWN = 10
_COLUMNS = ("Ref", "Criterion", "Low", "High")
_PROBLEMS, _EDITS = "firm_ranges_problems", "firm_ranges_edits"


def choose(state: AppState) -> None:
    """Where the ranges come from, and which are in use."""
    st.markdown("**Ranges of scores.** Where they come from:")
    ways = [way for way in _FROM if _possible(state, way)]
    way = st.segmented_control(
        "Where ranges come from", ways, default=ways[0], required=True,
        format_func=_FROM.__getitem__, label_visibility="collapsed", key="firm_ranges_from",
    )  # fmt: skip
    way = str(way or ways[0])
    st.caption(_ABOUT[way])
    if way == "sheet":
        _upload(state)
    elif way == "table":
        _table(state)
    elif st.button(f"Take them from {_FROM[way].casefold()}", key=f"firm_ranges_{way}"):
        _take(state, _found(state, way))
    _problems()
    _in_use(state)


def _possible(state: AppState, way: str) -> bool:
    if way == "files":
        return bool(state.sources)
    kept = state.kept
    return way in ("sheet", "table") or (kept is not None and kept.round is not None)


def _upload(state: AppState) -> None:
    file = st.file_uploader(
        "Upload ranges", type=["xlsx", "xls", "ods", "csv"], key="firm_ranges_file"
    )
    if file is None or widget("firm_ranges_read") == file.file_id:
        return
    put("firm_ranges_read", file.file_id)
    _take(state, _read(state, [Source(file.name, file.getvalue())]))


def _read(state: AppState, sources: list[Source]) -> ScoreRanges:
    found: list[ScoreRange] = []
    problems: list[Problem] = []
    for source in sources:
        try:
            one = read_ranges(source, state.framework, state.sheet.refs)
        except Unusable as refused:
            problems += refused.problems
            continue
        found += one.found
        problems += one.problems
    return ScoreRanges(tuple(found), tuple(problems))


def _found(state: AppState, way: str) -> ScoreRanges:
    if way == "files":
        return _read(state, list(state.sources))
    assert state.kept is not None
    try:
        each = _extents(state.kept)
    except (Unusable, Unavailable) as refused:
        fault = Problem("the round", str(refused), "a round that can be read", kind="score")
        return ScoreRanges((), (fault,))
    rows = []
    for one in each:
        low, high = one.low, one.high
        if way == "confidence":
            scale = state.framework.criterion(one.criterion).scale
            step = float(scale.step) if one.confidence == "low" else 0.0
            low = max(float(scale.low), one.score - step)
            high = min(float(scale.high), one.score + step)
        if high > low:
            rows.append(RangeRow(f"{one.ref}", one.ref, one.criterion, low, high))
    return ranges_of(rows, state.framework, state.sheet.refs)


def _extents(kept: Kept) -> tuple[ScoreExtent, ...]:
    assert kept.round is not None
    with kept.store.read(kept.round.id, kept.actor) as source:
        return score_extents(source)


def _table(state: AppState) -> None:
    edits = int(widget(_EDITS, 0))
    names = {c.id: c.name for c in state.framework.criteria}
    frame = pd.DataFrame(
        [[r.ref, names[r.criterion], r.low, r.high] for r in state.firm.ranges
         if r.criterion in names],
        columns=list(_COLUMNS),
    ).astype({"Ref": "str", "Criterion": "str", "Low": "float64", "High": "float64"})  # fmt: skip
    with st.form("firm_ranges_form", border=False):
        edited = st.data_editor(
            frame,
            num_rows="dynamic",
            hide_index=True,
            width="stretch",
            column_config={
                "Ref": st.column_config.SelectboxColumn("Ref", options=list(state.sheet.refs)),
                "Criterion": st.column_config.SelectboxColumn(
                    "Criterion", options=list(names.values())
                ),
                "Low": st.column_config.NumberColumn("Low"),
                "High": st.column_config.NumberColumn("High"),
            },
            key=f"firm_ranges_{edits}",
        )
        used = st.form_submit_button("Use these ranges")
    if used:
        rows = [
            RangeRow(
                f"Row {number}",
                str(row["Ref"] or ""),
                str(row["Criterion"] or ""),
                *(None if pd.isna(row[end]) else float(row[end]) for end in ("Low", "High")),
            )
            for number, row in enumerate(edited.to_dict("records"), 1)
        ]
        _take(state, ranges_of(rows, state.framework, state.sheet.refs))


def _take(state: AppState, found: ScoreRanges) -> None:
    put(_PROBLEMS, found.problems)
    if not found.found and not found.problems:
        none = Problem("ranges of scores", "", "at least one range", kind="score")
        put(_PROBLEMS, (none,))
    if found.found:
        state.firm = replace(state.firm, ranges=found.found)
        put(_EDITS, int(widget(_EDITS, 0)) + 1)
        st.rerun()


def _problems() -> None:
    problems: tuple[Problem, ...] = widget(_PROBLEMS, ())
    show_not_used(problems, "Problems of the ranges")


def _in_use(state: AppState) -> None:
    criteria = {c.id: c.name for c in state.framework.criteria}
    refs = set(state.sheet.refs)
    mine = [r for r in state.firm.ranges if r.ref in refs and r.criterion in criteria]
    if not mine:
        return
    more = len(mine) - _SHOWN
    also = f"; the first {_SHOWN} of them" if more > 0 else ""
    st.caption(plain(f"In use: {len(mine):,} range{'s' if len(mine) > 1 else ''}{also}."))
    show_table(
        [
            {"Ref": r.ref, "Criterion": criteria[r.criterion], "Low": f"{r.low:g}",
             "High": f"{r.high:g}"}
            for r in mine[:_SHOWN]
        ],
        "Ranges of scores in use",
        right=["Low", "High"],
    )  # fmt: skip
