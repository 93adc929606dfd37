"""Weights listed apart from the intentions: on a sheet of their own, above a table or beside it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scoring.intake.cells import Cell, Cells, shown
from scoring.intake.labels import is_weight
from scoring.intake.match import Matcher
from scoring.intake.row_weights import as_weight, in_percent
from scoring.intake.tables import Table

_MOST_ROWS = 300  # rows of a sheet looked through
_MOST_GAP = 2  # rows without a weight that a list may have in it
_ABOVE = 3  # rows between the names of the criteria and their weights, across the top
_FEWEST = 3  # criteria; fewer are no list of weights
_LONGEST = 60  # characters of a heading


@dataclass(frozen=True, slots=True)
class WeightList:
    """Weights by criterion, in % where they were shares of 1, and where their heading stands."""

    where: str
    weights: dict[str, Decimal]


def weight_lists(cells: Cells, matcher: Matcher, tables: Sequence[Table]) -> list[WeightList]:
    """The lists of weights on a sheet, outside its `tables`, from the top."""
    found: list[WeightList] = []
    taken = [
        (table.header_row, table.end, _own_columns(table))
        for table in tables
        if table.cells.sheet == cells.sheet and table.cells.one_score_a_row is None
    ]
    fewest = min(_FEWEST, len(matcher.criteria))
    for i, j in _headings(cells, taken):
        own = {c for top, end, columns in taken if top <= i < end for c in columns}
        weights = {} if j in own else dict(_down(cells, matcher, i, j))
        weights = weights or dict(_across(cells, matcher, i, j, own))
        if len(weights) >= fewest:
            found.append(WeightList(cells.where(i, j), in_percent(weights)))
    return found


def _own_columns(table: Table) -> frozenset[int]:
    """The columns of a table that hold something of its intentions."""
    known = ("field", "unclear")
    return frozenset(h.column for h in table.headers if h.match.use in known)


def _headings(
    cells: Cells, taken: Sequence[tuple[int, int, frozenset[int]]]
) -> Iterator[tuple[int, int]]:
    """The cells that say weight and nothing else. Where a table takes up every column there is
    none to be found."""
    full = [(top, end) for top, end, own in taken if len(own) == cells.width]
    for i, row in enumerate(cells.rows[:_MOST_ROWS]):
        if any(top < i < end for top, end in full):
            continue
        for j, cell in enumerate(row):
            if isinstance(cell, str) and 1 < len(cell) <= _LONGEST and is_weight(cell):
                yield i, j


def _down(cells: Cells, matcher: Matcher, i: int, j: int) -> Iterator[tuple[str, Decimal]]:
    """The weights below a heading, each in the row of its criterion's name."""
    gap = 0
    for row in cells.rows[i + 1 : i + 1 + _MOST_ROWS]:
        criterion = _named(row, matcher)
        weight = as_weight(row[j])
        if criterion is None or weight is None:
            gap += 1
            if gap > _MOST_GAP:
                return
            continue
        gap = 0
        yield criterion, weight


def _across(
    cells: Cells, matcher: Matcher, i: int, j: int, own: Container[int]
) -> Iterator[tuple[str, Decimal]]:
    """The weights to the right of a heading, each under its criterion's name, but those of a table's
    `own` columns, which are read with it."""
    for k in range(i - 1, max(-1, i - 1 - _ABOVE), -1):
        named = {
            c: criterion
            for c in range(j + 1, cells.width)
            if c not in own and (criterion := _named([cells.rows[k][c]], matcher)) is not None
        }
        if not named:
            continue
        for c, criterion in named.items():
            weight = as_weight(cells.rows[i][c])
            if weight is not None:
                yield criterion, weight
        return


def _named(cells: Iterable[Cell], matcher: Matcher) -> str | None:
    """The criterion that the first of these cells to name one names."""
    for cell in cells:
        if isinstance(cell, str) and 1 < len(cell) <= _LONGEST and not cell.isspace():
            match = matcher.match(shown(cell))
            if match.field is not None and match.is_criterion:
                return match.field
    return None
