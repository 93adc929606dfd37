"""Bringing a database to the schema of this version, from nothing or from any earlier version.

Alembic takes a while to import, so it is imported only when there is something to bring up.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from store.database import Database
from store.faults import unavailable

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parent / "migrations"
NEWEST = "0004"
_LOCK = 5_190_201  # any number: app servers that start together queue on it


def upgrade(database: Database, to: str = NEWEST) -> str:
    """Make the tables or bring them up to `to`; all of it or nothing. Returns the version found.

    Raises `Unavailable` for a database made by a newer version, or by another program.
    """
    with database.reading() as connection:
        before = _checked(database, connection)
    if before == to:
        return before
    with database.writing() as connection:
        if not database.is_sqlite:
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        # Another process may have done it while this one waited for the lock.
        if _checked(database, connection) != to:
            from alembic import command

            command.upgrade(_config(connection), to)
    return before


def current_version(connection: Connection) -> str:
    """The schema version of a database; "" when it holds nothing of ours."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.scalar(text("SELECT version_num FROM alembic_version")) or ""


def versions() -> tuple[str, ...]:
    """Every schema version, oldest first."""
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(SCRIPTS)).walk_revisions()
    return tuple(script.revision for script in scripts)[::-1]


def _checked(database: Database, connection: Connection) -> str:
    version = current_version(connection)
    if not version and inspect(connection).has_table("rounds"):
        wanted = "a database of this app, or an empty one; nothing was changed"
        raise unavailable(database.url, "tables of another program", wanted)
    if version and version != NEWEST and version not in versions():
        found = f"rounds kept by a newer version of this app (schema {version})"
        wanted = f"schema {NEWEST} or older: update the app and open it again; nothing was changed"
        raise unavailable(database.url, found, wanted)
    return version


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
