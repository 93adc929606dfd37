"""bytes -> located cells, sheet by sheet."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import python_calamine

from scoring.intake.cells import Cells, tidy
from scoring.intake.delimited import read_delimited
from scoring.intake.repack import repack
from scoring.intake.result import Limits, Source
from scoring.intake.safety import (
    Kind,
    damaged,
    kind_of,
    protected,
    unpack_parts,
)
from scoring.intake.sheetxml import SheetScan, refuse_size, scan_sheets
from scoring.problem import Unusable

_CHILD = Path(__file__).with_name("binary_child.py")
_CHILD_SECONDS = 60
_Result = TypeVar("_Result")


@dataclass(frozen=True)
class SheetName:
    """A sheet of a workbook: its name, whether it is hidden, whether it is a sheet of cells."""

    name: str
    hidden: bool
    is_table: bool = True


class Workbook:
    """A file opened. Sheets of an .xlsx are read one at a time.

    Macros are never run, links never followed, formulas never calculated: only stored values are
    read. Raises `Unusable` with one clear message about a file that cannot be used.
    """

    def __init__(self, source: Source, limits: Limits) -> None:
        self.name = source.name
        self.sheets: tuple[SheetName, ...] = ()
        self._ready: dict[str, Cells] = {}
        kind: Kind = kind_of(source, limits)
        if kind == "text":
            self.sheets = (SheetName("", hidden=False),)
            self._ready[""] = read_delimited(source, limits)
        elif kind == "xlsx":
            self._open(source, limits)
        else:
            self._open_apart(source, limits)

    def read(self, sheet: SheetName) -> Cells:
        """The cells of one sheet."""
        if sheet.name in self._ready:
            return self._ready[sheet.name]
        found = _guarded(self.name, lambda: self._book.get_sheet_by_name(sheet.name))
        start = found.start or (0, 0)
        rows = tidy(_guarded(self.name, found.to_python))
        merged = tuple(
            (top - start[0], left - start[1], bottom - start[0], right - start[1])
            for (top, left), (bottom, right) in found.merged_cell_ranges or ()
        )
        scan = self._scans.get(sheet.name, SheetScan())
        cells = Cells(
            self.name, sheet.name, rows, start[0] + 1, start[1] + 1, sheet.hidden, merged,
            crossed=scan.crossed,
        )  # fmt: skip
        return _with_faults(cells, scan.faults) if scan.faults else cells

    def _open(self, source: Source, limits: Limits) -> None:
        parts = unpack_parts(source, limits)
        self._scans = scan_sheets(source.name, parts, limits)
        checked = repack(parts)
        del parts
        self._book = _guarded(
            self.name, lambda: python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(checked))
        )
        self.sheets = tuple(
            SheetName(
                meta.name,
                meta.visible != python_calamine.SheetVisibleEnum.Visible,
                meta.typ == python_calamine.SheetTypeEnum.WorkSheet,
            )
            for meta in self._book.sheets_metadata
        )
        if not self.sheets:
            damaged(self.name)

    def _open_apart(self, source: Source, limits: Limits) -> None:
        """Formats that cannot be checked beforehand are read by a process of their own."""
        answer = _ask_child(source, limits)
        if answer.get("error") == "password":
            protected(self.name)
        if answer.get("error") == "size":
            refuse_size(self.name, answer["found"], limits)
        if "sheets" not in answer or not answer["sheets"]:
            damaged(self.name)
        names = []
        faults = answer.get("faults", {})
        for name, hidden, is_table, start, rows, merged in answer["sheets"]:
            names.append(SheetName(name, hidden, is_table))
            cells = Cells(
                self.name, name, rows, start[0] + 1, start[1] + 1, hidden,
                tuple(tuple(span) for span in merged),
            )  # fmt: skip
            self._ready[name] = replace(cells, faults=_inside(cells, faults.get(name, ())))
        self.sheets = tuple(names)


def _ask_child(source: Source, limits: Limits) -> dict[str, Any]:
    arguments = [str(limits.rows), str(limits.columns), str(limits.cells)]
    try:
        # Our own script and numbers only: nothing of the file is in the command.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-P", str(_CHILD), *arguments],
            input=source.data, capture_output=True, timeout=_CHILD_SECONDS, check=False,
        )  # fmt: skip
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, OSError, ValueError):
        damaged(source.name)
    return answer if isinstance(answer, dict) else {}


def _guarded(name: str, call: Callable[[], _Result]) -> _Result:
    """Call into calamine. A panic there is a BaseException: the file is at fault, not the user."""
    try:
        return call()
    except (KeyboardInterrupt, SystemExit, GeneratorExit, Unusable):
        raise
    except python_calamine.PasswordError:
        protected(name)
    except BaseException:
        damaged(name)


def _inside(cells: Cells, faults: Sequence[tuple[int, int, str]]) -> dict[tuple[int, int], str]:
    """Faults by their place in the rectangle; those outside it, beside no cell that holds anything,
    are nobody's."""
    placed = {(row - cells.top, column - cells.left): shows for row, column, shows in faults}
    return {
        (i, j): shows
        for (i, j), shows in placed.items()
        if 0 <= i < cells.height and 0 <= j < cells.width
    }


def _with_faults(cells: Cells, faults: dict[tuple[int, int], str]) -> Cells:
    """The cells with their faults; widened, because a faulty cell at the edge counts as empty."""
    bottom = max(row for row, _ in faults) - cells.top
    right = max(column for _, column in faults) - cells.left
    top = min(0, min(row for row, _ in faults) - cells.top)
    left = min(0, min(column for _, column in faults) - cells.left)
    rows = cells.rows
    if top or left or bottom >= cells.height or right >= cells.width:
        width = max(cells.width, right + 1) - left
        fill = [""] * (-left)
        rows = [[""] * width for _ in range(-top)]
        for row in cells.rows:
            line = [*fill, *row]
            rows.append(line + [""] * (width - len(line)))
        rows += [[""] * width for _ in range(bottom + 1 - cells.height)]
    moved = {
        (row - cells.top - top, col - cells.left - left): f for (row, col), f in faults.items()
    }
    merged = tuple((a - top, b - left, c - top, d - left) for a, b, c, d in cells.merged)
    return replace(
        cells, rows=rows, top=cells.top + top, left=cells.left + left, merged=merged, faults=moved
    )
