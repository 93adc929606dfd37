"""The Score page: what is left to score, the grid, or one intention at a time."""

from __future__ import annotations

import streamlit as st

from scoring.problem import Unusable
from store.faults import Unavailable
from views.explanation import plain
from views.keeping import copy_sample
from views.kept import Kept
from views.notices import show_conflicts
from views.score_form import show_form
from views.score_grid import show_grid
from views.standing import closed_in_words
from views.state import AppState, widget
from views.tables import show_long_table, show_table

ALL = "All intentions"
ALL_TEAMS = "All functions"
LEFT = "With a score missing"


def render(state: AppState) -> None:
    """Draw the page."""
    st.title("Score intentions")
    kept = state.kept
    if kept is None or kept.round is None:
        _not_yet(state, kept)
        return
    try:
        _page(state, kept)
    except (Unusable, Unavailable) as refused:
        st.error(plain(f"There is a problem. {refused}"))


def _not_yet(state: AppState, kept: Kept | None) -> None:
    if kept is None:
        st.markdown(
            "Rounds are not kept here, so scores cannot be changed. Change them in your "
            "spreadsheet and load it again."
        )
        return
    st.markdown("The sample round is an example to look at. Copy it to score it yourself.")
    if st.button("Copy the sample and score it", type="primary"):
        copy_sample(state)
        st.rerun()


def _page(state: AppState, kept: Kept) -> None:
    assert kept.round is not None
    _left_to_do(state)
    if not kept.may("assessor"):
        why = (
            closed_in_words(kept.round)
            if kept.round.state != "open"
            else "You may look at this round but not score it: ask its owner to let you."
        )
        st.info(plain(why))
        _to_look_at(state)
        return
    if not len(state.sheet):
        st.info("There is nothing to score yet: load a spreadsheet, or add intentions by hand.")
        return
    refs = _chosen(state)
    if not refs:
        st.success("Everything here is scored.")
        return
    how = widget("how_to_score", "Grid")
    show_conflicts(state, scores=True)
    if how == "Grid":
        show_grid(state, refs)
    else:
        kept.grid = None
        show_form(state, refs)


def _to_look_at(state: AppState) -> None:
    """Every score as it stands, for those who may not change it."""
    sheet, criteria = state.sheet, state.framework.criteria
    if not len(sheet):
        return
    rows = [
        {"Ref": ref, "Intention": sheet.titles[i]}
        | {c.name: f"{sheet.scores[i, j]:g}" if sheet.scored[i, j] else "not scored"
           for j, c in enumerate(criteria)}
        for i, ref in enumerate(sheet.refs)
    ]  # fmt: skip
    show_long_table(rows, "Scores", right=[c.name for c in criteria])


def _left_to_do(state: AppState) -> None:
    sheet = state.sheet
    teams: dict[str, list[int]] = {}
    for i in range(len(sheet)):
        teams.setdefault(sheet.text("function", i) or "No function given", []).append(i)
    given = int(sheet.scored.sum())
    st.progress(
        given / sheet.scored.size if sheet.scored.size else 0.0,
        f"{given} of {sheet.scored.size} scores given, {sheet.scored.size - given} left",
    )
    with st.expander("Progress by function"):
        show_table(
            [
                {
                    "Function": team,
                    "Intentions": len(rows),
                    "Complete": int(sheet.complete[rows].sum()),
                    "Scores given": int(sheet.scored[rows].sum()),
                    "Scores left": int((~sheet.scored[rows]).sum()),
                }
                for team, rows in sorted(teams.items())
            ],
            "Scores given and left by function",
            right=["Intentions", "Complete", "Scores given", "Scores left"],
        )


def _chosen(state: AppState) -> tuple[str, ...]:
    """The intentions to score. Those with a gap stay listed while one fills the gap."""
    sheet = state.sheet
    functions = sorted({sheet.text("function", i) for i in range(len(sheet))} - {""})
    left, right, last = st.columns([3, 3, 2])
    last.segmented_control(
        "How to score", ["Grid", "One at a time"], default="Grid", required=True, key="how_to_score"
    )
    team = left.selectbox("Function", [ALL_TEAMS, *functions], key="score_team")
    which = right.selectbox("Show", [ALL, LEFT], key="score_which")
    kept = state.kept
    assert kept is not None
    same = kept.grid is not None and kept.filtered == (team, which)
    listed = set(kept.grid.refs) if same else set()
    kept.filtered = (team, which)
    rows = [i for i in range(len(sheet)) if team == ALL_TEAMS or sheet.text("function", i) == team]
    if which == LEFT:
        rows = [i for i in rows if not sheet.complete[i] or sheet.refs[i] in listed]
    return tuple(sheet.refs[i] for i in rows)
