"""Results as titled tables: plain frozen values that any kind of document can be written from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from scoring.export.text import one_line
from scoring.framework import FIELDS
from scoring.framework.rules import UNASSIGNED
from scoring.ranking import Ranking
from scoring.segment import Assignment

Cell = str | int | float | None
Kind = Literal[
    "text", "long", "place", "total", "score", "points", "money", "number", "share", "move"
]  # fmt: skip

TEXTS: tuple[Kind, ...] = ("text", "long")  # the kinds of column that hold text
_GATES = ("must_do", "qia", "ehiira", "business_case", "national_priority", "unifying_goal")
_MONEY = ("investment_recurrent", "investment_one_off", "saving", "maturity", "wte")
_PLACED = {"ref", "title", "function", "domain", *_GATES, *_MONEY, "notes"}
_LATE = tuple(field.id for field in FIELDS if field.id not in _PLACED)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its id, its header (unique in its table) and what it holds."""

    id: str
    header: str
    kind: Kind = "text"


@dataclass(frozen=True)
class Table:
    """A titled table: one header row, then rows of plain values; None is an empty cell.

    `note` says how to read it, and why cells are empty where any are.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    def position(self, id: str) -> int:
        """The position of a column, from 0. Raises KeyError."""
        for k, column in enumerate(self.columns):
            if column.id == id:
                return k
        raise KeyError(id)


def ranked_table(ranking: Ranking) -> Table:
    """Every intention: the ranked ones best first, then the unranked ones in source order.

    Inside a tie the order is that of the source. A column of text, money or answers is there when
    any intention has an entry in it. Scores stand under the criteria's own names and answers
    under the questions' own wording, so that the table reads back.
    """
    order = list_order(ranking)
    made = [(column, column_of) for column, column_of in _columns(ranking)]
    columns = distinct([column for column, _ in made])
    cells = [[column_of(i) for i in order] for _, column_of in made]
    note = (
        "Equal totals share a rank. An empty rank and total means that a score is missing: see "
        "Incomplete. Any other empty cell was empty in the source."
    )
    rows = tuple(zip(*cells, strict=True))
    return Table("Ranked list", "Ranked list of intentions", columns, rows, note)


def list_order(ranking: Ranking) -> list[int]:
    """Rows of the sheet in the order in which they are listed: ranked, then unranked."""
    unranked = np.flatnonzero(ranking.unranked)
    return [int(i) for i in np.concatenate([ranking.places.order, unranked])]


def segment_name(ranking: Ranking, id: str) -> str:
    """A segment as people read it; intentions that no rule fits are "Unassigned"."""
    segment = ranking.sheet.framework.segment(id)
    return segment.name if segment else UNASSIGNED.capitalize()


def why_segment(ranking: Ranking, assignment: Assignment) -> str:
    """The rule that fired and its wording, or the override and what the rules would say."""
    rule = (
        f"Rule {assignment.rule}: {assignment.wording}" if assignment.rule else "No rule fits yet"
    )
    if assignment.override is not None:
        made = assignment.override
        by_rules = segment_name(ranking, assignment.by_rules)
        return (
            f"Override by {made.by} on {made.on:%d/%m/%Y}: {made.reason} "
            f"(the rules say {by_rules}; {rule})"
        )
    if assignment.ask:
        asks = {question.id: question.asks for question in ranking.sheet.framework.questions}
        rule += ". To answer: " + " ".join(asks[id] for id in assignment.ask)
    return f"{rule}. {assignment.flag}" if assignment.flag else rule


CellOf = Callable[[int], Cell]


def _columns(ranking: Ranking) -> Iterator[tuple[Column, CellOf]]:
    sheet, places = ranking.sheet, ranking.places
    total, within = ranking.totals.total, ranking.segment_places
    yield Column("rank", "Rank", "place"), lambda i: int(places.place[i]) or None
    yield Column("ref", "Ref"), lambda i: sheet.refs[i]
    yield Column("title", "Title", "long"), lambda i: sheet.titles[i]
    yield from _fields(ranking, ("function", "domain"))
    segments = ranking.segments.ids
    names = {id: segment_name(ranking, id) for id in set(segments)}
    yield Column("segment", "Segment", "long"), lambda i: names[segments[i]]
    yield Column("segment_rank", "Rank in segment", "place"), lambda i: int(within.place[i]) or None
    yield (
        Column("segment_rule", "Segment rule", "long"),
        lambda i: why_segment(ranking, ranking.segments[i]),
    )
    yield (
        Column("total", "Total", "total"),
        lambda i: round(float(total[i]), 9) if places.ranked[i] else None,
    )
    for j, criterion in enumerate(sheet.framework.criteria):
        yield Column(criterion.id, criterion.name, "score"), _number_of(sheet.scores[:, j])
    points = ranking.totals.points
    for j, criterion in enumerate(sheet.framework.criteria):
        column = Column(f"{criterion.id}_points", f"{criterion.name} points", "points")
        yield column, _number_of(points[:, j])
    yield from _fields(ranking, (*_GATES, *_MONEY, *_LATE))
    for question in sheet.framework.questions:
        if _any(ranking, question.id):
            yield Column(question.id, question.asks), _field_of(ranking, question.id)
    yield Column("source", "Source"), lambda i: sheet.where.row(i) or None
    yield from _fields(ranking, ("notes",))


def _fields(ranking: Ranking, ids: tuple[str, ...]) -> Iterator[tuple[Column, CellOf]]:
    known = {field.id: field for field in FIELDS}
    kinds: dict[str, Kind] = {"money": "money", "number": "number"}
    for id in ids:
        if _any(ranking, id):
            field = known[id]
            kind = "long" if id in ("description", "notes") else kinds.get(field.kind, "text")
            yield Column(id, field.name, kind), _field_of(ranking, id)


def _any(ranking: Ranking, id: str) -> bool:
    return any(value not in (None, "") for value in ranking.sheet.fields.get(id, ()))


def _field_of(ranking: Ranking, id: str) -> CellOf:
    column = ranking.sheet.fields[id]
    return lambda i: column[i] if column[i] != "" else None


def _number_of(column: np.ndarray) -> CellOf:
    def cell(i: int) -> Cell:
        number = float(column[i])
        if number != number:
            return None
        return int(number) if number.is_integer() else round(number, 9)

    return cell


def distinct(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Headers that Excel takes in one table: unique whatever their capitals, 255 long at most.

    A criterion keeps its name, since that is what reads back; what clashes with it is renamed.
    """
    taken: set[str] = set()
    headers: dict[int, str] = {}
    # Stable: criteria first, each kind in its own order.
    for k in sorted(range(len(columns)), key=lambda k: columns[k].kind != "score"):
        given = one_line(columns[k].header)
        header, count = given, 1
        while header.casefold() in taken:
            count += 1
            header = f"{given[:240]} ({count})"
        taken.add(header.casefold())
        headers[k] = header
    return tuple(Column(c.id, headers[k], c.kind) for k, c in enumerate(columns))
