"""The sheets Scenarios and Scenarios compared: the current weights' columns follow the workbook.

The others stand as exported: they are the record of what was compared.
"""

from __future__ import annotations

from dataclasses import replace

from scoring.export import formulas
from scoring.export.formulas import address
from scoring.export.highlights import mark_shared
from scoring.export.live_order import LIST
from scoring.export.scenarios import (
    ENTER,
    IN,
    LEAVE,
    LINE,
    MOVED,
    ROOM,
    YES,
    SideBySide,
    compared_table,
    scenarios_table,
    summary_rows,
)
from scoring.export.sheet_writer import Book, FormulaOf, across
from scoring.export.styles import BLUE, NAVY, SLATE, TEAL
from scoring.export.tables import Column, Table, list_order
from scoring.export.weights_sheet import SHARE
from scoring.ranking import Ranking

_SCENARIOS, _COMPARED = "Scenarios", "'Scenarios compared'"
_NOW = 1  # which scenario is the current one
_COLUMN = 1 + _NOW  # its column on the sheet Scenarios
_ON_ONE_PAGE = 16  # columns of figures that stay readable across one page
_BANDS = {"rank": BLUE, "moved": NAVY, "side": TEAL, "total": SLATE}


def add_scenarios(book: Book, ranking: Ranking, listed: Table, side: SideBySide) -> None:
    """Both sheets. `listed` is the table on the sheet Ranked list, in the ranking's order."""
    summary, compared = scenarios_table(side), _with_rows(ranking, compared_table(ranking, side))
    _add_summary(book, ranking, side, summary, compared)
    _add_compared(book, side, compared, listed)


def _with_rows(ranking: Ranking, table: Table) -> Table:
    """With what finds an intention on the Ranked list again when rows were sorted there."""
    columns = (
        *table.columns,
        Column("source_order", "Order within tied rank", "place"),
        Column("row", "Row in Ranked list", "place"),
    )
    rows = tuple(
        (*row, i + 1, r)
        for r, (row, i) in enumerate(zip(table.rows, list_order(ranking), strict=True), 1)
    )
    return replace(table, columns=columns, rows=rows)


def _add_summary(
    book: Book, ranking: Ranking, side: SideBySide, table: Table, compared: Table
) -> None:
    row_of = {id: r for r, id in enumerate(summary_rows(side), 1)}
    live = {
        c.id: f"=ROUND(N(Weights!{address(j + 1, SHARE, fixed='both')}),2)"
        for j, c in enumerate(ranking.sheet.framework.criteria)
    }
    if compared.rows:
        moved = across(compared, f"moved_{_NOW}", _COMPARED)
        live[MOVED] = f"=SUMPRODUCT(ISNUMBER({moved})*({moved}<>0))"
    if side.has_line:
        line = address(row_of[LINE], _COLUMN)
        musts = across(compared, "must", _COMPARED)
        apart = f'COUNTIF({musts},"{YES}")' if side.counted and compared.rows else "0"
        live[ROOM] = f"=MAX(0,{line}-{apart})"
        if compared.rows and side.scenarios[0].line:
            was, now = (across(compared, f"side_{k}", _COMPARED) for k in (0, _NOW))
            live[ENTER] = f'=SUMPRODUCT(({was}<>"{IN}")*({now}="{IN}"))'
            live[LEAVE] = f'=SUMPRODUCT(({was}="{IN}")*({now}<>"{IN}"))'
    widths = {"what": 38} | {column.id: 24 for column in table.columns[1:]}
    sheet = book.add(table, widths=widths, tall=True, freeze=1)
    look = book.styles.cell("long")
    for id, formula in live.items():
        value = table.rows[row_of[id] - 1][_COLUMN]
        sheet.write_formula(row_of[id], _COLUMN, formula, look, "" if value is None else value)
    if side.has_line:
        r, look = row_of[LINE], book.styles.cell("long", input=True)
        sheet.write_number(r, _COLUMN, side.scenarios[_NOW].line, look)
        sheet.data_validation(r, _COLUMN, r, _COLUMN, {
            "validate": "integer", "criteria": ">=", "value": 0,
            "input_title": "Change the line here",
            "input_message": "Who is in and out under the current weights follows. 0: no line.",
            "error_title": "Not a line", "error_message": "The line is a whole number from 0.",
        })  # fmt: skip


def _add_compared(book: Book, side: SideBySide, table: Table, listed: Table) -> None:
    at = {column.id: k for k, column in enumerate(table.columns)}
    rank, must = f"rank_{_NOW}", "must"

    def here(r: int, id: str) -> str:
        return address(r + 1, at[id], fixed="column")

    def of_list(id: str) -> FormulaOf:
        column = across(listed, id, LIST)
        return lambda r: f'=IF({here(r, "row")}="","",INDEX({column},{here(r, "row")}))'

    def side_of(r: int) -> str:
        rows = list(summary_rows(side))
        line, room = (
            f"{_SCENARIOS}!{address(rows.index(id) + 1, _COLUMN, fixed='both')}"
            for id in (LINE, ROOM)
        )
        ranks, musts = across(table, rank), across(table, must)
        return formulas.side_of_line(here(r, rank), ranks, here(r, must), musts, line, room)

    live: dict[str, FormulaOf] = {
        "row": lambda r: (
            f'=IFERROR(MATCH({here(r, "source_order")},{across(listed, "source_order", LIST)},0),"")'
        ),
        rank: of_list("rank"),
        f"total_{_NOW}": of_list("total"),
        f"moved_{_NOW}": lambda r: formulas.moved_up(here(r, "rank_0"), here(r, rank)),
    }
    if side.has_line:
        live[f"side_{_NOW}"] = side_of
    bands = {id: colour for id in at if (colour := _BANDS.get(id.split("_")[0]))}
    widths = {"ref": 14.0, "title": 48.0, "must": 9.0}
    widths |= dict.fromkeys(bands, 14.0)
    sheet = book.add(table, live, widths=widths, freeze=2, bands=bands)
    if not table.rows:
        return
    last = len(table.rows)
    for k in range(len(side.scenarios)):
        mark_shared(sheet, table, book.styles, f"rank_{k}")
        if k and side.has_line:
            was, now = here(0, "side_0"), here(0, f"side_{k}")
            crossed = f'=AND({was}<>"",{now}<>"",({was}="in")<>({now}="in"))'
            column = at[f"side_{k}"]
            rule = {"type": "formula", "criteria": crossed, "format": book.styles.noted}
            sheet.conditional_format(1, column, last, column, rule)
    sheet.print_area(0, 0, last, at["source_order"] - 1)
    sheet.set_paper(8)  # A3; beyond a few scenarios on pages side by side, ref and title on each
    sheet.fit_to_pages(-(-len(bands) // _ON_ONE_PAGE), 0)
    sheet.repeat_columns(0, 1)
