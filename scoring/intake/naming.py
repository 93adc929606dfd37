"""Refs and titles as text, and what stands above a table."""

from __future__ import annotations

from scoring.intake.cells import Cell, is_invisible, shown
from scoring.intake.result import LeftOut
from scoring.intake.tables import Table

_LONGEST_TITLE = 300


def above(table: Table) -> list[LeftOut]:
    """The title and instruction rows above a table."""
    cells = table.cells
    found: list[LeftOut] = []
    for i in range(min(table.header_row, 50)):
        texts = [shown(cell) for cell in cells.rows[i] if shown(cell).strip()]
        if texts:
            what = shown(" | ".join(dict.fromkeys(texts)))
            found.append(LeftOut(cells.where(i), what, "it stands above the table"))
    return found


def ref_text(value: Cell) -> str:
    """A ref as text."""
    if type(value) is str and len(value) < 40 and value.isprintable() and "  " not in value:
        return value.strip()
    text = shown(value)
    return "".join(letter for letter in text if not is_invisible(letter)).strip()


def one_line(value: Cell) -> str:
    """A title as one line of text, cut where it is very long."""
    if value == "":
        return ""
    text = value if isinstance(value, str) else shown(value)
    if len(text) < 100 and "\n" not in text and "\xa0" not in text:
        return text.strip()
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_TITLE else text[: _LONGEST_TITLE - 1] + "…"
