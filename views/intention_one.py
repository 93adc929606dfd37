"""One intention of the round: what becomes of it, its links, its gates and money, its words."""

from __future__ import annotations

import streamlit as st

from store.audit import entries
from store.intentions import STATUS_WORDS, set_status
from store.records import STATUSES, Intention, Status
from views.audit_words import sentence
from views.bullets import bullets
from views.explanation import plain
from views.intention_fields import show_gates, show_words
from views.intention_links import show_links
from views.kept import Kept
from views.notices import signed
from views.round_change import change_round
from views.standing import last_round
from views.state import AppState


def show_one(state: AppState, kept: Kept, intention: Intention) -> None:
    """Everything about it, and forms for those who may change it."""
    may = kept.may("analyst")
    active = intention.status == "active" and intention.ref in state.sheet.refs
    standing, links, gates, words, past = st.tabs(
        ["Status", "Links", "Gates and money", "Words", "History"]
    )
    with standing:
        _standing(state, kept, intention, may)
    with links:
        show_links(state, kept, intention, may)
    for tab, draw in ((gates, show_gates), (words, show_words)):
        with tab:
            if active:
                draw(state, kept, intention, may)
            else:
                st.markdown("It is set aside. Make it active again to see and change these.")
    with past:
        _history(state, kept, intention)


def _standing(state: AppState, kept: Kept, intention: Intention, may: bool) -> None:
    ref = intention.ref
    told = STATUS_WORDS[intention.status].capitalize()
    if intention.merged_into:
        told += f": {intention.merged_into} {kept.standing[intention.merged_into].title}"
    if intention.at:
        told += f". Set by {signed(state, intention.by)} on {intention.at.day} {intention.at:%B %Y}"
    if intention.reason:
        told += f", because: {intention.reason}"
    st.markdown(plain(f"{told}."))
    inside = [i.ref for i in kept.standing.values() if i.merged_into == ref]
    if inside:
        st.markdown(plain(f"Merged into it: {', '.join(inside)}."))
    _last_round(state, intention)
    if not may:
        return
    others = [r for r, i in kept.standing.items() if i.status == "active" and r != ref]
    with st.form(f"status_{ref}_{intention.version}"):
        left, right = st.columns(2)
        status: Status = left.selectbox(
            "It is",
            STATUSES,
            index=STATUSES.index(intention.status),
            format_func=lambda s: STATUS_WORDS[s].capitalize(),
        )
        into = right.selectbox(
            "Merged into (only if it is merged)",
            others,
            index=others.index(intention.merged_into) if intention.merged_into in others else None,
            format_func=lambda r: f"{r}  {kept.standing[r].title}",
            placeholder="Choose the intention that stays",
        )
        reason = st.text_input(
            "Reason (needed for anything but active)", max_chars=500, key=f"status_why_{ref}"
        )
        if st.form_submit_button("Save status"):
            target = str(into or "") if status == "merged" else ""
            change_round(
                state,
                kept,
                lambda change: set_status(change, ref, status, reason, intention.version, target),
                f"{ref} is {STATUS_WORDS[status]}",
            )


def _history(state: AppState, kept: Kept, intention: Intention) -> None:
    assert kept.round is not None
    with kept.store.read(kept.round.id, kept.actor) as source:
        changes = entries(source, ref=intention.ref)
    if changes:
        bullets(sentence(state, entry) for entry in reversed(changes))
    else:
        st.markdown("Nothing of it was changed since it came into the round.")


def _last_round(state: AppState, intention: Intention) -> None:
    carried = intention.carried
    if not carried:
        return
    names = {criterion.id: criterion.name for criterion in state.framework.criteria}
    stood = last_round(intention).partition(". Decided: ")[0]
    lines = [f"Last round ({carried['round_name']}, as {carried['ref']}): {stood}."]
    scores = ", ".join(f"{names.get(id, id)} {score:g}" for id, score in carried["scores"].items())
    lines.append(f"Scores then: {scores or 'none'}.")
    if carried.get("status", "active") != "active":
        status: Status = carried["status"]
        lines.append(f"It was {STATUS_WORDS[status]}: {carried.get('reason', '')}")
    lines += [f"Decided then: {decision}" for decision in carried.get("decisions", ())]
    bullets(lines)
