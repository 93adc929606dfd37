"""The lowest and the highest score that each cell of a round ever held, and how sure it is now."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select, union_all

from store.permission import reading
from store.records import Confidence
from store.schema import cells, earlier_cells
from store.transaction import Reading


@dataclass(frozen=True, slots=True)
class ScoreExtent:
    """One score: the lowest and highest it ever was, what it is, and the confidence given with it."""

    ref: str
    criterion: str
    low: float
    high: float
    score: float
    confidence: Confidence


@reading()
def score_extents(source: Reading) -> tuple[ScoreExtent, ...]:
    """Every score that stands today, by ref and criterion; blanks do not count as scores."""
    criteria = [criterion.id for criterion in source.framework.criteria]
    every = union_all(
        *(
            select(table.c.ref, table.c.field, table.c.number).where(
                table.c.round_id == source.round_id,
                table.c.field.in_(criteria),
                table.c.number.is_not(None),
            )
            for table in (cells, earlier_cells)
        )
    ).subquery()
    ends = (
        select(
            every.c.ref,
            every.c.field,
            func.min(every.c.number).label("low"),
            func.max(every.c.number).label("high"),
        )
        .group_by(every.c.ref, every.c.field)
        .subquery()
    )
    query = (
        select(ends, cells.c.number, cells.c.confidence)
        .join(cells, (cells.c.ref == ends.c.ref) & (cells.c.field == ends.c.field))
        .where(cells.c.round_id == source.round_id, cells.c.number.is_not(None))
        .order_by(ends.c.ref, ends.c.field)
    )
    return tuple(
        ScoreExtent(r.ref, r.field, float(r.low), float(r.high), float(r.number), r.confidence)
        for r in source.connection.execute(query)
    )
