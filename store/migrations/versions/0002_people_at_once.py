"""Who is here, where each browser was, what is carried over; the audit refuses to be rewritten."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

SAYS = "the audit is append-only"


def upgrade() -> None:
    """Add the tables, the column and the guards."""
    op.create_table(
        "presence",
        sa.Column("round_id", sa.String(80), sa.ForeignKey("rounds.id"), primary_key=True),
        sa.Column("session", sa.String(64), primary_key=True),
        sa.Column("person", sa.String(320), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("page", sa.Text, nullable=False, server_default=""),
        sa.Column("seen_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "places",
        sa.Column("person", sa.String(320), primary_key=True),
        sa.Column("session", sa.String(64), primary_key=True),
        sa.Column("round_id", sa.String(80), nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
    )
    op.add_column("intentions", sa.Column("carried", sa.Text, nullable=False, server_default=""))
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_no_{change.lower()} BEFORE {change} ON audit "
                f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
            )
    else:
        op.execute(
            "CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{SAYS}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit "
            "FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()"
        )
