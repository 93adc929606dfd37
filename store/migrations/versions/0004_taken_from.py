"""The file and cell that a value was taken over from has a place of its own, beside the reason."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

BEGINS = "Taken from "  # how the reason began that the app gave until now


def upgrade() -> None:
    """Add the column, filled where the app's own reason says the file and cell."""
    key = ("round_id", "ref", "field", "version")
    for name in ("cells", "earlier_cells"):
        op.add_column(name, sa.Column("taken_from", sa.Text, nullable=False, server_default=""))
        table = sa.table(name, *map(sa.column, (*key, "why", "taken_from")))
        held = sa.select(table).where(table.c.why.startswith(BEGINS, autoescape=True))
        for row in op.get_bind().execute(held).all():
            here = sa.and_(*(table.c[part] == row._mapping[part] for part in key))
            place = row.why.removeprefix(BEGINS).partition("\n")[0]
            op.execute(sa.update(table).where(here).values(taken_from=place))
