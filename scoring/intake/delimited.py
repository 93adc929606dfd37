"""Text tables (.csv, .tsv): bytes -> located cells."""

from __future__ import annotations

import csv
import io
from collections import Counter

from scoring.intake.cells import Cells
from scoring.intake.result import Limits, Source
from scoring.intake.safety import A_SPREADSHEET
from scoring.intake.sheetxml import refuse_size
from scoring.problem import Problem, Unusable

_SEPARATORS = (",", ";", "\t", "|")
_LONGEST_CELL = 200_000  # a cell longer than this means a quotation mark that is never closed


def read_delimited(source: Source, limits: Limits) -> Cells:
    """The cells of a text table. UTF-16 by its mark or its zeros, else UTF-8, else Windows-1252.

    The separator is the one of comma, semicolon, tab and bar that cuts the first lines into the
    most alike rows. Raises `Unusable` when it is no text, too large, or has an open quotation mark.
    """
    text = _decode(source)
    csv.field_size_limit(_LONGEST_CELL)
    rows: list[list[str]] = []
    width = cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)):
            rows.append(row)
            width = max(width, len(row))
            cells += len(row)
            _check_size(source.name, len(rows), width, limits)
    except csv.Error as error:
        raise Unusable(
            Problem(source.name, f"a text table that breaks at row {len(rows) + 1} ({error})",
                    "a .csv file; look for a quotation mark that is never closed", kind="file")
        ) from None  # fmt: skip
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    if width * len(rows) > limits.cells:
        refuse_size(source.name, f"{len(rows):,} rows of {width:,} columns", limits)
    lengths = [len(row) for row in rows]
    if len(set(lengths)) == 1:
        return Cells(source.name, "", rows)
    rows = [row + [""] * (width - len(row)) for row in rows]
    return Cells(source.name, "", rows, lengths=tuple(lengths))


def _decode(source: Source) -> str:
    data = source.data
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if without_mark := _utf16_without_mark(data[:4096]):
        return data.decode(without_mark, "replace")
    if b"\x00" in data[:4096]:
        raise Unusable(Problem(source.name, "a file that is not text", A_SPREADSHEET, kind="file"))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _utf16_without_mark(start: bytes) -> str:
    """UTF-16 by its zeros, every second byte of English text, where it does not begin with a mark."""
    first, second = start[::2], start[1::2]
    if len(second) > 1 and 0 not in first and second.count(0) >= 0.9 * len(second):
        return "utf-16-le"
    if len(second) > 1 and 0 not in second and first.count(0) >= 0.9 * len(first):
        return "utf-16-be"
    return ""


def _separator(text: str) -> str:
    lines = text[:20_000].splitlines()[:30]
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) == 5:
        return lines[0][4]
    best, best_score = ",", 0.0
    for separator in _SEPARATORS:
        counts = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if row)
        score = max(((size - 1) * times for size, times in counts.items()), default=0)
        if score > best_score:
            best, best_score = separator, score
    return best


def _check_size(name: str, rows: int, columns: int, limits: Limits) -> None:
    if rows > limits.rows:
        refuse_size(name, f"more than {limits.rows:,} rows", limits)
    if columns > limits.columns:
        refuse_size(name, f"more than {limits.columns:,} columns", limits)
