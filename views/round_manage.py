"""What can be done to one round: copy, describe, invite, freeze, publish, delete."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from scoring.problem import Unusable
from store.carry_over import copy_round
from store.faults import Unavailable
from store.people import invite, list_members, remove_member
from store.permission import IN_WORDS
from store.records import ROLES, Round
from store.rounds import (
    delete_round,
    describe_round,
    freeze_round,
    publish_round,
    reopen_round,
)
from store.scenarios import list_scenarios, name_published_scenario
from store.transaction import Change, refused
from views.explanation import plain
from views.keeping import now
from views.kept import Kept
from views.opening import open_round, open_sample
from views.state import AppState, forget, put, widget
from views.tables import show_table
from views.who import sign_in_is_set_up


def manage(state: AppState, kept: Kept, r: Round) -> None:
    """Everything that this person may do to the round."""
    _copy(kept, r)
    if r.role != "owner":
        return
    _describe(state, kept, r)
    _states(state, kept, r)
    if sign_in_is_set_up():
        _people(kept, r)
    _delete(state, kept, r)


def in_use(kept: Kept, r: Round) -> bool:
    """Whether it is the round that is open."""
    return kept.round is not None and kept.round.id == r.id


def _describe(state: AppState, kept: Kept, r: Round) -> None:
    if r.state != "open":
        return
    with kept.store.read(r.id, kept.actor) as source:
        scenarios = [s.name for s in list_scenarios(source)]
    form = f"describe_{r.id}_"
    now_there = (r.name, r.scope, r.deadline)
    seen = widget(f"{form}seen", now_there)
    boxes = ("name", "scope", "deadline")
    if now_there != seen and tuple(widget(form + box) for box in boxes) == seen:
        forget(form)  # changed by somebody else, and nothing was typed over it here
        seen = now_there
    put(f"{form}seen", seen)
    with st.expander("Name, scope, deadline, published scenario"), st.form(f"describe_{r.id}"):
        name = st.text_input("Name", seen[0], max_chars=120, key=f"{form}name")
        scope = st.text_area(
            "Scope: what the round covers", seen[1], max_chars=2000, key=f"{form}scope"
        )
        deadline = st.date_input(
            "Deadline for scores", seen[2], format="DD/MM/YYYY", key=f"{form}deadline"
        )
        named = r.published_scenario
        published = st.selectbox(
            "Published scenario (save one on the Rank page first)",
            scenarios,
            index=scenarios.index(named) if named in scenarios else None,
        )
        sent = st.form_submit_button("Save")

    def act(change: Change) -> None:
        if describe_round(change, name, scope, deadline, seen) is not None:
            found = f"{r.name}; {r.scope or 'no scope'}; {r.deadline or 'no deadline'}"
            raise refused(
                "name, scope or deadline", found, "what you saw; save again to replace it"
            )
        if published and published != named:
            name_published_scenario(change, published, "")

    if sent and _do(kept, r, act):
        forget(form)
        _again(state, kept, r)
    elif sent and now_there != seen:
        put(f"{form}seen", now_there)  # told once; saving again is meant


def _copy(kept: Kept, r: Round) -> None:
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
        named = r.published_scenario
        st.markdown(
            plain(f"Published would be the scenario {named}.")
            if named
            else "No scenario is named as the published one, so the framework's weights would be."
        )
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
            if in_use(kept, r):
                open_sample(state)
            st.rerun()


def _again(state: AppState, kept: Kept, r: Round) -> None:
    if in_use(kept, r):
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
    except (Unusable, Unavailable) as problem:
        st.error(plain(f"There is a problem. {problem}"))
        return False
    return True
