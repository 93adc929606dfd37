"""One change to the round that is open: made in one transaction, or refused in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from scoring.problem import Unusable
from store.cells import save_fields
from store.faults import Unavailable
from store.intentions import add_intention, rename_intention
from store.records import Conflict, NewValue, Outdated
from store.shared_settings import ROUTES
from store.transaction import Change
from views.explanation import as_problem, plain
from views.keeping import now
from views.kept import Kept
from views.notices import name_of
from views.opening import open_round
from views.state import AppState


def change_round(
    state: AppState,
    kept: Kept,
    act: Callable[[Change], object],
    told: str,
    conflicts: Sequence[Conflict] = (),
) -> None:
    """Do it and show the round as it is then, with `told` as a passing word.

    Says in place why it was refused, or what somebody else did first; nothing is changed then.
    `conflicts` is what `act` finds to choose on.
    """
    assert kept.round is not None
    try:
        with kept.store.change(kept.round.id, kept.actor, now()) as change:
            outcome = act(change)
    except (Unusable, Unavailable) as refused:
        st.error(as_problem(refused))
        return
    if isinstance(outcome, Outdated):
        who = name_of(state, outcome.by) if outcome.by else "Somebody"
        open_round(state, kept.round.id)
        what = "the thresholds" if outcome.what == f"setting {ROUTES}" else outcome.what
        kept.refused = (
            f"{who} changed {what} first. What is there now is shown: look at it and save again."
        )
        st.rerun()
    open_round(state, kept.round.id)
    kept.forms += 1
    kept.have_chosen(conflicts)
    if not conflicts:
        st.toast(plain(told))
    st.rerun()


def save_entries(
    state: AppState,
    kept: Kept,
    ref: str,
    values: Sequence[NewValue],
    why: str,
    renamed: tuple[str, int] | None = None,
) -> None:
    """Save fields of an intention, and its title where it is `renamed` (title, version seen).

    What somebody else changed first becomes a choice; of a title, nothing is saved.
    """

    def act(change: Change) -> Outdated | None:
        if renamed and (outdated := rename_intention(change, ref, *renamed, why)):
            return outdated
        outcomes = save_fields(change, values) if values else ()
        conflicts.extend(o for o in outcomes if isinstance(o, Conflict))
        return None

    conflicts: list[Conflict] = []
    change_round(state, kept, act, f"Saved {ref}", conflicts)


def add_one(state: AppState, kept: Kept) -> None:
    """Add an intention by hand, with nothing scored."""
    with st.expander("Add an intention"), st.form(f"add_{kept.forms}"):
        left, right = st.columns([1, 3])
        ref = left.text_input("Ref", max_chars=200)
        title = right.text_input("Title", max_chars=2000)
        why = st.text_input("Why is it added? (kept on record)", max_chars=500)
        if st.form_submit_button("Add"):
            change_round(
                state,
                kept,
                lambda change: add_intention(change, ref, title, why),
                f"Added {ref}",
            )
