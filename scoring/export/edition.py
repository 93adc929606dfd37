"""One edition of a round: what a file holds, and the weights and segments that an export adds."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from python_calamine import CalamineError, CalamineWorkbook

from scoring.export.text import cell_text
from scoring.framework import Framework, Weights
from scoring.intake.combine import read_intentions
from scoring.intake.result import Intake, Limits, ReadingOptions, Source
from scoring.intake.workbook import Workbook
from scoring.problem import Problem, Unusable
from scoring.sheet import column_letters

LIST, WEIGHTS = "Ranked list", "Weights"
_OF_LIST = {"Ref", "Segment", "Segment rule"}  # headers that no team's list has together
_HEADER_WITHIN = 30  # rows in which the header is looked for
_LIST_OF_SHEETS = 1024**2  # bytes of xl/workbook.xml that are looked at


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
        return _as_weights(self.weights, self.intake.sheet.framework, self.source.name)


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


def weights_in_export(source: Source, framework: Framework) -> Weights | None:
    """The weights that a ranked workbook of this tool's holds; None for any other file.

    None also where it holds those of other criteria. Raises `Unusable` naming the cell of every
    weight that is not one.
    """
    if not _has_sheets(source.data):
        return None
    try:
        Workbook(source, Limits())  # what is too large or damaged is refused before it is read
    except Unusable:
        return None  # whoever reads the file says why
    lists = _sheets(source)
    if lists is None:
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


def _has_sheets(data: bytes) -> bool:
    """Whether the sheet of weights stands in a workbook's list of sheets."""
    if data[:2] != b"PK":
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts, parts.open("xl/workbook.xml") as part:
            text = part.read(_LIST_OF_SHEETS)
    except (zipfile.BadZipFile, KeyError, RuntimeError, OSError, EOFError, zlib.error):
        return False
    return f'name="{WEIGHTS}"'.encode() in text


Rows = Sequence[Sequence[object]]


@dataclass(frozen=True)
class _Page:
    """A sheet of an exported workbook from its header row on; `top` is that row's number."""

    name: str
    rows: Rows
    top: int

    def column(self, header: str) -> int:
        return list(map(str, self.rows[0])).index(header)


def _sheets(source: Source) -> tuple[_Page, _Page] | None:
    """The ranked list and the weights of an exported workbook; None for any other file.

    The list is known by its header, wherever it stands and whatever its sheet is called now.
    """
    if source.data[:2] != b"PK":
        return None
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(source.data))
        if WEIGHTS not in book.sheet_names:
            return None
        weights = _page(book, WEIGHTS, {"Criterion", "Weight"})
        first = [LIST] if LIST in book.sheet_names else []
        others = [name for name in book.sheet_names if name != LIST]
        for name in [*first, *others] if weights else ():
            if ranked := _page(book, name, _OF_LIST):
                assert weights is not None
                return ranked, weights
    except CalamineError:
        return None
    return None


def _page(book: CalamineWorkbook, name: str, header: set[str]) -> _Page | None:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    for k, row in enumerate(rows[:_HEADER_WITHIN]):
        if header <= {cell for cell in row if isinstance(cell, str)}:
            return _Page(name, rows[k:], k + 1)
    return None


def _weights(file: str, page: _Page, framework: Framework) -> Iterator[tuple[str, Written]]:
    name, weight = page.column("Criterion"), page.column("Weight")
    ids = {cell_text(criterion.name)[0]: criterion.id for criterion in framework.criteria}
    for r, row in enumerate(page.rows[1:], page.top + 1):
        if id := ids.get(str(row[name])):
            where = f"{file}, {page.name}!{column_letters(weight + 1)}{r}"
            yield id, Written(_as_written(row[weight]), where)


def _segments(file: str, page: _Page) -> Iterator[tuple[str, Written]]:
    ref, segment = page.column("Ref"), page.column("Segment")
    for r, row in enumerate(page.rows[1:], page.top + 1):
        if str(row[ref]).strip():
            where = f"{file}, {page.name}!{column_letters(segment + 1)}{r}"
            yield _as_written(row[ref]).strip(), Written(_as_written(row[segment]).strip(), where)


def _as_written(value: object) -> str:
    if isinstance(value, float):
        return f"{Decimal(repr(value)).normalize():f}"
    return str(value)
