"""Scenarios: named weights with a funding line; the published one is named in the round."""

from __future__ import annotations

import json

from sqlalchemy import delete, insert, select, update

from scoring.framework import Weights
from store.permission import changing, reading
from store.records import Outdated, Scenario
from store.schema import rounds, scenarios
from store.text import check_text
from store.transaction import Change, Reading, refused

MISSING = ("unranked", "renormalise", "worst")


@reading()
def list_scenarios(source: Reading) -> tuple[Scenario, ...]:
    """Every scenario, by name."""
    query = (
        select(scenarios, rounds.c.published_scenario)
        .join(rounds, rounds.c.id == scenarios.c.round_id)
        .where(scenarios.c.round_id == source.round_id)
        .order_by(scenarios.c.name)
    )
    return tuple(
        Scenario(
            r.name,
            json.loads(r.weights),
            r.line,
            r.missing,
            r.why,
            r.by,
            r.at,
            r.version,
            r.name == r.published_scenario,
        )
        for r in source.connection.execute(query)
    )


@changing("analyst")
def save_scenario(
    change: Change,
    name: str,
    weights: Weights,
    line: int,
    missing: str,
    why: str,
    version: int = 0,
) -> Outdated | None:
    """Keep weights under a name. `version` is that of the scenario seen, 0 for a new one."""
    name = check_text("name of the scenario", name, longest=120, needed=True)
    why = check_text("reason", why, longest=2000)
    if tuple(weights) != tuple(change.framework.weights):
        raise refused("weights", ", ".join(weights), ", ".join(change.framework.weights))
    if missing not in MISSING or line < 0:
        raise refused("scenario", f"{missing}, {line}", f"a line from 0 and one of {MISSING}")
    here = (scenarios.c.round_id == change.round_id, scenarios.c.name == name)
    row = change.connection.execute(select(scenarios).where(*here)).one_or_none()
    kept = {criterion: f"{weight:f}" for criterion, weight in weights.items()}
    now = {"weights": kept, "line": line, "missing": missing}
    was = None
    if row is not None:
        was = {"weights": json.loads(row.weights), "line": row.line, "missing": row.missing}
        if was == now:
            return None
    if version != (row.version if row is not None else 0):
        by, at = (row.by, row.at) if row is not None else (change.actor.id, change.at)
        return Outdated(f"scenario {name}", was, by, at, row.version if row is not None else 0)
    values = {
        **now, "weights": json.dumps(kept), "why": why, "by": change.actor.id, "at": change.at,
        "version": version + 1,
    }  # fmt: skip
    if row is None:
        key = {"round_id": change.round_id, "name": name}
        change.connection.execute(insert(scenarios), {**key, **values})
    else:
        change.connection.execute(update(scenarios).where(*here).values(**values))
    change.record("scenario", was, now, why, field=name)
    return None


@changing("analyst")
def remove_scenario(change: Change, name: str, why: str = "") -> None:
    """Forget a scenario; the audit keeps what it was."""
    here = (scenarios.c.round_id == change.round_id, scenarios.c.name == name)
    row = change.connection.execute(select(scenarios).where(*here)).one_or_none()
    if row is None:
        raise refused("scenario", name, "a scenario of this round")
    if name == _published(change):
        raise refused("scenario", name, "one that is not named as the published one")
    change.connection.execute(delete(scenarios).where(*here))
    was = {"weights": json.loads(row.weights), "line": row.line, "missing": row.missing}
    change.record("scenario", was, None, check_text("reason", why, 2000), field=name)


@changing("owner")
def name_published_scenario(change: Change, name: str, why: str) -> None:
    """Say which scenario is the published one."""
    here = (scenarios.c.round_id == change.round_id, scenarios.c.name == name)
    if change.connection.execute(select(scenarios.c.name).where(*here)).one_or_none() is None:
        raise refused("scenario", name, "a scenario of this round")
    was = _published(change)
    if was == name:
        return
    change.connection.execute(
        update(rounds).where(rounds.c.id == change.round_id).values(published_scenario=name)
    )
    change.record("published scenario", was, name, check_text("reason", why, 2000))


def _published(change: Change) -> str:
    query = select(rounds.c.published_scenario).where(rounds.c.id == change.round_id)
    return str(change.connection.execute(query).scalar_one())
