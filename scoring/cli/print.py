"""Text for people: tables on stdout, problems on stderr."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Sequence

from scoring.problem import Problem

WIDEST = 60


def table(header: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> str:
    """Aligned columns; the columns in `right` are aligned to the right. Long text is cut, but not in
    the last column, where it moves nothing."""
    last = len(header) - 1
    cells = [
        [printable(cell) if column == last else _tidy(cell) for column, cell in enumerate(row)]
        for row in (header, *rows)
    ]
    widths = [max(_width(row[column]) for row in cells) for column in range(len(header))]
    lines = []
    for row in cells:
        padded = []
        for column, cell in enumerate(row):
            space = " " * (widths[column] - _width(cell))
            padded.append(space + cell if column in right else cell + space)
        lines.append("  ".join(padded).rstrip())
    return "\n".join(lines)


def list_problems(problems: Sequence[Problem]) -> None:
    """Every problem, one a line, on stderr."""
    if problems:
        print(f"\n{len(problems)} problem{'s' if len(problems) > 1 else ''}:", file=sys.stderr)
    for problem in problems:
        print(f"  {printable(str(problem))}", file=sys.stderr)


def _tidy(cell: str) -> str:
    text = printable(cell)
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def printable(text: str) -> str:
    """Without control characters, which a terminal would obey."""
    return "".join(
        " " if unicodedata.category(letter) in ("Cc", "Cs") else letter for letter in text
    )


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
