"""The Charts sheet: native Excel charts that follow the weights, with their data as a table."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from scoring.export import formulas
from scoring.export.formulas import address
from scoring.export.sheet_writer import Book, FormulaOf
from scoring.export.styles import BLUE, SERIES, WIDTHS
from scoring.export.tables import Cell, Column, Table, distinct
from scoring.ranking import Ranking

TOP = 20
_LABEL = 50  # characters of a title that a bar's label shows
_LABEL_WIDTH = 52
_LETTER, _CHART_WIDE = 8, 900  # dots of 96 an inch, as all of these; a letter of Arial
_PAGE_WIDE, _PAGE_HIGH, _HEADER_HIGH = 860, 600, 60  # what A4 on its side holds, with room to spare


def add_charts(book: Book, ranking: Ranking, table: Table, live: Table, top: int) -> None:
    """The points of the top intentions as stacked bars, and intentions by segment as columns."""
    data, rows = _top_points(ranking, table, live, top)
    sheet = book.add(data, rows, widths={"label": _LABEL_WIDTH})
    count, criteria = len(data.rows), ranking.sheet.framework.criteria
    bars = book.workbook.add_chart({"type": "bar", "subtype": "stacked"})
    for k in range(1, len(criteria) + 1):
        bars.add_series({
            "name": ["Charts", 0, k],
            "categories": ["Charts", 1, 0, count, 0],
            "values": ["Charts", 1, k, count, k],
            "fill": {"color": SERIES[(k - 1) % len(SERIES)]},
            "border": {"color": "#ffffff"},
            "gap": 30,
        })  # fmt: skip
    bars.set_title(
        {"name": f"Points of the top {count}", "name_font": {"name": "Arial", "size": 14}}
    )
    bars.set_x_axis({"min": 0, "max": 100, "name": "Total (points)", "major_gridlines": _GRID})
    bars.set_y_axis({"reverse": True, "num_font": {"name": "Arial", "size": 8}})
    bars.set_legend({"position": "bottom"})
    bars.set_size({"width": _CHART_WIDE, "height": _bars_high(count)})
    what = ", ".join(c.name for c in criteria)
    sheet.insert_chart(count + 2, 0, bars, {
        "description": f"Stacked bars: the points of the top {count} from each of "
        f"{what}. The same figures stand in the table above.",
    })  # fmt: skip
    columns = book.workbook.add_chart({"type": "column"})
    segments = len(ranking.segments.counts())
    columns.add_series({
        "name": "Intentions",
        "categories": ["Segments", 1, 0, segments, 0],
        "values": ["Segments", 1, 3, segments, 3],
        "fill": {"color": BLUE},
        "data_labels": {"value": True},
        "gap": 60,
    })  # fmt: skip
    columns.set_title({"name": "Intentions by segment", "name_font": {"name": "Arial", "size": 14}})
    columns.set_legend({"none": True})
    columns.set_y_axis({"name": "Intentions", "major_gridlines": _GRID})
    columns.set_size({"width": _CHART_WIDE, "height": 400})
    beneath = count + 2 + _bars_high(count) // 36 + 2
    sheet.insert_chart(beneath, 0, columns, {
        "description": "Columns: the number of intentions in each segment. The same figures stand "
        "on the sheet Segments.",
    })  # fmt: skip
    sheet.print_area(0, 0, beneath + 13, len(criteria))
    _put_each_on_a_page(sheet, len(criteria), count, beneath)


def _put_each_on_a_page(sheet: Worksheet, criteria: int, count: int, beneath: int) -> None:
    """The table, the bars and the columns each begin a page, and no chart is cut where it can fit.

    Excel heeds breaks by hand only where a sheet is not fitted to pages, so that the scale is
    worked out here: as wide as the page, and as high where that leaves half the size or more.
    """
    wide = _LABEL_WIDTH * _LETTER + criteria * (WIDTHS["points"] * _LETTER + 5)
    by_width = _PAGE_WIDE / max(wide, _CHART_WIDE)
    by_height = _PAGE_HIGH / (_bars_high(count) + _HEADER_HIGH)
    scale = min(1.0, by_width, by_height if by_height >= 0.5 else 1.0)
    sheet.set_print_scale(max(10, int(100 * scale)))
    sheet.set_h_pagebreaks([count + 2, beneath])


def _bars_high(count: int) -> int:
    return 160 + 26 * count


_GRID = {"visible": True, "line": {"color": "#d8dde0"}}


def _top_points(
    ranking: Ranking, table: Table, live: Table, top: int
) -> tuple[Table, dict[str, FormulaOf]]:
    """The chart's figures: a label and the points of the first rows of the live order."""
    criteria = ranking.sheet.framework.criteria
    points = [table.position(f"{c.id}_points") for c in criteria]
    count = min(max(top, 1), len(table.rows))
    ref, title = live.position("ref"), live.position("title")
    rows: list[tuple[Cell, ...]] = []
    for row in table.rows[:count]:
        named = str(row[table.position("title")])
        shown = named[:_LABEL] + ("…" if len(named) > _LABEL else "")
        rows.append((f"{row[table.position('ref')]}  {shown}", *(row[k] for k in points)))
    columns = distinct(
        [
            Column("label", "Intention", "long"),
            *(Column(c.id, f"{c.name} points", "points") for c in criteria),
        ]
    )

    def label(r: int) -> str:
        first, second = address(r + 1, ref), address(r + 1, title)
        text = f"'Live order'!{second}"
        shown = f'LEFT({text},{_LABEL})&IF(LEN({text})>{_LABEL},"…","")'
        return f"='Live order'!{first}&\"  \"&{shown}"

    def points_of(k: int) -> FormulaOf:
        column = f"{address(1, k, fixed='both')}:{address(len(table.rows), k, fixed='both')}"
        at = live.position("row")
        return lambda r: formulas.live_cell(
            f"'Live order'!{address(r + 1, at)}", f"'Ranked list'!{column}", text=False
        )

    made: dict[str, FormulaOf] = {"label": label}
    made.update({c.id: points_of(k) for c, k in zip(criteria, points, strict=True)})
    title_text = f"Points of the top {count} by the weights as they are now"
    return Table("Charts", title_text, columns, tuple(rows)), made
