"""Writing a table onto a worksheet: a marked-up Excel table, ready to read and to print."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from scoring.export.formulas import address
from scoring.export.styles import BLUE, WIDTHS, Styles
from scoring.export.tables import Cell, Column, Table
from scoring.export.text import cell_text, one_line, stored_text

ROW_HEIGHT = (
    27.0  # two lines, whatever the text: a title of 32,767 characters does not fill the page
)
HEADER_HEIGHT = 45.0
LINE, _TALLEST = 13.5, 405.0  # points; Excel's tallest row is 409
FormulaOf = Callable[[int], str]
_SOME_ROW = 987_654_321  # a row that no formula names by itself


class FormulaSheet(Worksheet):  # type: ignore[misc]
    """A worksheet that takes formulas as they are.

    XlsxWriter looks through every formula for 29 functions newer than Excel 2010, which takes
    most of the time of a large workbook. None is used here: a test says so.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


@dataclass
class Book:
    """A workbook being written, and what had to be changed to fit."""

    workbook: Workbook
    styles: Styles
    cut: list[str] = field(default_factory=list)

    def add(
        self,
        table: Table,
        formulas: Mapping[str, FormulaOf] | None = None,
        *,
        inputs: tuple[str, ...] = (),
        widths: Mapping[str, float] | None = None,
        tall: bool = False,
        freeze: int = 0,
        bands: Mapping[str, str] | None = None,
    ) -> Worksheet:
        """A sheet that holds one table from A1 on.

        `formulas` maps a column id to the formula of a row, numbered from 0; the table's own
        value is stored beside it. `inputs` are the columns meant to be changed, `tall` lets rows
        grow with their text, `freeze` is the number of columns that stay in view. `bands` maps
        column ids to the colour of their headers, where that is not the usual one.
        """
        sheet = self.workbook.add_worksheet(table.name, FormulaSheet)
        wide = [(widths or {}).get(c.id, WIDTHS[c.kind]) for c in table.columns]
        for k, width in enumerate(wide):
            sheet.set_column(k, k, width)
        if tall:
            for r, row in enumerate(table.rows):
                sheet.set_row(r + 1, row_height(row, wide))
        else:
            sheet.set_default_row(ROW_HEIGHT)
        tallest = row_height(tuple(c.header for c in table.columns), wide)
        sheet.set_row(0, max(HEADER_HEIGHT, tallest + 6))
        self._write_cells(sheet, table, formulas or {}, inputs)
        _mark_up(sheet, table, self.styles, bands or {})
        set_up_page(sheet, table, freeze)
        return sheet

    def text(self, text: str, where: str) -> str:
        """Text as a cell can hold it; what had to change is kept for the About sheet."""
        clean, said = cell_text(text)
        if said:
            self.cut.append(f"{where}: {said}")
        return clean

    def _write_cells(
        self,
        sheet: Worksheet,
        table: Table,
        formulas: Mapping[str, FormulaOf],
        inputs: tuple[str, ...],
    ) -> None:
        for k, column in enumerate(table.columns):
            look = self.styles.cell(column.kind, input=column.id in inputs)
            formula = moved_down(formulas[column.id]) if column.id in formulas else None
            for r, row in enumerate(table.rows):
                value = row[k]
                if formula is not None:
                    stored = "" if value is None else value
                    if isinstance(stored, str):
                        stored = stored_text(cell_text(stored)[0])
                    sheet.write_formula(r + 1, k, formula(r), look, stored)
                elif value is None:
                    sheet.write_blank(r + 1, k, None, look)
                elif isinstance(value, str):
                    where = f"{table.name}, row {r + 2}, {column.header}"
                    sheet.write_string(r + 1, k, self.text(value, where), look)
                else:
                    sheet.write_number(r + 1, k, value, look)


def row_height(row: tuple[Cell, ...], widths: list[float], line: float = LINE) -> float:
    """A height that shows a row's wrapped text: viewers do not all work it out themselves."""
    lines = 1
    for value, width in zip(row, widths, strict=True):
        if isinstance(value, str):
            wrapped = (math.ceil(1.1 * len(line) / width) for line in value.split("\n"))
            lines = max(lines, sum(max(1, count) for count in wrapped))
    return min(line * lines + 3, _TALLEST)


def across(table: Table, id: str, sheet: str = "") -> str:
    """All rows of a column of a table that starts in A1: "$K$2:$K$95"."""
    k = table.position(id)
    prefix = f"{sheet}!" if sheet else ""
    first, last = address(1, k, fixed="both"), address(max(len(table.rows), 1), k, fixed="both")
    return f"{prefix}{first}:{last}"


def moved_down(make: FormulaOf) -> FormulaOf:
    """A formula that is made once: from row to row only its own row number differs."""
    parts = make(_SOME_ROW - 2).split(str(_SOME_ROW))
    return lambda r: str(r + 2).join(parts)


def table_name(name: str) -> str:
    """A sheet's name as the name of an Excel table: "Ranked list" -> "Ranked_list"."""
    return re.sub(r"\W", "_", name)


def _mark_up(sheet: Worksheet, table: Table, styles: Styles, bands: Mapping[str, str]) -> None:
    """The header row, and the table marked up as one: filters, and a header that can be told."""
    looks = [styles.header_of(c.kind, bands.get(c.id, BLUE)) for c in table.columns]
    if table.rows:
        options = {
            "name": table_name(table.name),
            "style": "Table Style Light 1",
            "columns": [
                {"header": header_text(column), "header_format": look}
                for column, look in zip(table.columns, looks, strict=True)
            ],
        }
        sheet.add_table(0, 0, len(table.rows), len(table.columns) - 1, options)
    else:
        for k, column in enumerate(table.columns):
            sheet.write_string(0, k, header_text(column), looks[k])


def header_text(column: Column) -> str:
    """A header as a cell of a marked-up table can hold it."""
    return one_line(column.header)


def set_up_page(sheet: Worksheet, table: Table, freeze: int) -> None:
    """Landscape A4, one page wide, the header on each page, page numbers; header row in view."""
    sheet.freeze_panes(1, freeze)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
    sheet.set_header(f'&L&"Arial,Bold"{_page_text(table.title)}')
    sheet.set_footer("&L&F, &A&RPage &P of &N")


def _page_text(text: str) -> str:
    return text.replace("&", "&&")[:200]
