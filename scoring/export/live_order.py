"""The Live order sheet: the ranked list in order of the weights as they are in the workbook.

Made with SMALL, MATCH and INDEX, which Excel 2016 and LibreOffice know: no dynamic arrays.
"""

from __future__ import annotations

from dataclasses import replace

from scoring.export import formulas
from scoring.export.formulas import address
from scoring.export.highlights import bar_total, mark_shared
from scoring.export.sheet_writer import Book, FormulaOf, across
from scoring.export.tables import TEXTS, Column, Table

LIST = "'Ranked list'"


def live_table(table: Table) -> Table:
    """The live order's table, as it stands under the ranking's own weights."""
    ids = ("rank", "ref", "title", "function", "domain", "segment", "total")
    kept = [k for k, column in enumerate(table.columns) if column.id in ids]
    columns = (*(table.columns[k] for k in kept), Column("row", "Row in Ranked list", "place"))
    rows = tuple((*(row[k] for k in kept), r + 1) for r, row in enumerate(table.rows))
    title = "Intentions in order of the weights as they are now"
    return replace(table, name="Live order", title=title, columns=columns, rows=rows)


def add_live_order(book: Book, table: Table, live: Table) -> None:
    """The sheet: which row of the ranked list comes next, and what stands there."""
    row_at = live.position("row")
    keys = across(table, "list_order", LIST)

    def cells_of(column: Column) -> FormulaOf:
        source = across(table, column.id, LIST)
        text = column.kind in TEXTS
        return lambda r: formulas.live_cell(
            address(r + 1, row_at, fixed="column"), source, text=text
        )

    def row_of(r: int) -> str:
        top, here = address(1, row_at, fixed="both"), address(r + 1, row_at, fixed="column")
        return formulas.live_row(f"ROWS({top}:{here})", keys)

    live_formulas = {column.id: cells_of(column) for column in live.columns[:-1]}
    live_formulas["row"] = row_of
    sheet = book.add(live, live_formulas, widths={"ref": 14, "title": 60, "row": 12}, freeze=3)
    if live.rows:
        bar_total(sheet, live)
        mark_shared(sheet, live, book.styles)
