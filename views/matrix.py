"""The Matrix page: two criteria against each other, without weights."""

from __future__ import annotations

import streamlit as st

from scoring.analysis.matrix import Matrix, matrix
from views.explanation import plain
from views.state import AppState
from views.tables import show_table

MOST_REFS = 12


def render(state: AppState) -> None:
    """Draw the page."""
    st.title("Matrix")
    st.markdown(
        "Two criteria against each other, without weights, as was done in earlier years. "
        "Best on both is top right. It does not change the ranking."
    )
    criteria = {criterion.id: criterion.name for criterion in state.framework.criteria}
    if len(criteria) < 2:
        st.info("A matrix needs two criteria; this framework has one.")
        return
    ids = list(criteria)
    down_id, across_id = state.framework.matrix or (ids[0], ids[1])
    left, right = st.columns(2)
    down = left.selectbox("Upwards", ids, ids.index(down_id), format_func=criteria.__getitem__)
    across = right.selectbox("Across", ids, ids.index(across_id), format_func=criteria.__getitem__)
    if down == across:
        st.warning("Choose two different criteria.")
        return
    found = matrix(state.sheet, across, down)
    with st.container(key="matrix"):
        show_table(_rows(found), f"{criteria[down]} upwards, {criteria[across]} across")
    st.caption(
        plain(
            f"{criteria[across]}: {found.across.scale.direction_in_words}. "
            f"{criteria[down]}: {found.down.scale.direction_in_words}."
        )
    )
    if found.left_out:
        st.caption(plain(f"Not scored on one of the two: {', '.join(found.left_out)}"))


def _rows(found: Matrix) -> list[dict[str, str]]:
    """Best row first, so that the best of both is at the top right."""
    rows = []
    for level, cells in zip(reversed(found.down_levels), reversed(found.cells), strict=True):
        row = {f"{found.down.name} / {found.across.name}": level}
        for name, refs in zip(found.across_levels, cells, strict=True):
            more = f" and {len(refs) - MOST_REFS} more" if len(refs) > MOST_REFS else ""
            row[name] = ", ".join(refs[:MOST_REFS]) + more
        rows.append(row)
    return rows
