"""What reading spreadsheets gives: a score sheet, problems, and a ledger of every row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from scoring.problem import Problem
from scoring.sheet import ScoreSheet

IGNORE = "ignore"  # what a column is mapped to when it is left out on purpose
Outcome = Literal["scored", "incomplete", "refused", "merged"]


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it came: what it is called and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused before it is unpacked. `cells` bounds rows x columns of one file, which is
    what decides how much memory reading takes."""

    file_bytes: int = 50 * 1024**2
    unpacked_bytes: int = 500 * 1024**2
    rows: int = 200_000
    columns: int = 500
    cells: int = 8_000_000


@dataclass(frozen=True)
class Correction:
    """What a person decided about one sheet: its header row, its columns, or to leave it out.

    `columns` maps a column number (from 1) to a field id or `IGNORE`; in a transposed table it is
    the number of the row that holds the field. `header_row` is the first row of the header.
    Which weights to use is not asked here: weights found in a file are in
    `TableRead.weights_found`, for the caller to give to `Framework.with_weights`.
    """

    file: str
    sheet: str
    header_row: int | None = None
    columns: Mapping[int, str] = field(default_factory=dict)
    leave_out: bool = False


@dataclass(frozen=True)
class ReadingOptions:
    """How to read. `columns` maps header text to a field id or `IGNORE`, in every file."""

    columns: Mapping[str, str] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    limits: Limits = Limits()
    need_scores: bool = True


DEFAULT_OPTIONS = ReadingOptions()


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """One column: its header, the field it fits (None: not used), how sure that is, and why."""

    column: int
    header: str
    field: str | None
    confidence: float
    why: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that was not read as an intention, and why: a total row, a note, a sheet."""

    where: str
    what: str
    why: str


@dataclass(frozen=True)
class TableRead:
    """One table: where it stands and how each of its columns was understood."""

    file: str
    sheet: str
    header_row: int
    header_rows: int
    first_row: int
    last_row: int
    columns: tuple[ColumnRead, ...]
    left_out: tuple[LeftOut, ...] = ()
    weights_found: Mapping[str, Decimal] = field(default_factory=dict)
    transposed: bool = False


@dataclass(frozen=True, slots=True)
class SheetSeen:
    """One sheet of a workbook, whether it was read, and why not."""

    file: str
    sheet: str
    hidden: bool
    rows: int
    columns: int
    used: bool
    why: str


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """What became of one row that was read.

    In a transposed table an intention is a column, and `row` is that column's number.
    """

    file: str
    sheet: str
    row: int
    outcome: Outcome
    ref: str
    title: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class FileSeen:
    """A file that was read: its name, size and SHA-256."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class FileRead:
    """What reading one file gave, before files are combined."""

    file: FileSeen
    sheet: ScoreSheet
    problems: tuple[Problem, ...]
    ledger: tuple[LedgerLine, ...]
    tables: tuple[TableRead, ...]
    sheets: tuple[SheetSeen, ...]


@dataclass(frozen=True, eq=False)
class Intake:
    """Everything that reading one or many files gave. Every row read has one line in `ledger`."""

    sheet: ScoreSheet
    problems: tuple[Problem, ...]
    ledger: tuple[LedgerLine, ...]
    tables: tuple[TableRead, ...]
    sheets: tuple[SheetSeen, ...]
    files: tuple[FileSeen, ...]

    def count(self, outcome: Outcome | None = None) -> int:
        """How many rows had that outcome; how many were read, when none is named."""
        return sum(1 for line in self.ledger if outcome is None or line.outcome == outcome)
