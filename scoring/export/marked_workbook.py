"""A team's own workbook back, with the cells to put right filled and commented."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable
from copy import copy

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import column_index_from_string
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from scoring.intake.result import Limits
from scoring.problem import Problem, Unusable

MARKABLE = (".xlsx", ".xlsm")
AUTHOR = "Prioritisation tool"
FILL = PatternFill("solid", start_color="FFFFD2CC", end_color="FFFFD2CC")
_LONGEST = 2_000  # characters of one comment; a column's worth of text helps nobody
_PLACE = re.compile(r"\$?([A-Z]{1,3})?\$?(\d{1,7})?(?![\w!])")


def can_mark(name: str) -> bool:
    """Whether a file of this name can be given back marked: .xlsx and .xlsm can."""
    return name.lower().endswith(MARKABLE)


def write_marked_workbook(
    data: bytes, name: str, problems: Iterable[Problem], limits: Limits | None = None
) -> bytes:
    """The workbook `data`, called `name`, with every cell that a problem names filled and commented.

    Values, formulas, formats and all sheets are kept, and macros in an .xlsm; a comment that is
    there already is kept above the new one. openpyxl drops what it does not know: charts, shapes,
    pictures of some kinds. A problem of a whole row marks the row's first cell that holds
    something. Problems that name no cell of this file mark nothing. Raises `Unusable` for a file
    that cannot be marked: of another kind, damaged, or larger than `limits` when unpacked.
    """
    book = _open(data, name, limits or Limits())
    sheets = sorted(book.worksheets, key=lambda sheet: -len(sheet.title))
    said: dict[tuple[str, int, int], list[str]] = {}
    for problem in problems:
        for sheet, row, column in _places(problem.where, name, sheets):
            lines = said.setdefault((sheet.title, row, column), [])
            line = _in_words(problem)
            if line not in lines:
                lines.append(line)
    for (title, row, column), lines in said.items():
        _mark(book[title], row, column, "\n".join(lines))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _open(data: bytes, name: str, limits: Limits) -> Workbook:
    wanted = "an .xlsx or .xlsm workbook that opens in Excel; save it as .xlsx to have it marked"
    if not can_mark(name):
        raise Unusable(Problem(name, "a file of another kind", wanted, kind="file"))
    try:
        # Pictures and comments, which reading scores leaves packed, are unpacked here too.
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
    except zipfile.BadZipFile:
        unpacked = 0  # openpyxl refuses it below
    if unpacked > limits.unpacked_bytes:
        found = f"{unpacked / 1024**2:,.0f} MB when unpacked"
        most = f"at most {limits.unpacked_bytes / 1024**2:,.0f} MB; take pictures out of it"
        raise Unusable(Problem(name, found, most, kind="file"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl drops is said in the docstring
            macros = name.lower().endswith(".xlsm")
            return openpyxl.load_workbook(io.BytesIO(data), keep_vba=macros)
    except Exception:  # openpyxl raises whatever a damaged part makes it raise
        raise Unusable(Problem(name, "a file that does not open", wanted, kind="file")) from None


def _places(where: str, name: str, sheets: list[Worksheet]) -> Iterable[tuple[Worksheet, int, int]]:
    """The cells of this file that a problem's `where` names; longer sheet names first."""
    for sheet in sheets:
        start = f"{name}, {sheet.title}!"
        at = where.find(start)
        while at >= 0:
            found = _PLACE.match(where, at + len(start))
            if found and (found[1] or found[2]):
                place = _cell(sheet, found[1], found[2])
                if place:
                    yield sheet, *place
            where = where[:at] + where[at + len(start) :]
            at = where.find(start, at)


def _cell(sheet: Worksheet, letters: str | None, number: str | None) -> tuple[int, int] | None:
    """Row and column of a cell; of a row or a column, the first cell that holds something."""
    row = int(number) if number else 0
    column = column_index_from_string(letters) if letters else 0
    if row > 1_048_576 or column > 16_384:
        return None
    if not column:
        filled = (c.column for c in sheet[row] if c.value is not None)
        column = next(filled, 1)
    if not row:
        cells = next(sheet.iter_cols(min_col=column, max_col=column))
        row = next((cell.row for cell in cells if cell.value is not None), 1)
    for merged in sheet.merged_cells.ranges:
        if merged.min_row <= row <= merged.max_row and merged.min_col <= column <= merged.max_col:
            return merged.min_row, merged.min_col
    return row, column


def _mark(sheet: Worksheet, row: int, column: int, said: str) -> None:
    cell = sheet.cell(row, column)
    assert not isinstance(cell, MergedCell)  # _cell gives the corner of a merged range
    cell.fill = copy(FILL)
    before = f"{cell.comment.text}\n\n" if cell.comment else ""
    text = before + said
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]} ..."
    comment = Comment(text, AUTHOR)
    comment.width, comment.height = 320, min(60 + 18 * (len(text) // 45 + text.count("\n")), 400)
    cell.comment = comment


def _in_words(problem: Problem) -> str:
    found = f'"{problem.found}"' if problem.found else "nothing"
    label = f"{problem.label}: " if problem.label else ""
    return f"{label}found {found}, expected {problem.expected}."
