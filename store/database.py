"""One database: SQLite or PostgreSQL, reading and writing in transactions."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from store.faults import explain_fault, unavailable, where_is

BUSY_SECONDS = 5
POOL = 12


class Database:
    """A database that is ready for use. `writing` and `reading` give a connection in a transaction.

    Both raise `Unavailable`, in words for a person, when the database cannot serve.
    """

    def __init__(self, url: str, busy_seconds: float = BUSY_SECONDS) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.drivername.startswith("sqlite")
        # Inside one process writers queue here, first come first served, instead of polling
        # SQLite's lock; other processes are kept apart by BEGIN IMMEDIATE.
        self._queue = threading.Lock()
        self.engine = self._sqlite(busy_seconds) if self.is_sqlite else self._postgres(busy_seconds)

    @property
    def where(self) -> str:
        """What messages call this database."""
        return where_is(self.url)

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one moment of the database and changes nothing."""
        options: dict[str, Any] = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self._plainly(), self.engine.connect() as plain:
            connection = plain.execution_options(**options)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection whose changes are all kept at the end, or none of them."""
        queue = self._queue if self.is_sqlite else nullcontext()
        with self._plainly(), queue, self.engine.connect() as plain:
            connection = plain.execution_options(writes=True)
            with connection.begin():
                yield connection

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            fault = explain_fault(self.url, error)
            if fault is None:
                raise
            raise fault from error

    def _sqlite(self, busy_seconds: float) -> Engine:
        path = Path(self.url.database or "")
        _make_folder(self, path.parent)
        engine = create_engine(
            self.url,
            connect_args={"timeout": busy_seconds, "check_same_thread": False},
            pool_size=POOL,
            max_overflow=60,
        )

        @event.listens_for(engine, "connect")
        def _prepare(dbapi: Any, _record: Any) -> None:
            dbapi.isolation_level = None  # transactions begin where we say, below
            cursor = dbapi.cursor()
            cursor.execute(f"PRAGMA busy_timeout = {int(busy_seconds * 1000)}")
            cursor.execute("PRAGMA foreign_keys = ON")
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute("PRAGMA synchronous = FULL")  # an acknowledged save survives a power cut
            cursor.close()

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            writes = connection.get_execution_options().get("writes", False)
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

        return engine

    def _postgres(self, busy_seconds: float) -> Engine:
        return create_engine(
            self.url,
            pool_pre_ping=True,  # a connection from before a restart is replaced, not used
            pool_size=POOL,
            max_overflow=20,
            connect_args={
                "connect_timeout": 5,
                "options": f"-c lock_timeout={int(busy_seconds * 1000)} -c timezone=UTC",
            },
        )


def _make_folder(database: Database, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        usable = os.access(folder, os.R_OK | os.X_OK)
    except OSError:
        usable = False
    if not usable:
        wanted = "a folder that you may write to; name another in PRIORITISER_DATA_FOLDER"
        raise unavailable(database.url, "a folder that cannot be made or opened", wanted)
