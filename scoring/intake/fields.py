"""The columns beside the scores: text, money, numbers, choices, answers to segment questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from scoring.framework import FIELDS, Framework
from scoring.intake.body import Body
from scoring.intake.cells import Cell, shown
from scoring.intake.columns import Columns
from scoring.intake.rows import Rows
from scoring.intake.tables import Table
from scoring.intake.values import (
    Read,
    Unreadable,
    answer_reader,
    choice_reader,
    read_column,
    read_money,
    read_number,
    read_text,
)
from scoring.problem import Problem

_NOT_FIELDS = ("ref", "title")


@dataclass
class FieldColumns:
    """The values of each field, one an intention kept, and what could not be read."""

    values: dict[str, list[Read]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def field_columns(
    framework: Framework, table: Table, columns: Columns, body: Body, rows: Rows,
    kept: Sequence[int], refs: Sequence[str], titles: Sequence[str],
) -> FieldColumns:  # fmt: skip
    """Read every column that is neither a ref, a title nor a score."""
    result = FieldColumns()
    kinds = {one.id: one.kind for one in FIELDS}
    names = {one.id: one.name for one in FIELDS}
    questions = {question.id: question for question in framework.questions}
    for id, header in columns.used.items():
        if id in _NOT_FIELDS or (id not in kinds and id not in questions):
            continue
        unit = next((part.unit for part in header.read() if part.unit), "£")
        reader: Callable[[Cell], Read | Unreadable]
        if id in questions:
            reader, kind = answer_reader(questions[id]), "answer"
        elif kinds[id] == "money":
            reader, kind = partial(read_money, unit=unit), "money"
        elif kinds[id] == "number":
            reader, kind = read_number, "number"
        elif kinds[id] == "choice":
            reader, kind = choice_reader(framework.maturities), "answer"
        else:
            reader, kind = read_text, "text"
        cells = body.values[id]
        values, bad = read_column(
            cells if len(kept) == len(cells) else [cells[i] for i in kept], reader
        )
        result.values[id] = values
        label = names.get(id) or questions[id].asks
        shows = body.faults.get(id, {})
        if not bad and not shows:
            continue
        for k, i in enumerate(kept):
            found = shows.get(i) or (shown(cells[i]) if cells[i] in bad else "")
            if found:
                expected = bad.get(cells[i], "a value; the formula in this cell has none")
                where = table.cells.where(body.first + i, header.column)
                result.problems.append(
                    Problem(where, found, expected, label, kind, refs[k], titles[k])
                )
    if rows.sections:
        functions = result.values.setdefault("function", [None] * len(kept))
        for k, i in enumerate(kept):
            if functions[k] is None:
                functions[k] = rows.sections.get(i)
    return result
