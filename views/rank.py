"""The Rank page: the live ranking, and what follows from it."""

from __future__ import annotations

import streamlit as st

from scoring.analysis.moves import compare
from views.bullets import as_list
from views.explanation import plain
from views.firm_marks import firm_marks
from views.live_ranking import Setting, live_ranking, mark_rows, sheet_message
from views.scenarios import follow_link, latest_releases, show_scenarios, write_link
from views.standing import warnings_of
from views.state import AppState
from views.take_list import take_list
from views.why import why

KEY = "live"


def render(state: AppState) -> None:
    """Draw the page."""
    st.title("Ranked intentions")
    if state.is_sample:
        st.caption(
            "Sample round: real titles, illustrative scores and money. "
            "Load your own on the Load page."
        )
    follow_link(state)
    _live(state)
    show_scenarios(state)


@st.fragment
def _live(state: AppState) -> None:
    """The list and what depends on it: a release runs this part of the page only."""

    def released(setting: Setting) -> None:
        state.take(setting)

    def selected(ref: str | None) -> None:
        state.explained = ref

    ref = state.explained
    live_ranking(
        KEY,
        _message(state),
        state.setting,
        state.pushes,
        explanation=why(state, ref) if ref in state.sheet.refs else None,
        on_setting=released,
        on_select=selected,
    )
    take_list(KEY, state.round_name)
    with st.container(key="released"):
        st.caption(plain(_summary(state)))
        if state.ledger:
            st.text(latest_releases(state))
        warned = warnings_of(state)
        if warned:
            listed = as_list(str(warning) for warning in warned)
            st.warning(f"Links to look at, with the line where it is:\n\n{listed}")
    write_link(state)
    _mark(state)


def _mark(state: AppState) -> None:
    """Firm and borderline rows, after everything else of a release: nothing waits for them."""
    with st.container(key="firmness"):
        marks = firm_marks(state)
        if marks is not None:
            st.caption(plain(marks.about))
            mark_rows(KEY, marks, state.sheet, state.missing, state.setting)


def _summary(state: AppState) -> str:
    """What the weights that were last released did to the order, for people."""
    weights = state.weights.shown()
    shares = ", ".join(f"{c.name} {weights[c.id]}%" for c in state.framework.criteria)
    if state.is_published:
        return f"{shares}. These are the published weights."
    comparison = compare(state.baseline, state.ranking)
    return (
        f"{shares}. Against the published weights {comparison.moved_in_words()} "
        f"{comparison.overlap_in_words(state.line)}"
    )


def _message(state: AppState) -> bytes:
    """What the browser ranks: made once for a sheet, its segments and the policy on gaps."""
    framework = state.framework
    names = {segment.id: segment.name for segment in framework.segments}
    return state.once(
        ("live message", state.sheet, state.segments, state.missing),
        lambda: sheet_message(
            KEY,
            state.sheet,
            state.segments,
            names,
            framework.weights,
            missing=state.missing,
            round_id=state.kept.round.id if state.kept and state.kept.round else state.round_name,
        ),
    )
