"""Which scores people entered themselves, and who entered the value that stands there, and when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import select

from scoring.sheet import Entered
from store.records import Cell
from store.schema import audit, cells, earlier_cells, members
from store.transaction import Reading

LOADED = "intentions loaded"


def entered_scores(source: Reading) -> dict[tuple[str, str], Entered]:
    """By ref and criterion: every score that no file of the round holds, but a person gave.

    Better evidence for the same score does not change who gave it.
    """
    loaded = set(
        source.connection.execute(
            select(audit.c.at).where(audit.c.round_id == source.round_id, audit.c.action == LOADED)
        ).scalars()
    )
    told = (cells.c.ref, cells.c.field, cells.c.version, cells.c.number, cells.c.by, cells.c.at,
            cells.c.taken_from)  # fmt: skip
    criteria = [criterion.id for criterion in source.framework.criteria]
    here = (
        cells.c.round_id == source.round_id,
        cells.c.source_row == 0,
        cells.c.number.is_not(None),
        cells.c.field.in_(criteria),
        cells.c.at.not_in(sorted(loaded)),
    )
    # Who gave each score: the present version, or an earlier one that held the same already.
    given = {(r.ref, r.field): r for r in source.connection.execute(select(*told).where(*here))}
    if any(row.version > 1 for row in given.values()):
        same = (
            (earlier_cells.c.round_id == cells.c.round_id)
            & (earlier_cells.c.ref == cells.c.ref)
            & (earlier_cells.c.field == cells.c.field)
        )
        before = (
            select(*(earlier_cells.c[column.name] for column in told))
            .join(cells, same)
            .where(*here)
            .order_by(earlier_cells.c.version.desc())
        )
        for row in source.connection.execute(before):
            later = given[row.ref, row.field]
            if row.version == later.version - 1 and row.number == later.number:
                given[row.ref, row.field] = row
    typed = {key: row for key, row in given.items() if row.at not in loaded}
    names = names_of(source, {row.by for row in typed.values()})
    return {
        key: Entered(names.get(row.by, row.by), row.at.date(), row.taken_from)
        for key, row in typed.items()
    }


def names_of(source: Reading, people: Collection[str]) -> dict[str, str]:
    """What these people are called: as members now, or as they last signed a change."""
    if not people:
        return {}
    wanted = sorted(people)
    signed = (
        select(audit.c.by, audit.c.name)
        .where(audit.c.round_id == source.round_id, audit.c.by.in_(wanted))
        .order_by(audit.c.seq)
    )
    listed = select(members.c.person, members.c.name).where(
        members.c.round_id == source.round_id, members.c.person.in_(wanted)
    )
    names = {row[0]: row[1] for row in source.connection.execute(signed)}
    # Somebody who was invited by address only is listed under it until they sign something.
    names.update({row[0]: row[1] for row in source.connection.execute(listed) if row[1] != row[0]})
    return names


def entered_now(
    changed: Iterable[Cell], names: Mapping[str, str]
) -> dict[tuple[str, str], Entered]:
    """The same for cells that were just saved, as far as their value is new."""
    return {
        (cell.ref, cell.field): Entered(
            names.get(cell.by, cell.by), cell.at.date(), cell.taken_from
        )
        for cell in changed
        if cell.value is not None
    }
