"""Settings of a round that everyone shares, and the ledger of who set what, when and why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select, update

from scoring.analysis.gates import Routes
from store.audit import entries
from store.permission import changing, reading
from store.records import AuditEntry, Outdated, Setting
from store.released import RELEASED
from store.schema import settings
from store.text import check_text
from store.transaction import Change, Reading, refused

ROUTES = "business_case_routes"
LEDGER = ("setting", RELEASED, "scenario", "published scenario")


@reading()
def read_settings(source: Reading) -> dict[str, Setting]:
    """Every setting by name."""
    query = select(settings).where(settings.c.round_id == source.round_id)
    return {
        r.name: Setting(r.name, json.loads(r.value), r.by, r.at, r.version)
        for r in source.connection.execute(query)
    }


@changing("analyst")
def set_setting(
    change: Change, name: str, value: Any, why: str, version: int = 0
) -> Outdated | None:
    """Set one thing for everyone in the round. `value` is anything that JSON holds.

    `version` is that of the setting seen, 0 where there was none. `Outdated` when somebody else
    set it since.
    """
    name = check_text("setting", name, longest=60, needed=True)
    why = check_text("reason", why, longest=2000)
    if name == ROUTES and value != []:
        check_routes(value)
    here = (settings.c.round_id == change.round_id, settings.c.name == name)
    row = change.connection.execute(select(settings).where(*here)).one_or_none()
    was = None if row is None else json.loads(row.value)
    if row is not None and was == value:
        return None
    current = 0 if row is None else row.version
    if version != current:
        by, at = (change.actor.id, change.at) if row is None else (row.by, row.at)
        return Outdated(f"setting {name}", was, by, at, current)
    values = {
        "value": json.dumps(value, ensure_ascii=False),
        "by": change.actor.id,
        "at": change.at,
        "version": current + 1,
    }
    if row is None:
        key = {"round_id": change.round_id, "name": name}
        change.connection.execute(insert(settings), {**key, **values})
    else:
        change.connection.execute(update(settings).where(*here).values(**values))
    change.record("setting", was, value, why, field=name)
    return None


@reading()
def ledger(source: Reading) -> tuple[AuditEntry, ...]:
    """Every setting and scenario ever set, oldest first: what it was, what it became, who, why."""
    return entries(source, actions=LEDGER)


def routes_of(settings: Mapping[str, Setting]) -> Routes:
    """The thresholds of business cases that the round set; () where it set none."""
    held = settings.get(ROUTES)
    return tuple((limit, str(name)) for limit, name in held.value) if held else ()


def check_routes(routes: Any) -> None:
    """Raises `Refused` unless this is [[up to £, route], ..., [None, route]], rising."""
    wanted = (
        "rising amounts above 0, each with a route in words, and a last route without an amount"
    )
    good = (
        isinstance(routes, list)
        and bool(routes)
        and all(isinstance(r, list) and len(r) == 2 for r in routes)
        and all(isinstance(r[1], str) and r[1].strip() for r in routes)
        and routes[-1][0] is None
        and all(isinstance(r[0], int | float) and 0 < r[0] < 1e15 for r in routes[:-1])
    )
    limits = [route[0] for route in routes[:-1]] if good else []
    if not good or limits != sorted(set(limits)):
        raise refused("business case routes", json.dumps(routes)[:200], wanted)
