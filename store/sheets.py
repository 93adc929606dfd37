"""A round as a score sheet, and a score sheet as the start of a round."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sqlalchemy import func, insert, select, update

from scoring.problem import Problem
from scoring.sheet import FieldValue, Origins, ScoreSheet
from store.agreement import loaded_digest
from store.entered import LOADED, entered_now, entered_scores, names_of
from store.permission import changing, reading
from store.records import Cell, Progress, Status
from store.schema import cells, intentions, members, rounds
from store.text import storable
from store.transaction import Change, Reading, Refused, refused

# What the record of a load covers of each intention, beside its cells.
_TOLD = ("ref", "title", "carried", "source_file", "source_sheet", "source_row")


@dataclass(frozen=True, eq=False)
class OpenedSheet:
    """A round's active intentions as a sheet, the version of every cell, and its audit position.

    `names` is what its members are called, by who they sign in as.
    """

    sheet: ScoreSheet
    versions: dict[tuple[str, str], int]
    seq: int
    reading: str
    names: dict[str, str]


@changing("analyst")
def load_sheet(
    change: Change,
    sheet: ScoreSheet,
    reading: str = "",
    why: str = "",
    carried: Mapping[str, Mapping[str, Any]] | None = None,
) -> None:
    """Put every intention of a sheet into a round, in one change.

    `reading` is what the reading of the files said (JSON), kept as it is; `carried` is what is
    kept of each intention's predecessor, by ref. Raises `Refused`, and
    loads nothing, when a ref is already in the round or a text cannot be kept.
    """
    if tuple(c.id for c in sheet.framework.criteria) != tuple(
        c.id for c in change.framework.criteria
    ):
        raise refused("framework", sheet.framework.name, f"{change.framework.name}, as this round")
    _check(change, sheet)
    here = intentions.c.round_id == change.round_id
    start = len(change.connection.execute(select(intentions.c.ref).where(here)).all())
    rows = [_intention_row(change, sheet, i, start + i) for i in range(len(sheet))]
    for row in rows:
        kept = (carried or {}).get(row["ref"])
        row["carried"] = json.dumps(kept, ensure_ascii=False) if kept else ""
    entries = _cell_rows(change, sheet)
    if rows:
        change.connection.execute(insert(intentions), rows)
    if entries:
        change.connection.execute(insert(cells), entries)
    if reading:
        change.connection.execute(
            update(rounds).where(rounds.c.id == change.round_id).values(reading=reading)
        )
    told = {
        "intentions": len(sheet),
        "scores": int(sheet.scored.sum()),
        "files": sorted({file for file, _ in sheet.where.tables if file}),
        "sha256": loaded_digest(entries, [tuple(row[name] for name in _TOLD) for row in rows]),
    }
    change.record(LOADED, None, told, why)


@reading()
def open_sheet(source: Reading, statuses: tuple[Status, ...] = ("active",)) -> OpenedSheet:
    """The active intentions of a round (or those of other statuses) as scoring takes them."""
    here = source.round_id
    listed = source.connection.execute(
        select(
            intentions.c.ref,
            intentions.c.title,
            intentions.c.source_file,
            intentions.c.source_sheet,
            intentions.c.source_row,
        )
        .where(intentions.c.round_id == here, intentions.c.status.in_(statuses))
        .order_by(intentions.c.position, intentions.c.ref)
    ).all()
    index = {row[0]: i for i, row in enumerate(listed)}
    framework = source.framework
    column = {criterion.id: j for j, criterion in enumerate(framework.criteria)}
    scores = np.full((len(listed), len(column)), np.nan)
    at_rows, at_columns = np.zeros((2, len(listed), len(column)), np.int64)
    fields: dict[str, list[FieldValue]] = {}
    versions: dict[tuple[str, str], int] = {}
    found = source.connection.execute(
        select(
            cells.c.ref,
            cells.c.field,
            cells.c.version,
            cells.c.number,
            cells.c.text,
            cells.c.source_row,
            cells.c.source_column,
        ).where(cells.c.round_id == here)
    )
    for ref, field, version, number, text, row, col in found:
        i = index.get(ref)
        if i is None:
            continue
        versions[ref, field] = version
        j = column.get(field)
        if j is None:
            if field not in fields:
                fields[field] = [None] * len(listed)
            fields[field][i] = text if number is None else number
        elif number is not None:
            scores[i, j], at_rows[i, j], at_columns[i, j] = number, row, col
    tables = tuple(dict.fromkeys((row[2], row[3]) for row in listed)) or (("", ""),)
    which = {table: t for t, table in enumerate(tables)}
    origins = Origins(
        tables,
        np.array([which[row[2], row[3]] for row in listed], np.int64),
        np.array([row[4] for row in listed], np.int64),
        at_rows,
        at_columns,
        {
            (index[ref], column[field]): who
            for (ref, field), who in entered_scores(source).items()
            if ref in index
        },
    )
    refs, titles = tuple(row[0] for row in listed), tuple(row[1] for row in listed)
    ordered = {field: tuple(fields[field]) for field in sorted(fields)}
    sheet = ScoreSheet(framework, refs, titles, scores, ordered, origins)
    text = source.connection.execute(select(rounds.c.reading).where(rounds.c.id == here))
    people = select(members.c.person, members.c.name).where(members.c.round_id == here)
    names = {row.person: row.name for row in source.connection.execute(people)}
    names |= names_of(source, [person for person, name in names.items() if name == person])
    return OpenedSheet(sheet, versions, source.seq, text.scalar_one(), names)


def with_cells(
    sheet: ScoreSheet, changed: Iterable[Cell], names: Mapping[str, str] | None = None
) -> ScoreSheet:
    """The sheet with these cells as they are now. Cells of other intentions are left out.

    `names` is what the people who changed them are called, by who they sign in as.
    """
    changed = list(changed)
    scores = sheet.scores.copy()
    who = entered_now(changed, names or {})
    entered = dict(sheet.where.entered)
    rows, columns = sheet.where.score_rows.copy(), sheet.where.score_cols.copy()
    known = {ref: i for i, ref in enumerate(sheet.refs)}
    column = {criterion.id: j for j, criterion in enumerate(sheet.framework.criteria)}
    fields: dict[str, dict[str, FieldValue]] = {}
    for cell in changed:
        i, j = known.get(cell.ref), column.get(cell.field)
        if i is None:
            continue
        if j is None:
            fields.setdefault(cell.field, {})[cell.ref] = cell.value
            continue
        value = np.nan if cell.value is None else float(cell.value)
        if not (np.isnan(value) and np.isnan(scores[i, j])) and value != scores[i, j]:
            rows[i, j] = columns[i, j] = 0  # no longer read from the file
            entered.pop((i, j), None)
            if (cell.ref, cell.field) in who:
                entered[i, j] = who[cell.ref, cell.field]
        scores[i, j] = value
    where = replace(sheet.where, score_rows=rows, score_cols=columns, entered=entered)
    return replace(sheet, scores=scores, origins=where).with_fields(fields)


@reading()
def progress(source: Reading) -> Progress:
    """How far the scoring of the active intentions is."""
    criteria = [criterion.id for criterion in source.framework.criteria]
    here = (intentions.c.round_id == source.round_id, intentions.c.status == "active")
    n = source.connection.execute(select(func.count()).select_from(intentions).where(*here))
    per_intention = (
        select(func.count().label("given"))
        .select_from(intentions)
        .join(
            cells,
            (cells.c.round_id == intentions.c.round_id) & (cells.c.ref == intentions.c.ref),
        )
        .where(*here, cells.c.field.in_(criteria), cells.c.number.is_not(None))
        .group_by(intentions.c.ref)
        .subquery()
    )
    row = source.connection.execute(
        select(
            func.coalesce(func.sum(per_intention.c.given), 0),
            func.count().filter(per_intention.c.given == len(criteria)),
        ).select_from(per_intention)
    ).one()
    active = n.scalar_one()
    return Progress(active, int(row[0]), active * len(criteria), int(row[1]))


def _check(change: Change, sheet: ScoreSheet) -> None:
    here = select(intentions.c.ref).where(intentions.c.round_id == change.round_id)
    taken = set(change.connection.execute(here).scalars())
    problems = [
        Problem("ref", ref, "a ref that is not in the round yet", kind="ref", ref=ref)
        for ref in sheet.refs
        if ref in taken
    ]
    columns = {"ref": sheet.refs, "title": sheet.titles, **sheet.fields}
    for field, column in columns.items():
        for i, value in enumerate(column):
            if isinstance(value, str) and not (storable(value) and len(value) <= 100_000):
                wanted = "shorter text without control characters: mend the cell, load it again"
                where = f"{sheet.where.row(i)}, {field}"
                problems.append(Problem(where, "text that cannot be kept", wanted, ref=field))
    problems += [
        Problem(sheet.where.row(i), ref[:60], "a ref of at most 200 characters", kind="ref")
        for i, ref in enumerate(sheet.refs)
        if len(ref) > 200
    ]
    if problems:
        raise Refused(problems)


def _intention_row(change: Change, sheet: ScoreSheet, i: int, position: int) -> dict[str, Any]:
    file, name = sheet.where.tables[int(sheet.where.table_of[i])]
    return {
        "round_id": change.round_id,
        "ref": sheet.refs[i],
        "position": position,
        "title": sheet.titles[i],
        "source_file": file,
        "source_sheet": name,
        "source_row": int(sheet.where.row_of[i]),
    }


def _cell_rows(change: Change, sheet: ScoreSheet) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []

    def add(ref: str, field: str, value: float | str, row: int = 0, column: int = 0) -> None:
        number = float(value) if isinstance(value, int | float) else None
        text = value if isinstance(value, str) else None
        rows.append(
            {
                "round_id": change.round_id,
                "ref": ref,
                "field": field,
                "version": 1,
                "number": number,
                "text": text,
                "by": change.actor.id,
                "at": change.at,
                "source_row": row,
                "source_column": column,
            }
        )

    where = sheet.where
    for j, criterion in enumerate(sheet.framework.criteria):
        for i in np.flatnonzero(sheet.scored[:, j]):
            cell = int(where.score_rows[i, j]), int(where.score_cols[i, j])
            add(sheet.refs[i], criterion.id, float(sheet.scores[i, j]), *cell)
    for field, column in sheet.fields.items():
        if field in ("ref", "title", "status"):
            continue
        for ref, value in zip(sheet.refs, column, strict=True):
            if value is not None and value != "":
                add(ref, field, value)
    return rows
