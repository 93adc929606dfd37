"""How a round comes to rest: freeze it for a while, publish it for good, or delete it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from scoring.problem import Unusable
from store.faults import Unavailable
from store.records import Progress, Round
from store.rounds import delete_round, freeze_round, publish_round, reopen_round
from store.sheets import progress
from store.transaction import Change
from views.explanation import as_problem, plain
from views.keeping import now
from views.kept import Kept
from views.opening import open_round, open_sample
from views.state import AppState, put

CHOSEN = "chosen_round_"  # the round to open or manage; a new key where names changed


def freeze_or_publish(state: AppState, kept: Kept, r: Round) -> None:
    """Stop all changes, for a while or for good; what publishing means is said before it is done."""
    if r.state == "published":
        st.markdown("This round is published: nothing in it changes any more. Copy it to go on.")
        return
    with st.expander("Freeze or publish" if r.state == "open" else "Open again or publish"):
        why = st.text_input("Reason (kept on record)", key=f"why_{r.id}", max_chars=500)
        left, right = st.columns(2, border=True)
        with left:
            _freeze(state, kept, r, why)
        with right:
            _publish(state, kept, r, why)
    if r.state == "frozen":
        st.caption("A frozen round is opened again before anything in it is changed or deleted.")


def delete(state: AppState, kept: Kept, r: Round) -> None:
    """Remove an open round, once its name was typed."""
    if r.state != "open":
        return
    with st.expander("Delete this round"), st.form(f"delete_{r.id}"):
        st.markdown(
            "Everything in it goes, for everybody, and cannot be brought back. The record of who "
            "did what and when stays."
        )
        typed = st.text_input(
            plain(f"Type the name of the round to confirm: {r.name}"), max_chars=200
        )
        why = st.text_input("Reason (kept on record)", max_chars=500)
        if st.form_submit_button("Delete for good") and do(
            kept, r, lambda change: delete_round(change, typed, why)
        ):
            if in_use(kept, r):
                open_sample(state)
            st.toast(plain(f"{r.name} is deleted"))
            st.rerun()


def in_use(kept: Kept, r: Round) -> bool:
    """Whether it is the round that is open."""
    return kept.round is not None and kept.round.id == r.id


def again(state: AppState, kept: Kept, r: Round, told: str) -> None:
    """Show the page anew after a change, with `told` as a passing word."""
    if in_use(kept, r):
        open_round(state, r.id)
    # A list drawn before keeps showing the name that its choice had.
    kept.forms += 1
    put(f"{CHOSEN}{kept.forms}", r.id)
    st.toast(plain(told))
    st.rerun()


def do(kept: Kept, r: Round, act: Callable[[Change], object]) -> bool:
    """Do it to the round, in one transaction; say in place why it was refused. True when done."""

    def change() -> None:
        with kept.store.change(r.id, kept.actor, now()) as opened:
            act(opened)

    return said(change)


def said(act: Callable[[], object]) -> bool:
    """Do it; say in place why it was refused. True when it was done."""
    try:
        act()
    except (Unusable, Unavailable) as problem:
        st.error(as_problem(problem))
        return False
    return True


def _freeze(state: AppState, kept: Kept, r: Round, why: str) -> None:
    if r.state == "open":
        st.markdown(
            "**Freeze** it while the list is being decided on: nobody can change anything in it "
            "until an owner opens it again."
        )
        if st.button("Freeze", key=f"Freeze_{r.id}", width="stretch") and do(
            kept, r, lambda change: freeze_round(change, why)
        ):
            again(state, kept, r, f"{r.name} is frozen")
        return
    st.markdown("**Open it again** to change something in it. That needs a reason.")
    if st.button("Open again", key=f"Open again_{r.id}", width="stretch") and do(
        kept, r, lambda change: reopen_round(change, why)
    ):
        again(state, kept, r, f"{r.name} is open again")


def _publish(state: AppState, kept: Kept, r: Round, why: str) -> None:
    with kept.store.read(r.id, kept.actor) as source:
        done = progress(source)
    named = r.published_scenario
    weights = (
        f"The weights on record would be those of the scenario {named}."
        if named
        else "No scenario is named as the published one: the weights on record would be the "
        "framework's."
    )
    st.markdown(
        "**Publish** it when it is decided. This is final: nothing in it changes any more, and it "
        f"cannot be opened again, only looked at, exported and copied. {plain(weights)} "
        + _still_open(done)
    )
    sure = st.checkbox("Publishing is final; I am sure", key=f"sure_{r.id}")
    if st.button("Publish", key=f"publish_{r.id}", disabled=not sure, width="stretch") and do(
        kept, r, lambda change: publish_round(change, why)
    ):
        again(state, kept, r, f"{r.name} is published")


def _still_open(done: Progress) -> str:
    """What a person should know is unfinished before it is final."""
    left = done.intentions - done.complete
    if not done.intentions:
        return "There are no intentions in it yet."
    if not left:
        return "Every active intention is fully scored."
    return f"**{left} of {done.intentions}** active intentions still have a score missing."
