"""Who has a round open, and what changed since one last looked. Not part of the audit."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from store.audit import entries
from store.cells import read_cells
from store.permission import reading
from store.records import Actor, AuditEntry, Cell, Presence
from store.schema import presence
from store.store import Store
from store.transaction import Reading, look_up

HERE = timedelta(seconds=25)
CELL_ACTIONS = ("score", "field")
MANY = 500  # after this many changes it is quicker to open the round again


def seen(store: Store, round_id: str, actor: Actor, session: str, page: str, at: datetime) -> None:
    """Say that this person has this page of the round open."""
    values = {"person": actor.id, "name": actor.name, "page": page, "seen_at": at}
    here = (presence.c.round_id == round_id, presence.c.session == session)
    with store.database.writing() as connection:
        look_up(connection, round_id, actor, hold=False)
        if not connection.execute(update(presence).where(*here).values(**values)).rowcount:
            row = {"round_id": round_id, "session": session, **values}
            connection.execute(insert(presence), row)
        # Older or, after a clock was put back, from the future: not here.
        gone = (presence.c.seen_at < at - 2 * HERE) | (presence.c.seen_at > at + 2 * HERE)
        connection.execute(delete(presence).where(presence.c.round_id == round_id, gone))


@reading()
def who_is_here(source: Reading, at: datetime) -> tuple[Presence, ...]:
    """Everybody seen in the last 25 seconds, one entry a person, the latest page."""
    query = (
        select(presence.c.person, presence.c.name, presence.c.page, presence.c.seen_at)
        .where(
            presence.c.round_id == source.round_id,
            presence.c.seen_at >= at - HERE,
            presence.c.seen_at <= at + HERE,
        )
        .order_by(presence.c.seen_at)
    )
    found = [Presence(*row) for row in source.connection.execute(query)]
    latest = {entry.person: entry for entry in found}
    return tuple(sorted(latest.values(), key=lambda entry: (entry.name, entry.person)))


@reading()
def changes_since(
    source: Reading, seq: int
) -> tuple[tuple[AuditEntry, ...], dict[tuple[str, str], Cell]] | None:
    """What was done after a link of the audit, with the cells it changed as they are now.

    None when it is too much to follow: open the round again.
    """
    found = entries(source, after=seq, limit=MANY + 1)
    if len(found) > MANY:
        return None
    changed = {(entry.ref, entry.field) for entry in found if entry.action in CELL_ACTIONS}
    return found, read_cells(source, changed)
