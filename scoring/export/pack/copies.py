"""Do the copies that people read, the workbook and the .csv, say what the inputs come to?

A copy that was edited and whose SHA-256 was made to agree is caught here: every cell of the ranked
list is compared with the list made again from the inputs, and rank, total and segment with the
results as worked out again.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from scoring.export.pack.differences import Difference
from scoring.export.pack.inputs import Inputs
from scoring.export.pack.results import Result
from scoring.export.ranked_csv import csv_cell
from scoring.export.sheet_writer import header_text
from scoring.export.tables import Cell, Table, ranked_table, segment_name
from scoring.export.text import cell_text, plain_text
from scoring.intake.result import Limits, Source
from scoring.intake.workbook import Workbook
from scoring.problem import Unusable
from scoring.ranking import Ranking, prioritise

WORKBOOK, LIST = "results/ranked-list.xlsx", "results/ranked-list.csv"
_SOURCE = "source"  # where a row was read is not an input of the decision
Rows = Sequence[Sequence[object]]


@dataclass(frozen=True, eq=False)
class Expected:
    """The ranked list as the inputs give it: the ranking, its table, and each ref's row of it."""

    ranking: Ranking
    table: Table
    rows: Mapping[str, tuple[Cell, ...]]

    @staticmethod
    def of(inputs: Inputs, again: Sequence[Result]) -> Expected:
        """With rank, total and segments from `again`, the second opinion."""
        ranking = prioritise(inputs.sheet, inputs.weights, inputs.missing, inputs.overrides)
        table = ranked_table(ranking)
        at = {column.id: k for k, column in enumerate(table.columns)}
        own = {result.ref: result for result in again}
        rows = {}
        for row in table.rows:
            result, cells = own[str(row[at["ref"]])], list(row)
            total = None if result.total is None else round(float(Fraction(result.total)), 9)
            cells[at["rank"]], cells[at["total"]] = result.place, total
            cells[at["segment_rank"]] = result.segment_place
            cells[at["segment"]] = segment_name(ranking, result.segment)
            rows[result.ref] = tuple(cells)
        return Expected(ranking, table, rows)


def compare_copies(files: Mapping[str, bytes], expected: Expected) -> list[Difference]:
    """What the workbook and the .csv of a pack say otherwise; those that are missing say nothing."""
    differences: list[Difference] = []
    if WORKBOOK in files:
        differences += _workbook(files[WORKBOOK], expected)
    if LIST in files:
        differences += _csv(files[LIST], expected)
    return differences


def _workbook(data: bytes, expected: Expected) -> Iterator[Difference]:
    try:
        book = Workbook(Source(WORKBOOK, data), Limits())
        ranked, weights = (
            [list(row) for row in book.read(sheet).rows]
            for name in ("Ranked list", "Weights")
            for sheet in book.sheets
            if sheet.name == name
        )
    except (Unusable, ValueError) as error:
        yield Difference("copy", WORKBOOK, "the sheets Ranked list and Weights", str(error))
        return
    yield from _weights(weights, expected)
    wanted = {ref: [_in_workbook(c) for c in row] for ref, row in expected.rows.items()}
    yield from _table(f"{WORKBOOK}, Ranked list", ranked, expected.table, wanted)


def _weights(rows: Rows, expected: Expected) -> Iterator[Difference]:
    used, where = expected.ranking.weights, f"{WORKBOOK}, Weights"
    stated = {str(row[0]): row for row in rows[1:] if len(row) > 3}
    for criterion in expected.ranking.sheet.framework.criteria:
        row = stated.get(cell_text(criterion.name)[0])
        pairs = (("weight", used[criterion.id], 1), ("published weight", criterion.weight, 3))
        for what, recorded, k in pairs:
            found = None if row is None else _decimal(row[k])
            if found is None or found != float(recorded):
                says = "nothing" if row is None else _said(row[k])
                yield Difference("copy", f"{where}, {criterion.name}, {what}", str(recorded), says)


def _csv(data: bytes, expected: Expected) -> Iterator[Difference]:
    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        yield Difference("copy", LIST, "a table of the ranked list", str(error))
        return
    bare = [[plain_text(cell) for cell in row] for row in rows]
    wanted = {ref: [plain_text(csv_cell(c)) for c in row] for ref, row in expected.rows.items()}
    yield from _table(LIST, bare, expected.table, wanted, exact=True)


def _table(
    where: str, rows: Rows, table: Table, wanted: Mapping[str, Sequence[Cell]], exact: bool = False
) -> Iterator[Difference]:
    """Every cell of the table, matched by ref and header; rows and columns that are not there."""
    headers = [str(cell) for cell in rows[0]] if rows else []
    named = {column.id: column.header if exact else header_text(column) for column in table.columns}
    at = {id: headers.index(header) for id, header in named.items() if header in headers}
    for id in named:
        if id not in at:
            yield Difference("copy", where, f"a column {named[id]}", "no such column")
    if "ref" not in at:
        return
    seen: set[str] = set()
    for row in rows[1:]:
        ref = _said(row[at["ref"]]) if len(row) > at["ref"] else ""
        if not any(_said(cell) for cell in row):
            continue
        if ref not in wanted or ref in seen:
            what = "each ref once" if ref in seen else "no such intention"
            yield Difference("copy", f"{where}, {ref or 'a row without a ref'}", what, "a row")
            continue
        seen.add(ref)
        for k, column in enumerate(table.columns):
            if column.id == _SOURCE or column.id not in at:
                continue
            found = row[at[column.id]] if at[column.id] < len(row) else ""
            if not _same(wanted[ref][k], found, exact):
                says = f"{where}, {ref}, {column.header}"
                yield Difference(
                    "copy", says, _said(wanted[ref][k]) or "nothing", _said(found) or "nothing"
                )
    for ref in wanted:
        if ref not in seen:
            yield Difference("copy", f"{where}, {ref}", "a row", "no such row")


def _in_workbook(cell: Cell) -> Cell:
    return cell_text(cell)[0] if isinstance(cell, str) else cell


def _same(wanted: Cell, found: object, exact: bool) -> bool:
    if exact or isinstance(wanted, str) or wanted is None:
        return _lines(_said(wanted)) == _lines(_said(found))
    number = _decimal(found)
    return number is not None and math.isclose(number, float(wanted), rel_tol=1e-12, abs_tol=1e-9)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decimal(found: object) -> float | None:
    try:
        return float(Decimal(str(found)))
    except InvalidOperation:
        return None


def _said(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
