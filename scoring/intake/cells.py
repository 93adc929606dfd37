"""The located cells of one sheet: what stands where, as it was written."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from scoring.sheet import column_letters

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}:\d{2}(?:\.\d+)?)?|\d{2}:\d{2}:\d{2}")
Cell = str | float | int
Merge = tuple[int, int, int, int]  # first row, first column, last row, last column, from 0


@dataclass(frozen=True)
class OneScoreARow:
    """Where the cells stand of a table that had one score a row and was put together.

    `numbers` are the sheet's row numbers, and that of the row below the last; `moved` has the cells that came from another row or
    column, (row, column) from 0 -> (row, column) in the sheet, from 1. `rows` of the sheet were put
    together; `aside` are rows among them that name no criterion: where, what, whether it has a score.
    """

    numbers: tuple[int, ...]
    moved: Mapping[tuple[int, int], tuple[int, int]]
    rows: int
    aside: tuple[tuple[str, str, bool], ...] = ()


@dataclass(frozen=True)
class Cells:
    """One sheet as a rectangle of cells.

    `rows[i][j]` stands in row `top + i`, column `left + j` of the sheet (both from 1). An empty
    cell is "". Numbers are float or int; anything else is text: a truth value is "TRUE" or
    "FALSE", a date is ISO text. `merged` ranges and `faults` (cells that show an error, or a
    formula that was saved without its value) are in the rectangle's own coordinates, from 0.
    `crossed` are cells that are crossed out, by row number and column letters of the sheet.
    `lengths` says how many cells each row of a text table has, where they differ.
    A `transposed` rectangle has the sheet's columns as its rows. `one_score_a_row` says where the
    cells stand of a table that was put together from rows of one score each.
    """

    file: str
    sheet: str
    rows: Sequence[Sequence[Cell]]
    top: int = 1
    left: int = 1
    hidden: bool = False
    merged: tuple[Merge, ...] = ()
    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)
    transposed: bool = False
    crossed: frozenset[tuple[int, str]] = frozenset()
    lengths: tuple[int, ...] = ()
    one_score_a_row: OneScoreARow | None = None

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.rows[0]) if self.rows else 0

    @cached_property
    def columns(self) -> list[tuple[Cell, ...]]:
        """The same cells by column."""
        return list(zip(*self.rows, strict=True))

    @property
    def numbers(self) -> Sequence[int]:
        """The number in the sheet of each row and of the one below; of columns, where transposed."""
        if self.one_score_a_row is not None:
            return self.one_score_a_row.numbers
        first = self.left if self.transposed else self.top
        return range(first, first + self.height + 1)

    def number(self, i: int) -> int:
        """The number of row `i` in the sheet; of a column, where transposed."""
        if self.one_score_a_row is None:  # a table may end with the sheet: the row after it counts
            return (self.left if self.transposed else self.top) + i
        return self.numbers[i]

    def column_number(self, j: int) -> int:
        """The number of column `j` in the sheet; of a row, where transposed."""
        return j + (self.top if self.transposed else self.left)

    def place(self, i: int, j: int) -> tuple[int, int]:
        """The row and column of a cell in the sheet, from 1."""
        if self.one_score_a_row is not None:
            here = self.one_score_a_row.numbers[i], j + self.left
            return self.one_score_a_row.moved.get((i, j), here)
        if self.transposed:
            return j + self.top, i + self.left
        return i + self.top, j + self.left

    def is_crossed(self, i: int, j: int) -> bool:
        """Whether a cell is crossed out."""
        row, column = self.place(i, j)
        return (row, column_letters(column)) in self.crossed

    def where(self, i: int | None = None, j: int | None = None) -> str:
        """A place in words: "team.xlsx, Round!F9", a row "team.xlsx, Round!9", or the sheet."""
        start = f"{self.file}, {self.sheet}!" if self.sheet else f"{self.file}, "
        if i is not None and j is not None:
            row, column = self.place(i, j)
            return f"{start}{column_letters(column)}{row}"
        if i is not None:
            number = self.number(i)
            return f"{start}{column_letters(number) if self.transposed else number}"
        return start[:-1] if self.sheet else self.file

    def turned(self) -> Cells:
        """The same cells with rows and columns exchanged; addresses stay true."""
        return replace(
            self,
            rows=self.columns,
            merged=tuple((left, top, right, bottom) for top, left, bottom, right in self.merged),
            faults={(j, i): fault for (i, j), fault in self.faults.items()},
            transposed=not self.transposed,
        )


def tidy(rows: Iterable[Sequence[object]]) -> list[Sequence[Cell]]:
    """Rows of any cell values as rows of text and numbers."""
    tidied: list[Sequence[Cell]] = []
    plain = {str, float, int}
    for row in rows:
        if plain.issuperset(map(type, row)):
            tidied.append(row)  # type: ignore[arg-type]
        else:
            tidied.append([_tidy_cell(value) for value in row])
    return tidied


def _tidy_cell(value: object) -> Cell:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str | float | int):
        return value
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ")
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def is_invisible(letter: str) -> bool:
    """Whether a character shows nothing: a zero-width space, a mark of direction or of style."""
    return unicodedata.category(letter) == "Cf" or "\ufe00" <= letter <= "\ufe0f"


def is_date(value: Cell) -> bool:
    """Whether a cell holds a date or a time, which are kept as ISO text."""
    return isinstance(value, str) and _DATE.fullmatch(value) is not None


def shown(value: Cell) -> str:
    """A cell as a person sees it, shortened: 4.0 is "4"."""
    if isinstance(value, str):
        text = " ".join(value.split()) if value else ""
        return text if len(text) <= 80 else text[:79] + "…"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.12g}" if isinstance(value, float) else str(value)[:80]
