"""Cells: scores, answers and other fields, saved on a version, every earlier value kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, and_, bindparam, insert, select, tuple_, update

from scoring.problem import Problem
from scoring.sheet import FieldValue
from store.cell_checks import entry_problems, field_problems, score_problems
from store.permission import changing, reading
from store.records import SAID_FOR_IT, Cell, Conflict, NewValue, Saved
from store.schema import cells, earlier_cells, intentions
from store.transaction import Change, Reading, Refused

Outcome = Saved | Conflict
_VALUES = ("version", "number", "text", "evidence", "link", "confidence", "by", "at", "why",
           "source_row", "source_column", "taken_from")  # fmt: skip
_KEEP = ("round_id", "ref", "field", *_VALUES)


@changing("assessor")
def save_scores(change: Change, values: Sequence[NewValue]) -> tuple[Outcome, ...]:
    """Save scores with their evidence; None takes a score back.

    Each is saved, or is a `Conflict` when somebody else changed that cell since `version`; the
    others are saved all the same. Raises `Refused` with every problem when any is off its scale,
    and then saves none.
    """
    problems = score_problems(change.framework, values)
    return _save(change, values, problems, "score")


@changing("analyst")
def save_fields(change: Change, values: Sequence[NewValue]) -> tuple[Outcome, ...]:
    """Save segment answers and other fields; None takes an entry back. Conflicts as for scores."""
    problems = field_problems(change.framework, values)
    return _save(change, values, problems, "field")


@reading()
def read_cells(source: Reading, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Cell]:
    """The cells of these (ref, field) pairs; those that never held anything are not there."""
    return {key: _cell(row) for key, row in _rows(source, list(keys)).items()}


@reading()
def cells_of(source: Reading, ref: str) -> dict[str, Cell]:
    """Every cell of one intention by field."""
    query = select(cells).where(cells.c.round_id == source.round_id, cells.c.ref == ref)
    return {row.field: _cell(row) for row in source.connection.execute(query)}


@reading()
def history(source: Reading, ref: str, field: str) -> tuple[Cell, ...]:
    """Every value that a cell ever held, oldest first, the present one last."""
    found: list[Cell] = []
    for table in (earlier_cells, cells):
        query = (
            select(table)
            .where(table.c.round_id == source.round_id, table.c.ref == ref, table.c.field == field)
            .order_by(table.c.version)
        )
        found.extend(_cell(row) for row in source.connection.execute(query))
    return tuple(found)


def _save(
    change: Change, values: Sequence[NewValue], problems: list[Problem], action: str
) -> tuple[Outcome, ...]:
    rows = _rows(change, [(new.ref, new.field) for new in values])
    known = _known_refs(change, {new.ref for new in values})
    problems.extend(p for new in values for p in entry_problems(new, known))
    repeated = len({(new.ref, new.field) for new in values}) < len(values)
    if repeated:
        problems.append(Problem("cells", "one cell twice in one save", "each cell once"))
    if problems:
        raise Refused(problems)
    outcomes: list[Outcome] = []
    kept: list[dict[str, Any]] = []
    added: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for new in values:
        row = rows.get((new.ref, new.field))
        wanted = _wanted(change, new, row)
        if row is not None and _same(wanted, row):
            outcomes.append(Saved(_cell(row)))  # nothing to do, or a save sent twice
        elif row is not None and row.version != new.version:
            outcomes.append(Conflict(new, _cell(row)))
        elif (
            row is None
            and wanted["number"] is None
            and wanted["text"] is None
            and not (wanted["evidence"] or wanted["link"])
        ):
            blank = Cell(new.ref, new.field, None, "", "", "", 0, change.actor.id, change.at, "")
            outcomes.append(Saved(blank))
        else:
            was = None if row is None else _cell(row)
            cell = _cell_of(wanted)
            if row is None:
                added.append(wanted)
            else:
                kept.append({name: row._mapping[name] for name in _KEEP})
                changed.append({f"b_{name}": value for name, value in wanted.items()})
            change.record(
                action, _told(was), _told(cell), new.why.strip(), ref=new.ref, field=new.field
            )
            outcomes.append(Saved(cell))
    _write(change, kept, added, changed)
    return tuple(outcomes)


def _write(
    change: Change,
    kept: list[dict[str, Any]],
    added: list[dict[str, Any]],
    changed: list[dict[str, Any]],
) -> None:
    if kept:
        change.connection.execute(insert(earlier_cells), kept)
    if added:
        change.connection.execute(insert(cells), added)
    if changed:
        key = and_(*(cells.c[name] == bindparam(f"b_{name}") for name in _KEEP[:3]))
        values: dict[str, Any] = {name: bindparam(f"b_{name}") for name in _VALUES}
        change.connection.execute(update(cells).where(key).values(values), changed)


def _rows(source: Reading, keys: list[tuple[str, str]]) -> dict[tuple[str, str], Row[Any]]:
    found: dict[tuple[str, str], Row[Any]] = {}
    for start in range(0, len(keys), 400):  # SQLite takes a limited number of parameters
        part = keys[start : start + 400]
        query = select(cells).where(
            cells.c.round_id == source.round_id, tuple_(cells.c.ref, cells.c.field).in_(part)
        )
        found.update({(row.ref, row.field): row for row in source.connection.execute(query)})
    return found


def _known_refs(source: Reading, refs: set[str]) -> set[str]:
    found: set[str] = set()
    wanted = sorted(refs)
    for start in range(0, len(wanted), 800):
        query = select(intentions.c.ref).where(
            intentions.c.round_id == source.round_id,
            intentions.c.ref.in_(wanted[start : start + 800]),
        )
        found.update(source.connection.execute(query).scalars())
    return found


def _wanted(change: Change, new: NewValue, row: Row[Any] | None) -> dict[str, Any]:
    value = new.value.strip() or None if isinstance(new.value, str) else new.value
    evidence = (row.evidence if row else "") if new.evidence is None else new.evidence.strip()
    link = (row.link if row else "") if new.link is None else new.link.strip()
    confidence = (row.confidence if row else "") if new.confidence is None else new.confidence
    same = row is not None and _value(row) == value
    return {
        "round_id": change.round_id,
        "ref": new.ref,
        "field": new.field,
        "version": (row.version if row else 0) + 1,
        "number": float(value) if isinstance(value, int | float) else None,
        "text": value if isinstance(value, str) else None,
        "evidence": evidence,
        "link": link,
        "confidence": confidence,
        "by": change.actor.id,
        "at": change.at,
        "why": new.why.strip(),
        # A changed value was no longer read from the file; better evidence for it still was.
        "source_row": row.source_row if row is not None and same else 0,
        "source_column": row.source_column if row is not None and same else 0,
        "taken_from": new.taken_from,
    }


def _same(wanted: dict[str, Any], row: Row[Any]) -> bool:
    told = ("number", "text", "evidence", "link", "confidence")
    return all(wanted[name] == row._mapping[name] for name in told)


def _value(row: Row[Any]) -> FieldValue:
    number: float | None = row.number
    text: str | None = row.text
    return number if number is not None else text


def _cell(row: Row[Any]) -> Cell:
    return Cell(
        row.ref, row.field, _value(row), row.evidence, row.link, row.confidence, row.version,
        row.by, row.at, row.why, row.taken_from,
    )  # fmt: skip


def _cell_of(wanted: dict[str, Any]) -> Cell:
    value = wanted["number"] if wanted["number"] is not None else wanted["text"]
    names = ("evidence", "link", "confidence", "version", "by", "at", "why", "taken_from")
    return Cell(wanted["ref"], wanted["field"], value, *(wanted[name] for name in names))


def _told(cell: Cell | None) -> dict[str, Any] | None:
    """What the audit keeps of a cell: its value, and what is said for it where something is."""
    if cell is None:
        return None
    told = {"value": cell.value, "version": cell.version}
    extra = {name: getattr(cell, name) for name in SAID_FOR_IT}
    return {**told, **{name: text for name, text in extra.items() if text}}


def insist(conflict: Conflict) -> NewValue:
    """The same change again, knowing what the other person did."""
    return replace(conflict.yours, version=conflict.theirs.version)
