"""Each assessor's own weights on the How firm? page: typed into a small table or uploaded."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from scoring.intake.assessors import AssessorRow, Assessors, assessors_of, read_assessors
from scoring.intake.result import Source
from scoring.problem import Problem, Unusable
from views.explanation import plain
from views.problem_list import show_not_used
from views.state import AppState, put, widget
from views.tables import show_table

_NAME = "Assessor"
_EDITS = "firm_assessors_edits"  # a new table is drawn after each taking over


def choose(state: AppState) -> None:
    """The table, its checks, and the shares that it comes to."""
    st.markdown(
        "**Each assessor's own weights.** One row an assessor; only proportions matter, so 5 and 10 "
        "say the same as 50 and 100. A 0 drops a criterion; a blank is not used and said."
    )
    _upload(state)
    _table(state)
    mine = [one for one in state.firm.assessors if tuple(one.weights) == tuple(state.weights)]
    if mine:
        rows: list[dict[str, str | int]] = [
            {_NAME: one.name, **_shares(state, one.weights.shown())} for one in mine
        ]
        rows.append({_NAME: "Today's weights", **_shares(state, state.weights.shown())})
        names = [c.name for c in state.framework.criteria]
        show_table(rows, "Assessors' weights as shares of 100", right=names)


def _shares(state: AppState, shown: dict[str, str]) -> dict[str, str]:
    return {c.name: f"{shown[c.id]}%" for c in state.framework.criteria}


def _upload(state: AppState) -> None:
    file = st.file_uploader(
        "Upload a sheet: a row an assessor, a column a criterion",
        type=["xlsx", "xls", "ods", "csv"],
        key="firm_assessors_file",
    )
    if file is None or widget("firm_assessors_read") == file.file_id:
        return
    put("firm_assessors_read", file.file_id)
    try:
        found = read_assessors(Source(file.name, file.getvalue()), state.framework)
    except Unusable as refused:
        put("firm_assessors_problems", refused.problems)
        return
    _take(state, found)


def _table(state: AppState) -> None:
    edits = int(widget(_EDITS, 0))
    criteria = state.framework.criteria
    columns: dict[str, Any] = {_NAME: st.column_config.TextColumn(_NAME, max_chars=80)}
    for criterion in criteria:
        columns[criterion.id] = st.column_config.NumberColumn(
            plain(criterion.name), min_value=0, max_value=1_000_000
        )
    with st.form("firm_assessors_form", border=False):
        frame = st.data_editor(
            _frame(state),
            num_rows="dynamic",
            hide_index=True,
            width="stretch",
            column_config=columns,
            key=f"firm_assessors_{edits}",
        )
        used = st.form_submit_button("Use these weights")
    if used:
        put("firm_assessors_problems", ())
        _take(state, assessors_of(_rows(state, frame), state.framework), whole=True)
    problems: tuple[Problem, ...] = widget("firm_assessors_problems", ())
    show_not_used(problems, "Problems of the assessors' weights")


def _take(state: AppState, found: Assessors, whole: bool = False) -> None:
    """Use what can be used, and say the rest; a typed table with a problem stays as it was typed."""
    put("firm_assessors_problems", found.problems)
    if whole and found.problems:
        return
    state.firm = replace(state.firm, assessors=found.found)
    put(_EDITS, int(widget(_EDITS, 0)) + 1)
    st.rerun()


def _frame(state: AppState) -> pd.DataFrame:
    ids = list(state.weights)
    rows = [
        [one.name, *(float(one.weights[id]) for id in ids)]
        for one in state.firm.assessors
        if list(one.weights) == ids
    ]
    frame = pd.DataFrame(rows, columns=[_NAME, *ids])
    return frame.astype({_NAME: "str", **dict.fromkeys(ids, "float64")})


def _rows(state: AppState, frame: pd.DataFrame) -> list[AssessorRow]:
    found = []
    for number, row in enumerate(frame.to_dict("records"), 1):
        where = f"Row {number}"
        name = row[_NAME] if isinstance(row[_NAME], str) else ""
        cells = {id: (where, None if pd.isna(row[id]) else float(row[id])) for id in state.weights}
        found.append(AssessorRow(where, name, cells))
    return found
