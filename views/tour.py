"""The first run: four sentences on what is here, above the sample. No forms."""

from __future__ import annotations

import streamlit as st

from views.state import AppState

STEPS = (
    "**Move a weight** below: the list follows as you move it.",
    "**Choose an intention** to read why it stands where it does.",
    "**Load** your own spreadsheet, in whatever layout it has.",
    "**Export** the list, with its formulas, for Excel or a paper.",
)


def show_tour(state: AppState) -> None:
    """What to try first, until it is hidden or the person has a round or a place of their own."""
    kept = state.kept
    if kept is None or not kept.first_run or not state.is_sample:
        return
    with st.container(border=True, key="tour"):
        *columns, last = st.columns([3, 3, 3, 3, 1], vertical_alignment="center")
        for number, (column, step) in enumerate(zip(columns, STEPS, strict=True), 1):
            column.markdown(f"{number}\\. {step}")
        last.button("Hide", on_click=_hide, args=(state,), help="Hide these first steps")


def _hide(state: AppState) -> None:
    assert state.kept is not None
    state.kept.first_run = False
