"""The ranked list as a workbook for people who use a screen reader or a magnifier.

Follows the guidance of the UK government's Analysis Function, "Releasing statistics in
spreadsheets", as the gptables library applies it: a sheet of contents, one table a sheet with its
title in A1 and notes under it, each table marked up, one header row, no merged cells, no blank
rows or columns, empty cells explained, nothing told by colour, text of 12 points.
"""

from __future__ import annotations

import io
from collections.abc import Callable

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from scoring.export.about import About
from scoring.export.firmness import Firmness, firmness_in_words, firmness_tables
from scoring.export.paper.wording import count
from scoring.export.scenarios import SideBySide, compared_table, scenarios_table
from scoring.export.sheet_writer import header_text, row_height, table_name
from scoring.export.styles import NUMBER_FORMATS, WIDTHS
from scoring.export.summary_tables import (
    about_table,
    accounted_table,
    criteria_table,
    incomplete_table,
    merged_table,
    refused_table,
    segments_table,
    weights_table,
)
from scoring.export.tables import TEXTS, Cell, Column, Table, ranked_table
from scoring.export.text import cell_text
from scoring.ranking import Ranking

_HEADER_ROW = 3  # from 0: title, what is here, notes, then the table
_NO_EMPTY = "No cell is empty."
_ON_ONE_PAGE = 8  # columns that stay readable across one page


def write_accessible_workbook(
    ranking: Ranking,
    about: About,
    compared: SideBySide | None = None,
    firmness: Firmness | None = None,
    progress: Callable[[float], None] | None = None,
) -> bytes:
    """The bytes of an .xlsx that holds values only: nothing in it recalculates.

    `compared` adds the scenarios, `firmness` the chances and limits; `progress` is called with the
    share done, 0 to 1. Text that no cell can hold is cut; About says where. It reads back like any other workbook.
    """
    out = io.BytesIO()
    workbook = Workbook(out, {"in_memory": True})
    title = f"Ranked list of intentions, {about.round_name}"
    workbook.set_properties(
        {"title": title, "author": about.made_by, "created": about.made_at, "comments": "English"}
    )
    done = progress or (lambda share: None)
    tables = _tables(ranking, about, compared)
    if firmness is not None:
        tables += firmness_tables(ranking, firmness)
    cut = [
        f"{table.name}, row {r + _HEADER_ROW + 2}, {column.header}: {said}"
        for table in tables
        for k, column in enumerate(table.columns)
        for r, row in enumerate(table.rows)
        if isinstance(value := row[k], str) and (said := cell_text(value)[1])
    ]
    firm = firmness_in_words(firmness) if firmness else ()
    tables.append(about_table(ranking, about, tuple(cut), firm))
    looks = _Looks(workbook)
    _write(workbook, looks, _contents(title, tables))
    cells = sum(len(table.rows) * len(table.columns) for table in tables)
    written = 0
    for table in tables:
        _write(workbook, looks, table)
        written += len(table.rows) * len(table.columns)
        done(0.1 + 0.7 * written / cells)
    workbook.close()
    done(1.0)
    return out.getvalue()


def _tables(ranking: Ranking, about: About, compared: SideBySide | None) -> list[Table]:
    tables = [
        ranked_table(ranking),
        weights_table(ranking),
        segments_table(ranking),
        criteria_table(ranking.sheet.framework),
        incomplete_table(ranking),
        accounted_table(ranking, about),
        refused_table(about),
        merged_table(about),
    ]
    if compared is not None:
        tables += [scenarios_table(compared), compared_table(ranking, compared)]
    return [table for table in tables if table.rows]


def _contents(title: str, tables: list[Table]) -> Table:
    columns = (Column("sheet", "Sheet"), Column("holds", "What it holds", "long"))
    rows = tuple((table.name, table.title) for table in tables)
    return Table("Contents", f"{title}: contents", columns, rows, "Each name is a link.")


class _Looks:
    """The few formats there are: a title, a note, a header, and one for each kind of cell."""

    def __init__(self, workbook: Workbook) -> None:
        base = {"font_name": "Arial", "font_size": 12}
        self.title = workbook.add_format({**base, "bold": True, "font_size": 16})
        self.note = workbook.add_format(base)
        wrapped = {**base, "text_wrap": True, "valign": "top"}
        self.header = workbook.add_format({**wrapped, "bold": True, "bottom": 2})
        self.cells = {
            kind: workbook.add_format(
                {**wrapped, "num_format": number, "indent": int(kind in TEXTS)}
            )
            for kind, number in NUMBER_FORMATS.items()
        }
        # Shapes are read aloud badly: a plain sign says which way.
        self.cells["move"] = workbook.add_format({**wrapped, "num_format": "+0;-0;0"})


def _write(workbook: Workbook, looks: _Looks, table: Table) -> None:
    sheet = workbook.add_worksheet(table.name)
    empty = any(value is None for row in table.rows for value in row)
    sheet.write_string(0, 0, table.title, looks.title)
    sheet.write_string(
        1, 0, f"This sheet holds one table of {count(len(table.rows), 'row')}.", looks.note
    )
    said = table.note if empty else f"{table.note} {_NO_EMPTY}".strip()
    sheet.write_string(2, 0, said or "Empty cells were empty in the source.", looks.note)
    last = _HEADER_ROW + len(table.rows)
    columns = [{"header": header_text(c), "header_format": looks.header} for c in table.columns]
    options = {"name": table_name(table.name), "style": None, "columns": columns}
    sheet.add_table(_HEADER_ROW, 0, last, len(table.columns) - 1, options)
    sheet.set_row(_HEADER_ROW, 50)
    widths = [1.3 * WIDTHS[column.kind] for column in table.columns]
    for r, row in enumerate(table.rows, _HEADER_ROW + 1):
        sheet.set_row(r, row_height(row, [width / 1.05 for width in widths], line=16))
    for k, column in enumerate(table.columns):
        sheet.set_column(k, k, widths[k])
        for r, row in enumerate(table.rows, _HEADER_ROW + 1):
            _write_cell(
                sheet, r, k, row[k], looks, column, link=table.name == "Contents" and k == 0
            )
    sheet.freeze_panes(_HEADER_ROW + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(-(-len(table.columns) // _ON_ONE_PAGE), 0)
    if len(table.columns) > _ON_ONE_PAGE:
        sheet.repeat_columns(0, 2)  # rank, ref and title stand on every page across
    sheet.repeat_rows(_HEADER_ROW)


def _write_cell(
    sheet: Worksheet, r: int, k: int, value: Cell, looks: _Looks, column: Column, *, link: bool
) -> None:
    look = looks.cells[column.kind]
    if link:
        sheet.write_url(r, k, f"internal:'{value}'!A1", string=str(value))
    elif isinstance(value, str):
        sheet.write_string(r, k, cell_text(value)[0], look)
    elif value is not None:
        sheet.write_number(r, k, value, look)
