"""Moving rounds between databases, every row counted and checked by checksum."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from scoring.problem import Problem, Unusable
from store.audit import verify_chain
from store.chain import Verified
from store.schema import ROUND_TABLES, rounds
from store.store import Store

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied: rounds, rows in each table, one checksum over everything."""

    rounds: tuple[str, ...]
    rows: dict[str, int]
    checksum: str


def copy_rounds(source: Store, target: Store, only: Sequence[str] = ()) -> Copied:
    """Copy rounds (all of them, deleted ones with their audit too) into another database.

    All or nothing: one moment of `source`, one transaction in `target`; counts and checksums of
    what was read and of what was written are compared, and every audit chain verified, before it
    is kept. Raises `Unusable` for unknown rounds, rounds already there, or a broken chain.
    """
    with source.database.reading() as old, target.database.writing() as new:
        there = set(old.execute(select(rounds.c.id)).scalars())
        chosen = sorted(only or there)
        taken = set(new.execute(select(rounds.c.id)).scalars())
        problems = [
            Problem("round", id, "a round of the database to copy from", kind="store")
            for id in chosen
            if id not in there
        ]
        problems += [
            Problem(f"round {id}", "already in the database to copy to", "one that is not there")
            for id in chosen
            if id in taken
        ]
        problems += [p for id in chosen if id in there for p in _chain_problems(old, id)]
        if problems:
            raise Unusable(problems)
        for table in ROUND_TABLES:
            for rows in _batches(old, table, chosen):
                new.execute(insert(table), rows)
        before, after = _summed(old, chosen), _summed(new, chosen)
        if before != after:
            wanted = f"the same rows on both sides ({before.checksum}); nothing was copied"
            raise Unusable(Problem("copy", after.checksum, wanted, kind="store"))
        return after


def checksum(store: Store, only: Sequence[str] = ()) -> Copied:
    """Count and checksum of the rounds of a database as they are."""
    with store.database.reading() as connection:
        there = connection.execute(select(rounds.c.id)).scalars()
        return _summed(connection, sorted(only or there))


def _chain_problems(connection: Connection, round_id: str) -> list[Problem]:
    verified: Verified = verify_chain(connection, round_id)
    if verified.holds:
        return []
    return [Problem(f"audit of {round_id}", verified.says, "a chain that holds", kind="store")]


def _summed(connection: Connection, chosen: Sequence[str]) -> Copied:
    digest, counts = hashlib.sha256(), {}
    for table in ROUND_TABLES:
        counts[table.name] = 0
        for rows in _batches(connection, table, chosen):
            counts[table.name] += len(rows)
            for row in rows:
                told = json.dumps(row, ensure_ascii=False, sort_keys=True, default=str)
                digest.update(told.encode("utf-8", "surrogatepass"))
    return Copied(tuple(chosen), counts, digest.hexdigest())


def _batches(
    connection: Connection, table: Table, chosen: Sequence[str]
) -> Iterator[list[dict[str, Any]]]:
    """The rows of these rounds, a round at a time, in the order of a key made of whole numbers and
    text compared byte by byte, which is the same in every database."""
    owner = table.c.id if table is rounds else table.c.round_id
    keys = [column.name for column in table.primary_key.columns]
    for id in chosen:
        found = connection.execute(select(table).where(owner == id)).mappings().all()
        rows = sorted(map(dict, found), key=lambda row: [row[key] for key in keys])
        for start in range(0, len(rows), BATCH):
            yield rows[start : start + BATCH]
