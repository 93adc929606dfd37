"""Saving what a session changed in the round that it has open."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from scoring.problem import Unusable
from scoring.scenario import LedgerLine, Scenario
from scoring.sheet import FieldValue
from store.cells import save_fields
from store.overrides import set_override
from store.records import Conflict, NewValue, Outdated, Saved
from store.released import release_setting
from store.scenarios import remove_scenario, save_scenario
from store.shared_settings import set_setting
from store.transaction import Change
from views.kept import Kept
from views.merging import merge_work
from views.opening import open_round, pairs_as_text, took
from views.state import AppState


def save_round(state: AppState, kept: Kept, at: datetime) -> None:
    """Save what differs from what was last read. Raises `Refused` or `Unavailable`.

    Settings that were released go to the round's ledger once they have settled, or before
    whatever else is saved.
    """
    assert kept.round is not None
    answers = {(ref, q): value for q, by in state.answers.items() for ref, value in by.items()}
    changed = {key: v for key, v in answers.items() if kept.answers.get(key, _NONE) != v}
    work: list[Callable[[Change], object]] = []
    work += _override_work(state, kept)
    work += _scenario_work(state, kept)
    pairs = pairs_as_text(state)
    if pairs != kept.pairs[0]:
        work.append(
            lambda change: set_setting(change, "pairs", json.loads(pairs), "", kept.pairs[1])
        )
        work += merge_work(kept, state.pairs.values())
    _release(state, kept, at, state.unsent if changed or work else state.settled(at))
    if not changed and not work:
        return
    values = [NewValue(r, q, v, kept.versions.get((r, q), 0)) for (r, q), v in changed.items()]
    with kept.store.change(kept.round.id, kept.actor, at) as change:
        outcomes = save_fields(change, values) if values else ()
        lost = [o for job in work if isinstance(o := job(change), Outdated)]
    kept.answers.update(changed)
    saved = [o.cell for o in outcomes if isinstance(o, Saved)]
    conflicts = [o for o in outcomes if isinstance(o, Conflict)]
    kept.have_chosen(conflicts)
    took(state, saved + [conflict.theirs for conflict in conflicts])
    for conflict in conflicts:  # show what is there, until the person chooses
        state.answers[conflict.yours.field].pop(conflict.yours.ref, None)
    if lost:
        kept.refused = " ".join(_in_words(outdated) for outdated in lost)
    if work:
        open_round(state, kept.round.id)


def _release(state: AppState, kept: Kept, at: datetime, lines: list[LedgerLine]) -> None:
    """Add settings to the round's ledger; one that it does not take stays this person's own."""
    assert kept.round is not None
    if not lines:
        return
    try:
        with kept.store.change(kept.round.id, kept.actor, at) as change:
            for line in lines:
                release_setting(change, line.weights, line.line, line.what, line.by, line.at)
                kept.recorded.add(change.seq)
    except Unusable as refused:
        kept.refused = f"{refused} What you set is kept to yourself."
        state.unsent = [line for line in state.unsent if line not in lines]
        return
    kept.sent += lines
    state.unsent = [line for line in state.unsent if line not in lines]


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
        partial(_call, put_scenario, scenario=scenario, version=0)
        for scenario in state.scenarios
        if scenario.name not in kept.scenarios
    ]
    gone = [name for name in kept.scenarios if name not in names]
    work += [partial(_call, remove_scenario, name=name) for name in gone]
    return work


def _call(operation: Callable[..., object], change: Change, **arguments: Any) -> object:
    return operation(change, **arguments)


def put_scenario(change: Change, scenario: Scenario, version: int) -> Outdated | None:
    """Keep a scenario of the session; 0 is the version of a new one."""
    return save_scenario(
        change, scenario.name, scenario.weights, scenario.line, "unranked", scenario.why, version
    )


def _in_words(outdated: Outdated) -> str:
    when = f" at {outdated.at:%H:%M}" if outdated.at else ""
    return f"{outdated.what} was changed{when} by {outdated.by or 'somebody'}; theirs is shown."


_NONE: FieldValue = "\0 nothing kept yet"
