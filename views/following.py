"""Who else has the round open, and what they changed: one line above every page."""

from __future__ import annotations

import time

import streamlit as st

from scoring.problem import Unusable
from store.faults import Unavailable
from store.presence import CELL_ACTIONS, changes_since, seen, who_is_here
from store.records import AuditEntry, Cell, Presence
from views.explanation import plain
from views.keeping import keep, now
from views.kept import Kept
from views.news import in_words
from views.opening import open_round, took
from views.redraw import redraw
from views.spoken import speak
from views.state import AppState

FOLLOW = "2s"
SEEN_EVERY = 10.0  # seconds
NAMED = 5  # people named; the others are counted
LONGEST_NAME = 40


def follow(state: AppState, page: str) -> None:
    """The line, where a round of the store is open; on the sample there is nobody to follow."""
    kept = state.kept
    if kept is None or kept.round is None:
        return
    if kept.page != page:
        # Another page is drawn afresh: what others did until now belongs on it.
        if kept.page and kept.news:
            _catch_up(state, kept)
        kept.page, kept.seen_at = page, 0.0
    kept.mended = False
    _follow(state)


@st.fragment(run_every=FOLLOW)
def _follow(state: AppState) -> None:
    """Only this part runs every two seconds: nothing that one types or drags is touched."""
    kept = state.kept
    if kept is None or kept.round is None:
        return
    _save_what_waits(state, kept)
    # One line and a button that is always there: news must not move what one is about to click.
    with st.container(key="following", horizontal=True, wrap=False, vertical_alignment="center"):
        st.caption(plain(_line(state, kept)), width="stretch")
        if st.button("Show changes", disabled=not kept.news):
            keep(state)
            _catch_up(state, kept)
            st.rerun(scope="app")
        # Who comes and goes is there to be read; only what they change is read out.
        speak(_latest(kept), "spoken_news")


def _save_what_waits(state: AppState, kept: Kept) -> None:
    """What could not be saved is tried again; a setting that was released and left is recorded."""
    failed = bool(kept.fault)
    if failed or state.unsent:
        keep(state)
    kept.mended = kept.mended or (failed and not kept.fault)
    if kept.mended:
        redraw()


def _line(state: AppState, kept: Kept) -> str:
    assert kept.round is not None
    try:
        others = _look(state, kept, kept.round.id)
    except Unavailable as fault:
        return f"Cannot see what others do at the moment. {fault}"
    except Unusable as refused:
        return str(refused)
    name = kept.round.name
    short = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"
    return f"{short}. {_here(others)} {_latest(kept)}".rstrip()


def _latest(kept: Kept) -> str:
    """What others changed last, and how many changes there were before it."""
    more = [f"({len(kept.news) - 1} more)"] if len(kept.news) > 1 else []
    return " ".join([*kept.news[-1:], *more])


def _here(others: list[Presence]) -> str:
    if not others:
        return "Nobody else is here."
    named = [f"{p.name} ({p.page})" for p in others[:NAMED]]
    rest = [f"{len(others) - NAMED} more"] if len(others) > NAMED else []
    return f"Here now: {', '.join(named + rest)}."


def _look(state: AppState, kept: Kept, round_id: str) -> list[Presence]:
    """Say that one is here; note what others changed. Returns the others who are here."""
    if time.monotonic() - kept.seen_at > SEEN_EVERY:
        seen(kept.store, round_id, kept.actor, kept.tab, kept.page, now())
        kept.seen_at = time.monotonic()
    with kept.store.read(round_id, kept.actor) as source:
        here = [p for p in who_is_here(source, now()) if p.person != kept.actor.id]
        if source.seq == kept.seq:
            return here
        changes = changes_since(source, kept.seq)
    kept.seq = source.seq
    if changes is None:
        kept.stale = True
        kept.news.append("Much was changed by others.")
        return here
    entries, cells = changes
    for entry in entries:
        if entry.action in CELL_ACTIONS:
            if _is_newer(kept, cells, entry):
                kept.waiting[entry.ref, entry.field] = cells[entry.ref, entry.field]
                kept.news.append(in_words(state, entry))
        elif not _is_own(kept, entry):
            kept.stale = True
            kept.news.append(in_words(state, entry))
    return here


def _is_newer(kept: Kept, cells: dict[tuple[str, str], Cell], entry: AuditEntry) -> bool:
    """Whether a change of a cell was not made, or taken in, here."""
    key = entry.ref, entry.field
    return kept.versions.get(key, 0) < cells[key].version


def _is_own(kept: Kept, entry: AuditEntry) -> bool:
    """Whether this session did it; what else it does opens the round again, past its own record."""
    if entry.by != kept.actor.id:
        return False
    return entry.action == "member" or entry.seq in kept.recorded


def _catch_up(state: AppState, kept: Kept) -> None:
    """Show the round as it is now. Weights, and what is typed and not saved, stay."""
    assert kept.round is not None
    try:
        if kept.stale:
            open_round(state, kept.round.id)
        else:
            # What one saved oneself meanwhile is newer than what waited.
            waiting = kept.waiting.items()
            took(state, [c for key, c in waiting if kept.versions.get(key, 0) < c.version])
    except (Unusable, Unavailable) as refused:
        kept.refused = str(refused)
        return
    kept.news, kept.waiting, kept.stale = [], {}, False
    kept.redraw = True
