"""Which tab of a person's browser this is: two tabs of one person each keep their own place."""

from __future__ import annotations

import re
from pathlib import Path

import streamlit as st

from store.faults import Unavailable
from views.place import place_of
from views.starting import at_tab
from views.state import AppState

_SAID = re.compile("([0-9a-f]{16}) ([0-9a-f]{16})")
_tab = st.components.v2.component("tab", js=Path(__file__).with_suffix(".js").read_text("utf-8"))


@st.fragment
def which_tab(state: AppState) -> None:
    """Ask the browser, and come back to where this tab was when it was refreshed."""
    kept = state.kept
    if kept is None:
        return
    kept.began = kept.began or place_of(state)
    said = _tab(
        key="tab",
        data={"proposed": kept.session, "known": kept.told},
        default={"name": ""},
        on_name_change=lambda: None,
        height=1,
    ).name
    names = _SAID.fullmatch(said) if isinstance(said, str) else None
    if not names or said == kept.told:
        return
    try:
        moved = at_tab(state, *names.groups())
    except Unavailable as fault:
        kept.fault = str(fault)
        return
    kept.told = said
    if moved:
        st.rerun(scope="app")
