"""Keeping a session in the store: what is accepted becomes a round, what changes is saved."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from scoring.problem import Unusable
from store.faults import Unavailable
from store.overrides import set_override
from store.places import keep_place
from store.readings import reading_to_text
from store.rounds import NameTaken, new_round
from store.shared_settings import set_setting
from store.sheets import load_sheet
from views.kept import Kept
from views.merging import merge_all
from views.opening import open_round, open_sample, pairs_as_text
from views.place import place_of
from views.saving import put_scenario, save_round
from views.state import AppState


def now() -> datetime:
    """This moment: the one place where the pages ask the clock for the store."""
    return datetime.now(UTC)


def keep(state: AppState) -> None:
    """Save what changed since it was last saved: answers, overrides, scenarios, pairs, the place.

    What somebody else changed first is a conflict to choose on, never written over. What the
    database cannot take now stays in the session and is tried again.
    """
    kept = state.kept
    if kept is None:
        return
    try:
        if state.accepted:
            _keep_accepted(state)
        elif kept.round is not None:
            save_round(state, kept, now())
        place = place_of(state)
        if place != kept.place:
            round_id = kept.round.id if kept.round else ""
            keep_place(kept.store, kept.actor, kept.session, round_id, json.loads(place), now())
            kept.place = place
        kept.fault = ""
    except Unavailable as fault:
        kept.fault = str(fault)
    except Unusable as refused:
        kept.refused = str(refused)
        _as_it_is(state, kept)


def _as_it_is(state: AppState, kept: Kept) -> None:
    """Show the round as the store has it; the sample when it is not there for this person."""
    if kept.round is None:
        return
    try:
        open_round(state, kept.round.id)
    except Unavailable as fault:
        kept.fault = str(fault)
    except Unusable as refused:
        kept.refused = str(refused)
        open_sample(state)


def _keep_accepted(state: AppState) -> None:
    """What was loaded and accepted becomes a round of its own, named after its file."""
    files = state.intake.files
    stem = Path(files[0].name).stem.strip()[:80] if files else ""
    name = stem if len(files) == 1 and stem else f"{now():%B %Y}, {len(files)} files"
    for number in count(1):
        try:
            keep_as_round(state, name if number == 1 else f"{name} ({number})")
            return
        except NameTaken:
            continue


def keep_as_round(state: AppState, name: str, why: str = "") -> str:
    """Keep what is in use as a new round of the store, and open it; returns its id."""
    kept = state.kept
    assert kept is not None
    # Whole, with what was merged: it becomes a status, so that all are accounted for.
    sheet = state.intake.sheet.with_fields(state.live_answers())
    with new_round(kept.store, kept.actor, now(), name, sheet.framework) as change:
        load_sheet(change, sheet, reading_to_text(state.intake), why)
        if state.pairs:
            set_setting(change, "pairs", json.loads(pairs_as_text(state)), "")
            merge_all(change, state.pairs.values())
        for override in state.overrides.values():
            if override.ref in sheet.refs:
                set_override(
                    change, override.ref, override.segment, override.reason, 0, override.by
                )
        for scenario in state.scenarios:
            put_scenario(change, scenario, 0)
        round_id = change.round_id
    place = json.loads(place_of(state))
    open_round(state, round_id, place)
    return round_id


def copy_sample(state: AppState) -> None:
    """Make a round of the person's own from the sample, and open it."""
    open_sample(state)
    for number in count(1):
        try:
            name = "Copy of the sample" + (f" ({number})" if number > 1 else "")
            keep_as_round(state, name, "Copied from the sample round")
            return
        except NameTaken:
            continue
