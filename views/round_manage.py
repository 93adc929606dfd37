"""What can be done to one round: copy it, describe it, invite people; and how it ends."""

from __future__ import annotations

import streamlit as st

from store.carry_over import copy_round
from store.people import invite, list_members, remove_member
from store.permission import IN_WORDS
from store.records import ROLES, Round
from store.rounds import describe_round
from store.scenarios import list_scenarios, name_published_scenario
from store.transaction import Change, refused
from views.explanation import plain
from views.keeping import now
from views.kept import Kept
from views.round_ending import again, delete, do, freeze_or_publish, said
from views.state import AppState, forget, put, widget
from views.tables import show_table
from views.who import sign_in_is_set_up


def manage(state: AppState, kept: Kept, r: Round) -> None:
    """Everything that this person may do to the round."""
    _copy(kept, r)
    if r.role != "owner":
        st.caption("Only an owner of this round may describe, freeze, publish or delete it.")
        return
    _describe(state, kept, r)
    freeze_or_publish(state, kept, r)
    if sign_in_is_set_up():
        _people(kept, r)
    delete(state, kept, r)


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
        published = None
        if scenarios:
            published = st.selectbox(
                "Published scenario",
                scenarios,
                index=scenarios.index(named) if named in scenarios else None,
                placeholder="None named: the framework's weights",
            )
        else:
            st.caption("Published scenario: save one on the Rank page first, then name it here.")
        sent = st.form_submit_button("Save")

    def act(change: Change) -> None:
        if describe_round(change, name, scope, deadline, seen) is not None:
            found = f"{r.name}; {r.scope or 'no scope'}; {r.deadline or 'no deadline'}"
            raise refused(
                "name, scope or deadline", found, "what you saw; save again to replace it"
            )
        if published and published != named:
            name_published_scenario(change, published, "")

    if sent and do(kept, r, act):
        forget(form)
        again(state, kept, r, f"Saved {r.name}")
    elif sent and now_there != seen:
        put(f"{form}seen", now_there)  # told once; saving again is meant


def _copy(kept: Kept, r: Round) -> None:
    with st.expander("Copy it as the start of a new round"), st.form(f"copy_{r.id}"):
        name = st.text_input("Name of the new round", max_chars=120)
        scores = st.checkbox(
            "Take the scores along",
            help="Otherwise scores start blank, with this round's shown beside them.",
        )
        if st.form_submit_button("Copy") and said(
            lambda: copy_round(kept.store, kept.actor, now(), r.id, name, scores)
        ):
            st.toast(plain(f"{name.strip()} is made: choose it above to open it"))
            st.rerun()


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
        if invited and do(kept, r, lambda change: invite(change, person, "", role)):
            st.rerun()
        gone = st.selectbox("Take out", [m.person for m in members], index=None, key=f"out_{r.id}")
        if st.button("Take out of the round", key=f"remove_{r.id}", disabled=gone is None) and do(
            kept, r, lambda change: remove_member(change, str(gone))
        ):
            st.rerun()
