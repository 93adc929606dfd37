"""The Rounds page: every round with its state and progress; open, copy, freeze, publish, delete."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from scoring.problem import Unusable
from store.audit import verify_round
from store.carry_over import copy_round
from store.faults import Unavailable
from store.people import invite, list_members, remove_member
from store.permission import IN_WORDS
from store.records import ROLES, Progress, Round
from store.rounds import (
    delete_round,
    freeze_round,
    list_rounds,
    publish_round,
    reopen_round,
)
from store.sheets import progress
from store.transaction import Change
from views.explanation import plain
from views.keeping import copy_sample, now, open_round, open_sample
from views.kept import Kept
from views.state import AppState
from views.tables import show_table
from views.who import sign_in_is_set_up

STATES = {"open": "Open", "frozen": "Frozen", "published": "Published"}


def render(state: AppState) -> None:
    """Draw the page."""
    st.title("Rounds")
    kept = state.kept
    if kept is None:
        st.markdown(
            "Rounds are not kept here: what you load and set stays in this browser tab only. "
            "Use the Export page to keep it."
        )
        return
    try:
        _page(state, kept)
    except (Unusable, Unavailable) as refused:
        st.error(plain(f"There is a problem. {refused}"))


def _page(state: AppState, kept: Kept) -> None:
    rounds = list_rounds(kept.store, kept.actor)
    _sample(state, kept)
    if rounds:
        _listed(state, kept, rounds)
        _one(state, kept, rounds)
    else:
        st.markdown(
            "You have no rounds yet. Copy the sample to try things out, or load a spreadsheet on "
            "the Load page: what you accept there is kept as a round."
        )


def _sample(state: AppState, kept: Kept) -> None:
    with st.container(border=True):
        words, look, copy = st.columns([4, 1, 1], vertical_alignment="center")
        words.markdown(
            "**Sample round**  \n94 intentions with illustrative scores. An example to look at; "
            "copy it to change it."
        )
        in_use = kept.round is None and state.is_sample
        if look.button("Open the sample", key="open_sample", disabled=in_use, width="stretch",
                       help="It is read-only"):  # fmt: skip
            open_sample(state)
            st.rerun()
        if copy.button("Copy the sample", key="copy_sample", type="primary", width="stretch",
                       help="Make a round of your own from the sample"):  # fmt: skip
            copy_sample(state)
            st.rerun()


def _listed(state: AppState, kept: Kept, rounds: tuple[Round, ...]) -> None:
    show_table(
        [
            {
                "Round": f"{r.name} (in use)" if _in_use(kept, r) else r.name,
                "State": STATES[r.state],
                "Your role": r.role.capitalize(),
                "Scores given": _in_words(_progress(kept, r)),
                "Deadline": f"{r.deadline:%d %B %Y}" if r.deadline else "",
                "Last change": f"{r.changed_at:%d %B %Y %H:%M} UTC",
            }
            for r in rounds
        ],
        "Your rounds, last changed first",
    )


def _progress(kept: Kept, r: Round) -> Progress:
    with kept.store.read(r.id, kept.actor) as source:
        return progress(source)


def _in_words(p: Progress) -> str:
    return f"{p.given} of {p.wanted}; {p.complete} of {p.intentions} intentions complete"


def _in_use(kept: Kept, r: Round) -> bool:
    return kept.round is not None and kept.round.id == r.id


def _one(state: AppState, kept: Kept, rounds: tuple[Round, ...]) -> None:
    by_id = {r.id: r for r in rounds}
    st.subheader("Open or manage a round")
    at = kept.round.id if kept.round and kept.round.id in by_id else rounds[0].id
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    chosen = left.selectbox(
        "Round",
        list(by_id),
        index=list(by_id).index(at),
        format_func=lambda id: f"{by_id[id].name} ({STATES[by_id[id].state].lower()})",
        key="chosen_round",
    )
    r = by_id[chosen]
    if right.button("Open round", type="primary", disabled=_in_use(kept, r), width="stretch"):
        open_round(state, r.id)
        st.rerun()
    with kept.store.read(r.id, kept.actor) as source:
        checked = verify_round(source)
    if checked.holds:
        st.caption(f"Audit checked: {checked.says} Every change is on record.")
    else:
        st.error(plain(f"There is a problem with the audit of this round. {checked.says}"))
    if st.button("Export this round", help="Open it and go to the Export page"):
        if not _in_use(kept, r):
            open_round(state, r.id)
        st.switch_page(state.pages["export"])
    _copy(state, kept, r)
    if r.role == "owner":
        _states(state, kept, r)
        if sign_in_is_set_up():
            _people(kept, r)
        _delete(state, kept, r)


def _copy(state: AppState, kept: Kept, r: Round) -> None:
    with st.expander("Copy it as the start of a new round"), st.form(f"copy_{r.id}"):
        name = st.text_input("Name of the new round", max_chars=120)
        scores = st.checkbox(
            "Take the scores along",
            help="Otherwise scores start blank, with this round's shown beside them.",
        )
        if st.form_submit_button("Copy") and _said(
            lambda: copy_round(kept.store, kept.actor, now(), r.id, name, scores)
        ):
            st.rerun()


def _states(state: AppState, kept: Kept, r: Round) -> None:
    if r.state == "published":
        st.markdown("This round is published: nothing in it changes any more. Copy it to go on.")
        return
    with st.expander("Freeze or publish" if r.state == "open" else "Open again or publish"):
        why = st.text_input("Reason (kept on record)", key=f"why_{r.id}", max_chars=500)
        first, second = st.columns(2)
        actions = {"open": ("Freeze", freeze_round), "frozen": ("Open again", reopen_round)}
        label, action = actions[r.state]
        if first.button(label, key=f"{label}_{r.id}", width="stretch") and _do(
            kept, r, lambda change: action(change, why)
        ):
            _again(state, kept, r)
        sure = second.checkbox("Publishing is final; I am sure", key=f"sure_{r.id}")
        if second.button(
            "Publish", key=f"publish_{r.id}", disabled=not sure, width="stretch"
        ) and _do(kept, r, lambda change: publish_round(change, why)):
            _again(state, kept, r)


def _people(kept: Kept, r: Round) -> None:
    with st.expander("People"):
        with kept.store.read(r.id, kept.actor) as source:
            members = list_members(source)
        show_table(
            [{"Name": m.name, "Sign-in": m.person, "Role": m.role.capitalize()} for m in members],
            "Who is in this round",
        )
        if r.state != "open":
            return
        with st.form(f"invite_{r.id}", clear_on_submit=True):
            person = st.text_input("Email address they sign in with", max_chars=320)
            role = st.selectbox(
                "Role", ROLES, format_func=lambda x: f"{x.capitalize()}: may {IN_WORDS[x]}"
            )
            invited = st.form_submit_button("Invite, or change the role")
        if invited and _do(kept, r, lambda change: invite(change, person, "", role)):
            st.rerun()
        gone = st.selectbox("Take out", [m.person for m in members], index=None, key=f"out_{r.id}")
        if st.button("Take out of the round", key=f"remove_{r.id}", disabled=gone is None) and _do(
            kept, r, lambda change: remove_member(change, str(gone))
        ):
            st.rerun()


def _delete(state: AppState, kept: Kept, r: Round) -> None:
    if r.state != "open":
        return
    with st.expander("Delete this round"), st.form(f"delete_{r.id}"):
        st.markdown("Everything in it goes; the record of who did what and when stays.")
        typed = st.text_input("Type the name of the round to confirm", max_chars=200)
        why = st.text_input("Reason", max_chars=500)
        if st.form_submit_button("Delete for good") and _do(
            kept, r, lambda change: delete_round(change, typed, why)
        ):
            if _in_use(kept, r):
                open_sample(state)
            st.rerun()


def _again(state: AppState, kept: Kept, r: Round) -> None:
    if _in_use(kept, r):
        open_round(state, r.id)
    st.rerun()


def _do(kept: Kept, r: Round, act: Callable[[Change], object]) -> bool:
    """Do it to the round, in one transaction."""

    def change() -> None:
        with kept.store.change(r.id, kept.actor, now()) as opened:
            act(opened)

    return _said(change)


def _said(act: Callable[[], object]) -> bool:
    """Do it; say in place why it was refused. True when it was done."""
    try:
        act()
    except (Unusable, Unavailable) as refused:
        st.error(plain(f"There is a problem. {refused}"))
        return False
    return True
