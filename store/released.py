"""The ledger of settings of a round: weights and line as they were released, and by whom."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import insert, select

from scoring.framework import Weights
from store.permission import changing, reading
from store.records import Released
from store.schema import released
from store.text import check_text
from store.transaction import Change, Reading, refused

RELEASED = "released setting"


@changing("analyst")
def release_setting(
    change: Change,
    weights: Weights,
    line: int,
    what: str,
    name: str = "",
    at: datetime | None = None,
) -> int:
    """Add a setting to the ledger, with its record in the audit; returns its number, from 1.

    Nothing of the ledger is ever changed: an earlier setting is taken back by releasing it again.
    `name` is what the person is called, `at` when it was released if that was before it is saved.
    """
    what = check_text("what was released", what, longest=2000, needed=True)
    if tuple(weights) != tuple(change.framework.weights):
        raise refused("weights", ", ".join(weights), ", ".join(change.framework.weights))
    if line < 0:
        raise refused("funding line", str(line), "a line from 0")
    last = change.connection.execute(
        select(released)
        .where(released.c.round_id == change.round_id)
        .order_by(released.c.number.desc())
        .limit(1)
    ).one_or_none()
    number = 1 if last is None else last.number + 1
    kept = {criterion: f"{weight:f}" for criterion, weight in weights.items()}
    told = {"weights": kept, "line": line}
    row = {
        "round_id": change.round_id,
        "number": number,
        "weights": json.dumps(kept),
        "line": line,
        "what": what,
        "by": change.actor.id,
        "by_name": check_text("name", name, longest=320) or change.actor.name,
        "at": at or change.at,
    }
    change.connection.execute(insert(released), row)
    was = None if last is None else {"weights": json.loads(last.weights), "line": last.line}
    change.record(RELEASED, was, {**told, "what": what}, field=str(number))
    return number


@reading()
def read_released(source: Reading) -> tuple[Released, ...]:
    """Every setting that was released, oldest first."""
    query = (
        select(released).where(released.c.round_id == source.round_id).order_by(released.c.number)
    )
    return tuple(
        Released(r.number, Weights.of(json.loads(r.weights)), r.line, r.what, r.by, r.by_name, r.at)
        for r in source.connection.execute(query)
    )
