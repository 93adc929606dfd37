"""What is wrong with the scores of a table: cell by cell, or once for a whole column."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from scoring.framework import Criterion, Framework
from scoring.intake.body import Body
from scoring.intake.cells import Cell, is_date, shown
from scoring.intake.columns import Columns
from scoring.intake.scores import ColumnOfScores, as_number
from scoring.intake.tables import Table
from scoring.intake.values import is_unknown
from scoring.problem import Problem

_A_DATE = (
    "; this cell is a date, which is what Excel makes of 3/5 or of a cell with a date's format: "
    "format it as a number and type the score again"
)


@dataclass
class Faults:
    """Problems; criteria whose whole column cannot be used; and, by criterion, the kept
    intentions (by their place among those kept) whose score must not be used."""

    problems: list[Problem] = field(default_factory=list)
    unusable: set[str] = field(default_factory=set)
    cells: dict[str, list[int]] = field(default_factory=dict)


def score_problems(
    framework: Framework, table: Table, columns: Columns, body: Body,
    read: Mapping[str, ColumnOfScores], kept: Sequence[int], refs: Sequence[str],
    titles: Sequence[str],
) -> Faults:  # fmt: skip
    """Everything wrong with the scores of the intentions that are kept."""
    faults = Faults()
    shares = _in_shares(body, read, kept)
    for criterion in framework.criteria:
        if criterion.id not in read:
            continue
        id, column = criterion.id, read[criterion.id]
        shows = body.faults.get(id, {})
        if not column.bad and not shows and id not in shares:
            continue
        values, filled = body.values[id], body.filled[id]
        if id in shares:
            _refuse_shares(faults, criterion, table, columns.used[id].column, body, kept)
            continue
        not_known = {cell for cell in column.bad if is_unknown(cell)}
        bad = [k for k, i in enumerate(kept) if values[i] in column.bad]
        waiting = [k for k in bad if values[kept[k]] in not_known]
        wrong = [k for k in bad if values[kept[k]] not in not_known]
        at = columns.used[id].column
        given = sum(1 for i in kept if filled[i] and i not in shows)
        off_scale = sum(1 for k in wrong if values[kept[k]] in column.off_scale)
        if wrong and _whole_column(len(wrong), off_scale, given - len(waiting)):
            faults.unusable.add(id)
            expected = (
                f"{criterion.scale.in_words} in every cell; none of this column's scores is used "
                "until it is put on that scale"
            )
            expected += _A_DATE if any(is_date(values[kept[k]]) for k in wrong) else ""
            faults.problems.append(
                _column_problem(table, at, criterion, body, kept, wrong, expected)
            )
            bad = waiting
        if waiting and _whole_column(len(waiting), 0, given):
            # TBC is no score on another scale: it is missing, and the column's scores stand.
            expected = (
                f"{criterion.scale.in_words}, once it is known; these intentions have no score for "
                f"{criterion.name} until then"
            )
            faults.problems.append(
                _column_problem(table, at, criterion, body, kept, waiting, expected)
            )
            bad = [k for k in bad if values[kept[k]] not in not_known]
        faults.cells[id] = [*bad, *(k for k, i in enumerate(kept) if i in shows)]
        for k in bad:
            value = values[kept[k]]
            where = table.cells.where(body.first + kept[k], at)
            expected = column.bad[value] + (_A_DATE if is_date(value) else "")
            faults.problems.append(
                Problem(where, shown(value), expected, criterion.name, "score", refs[k], titles[k])
            )
        for k, i in enumerate(kept):
            if i in shows:
                where = table.cells.where(body.first + i, at)
                expected = criterion.scale.in_words + _what_to_do(shows[i])
                faults.problems.append(
                    Problem(where, shows[i], expected, criterion.name, "score", refs[k], titles[k])
                )
    return faults


def _in_shares(
    body: Body, read: Mapping[str, ColumnOfScores], kept: Sequence[int]
) -> frozenset[str]:
    """Columns of shares of 1, as percentages are stored, on which 1 is all and not the worst score:
    something between 0 and 1 and nothing above; beside such a column, nothing above 1 at all."""
    if not any(0 < number < 1 for column in read.values() for number in _numbers(column.off_scale)):
        return frozenset()  # as nearly always, and quickly known
    small: set[str] = set()
    shares = False
    for id, column in read.items():
        given = {body.values[id][i] for i in kept}
        if max(_numbers(given), default=math.inf) <= 1:
            small.add(id)
            shares = shares or any(0 < n < 1 for n in _numbers(given & column.off_scale))
    return frozenset(small) if shares else frozenset()


def _numbers(cells: Iterable[Cell]) -> list[float]:
    return [number for cell in cells if (number := as_number(cell)) is not None]


def _refuse_shares(
    faults: Faults, criterion: Criterion, table: Table, at: int, body: Body, kept: Sequence[int]
) -> None:
    faults.unusable.add(criterion.id)
    expected = (
        f"{criterion.scale.in_words} in every cell; these are percentages or shares of 1, so none of "
        "this column's scores is used until it is put on that scale"
    )
    given = [k for k, i in enumerate(kept) if body.filled[criterion.id][i]]
    faults.problems.append(_column_problem(table, at, criterion, body, kept, given, expected))


def _what_to_do(shows: str) -> str:
    if shows.startswith("="):
        return "; open the file in Excel, let it calculate, and save it again"
    if "merged over" in shows:
        return " for each intention; unmerge the cell and give each its own score"
    if " and " in shows:
        return "; this intention has more than one score for it"
    return "; the formula in this cell fails"


def _whole_column(bad: int, off_scale: int, filled: int) -> bool:
    """Whether a column is on another scale, or no scores at all, rather than mistyped here and
    there: all of four or more, three in ten off the scale, or more than half of ten."""
    return (
        (filled >= 4 and bad == filled)
        or (filled >= 6 and off_scale >= 3 and off_scale >= 0.3 * filled)
        or (filled >= 10 and bad > 0.5 * filled)
    )


def _column_problem(
    table: Table, at: int, criterion: Criterion, body: Body, kept: Sequence[int],
    bad: Sequence[int], expected: str,
) -> Problem:  # fmt: skip
    values = body.values[criterion.id]
    filled = sum(1 for i in kept if body.filled[criterion.id][i])
    examples = list(dict.fromkeys(shown(values[kept[k]]) for k in bad))[:3]
    first = table.cells.where(body.first + kept[bad[0]], at).rpartition("!")[2].rpartition(", ")[2]
    found = f"{', '.join(examples)} (first at {first}); {len(bad)} of {filled} cells"
    return Problem(table.cells.where(table.label_row, at), found, expected, criterion.name, "score")
