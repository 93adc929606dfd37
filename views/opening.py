"""Opening a round of the store in a session, and showing what changed in it."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

from scoring.analysis.links import Relation
from scoring.framework import Weights
from scoring.scenario import LedgerLine, Scenario
from store.intentions import list_intentions, list_links
from store.overrides import read_overrides
from store.readings import reading_from_text
from store.records import Cell
from store.released import read_released
from store.rounds import about_round
from store.scenarios import list_scenarios
from store.shared_settings import ROUTES, read_settings, routes_of
from store.sheets import open_sheet, with_cells
from views.draft import PairMark
from views.place import take_place
from views.state import AppState, sample_state


def open_round(state: AppState, round_id: str, place: dict[str, Any] | None = None) -> None:
    """Make a round of the store the one in use. Raises `Refused` or `Unavailable`.

    The round that is open already is opened again as it is now: the setting that a person works
    with, and what they typed and did not save, stay.
    """
    kept = state.kept
    assert kept is not None
    with kept.store.read(round_id, kept.actor) as source:
        opened = open_sheet(source)
        about = about_round(source)
        overrides = read_overrides(source)
        scenarios = list_scenarios(source)
        settings = read_settings(source)
        standing, links = list_intentions(source), list_links(source)
        released = read_released(source)
    pairs = settings.get("pairs")
    sheet = opened.sheet
    intake = reading_from_text(opened.reading, sheet, standing)
    same = kept.round is not None and kept.round.id == round_id
    if same:
        state.use_again(intake, about.name)
    else:
        state.use(intake, about.name)
    kept.round, kept.seq, kept.versions = about, opened.seq, opened.versions
    kept.names = {**opened.names, kept.actor.id: kept.actor.name}
    kept.reading, kept.routes = opened.reading, routes_of(settings)
    kept.routes_version = settings[ROUTES].version if ROUTES in settings else 0
    kept.standing = {intention.ref: intention for intention in standing}
    kept.links = tuple(Relation(link.ref, link.kind, link.other, link.why) for link in links)
    kept.overrides, kept.answers = overrides, {}
    kept.stale, kept.waiting, kept.redraw = False, {}, True
    kept.scenarios = {s.name: s.version for s in scenarios}
    state.overrides = {ref: override for ref, (override, _) in overrides.items()}
    state.scenarios = [
        Scenario(s.name, Weights.of(s.weights), s.line, s.why, s.by, s.at) for s in scenarios
    ]
    listed = [PairMark(**mark) for mark in (pairs.value if pairs else [])]
    state.pairs = {(mark.a, mark.b): mark for mark in listed}
    kept.pairs = (pairs_as_text(state), pairs.version if pairs else 0)
    state.released = [
        LedgerLine(r.number, r.at, r.by_name, r.what, r.weights, r.line) for r in released
    ]
    if not same:
        kept.news, kept.conflicts, kept.recorded = [], [], set()
        kept.grid = kept.form = kept.looked = None
        kept.typed = {}
        published = next((s for s in scenarios if s.published), None)
        if published:
            state.weights, state.line = Weights.of(published.weights), published.line
        take_place(state, place or {})
    # What is in the round's ledger is no longer only one's own.
    there = {(line.at, line.what, line.weights, line.line) for line in state.released}
    for lines in (state.own, state.unsent):
        lines[:] = [x for x in lines if (x.at, x.what, x.weights, x.line) not in there]
    kept.sent = []


def open_sample(state: AppState, place: dict[str, Any] | None = None) -> None:
    """Go back to the sample round."""
    fresh = sample_state()
    state.use(fresh.intake, fresh.round_name, is_sample=True)
    if state.kept is not None:
        state.kept.round, state.kept.grid = None, None
    take_place(state, place or {})


def took(state: AppState, cells: list[Cell]) -> None:
    """Show these cells as the store has them now."""
    kept = state.kept
    assert kept is not None
    kept.versions.update({(cell.ref, cell.field): cell.version for cell in cells})
    if cells:
        state.intake = replace(
            state.intake, sheet=with_cells(state.intake.sheet, cells, kept.names)
        )


def pairs_as_text(state: AppState) -> str:
    """What was said of pairs, as it is kept."""
    return json.dumps([asdict(mark) for mark in state.pairs.values()], sort_keys=True)
