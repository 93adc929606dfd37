"""The ledger of settings: what was released in a round, in order."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "released",
        sa.Column("round_id", sa.String(80), sa.ForeignKey("rounds.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("weights", sa.Text, nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("by", sa.String(320), nullable=False),
        sa.Column("by_name", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
    )
