"""Rounds, people, intentions, cells with every earlier value, logs and the audit chain."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KEY = 80
REF = 200
PERSON = 320


def _round() -> sa.Column[Any]:
    return sa.Column("round_id", sa.String(KEY), sa.ForeignKey("rounds.id"), primary_key=True)


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def _who() -> tuple[sa.Column[Any], sa.Column[Any]]:
    return (
        sa.Column("by", sa.String(PERSON), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
    )


def _version() -> sa.Column[Any]:
    return sa.Column("version", sa.Integer, nullable=False)


def _cell(name: str, version: sa.Column[Any], **options: Any) -> None:
    op.create_table(
        name,
        _round(),
        sa.Column("ref", sa.String(REF), primary_key=True),
        sa.Column("field", sa.String(KEY), primary_key=True),
        version,
        sa.Column("number", sa.Float),
        sa.Column("text", sa.Text),
        _text("evidence"),
        _text("link"),
        sa.Column("confidence", sa.String(8), nullable=False, server_default=""),
        *_who(),
        _text("why"),
        sa.Column("source_row", sa.Integer, nullable=False, server_default="0"),
        sa.Column("source_column", sa.Integer, nullable=False, server_default="0"),
        **options,
    )


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "rounds",
        sa.Column("id", sa.String(KEY), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        _text("scope"),
        sa.Column("owner", sa.String(PERSON), nullable=False),
        sa.Column("deadline", sa.String(10)),
        sa.Column("framework_id", sa.String(KEY), nullable=False),
        sa.Column("framework_name", sa.Text, nullable=False),
        sa.Column("framework", sa.Text, nullable=False),
        _text("reading"),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("changed_at", sa.String(32), nullable=False),
        _text("predecessor"),
        _text("published_scenario"),
        sa.Column("audit_seq", sa.Integer, nullable=False),
        sa.Column("audit_hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "members",
        _round(),
        sa.Column("person", sa.String(PERSON), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.String(12), nullable=False),
    )
    op.create_index("members_by_person", "members", ["person"])
    op.create_table(
        "intentions",
        _round(),
        sa.Column("ref", sa.String(REF), primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("status", sa.String(20), nullable=False, server_default="active"),
        _text("reason"),
        _text("merged_into"),
        _text("status_by"),
        sa.Column("status_at", sa.String(32)),
        sa.Column("version", sa.Integer, nullable=False, server_default="1"),
        _text("source_file"),
        _text("source_sheet"),
        sa.Column("source_row", sa.Integer, nullable=False, server_default="0"),
    )
    _cell("cells", _version(), sqlite_with_rowid=False)
    _cell("earlier_cells", sa.Column("version", sa.Integer, primary_key=True, autoincrement=False))
    op.create_table(
        "overrides",
        _round(),
        sa.Column("ref", sa.String(REF), primary_key=True),
        sa.Column("segment", sa.String(40)),
        _text("reason"),
        sa.Column("by", sa.String(PERSON), nullable=False),
        sa.Column("by_name", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        _version(),
    )
    op.create_table(
        "links",
        _round(),
        sa.Column("ref", sa.String(REF), primary_key=True),
        sa.Column("kind", sa.String(20), primary_key=True),
        sa.Column("other", sa.String(REF), primary_key=True),
        _text("why"),
        *_who(),
    )
    op.create_table(
        "scenarios",
        _round(),
        sa.Column("name", sa.String(120), primary_key=True),
        sa.Column("weights", sa.Text, nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("missing", sa.String(20), nullable=False),
        _text("why"),
        *_who(),
        _version(),
    )
    op.create_table(
        "settings",
        _round(),
        sa.Column("name", sa.String(60), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        *_who(),
        _version(),
    )
    op.create_table(
        "log_entries",
        _round(),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        _text("why"),
        _text("ref"),
        *_who(),
        _text("signed_by"),
        sa.Column("signed_at", sa.String(32)),
    )
    op.create_table(
        "audit",
        _round(),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("by", sa.String(PERSON), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        _text("ref"),
        _text("field"),
        sa.Column("was", sa.Text, nullable=False),
        sa.Column("now", sa.Text, nullable=False),
        _text("why"),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
