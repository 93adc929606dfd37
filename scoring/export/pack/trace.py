"""Trace: does each score stand in the source file, in the cell that the pack says it was read from?

A score may rightly differ from its cell, when it was changed after reading, so that what is found
here is worth asking about; it does not make a decision fail to reproduce.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scoring.intake.result import Limits, Source
from scoring.intake.workbook import Workbook
from scoring.problem import Unusable

Cells = Mapping[tuple[int, int], object]
_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Trace:
    """`agree` scores stand in their cells; `words` are cells whose text is no plain number.

    `differ` says which cells hold another number, `unread` which sources could not be read.
    """

    agree: int = 0
    words: int = 0
    differ: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def trace(rows: Any, sources: Mapping[str, bytes]) -> Trace:
    """Look up every score of `rows` (inputs/intentions.json) whose file is among `sources`.

    `sources` are {name as read: bytes}. Raises KeyError, TypeError, ValueError or AttributeError
    when `rows` are not what the pack writes.
    """
    wanted = {row["read"]["file"] for row in rows} & set(sources)
    books: dict[str, Mapping[str, Cells]] = {}
    unread = []
    for name in sorted(wanted):
        try:
            books[name] = _cells(Source(name, sources[name]))
        except Unusable:
            unread.append(name)
    agree = words = 0
    differ: list[str] = []
    for row in rows:
        file, sheet = row["read"]["file"], row["read"]["sheet"]
        cells = books.get(file, {}).get(sheet)
        if cells is None:
            continue
        for criterion, (line, column) in row["read"]["cells"].items():
            found = _number(cells.get((line, column), ""))
            if found is None:
                words += 1
            elif found == row["scores"][criterion]:
                agree += 1
            else:
                where = row["cells"][criterion]
                score = row["scores"][criterion]
                differ.append(
                    f"{row['ref']}, {criterion}: scored {score}, but {where} says {found:g}"
                )
    return Trace(agree, words, tuple(differ), tuple(unread))


def _cells(source: Source) -> Mapping[str, Cells]:
    book = Workbook(source, _LIMITS)
    read = [book.read(sheet) for sheet in book.sheets if sheet.is_table]
    return {
        cells.sheet: {
            (cells.top + i, cells.left + j): value
            for i, row in enumerate(cells.rows)
            for j, value in enumerate(row)
        }
        for cells in read
    }


def _number(value: object) -> float | None:
    try:
        return float(value.strip() if isinstance(value, str) else str(value))
    except ValueError:
        return None
