"""Reading and checking the audit of a round."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from store.agreement import differences
from store.chain import Verified, verify
from store.permission import reading
from store.records import AuditEntry
from store.schema import audit, rounds
from store.transaction import Reading


@reading()
def entries(
    source: Reading,
    after: int = 0,
    actions: Sequence[str] = (),
    ref: str = "",
    limit: int | None = None,
) -> tuple[AuditEntry, ...]:
    """The audit after a link, oldest first; of some actions or of one intention only."""
    query = (
        select(audit)
        .where(audit.c.round_id == source.round_id, audit.c.seq > after)
        .order_by(audit.c.seq)
        .limit(limit)
    )
    if actions:
        query = query.where(audit.c.action.in_(actions))
    if ref:
        query = query.where(audit.c.ref == ref)
    return tuple(_entry(row) for row in source.connection.execute(query))


@reading()
def verify_round(source: Reading) -> Verified:
    """Whether every link of the round's audit holds and says what the round holds.

    Names the first link that does not, or that is missing.
    """
    return verify_all(source.connection, source.round_id)


def verify_all(connection: Connection, round_id: str) -> Verified:
    """The same for whoever looks after the database, deleted rounds too. Raises KeyError."""
    chain = verify_chain(connection, round_id)
    if not chain.holds:
        return chain
    query = select(audit).where(audit.c.round_id == round_id).order_by(audit.c.seq)
    found = differences(connection, round_id, connection.execute(query))
    if not found:
        return chain
    more = f" ({len(found) - 1} more like this.)" if len(found) > 1 else ""
    return Verified(chain.links, found[0].link, found[0].says + more)


def verify_chain(connection: Connection, round_id: str) -> Verified:
    """Whether every link holds, whatever the round says. Raises KeyError."""
    head = connection.execute(
        select(rounds.c.audit_seq, rounds.c.audit_hash).where(rounds.c.id == round_id)
    ).one_or_none()
    if head is None:
        raise KeyError(round_id)
    return verify(_rows(connection, round_id), head.audit_seq, head.audit_hash)


def _rows(connection: Connection, round_id: str) -> Iterator[dict[str, Any]]:
    query = select(audit).where(audit.c.round_id == round_id).order_by(audit.c.seq)
    for row in connection.execute(query):
        yield dict(row._mapping)


def _entry(row: Row[Any]) -> AuditEntry:
    return AuditEntry(
        row.seq, row.at, row.by, row.name, row.action, row.ref, row.field, json.loads(row.was),
        json.loads(row.now), row.why, row.previous, row.hash,
    )  # fmt: skip
