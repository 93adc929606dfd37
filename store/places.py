"""Where each browser was, so that a refreshed or crashed one comes back to the same place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, select, update

from store.records import Actor
from store.schema import places, rounds
from store.store import Store


def keep_place(
    store: Store,
    actor: Actor,
    session: str,
    round_id: str,
    place: Mapping[str, Any],
    at: datetime,
) -> None:
    """Keep what one browser shows: the round ("" is the sample) and today's weights and line."""
    values = {"round_id": round_id, "place": json.dumps(place, sort_keys=True), "at": at}
    here = (places.c.person == actor.id, places.c.session == session)
    with store.database.writing() as connection:
        if not connection.execute(update(places).where(*here).values(**values)).rowcount:
            row = {"person": actor.id, "session": session, **values}
            connection.execute(insert(places), row)


def find_place(store: Store, actor: Actor, session: str) -> tuple[str, dict[str, Any]] | None:
    """The round and the place of a browser of this person; None when it has none."""
    mine = (places.c.person == actor.id, places.c.session == session)
    return _read(store, select(places.c.round_id, places.c.place).where(*mine))


def last_place(store: Store, actor: Actor) -> tuple[str, dict[str, Any]] | None:
    """The round of their own that this person last had open anywhere; None without one."""
    query = (
        select(places.c.round_id, places.c.place)
        .join(rounds, rounds.c.id == places.c.round_id)
        .where(places.c.person == actor.id, rounds.c.state != "deleted")
        .order_by(places.c.at.desc())
        .limit(1)
    )
    return _read(store, query)


def _read(store: Store, query: Select[tuple[str, str]]) -> tuple[str, dict[str, Any]] | None:
    with store.database.reading() as connection:
        row = connection.execute(query).one_or_none()
    return None if row is None else (row.round_id, json.loads(row.place))
