"""What a person must know on any page: what could not be saved, and what somebody else changed."""

from __future__ import annotations

import streamlit as st

from scoring.framework import FIELDS
from scoring.problem import Unusable
from store.cells import insist, save_fields, save_scores
from store.faults import Unavailable
from store.records import Conflict, Saved
from views.explanation import plain
from views.keeping import now
from views.opening import took
from views.state import AppState


def show_notices(state: AppState) -> None:
    """Faults, refusals and conflicts, above the page."""
    if state.store_fault:
        st.error(
            plain(f"There is a problem. Nothing can be saved: {state.store_fault} ")
            + "You can go on; what you do is kept in this browser tab only."
        )
    kept = state.kept
    if kept is None:
        return
    if kept.fault:
        st.error(
            plain(f"There is a problem. Not saved yet: {kept.fault} ")
            + "It is kept in this browser tab and saved as soon as that is possible."
        )
        st.button("Try again now", key="save_again")
    if kept.refused:
        st.warning(plain(f"Not saved. {kept.refused}"))
        kept.refused = ""
    show_conflicts(state, scores=False)


def show_conflicts(state: AppState, scores: bool) -> None:
    """Each change that somebody else was quicker with, to choose on. Scores: on their page."""
    assert state.kept is not None
    for number, conflict in enumerate(state.kept.conflicts):
        if (conflict.yours.field in state.framework.weights) == scores:
            _choose(state, number, conflict)


def value_in_words(value: object) -> str:
    """A cell's content for people."""
    if value is None or value == "":
        return "not scored"
    return f"{value:g}" if isinstance(value, float) else str(value)


def field_in_words(state: AppState, field: str) -> str:
    """What a column is called on screen."""
    names = {f.id: f.name for f in FIELDS}
    names |= {c.id: c.name for c in state.framework.criteria}
    names |= {q.id: q.asks for q in state.framework.questions}
    return names.get(field, field)


def name_of(state: AppState, person: str) -> str:
    """What to call somebody who was quicker."""
    kept = state.kept
    return "You (elsewhere)" if kept and person == kept.actor.id else signed(state, person)


def signed(state: AppState, person: str) -> str:
    """What to call somebody in a record: their name, or what they sign in as."""
    return state.kept.names.get(person, person) if state.kept else person


def _choose(state: AppState, number: int, conflict: Conflict) -> None:
    theirs, yours = conflict.theirs, conflict.yours
    why = f", because: {theirs.why}" if theirs.why else ""
    with st.container(border=True):
        st.markdown(
            plain(
                f"{name_of(state, theirs.by)} changed {field_in_words(state, theirs.field)} of "
                f"{theirs.ref} to {value_in_words(theirs.value)} at {theirs.at:%H:%M} "
                f"on {theirs.at:%d %B}{why}. You wanted {value_in_words(yours.value)}."
            )
        )
        keep, mine, _ = st.columns([1, 1, 2])
        key = f"{theirs.ref}_{theirs.field}_{theirs.version}"
        if keep.button(
            plain(f"Keep {value_in_words(theirs.value)}"), key=f"theirs_{key}", width="stretch"
        ):
            _settled(state, number)
        if mine.button(
            plain(f"Change it to {value_in_words(yours.value)}"),
            key=f"mine_{key}",
            width="stretch",
        ):
            _insist(state, number, conflict)


def _insist(state: AppState, number: int, conflict: Conflict) -> None:
    kept = state.kept
    assert kept is not None
    assert kept.round is not None
    is_score = conflict.yours.field in state.framework.weights
    try:
        with kept.store.change(kept.round.id, kept.actor, now()) as change:
            save = save_scores if is_score else save_fields
            (outcome,) = save(change, [insist(conflict)])
    except (Unusable, Unavailable) as refused:
        st.error(plain(f"There is a problem. Not saved: {refused}"))
        return
    if isinstance(outcome, Saved):
        took(state, [outcome.cell])
        _settled(state, number)
    else:  # somebody was quicker again
        kept.conflicts[number] = outcome
        st.rerun()


def _settled(state: AppState, number: int) -> None:
    assert state.kept is not None
    state.kept.conflicts.pop(number)
    state.kept.grid = state.kept.form = None
    st.rerun()
