"""The store: opened once, then a transaction at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from store.database import BUSY_SECONDS, Database
from store.migrate import upgrade
from store.records import Actor
from store.transaction import Change, Reading, look_up


class Store:
    """Every round of one database. Time and person are arguments of whatever is done.

    Everything raises `Unavailable` when the database cannot serve, and `Refused` for what a person
    may not do; a lost race is a `Conflict` or `Outdated` value.
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    @classmethod
    def open(cls, url: str, busy_seconds: float = BUSY_SECONDS) -> Store:
        """Open a database, make its tables or bring them up to date."""
        database = Database(url, busy_seconds)
        upgrade(database)
        return cls(database)

    def close(self) -> None:
        """Give back every connection."""
        self.database.close()

    @contextmanager
    def read(self, round_id: str, actor: Actor) -> Iterator[Reading]:
        """One moment of a round."""
        with self.database.reading() as connection:
            found = look_up(connection, round_id, actor, hold=False)
            yield Reading(connection, actor, round_id, *found)

    @contextmanager
    def change(self, round_id: str, actor: Actor, at: datetime) -> Iterator[Change]:
        """A round held for changes: all of them are kept, with their audit, or none."""
        with self.database.writing() as connection:
            found = look_up(connection, round_id, actor, hold=True)
            change = Change(connection, actor, round_id, *found, at)
            yield change
            change.finish()
