"""Keeping a session in the store: open a round, save what changed, come back after a refresh."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import streamlit as st

from scoring.analysis.links import Relation
from scoring.framework import Weights
from scoring.problem import Unusable
from scoring.scenario import Scenario
from scoring.sheet import FieldValue
from store.cells import save_fields
from store.faults import Unavailable
from store.intentions import list_intentions, list_links
from store.overrides import read_overrides, set_override
from store.places import find_place, keep_place
from store.readings import reading_from_text, reading_to_text
from store.records import Cell, Conflict, NewValue, Outdated, Saved
from store.rounds import NameTaken, about_round, list_rounds, new_round
from store.scenarios import list_scenarios, remove_scenario, save_scenario
from store.settings import database_url
from store.shared_settings import read_settings, routes_of, set_setting
from store.sheets import load_sheet, open_sheet, with_cells
from store.store import Store
from store.transaction import Change
from views.draft import PairMark
from views.kept import Kept
from views.place import place_of, take_place
from views.state import AppState, sample_state
from views.who import person

SESSION = "main"


def now() -> datetime:
    """This moment: the one place where the pages ask the clock for the store."""
    return datetime.now(UTC)


@st.cache_resource(show_spinner=False)
def _opened(url: str) -> Store:
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
        store = _opened(url)
        if state.kept is None:
            state.kept = Kept(store, actor, SESSION, secrets.token_hex(8))
            state.on_change = keep
            _come_back(state, state.kept)
        state.store_fault = ""
    except Unavailable as fault:
        state.store_fault = str(fault)


def _come_back(state: AppState, kept: Kept) -> None:
    found = find_place(kept.store, kept.actor, kept.session)
    if found is not None:
        round_id, place = found
        try:
            if round_id:
                open_round(state, round_id, place)
            else:
                take_place(state, place)
        except Unusable as refused:  # deleted since, or no longer a member
            kept.refused = str(refused)
    else:
        kept.first_run = not list_rounds(kept.store, kept.actor)
    kept.place = place_of(state)


def open_round(state: AppState, round_id: str, place: dict[str, Any] | None = None) -> None:
    """Make a round of the store the one in use. Raises `Refused` or `Unavailable`."""
    kept = state.kept
    assert kept is not None
    with kept.store.read(round_id, kept.actor) as source:
        opened = open_sheet(source)
        about = about_round(source)
        overrides = read_overrides(source)
        scenarios = list_scenarios(source)
        settings = read_settings(source)
        standing, links = list_intentions(source), list_links(source)
    pairs = settings.get("pairs")
    sheet = opened.sheet
    intake = reading_from_text(opened.reading, sheet, standing)
    same = kept.round is not None and kept.round.id == round_id
    state.use(intake, about.name)
    kept.round, kept.seq, kept.versions = about, opened.seq, opened.versions
    kept.names = {**opened.names, kept.actor.id: kept.actor.name}
    kept.reading, kept.routes = opened.reading, routes_of(settings)
    kept.standing = {intention.ref: intention for intention in standing}
    kept.links = tuple(Relation(link.ref, link.kind, link.other, link.why) for link in links)
    kept.overrides, kept.answers, kept.stale = overrides, {}, False
    kept.grid = kept.form = None
    kept.scenarios = {s.name: s.version for s in scenarios}
    state.overrides = {ref: override for ref, (override, _) in overrides.items()}
    state.scenarios = [
        Scenario(s.name, Weights.of(s.weights), s.line, s.why, s.by, s.at) for s in scenarios
    ]
    listed = [PairMark(**mark) for mark in (pairs.value if pairs else [])]
    state.pairs = {(mark.a, mark.b): mark for mark in listed}
    kept.pairs = (_pairs(state), pairs.version if pairs else 0)
    if not same:
        kept.news, kept.conflicts = [], []
        published = next((s for s in scenarios if s.published), None)
        if published:
            state.weights, state.line = Weights.of(published.weights), published.line
        take_place(state, place or {})


def open_sample(state: AppState) -> None:
    """Go back to the sample round."""
    fresh = sample_state()
    state.use(fresh.intake, fresh.round_name, is_sample=True)
    if state.kept is not None:
        state.kept.round, state.kept.grid = None, None


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


def keep_as_round(state: AppState, name: str, why: str = "") -> str:
    """Keep what is in use as a new round of the store, and open it; returns its id."""
    kept = state.kept
    assert kept is not None
    sheet = state.accounted.sheet.with_fields(state.live_answers())
    with new_round(kept.store, kept.actor, now(), name, sheet.framework) as change:
        load_sheet(change, sheet, reading_to_text(state.accounted), why)
        for override in state.overrides.values():
            if override.ref in sheet.refs:
                set_override(
                    change, override.ref, override.segment, override.reason, 0, override.by
                )
        for scenario in state.scenarios:
            _save_scenario(change, scenario, 0)
        round_id = change.round_id
    place = json.loads(place_of(state))
    open_round(state, round_id, place)
    return round_id


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
            _keep_round(state, kept)
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
        if kept.round is not None:
            open_round(state, kept.round.id)


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


def took(state: AppState, cells: list[Cell]) -> None:
    """Show these cells as the store has them now."""
    kept = state.kept
    assert kept is not None
    kept.versions.update({(cell.ref, cell.field): cell.version for cell in cells})
    if cells:
        state.intake = replace(state.intake, sheet=with_cells(state.intake.sheet, cells, kept.names))


def _keep_round(state: AppState, kept: Kept) -> None:
    assert kept.round is not None
    answers = {(ref, q): value for q, by in state.answers.items() for ref, value in by.items()}
    changed = {key: v for key, v in answers.items() if kept.answers.get(key, _NONE) != v}
    work: list[Callable[[Change], object]] = []
    work += _override_work(state, kept)
    work += _scenario_work(state, kept)
    pairs = _pairs(state)
    if pairs != kept.pairs[0]:
        work.append(
            lambda change: set_setting(change, "pairs", json.loads(pairs), "", kept.pairs[1])
        )
    if not changed and not work:
        return
    values = [NewValue(r, q, v, kept.versions.get((r, q), 0)) for (r, q), v in changed.items()]
    with kept.store.change(kept.round.id, kept.actor, now()) as change:
        outcomes = save_fields(change, values) if values else ()
        lost = [o for job in work if isinstance(o := job(change), Outdated)]
    kept.answers.update(changed)
    saved = [o.cell for o in outcomes if isinstance(o, Saved)]
    conflicts = [o for o in outcomes if isinstance(o, Conflict)]
    kept.conflicts += conflicts
    took(state, saved + [conflict.theirs for conflict in conflicts])
    for conflict in conflicts:  # show what is there, until the person chooses
        state.answers[conflict.yours.field].pop(conflict.yours.ref, None)
    if lost:
        kept.refused = " ".join(_in_words(outdated) for outdated in lost)
    if work:
        open_round(state, kept.round.id)


def _override_work(state: AppState, kept: Kept) -> list[Callable[[Change], object]]:
    work: list[Callable[[Change], object]] = []
    for ref in {*state.overrides, *kept.overrides}:
        mine, (theirs, version) = state.overrides.get(ref), kept.overrides.get(ref, (None, 0))
        if mine is None and theirs is not None:
            work.append(
                partial(_call, set_override, ref=ref, segment=None, reason="", version=version)
            )
        elif mine is not None and mine != theirs:
            work.append(
                partial(
                    _call, set_override, ref=ref, segment=mine.segment, reason=mine.reason,
                    version=version, name=mine.by,
                )
            )  # fmt: skip
    return work


def _scenario_work(state: AppState, kept: Kept) -> list[Callable[[Change], object]]:
    names = {scenario.name for scenario in state.scenarios}
    work: list[Callable[[Change], object]] = [
        partial(_call, _save_scenario, scenario=scenario, version=0)
        for scenario in state.scenarios
        if scenario.name not in kept.scenarios
    ]
    gone = [name for name in kept.scenarios if name not in names]
    work += [partial(_call, remove_scenario, name=name) for name in gone]
    return work


def _call(operation: Callable[..., object], change: Change, **arguments: Any) -> object:
    return operation(change, **arguments)


def _save_scenario(change: Change, scenario: Scenario, version: int) -> Outdated | None:
    return save_scenario(
        change, scenario.name, scenario.weights, scenario.line, "unranked", scenario.why, version
    )


def _pairs(state: AppState) -> str:
    return json.dumps([asdict(mark) for mark in state.pairs.values()], sort_keys=True)


def _in_words(outdated: Outdated) -> str:
    when = f" at {outdated.at:%H:%M}" if outdated.at else ""
    return f"{outdated.what} was changed{when} by {outdated.by or 'somebody'}; theirs is shown."


_NONE: FieldValue = "\0 nothing kept yet"
