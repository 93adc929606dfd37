"""Where each browser tab was, so that a refreshed or crashed one comes back to the same place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, func, insert, select, update

from store.records import Actor
from store.schema import places, rounds
from store.store import Store

PLACES = 50  # kept of one person


def keep_place(
    store: Store,
    actor: Actor,
    session: str,
    round_id: str,
    place: Mapping[str, Any],
    at: datetime,
) -> None:
    """Keep what one tab shows: the round ("" is the sample) and today's weights and line.

    The places of a person's last 50 tabs are kept.
    """
    values = {"round_id": round_id, "place": json.dumps(place, sort_keys=True), "at": at}
    here = (places.c.person == actor.id, places.c.session == session)
    with store.database.writing() as connection:
        if not connection.execute(update(places).where(*here).values(**values)).rowcount:
            row = {"person": actor.id, "session": session, **values}
            connection.execute(insert(places), row)
            _drop_oldest(connection, actor)


def find_place(store: Store, actor: Actor, session: str) -> tuple[str, dict[str, Any]] | None:
    """The round and the place of a tab of this person; None when it has none."""
    mine = (places.c.person == actor.id, places.c.session == session)
    return _read(store, select(places.c.round_id, places.c.place).where(*mine))


def last_place(store: Store, actor: Actor) -> tuple[str, dict[str, Any]] | None:
    """Where this person was last, in whatever tab; None without a place.

    A round that was deleted since is passed over.
    """
    query = (
        select(places.c.round_id, places.c.place)
        .outerjoin(rounds, rounds.c.id == places.c.round_id)
        .where(places.c.person == actor.id, func.coalesce(rounds.c.state, "") != "deleted")
        .order_by(places.c.at.desc(), places.c.session)
        .limit(1)
    )
    return _read(store, query)


def forget_place(store: Store, actor: Actor, session: str) -> None:
    """Forget one place."""
    here = and_(places.c.person == actor.id, places.c.session == session)
    with store.database.writing() as connection:
        connection.execute(delete(places).where(here))


def _drop_oldest(connection: Connection, actor: Actor) -> None:
    mine = places.c.person == actor.id
    query = select(places.c.session).where(mine).order_by(places.c.at.desc()).offset(PLACES)
    old = connection.execute(query.limit(PLACES)).scalars().all()
    if old:
        connection.execute(delete(places).where(mine, places.c.session.in_(old)))


def _read(store: Store, query: Select[tuple[str, str]]) -> tuple[str, dict[str, Any]] | None:
    with store.database.reading() as connection:
        row = connection.execute(query).one_or_none()
    return None if row is None else (row.round_id, json.loads(row.place))
