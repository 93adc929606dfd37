"""The tables. Every table of a round leads with `round_id`, so a round can be moved as a whole.

Keys are text and times are ISO 8601 text in UTC: the same bytes in SQLite and PostgreSQL, which is
what lets a copy be compared by checksum and an audit hash hold in both.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A moment as ISO 8601 text in UTC, to the microsecond: its order as text is its order in time."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """To text. Refuses a time without a zone."""
        return None if value is None else as_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """From text."""
        return None if value is None else datetime.fromisoformat(value)


def as_text(moment: datetime) -> str:
    """A moment as it is stored and hashed. Raises ValueError without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


metadata = MetaData()


def _round() -> Column[str]:
    return Column("round_id", String(80), ForeignKey("rounds.id"), primary_key=True)


def _text(name: str, default: str = "") -> Column[str]:
    return Column(name, Text, nullable=False, server_default=default)


rounds = Table(
    "rounds",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("state", String(12), nullable=False),
    _text("scope"),
    Column("owner", String(320), nullable=False),
    Column("deadline", String(10)),
    Column("framework_id", String(80), nullable=False),
    Column("framework_name", Text, nullable=False),
    Column("framework", Text, nullable=False),  # the snapshot, as TOML
    _text("reading"),  # what reading the files said: files, rows, problems; JSON
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    _text("predecessor"),
    _text("published_scenario"),
    # The head of the audit chain: without it, cutting off the last links would go unseen.
    Column("audit_seq", Integer, nullable=False),
    Column("audit_hash", String(64), nullable=False),
)

members = Table(
    "members",
    metadata,
    _round(),
    Column("person", String(320), primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", String(12), nullable=False),
    Index("members_by_person", "person"),
)

intentions = Table(
    "intentions",
    metadata,
    _round(),
    Column("ref", String(200), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("status", String(20), nullable=False, server_default="active"),
    _text("reason"),
    _text("merged_into"),
    _text("status_by"),
    Column("status_at", Moment),
    Column("version", Integer, nullable=False, server_default="1"),
    _text("source_file"),
    _text("source_sheet"),
    Column("source_row", Integer, nullable=False, server_default="0"),
    _text("carried"),  # what is kept of the predecessor, as JSON; since version 2
)


def _cell_columns() -> tuple[Column[Any], ...]:
    return (
        Column("number", Float),
        Column("text", Text),
        _text("evidence"),
        _text("link"),
        Column("confidence", String(8), nullable=False, server_default=""),
        Column("by", String(320), nullable=False),
        Column("at", Moment, nullable=False),
        _text("why"),
        Column("source_row", Integer, nullable=False, server_default="0"),
        Column("source_column", Integer, nullable=False, server_default="0"),
        _text("taken_from"),  # the file and cell that somebody accepted it from; since version 4
    )


cells = Table(
    "cells",
    metadata,
    _round(),
    Column("ref", String(200), primary_key=True),
    Column("field", String(80), primary_key=True),
    Column("version", Integer, nullable=False),
    *_cell_columns(),
    sqlite_with_rowid=False,
)

earlier_cells = Table(
    "earlier_cells",
    metadata,
    _round(),
    Column("ref", String(200), primary_key=True),
    Column("field", String(80), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    *_cell_columns(),
)

overrides = Table(
    "overrides",
    metadata,
    _round(),
    Column("ref", String(200), primary_key=True),
    Column("segment", String(40)),  # empty: taken back
    _text("reason"),
    Column("by", String(320), nullable=False),
    Column("by_name", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
)

links = Table(
    "links",
    metadata,
    _round(),
    Column("ref", String(200), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("other", String(200), primary_key=True),
    _text("why"),
    Column("by", String(320), nullable=False),
    Column("at", Moment, nullable=False),
)

scenarios = Table(
    "scenarios",
    metadata,
    _round(),
    Column("name", String(120), primary_key=True),
    Column("weights", Text, nullable=False),  # JSON, decimals as text
    Column("line", Integer, nullable=False),
    Column("missing", String(20), nullable=False),
    _text("why"),
    Column("by", String(320), nullable=False),
    Column("at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
)

released = Table(
    "released",
    metadata,
    _round(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("weights", Text, nullable=False),  # JSON, decimals as text
    Column("line", Integer, nullable=False),
    Column("what", Text, nullable=False),
    Column("by", String(320), nullable=False),
    Column("by_name", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    _round(),
    Column("name", String(60), primary_key=True),
    Column("value", Text, nullable=False),  # JSON
    Column("by", String(320), nullable=False),
    Column("at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
)

log_entries = Table(
    "log_entries",
    metadata,
    _round(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(12), nullable=False),
    Column("what", Text, nullable=False),
    _text("why"),
    _text("ref"),
    Column("by", String(320), nullable=False),
    Column("at", Moment, nullable=False),
    _text("signed_by"),
    Column("signed_at", Moment),
)

audit = Table(
    "audit",
    metadata,
    _round(),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("by", String(320), nullable=False),
    Column("name", Text, nullable=False),
    Column("action", String(40), nullable=False),
    _text("ref"),
    _text("field"),
    Column("was", Text, nullable=False),  # JSON
    Column("now", Text, nullable=False),  # JSON
    _text("why"),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

# Not part of what a round says: who has it open, and where each browser was.
presence = Table(
    "presence",
    metadata,
    _round(),
    Column("session", String(64), primary_key=True),
    Column("person", String(320), nullable=False),
    Column("name", Text, nullable=False),
    _text("page"),
    Column("seen_at", Moment, nullable=False),
)

places = Table(
    "places",
    metadata,
    Column("person", String(320), primary_key=True),
    Column("session", String(64), primary_key=True),
    Column("round_id", String(80), nullable=False),  # empty: the sample round
    Column("place", Text, nullable=False),  # JSON
    Column("at", Moment, nullable=False),
)

# In the order in which they can be filled; `rounds` first.
ROUND_TABLES: tuple[Table, ...] = (
    rounds, members, intentions, cells, earlier_cells, overrides, links, scenarios, released,
    settings, log_entries, audit,
)  # fmt: skip
CONTENT_TABLES: tuple[Table, ...] = (
    cells, earlier_cells, overrides, links, scenarios, released, settings, log_entries, intentions,
)  # fmt: skip
