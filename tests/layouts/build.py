"""Makes workbooks and text tables from plain rows, and reads them against the framework."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import numpy as np
import openpyxl

from scoring.framework import Framework, load_framework
from scoring.intake import Intake, ReadingOptions, Source, read_intentions

FRAMEWORK = load_framework("lsc-2025-26")
NAMES = [criterion.name for criterion in FRAMEWORK.criteria]
HEADER = ["Ref", "Title", *NAMES]
# Three intentions with every score given: what every layout below must come to.
ROWS: list[list[object]] = [
    ["PLC-01", "Move spirometry to hubs", 5, 4, 3, 2, 3, 2, 4],
    ["PLC-02", "Close the vacant clinic", 4, 3, 5, 5, 4, 4, 5],
    ["PLC-03", "Join up frailty services", 3, 5, 1, 1, 2, 1, 2],
]
SCORES = [row[2:] for row in ROWS]

Rows = Sequence[Sequence[object]]


def workbook(
    sheets: Mapping[str, Rows],
    merges: Mapping[str, Sequence[str]] | None = None,
    hidden: Sequence[str] = (),
) -> bytes:
    """An .xlsx with these sheets, merged ranges and hidden sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for i, row in enumerate(rows, 1):
            for j, value in enumerate(row, 1):
                if value is not None:
                    sheet.cell(i, j, value)
        for span in (merges or {}).get(name, ()):
            sheet.merge_cells(span)
        if name in hidden:
            sheet.sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read_rows(rows: Rows, merges: Sequence[str] = (), **options: object) -> Intake:
    """Read one sheet called "Intentions" in "team.xlsx"."""
    return read_bytes(workbook({"Intentions": rows}, {"Intentions": merges}), **options)


def read_bytes(
    data: bytes, name: str = "team.xlsx", framework: Framework = FRAMEWORK, **options: object
) -> Intake:
    """Read one file."""
    return read_intentions([Source(name, data)], framework, ReadingOptions(**options))  # type: ignore[arg-type]


def scores_of(intake: Intake) -> list[list[float | None]]:
    """Scores as lists, None where there is none."""
    return [[None if np.isnan(v) else float(v) for v in row] for row in intake.sheet.scores]


def texts(intake: Intake) -> list[str]:
    """Every problem as a person reads it."""
    return [str(problem) for problem in intake.problems]


def left_out(intake: Intake) -> dict[str, str]:
    """What was left out -> why."""
    return {left.what: left.why for table in intake.tables for left in table.left_out}


def assert_reads_the_three(intake: Intake) -> None:
    """The three intentions of `ROWS`, complete, with no problem and nothing else."""
    assert texts(intake) == []
    assert list(intake.sheet.refs) == ["PLC-01", "PLC-02", "PLC-03"]
    assert list(intake.sheet.titles) == [row[1] for row in ROWS]
    assert scores_of(intake) == SCORES
    assert (intake.count(), intake.count("scored")) == (3, 3)
