"""Assessors' own weights: a table with one row an assessor and one column a criterion."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scoring.framework import Framework, Weights
from scoring.intake.cells import Cell, Cells, shown
from scoring.intake.match import Matcher
from scoring.intake.result import DEFAULT_OPTIONS, Source
from scoring.intake.undisturbed import undisturbed
from scoring.intake.workbook import Workbook
from scoring.problem import Problem, Unusable

MOST = 500  # assessors; more is no panel
_SEARCHED = 50  # rows looked through for the header
_WHO = frozenset({"assessor", "name", "who", "person", "panel member", "member", "scenario"})
_SUMMARY = frozenset({"total", "totals", "sum", "mean", "average", "median", "min", "max"})
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})?")


@dataclass(frozen=True, slots=True)
class AssessorWeights:
    """What one assessor would give each criterion. Only proportions matter."""

    name: str
    weights: Weights


@dataclass(frozen=True, slots=True)
class Assessors:
    """The assessors of a table, in its order, and every row or cell that could not be used."""

    found: tuple[AssessorWeights, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class AssessorRow:
    """One row as it was given: where it stands, the name, and what each criterion's cell holds.

    `cells` maps a criterion id to (where it stands, content).
    """

    where: str
    name: str
    cells: Mapping[str, tuple[str, Cell | None]]


def read_assessors(source: Source, framework: Framework) -> Assessors:
    """The assessors' weights of a spreadsheet or CSV file, from the first sheet that has them.

    Raises `Unusable` for a file that cannot be read, that has no row of headers naming every
    criterion, or of which no row can be used.
    """
    with undisturbed():
        book = Workbook(source, DEFAULT_OPTIONS.limits)
        matcher = Matcher(framework)
        fewest: tuple[str, ...] | None = None
        for sheet in book.sheets:
            if not sheet.is_table or sheet.hidden:
                continue
            cells = book.read(sheet)
            header, columns = _header(cells, matcher)
            missing = tuple(c.name for c in framework.criteria if c.id not in columns)
            if not missing:
                return _checked(assessors_of(_rows(cells, header, columns), framework), source)
            if columns and (fewest is None or len(missing) < len(fewest)):
                fewest = missing
    names = ", ".join(c.name for c in framework.criteria)
    wanted = f"a row of headers with a column for each criterion: {names}; one assessor a row below"
    found = f"no column for {', '.join(fewest)}" if fewest else "no such row"
    raise Unusable(Problem(source.name, found, wanted, kind="weight"))


def assessors_of(rows: Iterable[AssessorRow], framework: Framework) -> Assessors:
    """The rows that hold weights for every criterion; a problem for each of the others.

    Blank rows say nothing. A blank cell is a problem: 0 is what drops a criterion.
    """
    found: list[AssessorWeights] = []
    problems: list[Problem] = []
    taken: dict[str, str] = {}
    for row in rows:
        given = {id: cell for id, cell in row.cells.items() if cell[1] not in (None, "")}
        name = " ".join(row.name.split())
        if not given and not name:
            continue
        if name.casefold() in _SUMMARY:
            wanted = "an assessor; a row of totals or means is left out"
            problems.append(Problem(row.where, name, wanted, kind="weight"))
            continue
        name = name or f"Assessor {len(found) + 1}"
        weights, wrong = _weights(row, framework, name)
        if name.casefold() in taken:
            wanted = f"each assessor once: the one at {taken[name.casefold()]} is used"
            wrong.append(Problem(row.where, name, wanted, kind="weight"))
        if len(found) >= MOST and not wrong:
            wrong.append(Problem(row.where, name, f"at most {MOST} assessors", kind="weight"))
        problems += wrong
        if weights is not None and not wrong:
            taken[name.casefold()] = row.where
            found.append(AssessorWeights(name, weights))
    return Assessors(tuple(found), tuple(problems))


def _weights(
    row: AssessorRow, framework: Framework, name: str
) -> tuple[Weights | None, list[Problem]]:
    numbers: dict[str, str] = {}
    problems = []
    for criterion in framework.criteria:
        where, cell = row.cells.get(criterion.id, (row.where, None))
        text = "" if cell is None else shown(cell).removesuffix("%").strip()
        if _NUMBER.fullmatch(text):
            numbers[criterion.id] = text
        else:
            wanted = "a number from 0 to 1,000,000; 0 where it should not count"
            label = f"{name}, {criterion.name}"
            problems.append(Problem(where, text, wanted, label, kind="weight"))
    if problems:
        return None, problems
    try:
        return Weights.of(numbers, row.where), []
    except Unusable as refused:
        return None, list(refused.problems)


def _checked(assessors: Assessors, source: Source) -> Assessors:
    if assessors.found:
        return assessors
    wanted = "at least one row with a weight for every criterion"
    none = Problem(source.name, "no assessor", wanted, kind="weight")
    raise Unusable(assessors.problems or none)


def _header(cells: Cells, matcher: Matcher) -> tuple[int, dict[str, int]]:
    """The row that names the most criteria, and the column of each and of the names ("")."""
    best: tuple[int, dict[str, int]] = (0, {})
    for i, row in enumerate(cells.rows[:_SEARCHED]):
        columns: dict[str, int] = {}
        for j, cell in enumerate(row):
            field = matcher.match(cell).field if isinstance(cell, str) and cell.strip() else None
            if field in matcher.criteria and field not in columns:
                columns[field] = j
        if len(columns) > len(best[1]):
            best = (i, columns)
    row_of_names = cells.rows[best[0]] if best[1] else ()
    free = [j for j in range(len(row_of_names)) if j not in best[1].values()]
    named = [j for j in free if str(row_of_names[j]).strip().casefold() in _WHO]
    return best[0], best[1] | ({"": (named or free)[0]} if free else {})


def _rows(cells: Cells, header: int, columns: Mapping[str, int]) -> Sequence[AssessorRow]:
    who = columns.get("")
    return [
        AssessorRow(
            cells.where(i),
            "" if who is None else shown(cells.rows[i][who]),
            {id: (cells.where(i, j), cells.rows[i][j]) for id, j in columns.items() if id},
        )
        for i in range(header + 1, cells.height)
    ]
