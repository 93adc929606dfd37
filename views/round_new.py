"""A new round with nothing in it yet: its name, framework, scope and deadline."""

from __future__ import annotations

import streamlit as st

from scoring.framework import list_frameworks
from scoring.problem import Unusable
from store.faults import Unavailable
from store.rounds import create_round
from views.explanation import as_problem
from views.keeping import now
from views.kept import Kept
from views.opening import open_round
from views.state import AppState, forget


def start_round(state: AppState, kept: Kept) -> None:
    """A form for it; the new round is opened at once, to be loaded into."""
    known = {f.id: f for f in (*list_frameworks(), state.framework)}
    ids = list(known)
    with st.expander("Start a new round with nothing in it"), st.form("new_round"):
        left, right = st.columns(2)
        name = left.text_input("Name", max_chars=120, key="new_round_name")
        framework = right.selectbox(
            "Framework to score against",
            ids,
            index=ids.index(state.framework.id),
            format_func=lambda id: f"{known[id].name} ({len(known[id].criteria)} criteria)",
            key="new_round_framework",
        )
        scope = left.text_input("Scope: what it covers", max_chars=2000, key="new_round_scope")
        deadline = right.date_input(
            "Deadline for scores", None, format="DD/MM/YYYY", key="new_round_deadline"
        )
        st.caption(
            "The framework is kept as it is today: a later change of its file does not alter this "
            "round. Load a spreadsheet into it, or add intentions one by one on the Intentions page."
        )
        if not st.form_submit_button("Start the round"):
            return
        try:
            id = create_round(
                kept.store, kept.actor, now(), name, known[framework], scope, deadline
            )
            open_round(state, id)
        except (Unusable, Unavailable) as refused:
            st.error(as_problem(refused))
            return
    forget("new_round_")
    st.rerun()
