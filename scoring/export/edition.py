"""One edition of a round: what a file holds, and the weights and segments that an export adds."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from python_calamine import CalamineError, CalamineWorkbook

from scoring.framework import Framework, Weights
from scoring.intake.combine import read_intentions
from scoring.intake.result import Intake, ReadingOptions, Source
from scoring.problem import Problem, Unusable
from scoring.sheet import column_letters

LIST, WEIGHTS = "Ranked list", "Weights"


@dataclass(frozen=True)
class Written:
    """Something written in a cell: what, and where."""

    text: str
    where: str


@dataclass(frozen=True)
class Edition:
    """One file, read. `exported`: it is a ranked workbook of this tool's.

    `weights` {criterion id: weight as written} are those of an exported workbook's Weights sheet,
    or those found in any other file; `segments` {ref: segment name} are an exported list's.
    """

    source: Source
    intake: Intake
    exported: bool = False
    weights: Mapping[str, Written] = field(default_factory=dict)
    segments: Mapping[str, Written] = field(default_factory=dict)

    def weights_used(self) -> Weights:
        """The framework's weights with those written in this edition.

        Raises `Unusable` naming the cell of every weight that is not one.
        """
        framework = self.intake.sheet.framework
        for id, written in self.weights.items():
            try:
                framework.weights_with({id: written.text})
            except Unusable as refused:
                found = refused.problems[0]
                said = Problem(written.where, written.text, found.expected, found.label, "weight")
                raise Unusable(said) from None
        changes = {id: written.text for id, written in self.weights.items()}
        return framework.weights_with(changes, f"{self.source.name}, {WEIGHTS}")


def read_edition(
    source: Source, framework: Framework, options: ReadingOptions | None = None
) -> Edition:
    """Read a file and, where it is an exported workbook, its weights and segments too.

    Raises `Unusable` when nothing of it can be used.
    """
    intake = read_intentions([source], framework, options or ReadingOptions())
    lists = _sheets(source)
    if lists is None:
        found = {
            id: Written(f"{weight.normalize():f}", f"{table.file}, {table.sheet}")
            for table in intake.tables
            for id, weight in table.weights_found.items()
        }
        return Edition(source, intake, weights=found)
    ranked, weights = lists
    return Edition(
        source,
        intake,
        True,
        dict(_weights(source.name, weights, framework)),
        dict(_segments(source.name, ranked)),
    )


Rows = Sequence[Sequence[object]]


def _sheets(source: Source) -> tuple[Rows, Rows] | None:
    """The ranked list and the weights of an exported workbook; None for any other file."""
    if source.data[:2] != b"PK":
        return None
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(source.data))
        if not {LIST, WEIGHTS} <= set(book.sheet_names):
            return None
        ranked, weights = (
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in (LIST, WEIGHTS)
        )
    except CalamineError:
        return None
    told = ranked and {"Ref", "Segment", "Order index"} <= set(map(str, ranked[0]))
    return (ranked, weights) if told and weights and "Criterion" in weights[0] else None


def _weights(file: str, rows: Rows, framework: Framework) -> Iterator[tuple[str, Written]]:
    header = list(map(str, rows[0]))
    name, weight = header.index("Criterion"), header.index("Weight")
    ids = {criterion.name: criterion.id for criterion in framework.criteria}
    for r, row in enumerate(rows[1:], 2):
        if id := ids.get(str(row[name])):
            where = f"{file}, {WEIGHTS}!{column_letters(weight + 1)}{r}"
            yield id, Written(_as_written(row[weight]), where)


def _segments(file: str, rows: Rows) -> Iterator[tuple[str, Written]]:
    header = list(map(str, rows[0]))
    ref, segment = header.index("Ref"), header.index("Segment")
    for r, row in enumerate(rows[1:], 2):
        if str(row[ref]).strip():
            where = f"{file}, {LIST}!{column_letters(segment + 1)}{r}"
            yield _as_written(row[ref]).strip(), Written(_as_written(row[segment]).strip(), where)


def _as_written(value: object) -> str:
    if isinstance(value, float):
        return f"{Decimal(repr(value)).normalize():f}"
    return str(value)
