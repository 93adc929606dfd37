"""One edition of a round: what a file holds, and the weights and segments that an export adds."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from scoring.export.text import cell_text
from scoring.framework import Framework, Weights
from scoring.intake.cells import Cells
from scoring.intake.combine import read_intentions
from scoring.intake.own_sheets import own_sheets
from scoring.intake.result import Intake, Limits, ReadingOptions, Source
from scoring.intake.workbook import Workbook
from scoring.problem import Problem, Unusable
from scoring.sheet import column_letters

LIST, WEIGHTS = "Ranked list", "Weights"
_TELLING = "Accounted for"  # another sheet of an export, should that of the weights be renamed
_OF_LIST = {"Ref", "Segment rule"}  # headers that no team's list has together
_OF_WEIGHTS = {"Criterion", "Weight"}
NO_WEIGHTS = "no sheet with the weights"
_NO_SEGMENTS = "no list with the columns Ref and Segment"
_HEADER_WITHIN = 30  # rows in which the header is looked for
_LIST_OF_SHEETS = 1024**2  # bytes of the part that lists the sheets that are looked at
_XLS, _OF_ODS = b"\xd0\xcf\x11\xe0", "content.xml"
_LISTS = {"xl/workbook.xml", "xl/workbook.bin", _OF_ODS}  # of .xlsx, .xlsb and .ods


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
    `lacks` says what an exported workbook no longer has.
    """

    source: Source
    intake: Intake
    exported: bool = False
    weights: Mapping[str, Written] = field(default_factory=dict)
    segments: Mapping[str, Written] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()

    def weights_used(self) -> Weights:
        """The framework's weights with those written in this edition.

        Raises `Unusable` naming the cell of every weight that is not one.
        """
        return _as_weights(self.weights, self.intake.sheet.framework, self.source.name)


def read_edition(
    source: Source, framework: Framework, options: ReadingOptions | None = None
) -> Edition:
    """Read a file and, where it is an exported workbook, its weights and segments too.

    Raises `Unusable` when nothing of it can be used.
    """
    options = options or ReadingOptions()
    intake = read_intentions([source], framework, options)
    lists = _sheets(source, options.limits)
    if lists is None:
        found = {
            id: Written(f"{weight.normalize():f}", f"{table.file}, {table.sheet}")
            for table in intake.tables
            for id, weight in table.weights_found.items()
        }
        return Edition(source, intake, weights=found)
    ranked, weights = lists
    stated = dict(_weights(source.name, weights, framework)) if weights else {}
    segments = dict(_segments(source.name, ranked)) if ranked else {}
    segmented = ranked is not None and "Segment" in ranked.rows[0]
    lacks = [*(() if weights else [NO_WEIGHTS]), *(() if segmented else [_NO_SEGMENTS])]
    return Edition(source, intake, True, stated, segments, tuple(lacks))


def weights_in_export(source: Source, framework: Framework) -> Weights | None:
    """The weights that a ranked workbook of this tool's holds; None for any other file.

    None also where it holds those of other criteria. Raises `Unusable` naming the cell of every
    weight that is not one.
    """
    lists = _sheets(source, Limits())
    if lists is None or lists[1] is None:
        return None
    written = dict(_weights(source.name, lists[1], framework))
    if set(written) != set(framework.weights):
        return None
    return _as_weights(written, framework, source.name)


def _as_weights(written: Mapping[str, Written], framework: Framework, file: str) -> Weights:
    problems = []
    for id, weight in written.items():
        try:
            framework.weights_with({id: weight.text})
        except Unusable as refused:
            expected = refused.problems[0].expected
            label = f"weight of {framework.criterion(id).name}"
            problems.append(Problem(weight.where, weight.text, expected, label, "weight"))
    if problems:
        raise Unusable(problems)
    changes = {id: weight.text for id, weight in written.items()}
    return framework.weights_with(changes, f"{file}, {WEIGHTS}")


