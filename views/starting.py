"""A session's first run: connect to the store, and come back to where the person was."""

from __future__ import annotations

import os
import secrets
from typing import Any

import streamlit as st

from scoring.problem import Unusable
from store.faults import Unavailable
from store.places import find_place, forget_place, last_place
from store.rounds import list_rounds
from store.settings import database_url
from store.store import Store
from views.keeping import keep
from views.kept import Kept
from views.opening import open_round, open_sample
from views.place import place_of, same_place, take_place
from views.state import AppState
from views.who import person


@st.cache_resource(show_spinner=False)
def opened_store(url: str) -> Store:
    return Store.open(url)


def start(state: AppState) -> None:
    """Connect to the store, and on a session's first run come back to where the person was.

    Nothing is written. Without a store, or with one that cannot serve, the app works on in memory
    and says so.
    """
    actor = person()
    url = database_url(os.environ)
    if url is None:
        return
    try:
        store = opened_store(url)
        if state.kept is None:
            state.kept = Kept(store, actor, secrets.token_hex(8), secrets.token_hex(8))
            state.on_change = keep
            _come_back(state, state.kept)
        state.store_fault = ""
    except Unavailable as fault:
        state.store_fault = str(fault)


def at_tab(state: AppState, tab: str, visit: str) -> bool:
    """The browser says which of its tabs this is: come back to where that tab was.

    `visit` is what the visit before was called until it had asked: a place that is still kept
    under it is later than the tab's own. Returns whether the page is to be drawn again. A tab that
    is new keeps the place it started from, the latest of this person, under its own name from now
    on.
    """
    kept = state.kept
    assert kept is not None
    proposed, kept.session = kept.session, tab
    cut_short = find_place(kept.store, kept.actor, visit) if visit not in (tab, proposed) else None
    found, before = cut_short or find_place(kept.store, kept.actor, tab), place_of(state)
    begun = before != kept.began
    moves = found is not None and not begun and not same_place(state, found[1])
    if moves and found is not None:
        _go(state, kept, found)
        state.link_read = False  # what the address said on the first run goes before the place
    if cut_short or (not moves and (begun or not kept.first_run)):
        kept.place = ""  # kept under its own name: what other tabs do later does not move it
        keep(state)
    for name in {proposed, visit} - {tab}:
        forget_place(kept.store, kept.actor, name)
    return moves


def _come_back(state: AppState, kept: Kept) -> None:
    found = last_place(kept.store, kept.actor)
    if found is not None:
        _go(state, kept, found)
        state.unsent = []  # the tab that it was written in sends them
    else:
        kept.first_run = not list_rounds(kept.store, kept.actor)
    kept.place = place_of(state)


def _go(state: AppState, kept: Kept, found: tuple[str, dict[str, Any]]) -> None:
    round_id, place = found
    try:
        if round_id:
            kept.round = None  # as for the first time: with the setting of the place
            open_round(state, round_id, place)
        elif kept.round is None:
            state.forget_settings()
            take_place(state, place)
        else:
            open_sample(state, place)
    except Unusable as refused:  # deleted since, or no longer a member
        kept.refused = str(refused)
    kept.place = place_of(state)
