"""The Weights sheet: the cells that every total in the workbook depends on."""

from __future__ import annotations

from dataclasses import replace

from xlsxwriter.worksheet import Worksheet

from scoring.export import formulas
from scoring.export.formulas import address
from scoring.export.sheet_writer import Book, FormulaOf
from scoring.export.summary_tables import weights_table
from scoring.export.tables import Column, Table
from scoring.framework.weights import LARGEST, PLACES
from scoring.ranking import Ranking

WEIGHT, SHARE, PUBLISHED, PUBLISHED_SHARE, UNITS = 1, 2, 3, 4, 7  # columns, from 0


def add_weights(book: Book, ranking: Ranking) -> None:
    """Weights to change, their shares of 100, a check of their sum, the published ones beside."""
    framework = ranking.sheet.framework
    table = _with_units(weights_table(ranking))
    count = len(framework.criteria)
    weights, published = _down(WEIGHT, count), _down(PUBLISHED, count)

    def share(column: int, across: str) -> FormulaOf:
        return lambda r: f'=IF(SUM({across})=0,"",100*{address(r + 1, column)}/SUM({across}))'

    live: dict[str, FormulaOf] = {
        "share": share(WEIGHT, weights),
        "published_share": share(PUBLISHED, published),
        "change": lambda r: (
            f'=IF({address(r + 1, SHARE)}="","",'
            f"ROUND({address(r + 1, SHARE)}-{address(r + 1, PUBLISHED_SHARE)},9))"
        ),
        "units": lambda r: formulas.units(address(r + 1, WEIGHT)),
    }
    widths = {"criterion": 26, "published_weight": 13, "published_share": 14, "units": 15}
    sheet = book.add(table, live, inputs=("weight",), widths=widths)
    sheet.data_validation(1, WEIGHT, count, WEIGHT, {
        "validate": "decimal", "criteria": "between", "minimum": 0, "maximum": int(LARGEST),
        "input_title": "Change a weight here",
        "input_message": "Totals, ranks and the live order follow. Only proportions matter; 0 "
        "drops the criterion.",
        "error_title": "Not a weight", "error_message": "A weight is a number from 0 to 1,000,000.",
    })  # fmt: skip
    for r, criterion in enumerate(framework.criteria):
        cell = address(r + 1, UNITS, fixed="both")
        book.workbook.define_name(formulas.weight_name(criterion), f"=Weights!{cell}")
    in_all = address(count + 1, UNITS, fixed="both")
    book.workbook.define_name(formulas.TOTAL_UNITS, f"=Weights!{in_all}")
    _add_check(book, sheet, ranking, table)


def _with_units(table: Table) -> Table:
    column = Column("units", "Weight in millionths", "number")
    rows = tuple((*row, round(float(row[WEIGHT] or 0) * 10**PLACES)) for row in table.rows)
    return replace(table, columns=(*table.columns, column), rows=rows)


def _add_check(book: Book, sheet: Worksheet, ranking: Ranking, table: Table) -> None:
    """The row under the table: the sum of the weights, and whether it is 100."""
    count = len(table.rows)
    total = float(sum(ranking.weights.values()))
    published = float(sum(ranking.sheet.framework.weights.values()))
    units = sum(int(row[UNITS] or 0) for row in table.rows)
    strong, number, row = book.styles.strong, book.styles.strong_number, count + 1
    check = f"ROUND(SUM({_down(WEIGHT, count)}),6)"
    text = (
        f'=IF({check}=100,"The weights add to 100",IF({check}=0,"All weights are zero: nothing can '
        f'be ranked","The weights add to "&{check}&", not 100: totals use their shares of that"))'
    )
    says = "The weights add to 100"
    if round(total, 6) != 100:
        says = f"The weights add to {total:g}, not 100: totals use their shares of that"
    sheet.write_string(row, 0, "All criteria", strong)
    for column, value in ((WEIGHT, total), (SHARE, 100), (PUBLISHED, published),
                          (PUBLISHED_SHARE, 100), (UNITS, units)):  # fmt: skip
        sheet.write_formula(row, column, f"=SUM({_down(column, count)})", number, value)
    sheet.write_blank(row, 5, None, strong)
    sheet.write_formula(row, 6, text, strong, says)
    sheet.print_area(0, 0, row, 6)


def _down(column: int, count: int) -> str:
    return f"{address(1, column, fixed='both')}:{address(count, column, fixed='both')}"
