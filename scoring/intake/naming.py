"""Refs and titles as text, what stands above a table, and what is crossed out in it."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.framework import Framework
from scoring.intake.cells import Cell, is_invisible, shown
from scoring.intake.columns import Columns
from scoring.intake.result import LeftOut
from scoring.intake.tables import Table
from scoring.problem import Problem

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


def put_together_rows(
    framework: Framework, table: Table, intentions: int
) -> tuple[list[LeftOut], list[Problem]]:
    """What became of the rows of a table with one score a row; a Problem for each row whose score is
    of no criterion."""
    one = table.cells.one_score_a_row
    if one is None:
        return [], []
    left = [LeftOut(where, what, "it names no criterion") for where, what, _ in one.aside]
    what = f"{one.rows} rows with one score each"
    left.insert(0, LeftOut(table.where(), what, f"put together into {intentions} intentions"))
    names = ", ".join(criterion.name for criterion in framework.criteria)
    expected = f"one of the criteria ({names}); this score is not used"
    return left, [
        Problem(where, what, expected, "Criterion", "column")
        for where, what, lost in one.aside
        if lost
    ]


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


def crossed_problems(
    table: Table, columns: Columns, criteria: Sequence[str], kept: Sequence[int],
    refs: Sequence[str], titles: Sequence[str],
) -> list[Problem]:  # fmt: skip
    """A Problem for each intention that is crossed out, and each score that is: perhaps they were
    withdrawn. They are read as they stand."""
    cells, problems = table.cells, []
    if not cells.crossed:
        return []
    named = [at for at in map(columns.column, ("ref", "title")) if at is not None]
    scored = [at for at in map(columns.column, criteria) if at is not None]
    for k, i in enumerate(kept):
        row = table.first + i
        if any(cells.is_crossed(row, at) for at in named):
            found, places = "a row crossed out", [cells.where(row)]
        else:
            crossed = [at for at in scored if cells.is_crossed(row, at)]
            found, places = "a score crossed out", [cells.where(row, at) for at in crossed]
        expected = "only what counts; it is read as it stands: delete it if it was withdrawn"
        problems += [
            Problem(where, found, expected, "", "ref", refs[k], titles[k]) for where in places
        ]
    return problems