def _may_be_exported(data: bytes) -> bool:
    """Whether a sheet of an export may be in a file, told without opening it: most have none."""
    if data[:2] != b"PK":
        return data[:4] == _XLS and _named(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            for part in _LISTS & set(parts.namelist()):
                if part == _OF_ODS:
                    return True  # the list stands anywhere among all the cells
                with parts.open(part) as stream:
                    return _named(stream.read(_LIST_OF_SHEETS))
    except (zipfile.BadZipFile, KeyError, RuntimeError, OSError, EOFError, zlib.error):
        pass
    return False


def _named(data: bytes) -> bool:
    """Whether a sheet that an export has is named in these bytes."""
    return any(
        name.encode() in data or name.encode("utf-16-le") in data for name in (WEIGHTS, _TELLING)
    )


Rows = Sequence[Sequence[object]]


@dataclass(frozen=True)
class _Page:
    """A sheet of an exported workbook from its header row on; `top` is that row's number and
    `left` the number of its first column."""

    name: str
    rows: Rows
    top: int
    left: int

    def column(self, header: str) -> int:
        return list(map(str, self.rows[0])).index(header)

    def letters(self, column: int) -> str:
        return column_letters(self.left + column)


def _sheets(source: Source, limits: Limits) -> tuple[_Page | None, _Page | None] | None:
    """The ranked list and the weights of an exported workbook; None for any other file.

    Both are known by their headers, wherever they stand and whatever their sheets are called now,
    in whatever format the workbook was saved again. One of them may be gone where the other sheets
    still tell whose workbook it is.
    """
    if not _may_be_exported(source.data):
        return None
    try:
        book = Workbook(source, limits)
        tables = {sheet.name: sheet for sheet in book.sheets if sheet.is_table}
        ours = bool(own_sheets(tables))
        if WEIGHTS not in tables and not ours:
            return None

        def found(usual: str, header: set[str], beyond: bool) -> _Page | None:
            first = [usual] if usual in tables else []
            others = [name for name in tables if name != usual] if beyond else []
            pages = (_page(book.read(tables[name]), header) for name in (*first, *others))
            return next(filter(None, pages), None)

        weights = found(WEIGHTS, _OF_WEIGHTS, False)
        if weights is None and ours:
            weights = found(WEIGHTS, _OF_WEIGHTS | {"Published weight"}, True)
        ranked = found(LIST, _OF_LIST, ours or weights is not None)
    except Unusable:
        return None  # whoever reads the file says why
    if (ranked and weights) or (ours and (ranked or weights)):
        return ranked, weights
    return None


def _page(cells: Cells, header: set[str]) -> _Page | None:
    for k, row in enumerate(cells.rows[:_HEADER_WITHIN]):
        if header <= {cell for cell in row if isinstance(cell, str)}:
            return _Page(cells.sheet, cells.rows[k:], cells.top + k, cells.left)
    return None


def _weights(file: str, page: _Page, framework: Framework) -> Iterator[tuple[str, Written]]:
    name, weight = page.column("Criterion"), page.column("Weight")
    ids = {cell_text(criterion.name)[0]: criterion.id for criterion in framework.criteria}
    for r, row in enumerate(page.rows[1:], page.top + 1):
        if id := ids.get(str(row[name])):
            where = f"{file}, {page.name}!{page.letters(weight)}{r}"
            yield id, Written(_as_written(row[weight]), where)


def _segments(file: str, page: _Page) -> Iterator[tuple[str, Written]]:
    if "Segment" not in page.rows[0]:
        return
    ref, segment = page.column("Ref"), page.column("Segment")
    for r, row in enumerate(page.rows[1:], page.top + 1):
        if str(row[ref]).strip():
            where = f"{file}, {page.name}!{page.letters(segment)}{r}"
            yield _as_written(row[ref]).strip(), Written(_as_written(row[segment]).strip(), where)


def _as_written(value: object) -> str:
    if isinstance(value, float):
        return f"{Decimal(repr(value)).normalize():f}"
    return str(value)
