"""What a round holds in its tables, thing by thing, to be compared with what its audit says."""

from __future__ import annotations

import json
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, String, Table, select, type_coerce

from store.schema import (
    cells,
    earlier_cells,
    intentions,
    links,
    log_entries,
    members,
    overrides,
    released,
    rounds,
    scenarios,
    settings,
)

Key = tuple[str, ...]
_ROUND = ("id", "name", "state", "scope", "owner", "deadline", "framework_id", "framework_name",
          "framework", "predecessor", "published_scenario")  # fmt: skip
_LOG = ("kind", "what", "why", "ref", "signed_by")
AS_MADE = {"status": "active", "reason": "", "merged_into": ""}


@dataclass(frozen=True)
class Held:
    """Every value by what it is of, and what may have been loaded: the intentions in their order,
    with the cells whose first version is on no record, and those of them that stand today."""

    values: dict[Key, Any]
    intentions: list[Row[Any]]
    first: list[Row[Any]]
    standing: set[tuple[str, str]]


def held_by(connection: Connection, round_id: str, recorded: Container[Key]) -> Held:
    """All that a round holds that is set by a change; what was never set is left out.

    `recorded` are the things that have a link of their own.
    """

    def rows(table: Table) -> Sequence[Row[Any]]:
        owner = table.c.id if table is rounds else table.c.round_id
        # A moment stays the text that it is kept as: thousands of them are only compared.
        columns = (type_coerce(c, String).label(c.name) if c.name == "at" else c for c in table.c)
        return connection.execute(select(*columns).where(owner == round_id)).all()

    (about,) = rows(rounds)
    listed = sorted(rows(intentions), key=lambda row: (row.position, row.ref))
    values: dict[Key, Any] = {
        ("round", name): about._mapping[name]
        for name in _ROUND
        if about._mapping[name] not in (None, "")
    }
    first: list[Row[Any]] = []
    standing: set[tuple[str, str]] = set()
    for table in (cells, earlier_cells):
        for r in rows(table):
            key = "cell", r.ref, r.field, f"{r.version:06}"
            if r.version == 1 and key not in recorded:
                first.append(r)
                if table is cells:
                    standing.add((r.ref, r.field))
                continue
            values[key] = {
                "value": r.text if r.number is None else r.number,
                "evidence": r.evidence, "link": r.link, "confidence": r.confidence, "taken_from": r.taken_from,
                "by": r.by, "at": r.at, "why": r.why, "now": table is cells,
            }  # fmt: skip
    for r in listed:
        values["title", r.ref] = r.title
        status = {name: r._mapping[name] for name in AS_MADE}
        if status != AS_MADE:
            values["status", r.ref] = status
    values |= {("member", r.person): r.role for r in rows(members)}
    values |= {("segment", r.ref): [r.segment, r.reason] for r in rows(overrides)}
    values |= {("link", r.ref, r.kind, r.other): "a link" for r in rows(links)}
    values |= {("setting", r.name): json.loads(r.value) for r in rows(settings)}
    for r in rows(scenarios):
        told = {"weights": json.loads(r.weights), "line": r.line, "missing": r.missing}
        values["scenario", r.name] = told
    for r in rows(released):
        told = {"weights": json.loads(r.weights), "line": r.line, "what": r.what}
        values["released", str(r.number)] = told
    for r in rows(log_entries):
        values["log", str(r.number)] = {name: r._mapping[name] for name in _LOG}
    return Held(values, listed, first, standing)
