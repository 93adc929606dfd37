"""What one browser tab shows beside the round, as text and back: weights, line, one's own ledger,
and the scenarios of the sample."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from scoring.framework import Weights
from scoring.scenario import LedgerLine, Scenario
from views.firm_settings import settings_from_kept, settings_to_keep
from views.state import AppState

_LEDGER_KEPT = 500


def place_of(state: AppState) -> str:
    """Today's weights and line, and what one released that the round does not hold, as JSON."""
    kept = state.kept
    # Until the round is read again; its ledger then has those that were sent.
    for_round = [*state.unsent, *(kept.sent if kept else [])]
    place = {
        "round": kept.round.id if kept and kept.round else "",
        "weights": {id: f"{weight:f}" for id, weight in state.weights.items()},
        "line": state.line,
        "counted": state.must_dos_counted,
        "following": state.following,
        "locked": list(state.locked),
        "pinned": list(state.pinned),
        "made_by": state.made_by,
        "firm": settings_to_keep(state.firm),
        "ledger": [
            [x.number, x.at.isoformat(), x.by, x.what, {k: f"{w:f}" for k, w in x.weights.items()},
             x.line, x in for_round]
            for x in state.own[-_LEDGER_KEPT:]
        ],
    }  # fmt: skip
    if not place["round"]:
        # A round keeps its scenarios itself; the sample is never written to.
        place["scenarios"] = [
            [s.name, {k: f"{w:f}" for k, w in s.weights.items()}, s.line, s.why, s.by,
             s.at.isoformat() if s.at else None]
            for s in state.scenarios
        ]  # fmt: skip
    return json.dumps(place, sort_keys=True)


def same_place(state: AppState, place: dict[str, Any]) -> bool:
    """Whether a place that was kept is the one that is shown."""
    there = {(line.at.isoformat(), line.what) for line in state.released}
    own = [row for row in place.get("ledger", ()) if (row[1], row[3]) not in there]
    return json.dumps({**place, "ledger": own}, sort_keys=True) == place_of(state)


def take_place(state: AppState, place: dict[str, Any]) -> None:
    """Put back what was kept; weights of other criteria are left out."""
    criteria = set(state.framework.weights)
    weights = place.get("weights", {})
    if set(weights) == criteria:
        state.weights = Weights.of({id: weights[id] for id in state.framework.weights})
        state.line = int(place.get("line", state.line))
        state.must_dos_counted = bool(place.get("counted", True))
        state.following = str(place.get("following", state.following))
        state.locked = tuple(id for id in place.get("locked", ()) if id in criteria)
        state.pinned = tuple(ref for ref in place.get("pinned", ()) if ref in state.sheet.refs)
        state.own, state.unsent = [], []
        for _, at, by, what, kept, line, *unsent in place.get("ledger", ()):
            if set(kept) == criteria:
                given = Weights.of({id: kept[id] for id in state.framework.weights})
                noted = LedgerLine(0, datetime.fromisoformat(at), by, what, given, line)
                state.own.append(noted)
                if unsent == [True]:
                    state.unsent.append(noted)
        state.scenarios += [
            Scenario(
                name, Weights.of({id: kept[id] for id in state.framework.weights}), line, why, by,
                datetime.fromisoformat(at) if at else None,
            )
            for name, kept, line, why, by, at in place.get("scenarios", ())
            if set(kept) == criteria
        ]  # fmt: skip
    state.made_by = str(place.get("made_by", state.made_by))
    state.firm = settings_from_kept(place.get("firm", {}))
    state.pushes += 1
