"""bytes -> located cells, sheet by sheet."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import python_calamine

from scoring.intake.cells import Cells, tidy
from scoring.intake.delimited import read_delimited
from scoring.intake.result import Limits, Source
from scoring.problem import Problem, Unusable


@dataclass(frozen=True)
class SheetName:
    """A sheet of a workbook, not read yet."""

    name: str
    hidden: bool
    is_table: bool = True


class Workbook:
    """A file opened. Sheets are read one at a time, so that only one is held at once."""

    def __init__(self, source: Source, limits: Limits) -> None:
        """Open a file. Raises `Unusable` with one clear message."""
        self.name = source.name
        self._limits = limits
        self._text: Cells | None = None
        if not source.data.strip():
            wanted = "a spreadsheet with a table of intentions"
            raise Unusable(Problem(source.name, "an empty file", wanted, kind="file"))
        if source.data[:2] != b"PK" and source.data[:4] != b"\xd0\xcf\x11\xe0":
            self._text = read_delimited(source, limits)
            self.sheets: tuple[SheetName, ...] = (SheetName("", hidden=False),)
            return
        self._book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(source.data))
        self.sheets = tuple(
            SheetName(
                meta.name,
                meta.visible != python_calamine.SheetVisibleEnum.Visible,
                meta.typ == python_calamine.SheetTypeEnum.WorkSheet,
            )
            for meta in self._book.sheets_metadata
        )

    def read(self, sheet: SheetName) -> Cells:
        """The cells of one sheet. Raises `Unusable`."""
        if self._text is not None:
            return self._text
        found = self._book.get_sheet_by_name(sheet.name)
        start = found.start or (0, 0)
        rows = tidy(found.to_python(skip_empty_area=True))
        merged = tuple(
            (top - start[0], left - start[1], bottom - start[0], right - start[1])
            for (top, left), (bottom, right) in found.merged_cell_ranges or ()
        )
        return Cells(self.name, sheet.name, rows, start[0] + 1, start[1] + 1, sheet.hidden, merged)

    def __iter__(self) -> Iterator[SheetName]:
        return iter(self.sheets)
