"""The ranked workbook: a list that re-ranks itself in Excel when a weight is changed there."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

from xlsxwriter import Workbook

from scoring.export import formulas
from scoring.export.about import About
from scoring.export.charts import TOP, add_charts
from scoring.export.firmness import Firmness, firmness_in_words, firmness_tables
from scoring.export.formulas import address
from scoring.export.highlights import highlight
from scoring.export.live_order import add_live_order, live_table
from scoring.export.scenarios import SideBySide
from scoring.export.scenarios_sheets import add_scenarios
from scoring.export.segment_sheets import (
    SEGMENT_STEP,
    add_segments,
    segment_key,
    segment_names,
    segment_rule,
)
from scoring.export.sheet_writer import Book, FormulaOf, across
from scoring.export.styles import Styles
from scoring.export.summary_tables import (
    about_table,
    accounted_table,
    criteria_table,
    incomplete_table,
    merged_table,
    moves_table,
    refused_table,
)
from scoring.export.tables import Column, Table, list_order, ranked_table
from scoring.export.weights_sheet import add_weights
from scoring.ranking import Ranking

Progress = Callable[[float], None]


def write_ranked_workbook(
    ranking: Ranking,
    about: About,
    compared: SideBySide | None = None,
    progress: Progress | None = None,
    top: int = TOP,
    firmness: Firmness | None = None,
    previous: Ranking | None = None,
) -> bytes:
    """The bytes of an .xlsx whose totals and ranks are formulas on its own Weights sheet.

    The values of this ranking are stored beside the formulas, so that a viewer that does not
    calculate shows them too. Text is always written as text. `compared` adds the sheets of the
    scenarios, `previous` one of the moves since another round. `progress` is called with the
    share done, 0 to 1. `top` is how many intentions the chart of points shows. `firmness`
    adds the sheets of chances and limits, which do not recalculate. What a cell cannot hold is cut
    and said on the About sheet.
    """
    done = progress or (lambda share: None)
    out = io.BytesIO()
    workbook = Workbook(out, {"in_memory": True})
    workbook.set_properties(
        {
            "title": f"Ranked list, {about.round_name}",
            "author": about.made_by,
            "created": about.made_at,
        }
    )
    book = Book(workbook, Styles(workbook))
    table = _with_order(ranked_table(ranking), ranking)
    _add_ranked_list(book, ranking, table)
    done(0.5)
    live = live_table(table)
    add_live_order(book, table, live)
    done(0.7)
    add_weights(book, ranking)
    add_segments(book, ranking, table)
    done(0.8)
    book.add(criteria_table(ranking.sheet.framework), tall=True, widths={"anchors": 55})
    book.add(incomplete_table(ranking))
    book.add(accounted_table(ranking, about))
    for left_out in (refused_table(about), merged_table(about)):
        if left_out.rows:
            book.add(left_out)
    if compared is not None:
        add_scenarios(book, ranking, table, compared)
    if previous is not None:
        book.add(moves_table(ranking, previous))
    done(0.9)
    for firm in firmness_tables(ranking, firmness) if firmness else ():
        book.add(firm, tall=True, widths={"says": 90})
    if table.rows:
        add_charts(book, ranking, table, live, top)
    cut = tuple(book.cut)
    said = firmness_in_words(firmness) if firmness else ()
    book.add(about_table(ranking, about, cut, said), tall=True, widths={"what": 22, "says": 110})
    workbook.close()
    done(1.0)
    return out.getvalue()


def _with_order(table: Table, ranking: Ranking) -> Table:
    """The ranked table with what orders its rows: place in the source inside ties, then in the segment."""
    columns = (
        *table.columns,
        Column("source_order", "Order within tied rank", "place"),
        Column("list_order", "Order index", "place"),
        Column("segment_key", "Segment index", "place"),
    )
    last = formulas.BEYOND - 1
    ids = list(ranking.segments.counts())
    at = {id: (k + 1) * SEGMENT_STEP for k, id in enumerate(ids)}
    rows = []
    for row, i in zip(table.rows, list_order(ranking), strict=True):
        index = (int(row[0]) if row[0] else last) * formulas.BEYOND + i + 1
        rows.append((*row, i + 1, index, at[ranking.segments[i].segment] + index))
    return replace(table, columns=columns, rows=tuple(rows))


def _add_ranked_list(book: Book, ranking: Ranking, table: Table) -> None:
    framework, missing = ranking.sheet.framework, ranking.totals.missing
    at = {column.id: k for k, column in enumerate(table.columns)}
    first = at[framework.criteria[0].id]
    totals, ranks = across(table, "total"), across(table, "rank")
    segments = across(table, "segment")
    counted = all(formulas.can_be_counted(segment.name) for segment in framework.segments)

    def scores(r: int) -> list[str]:
        return [address(r + 1, first + j, fixed="column") for j in range(len(framework.criteria))]

    def cell(r: int, id: str) -> str:
        return address(r + 1, at[id], fixed="column")

    def points_of(j: int) -> FormulaOf:
        return lambda r: formulas.points(framework, j, scores(r), missing)

    live: dict[str, FormulaOf] = {
        "rank": lambda r: formulas.rank(cell(r, "total"), totals),
        "segment_rank": lambda r: formulas.rank_in_segment(
            cell(r, "rank"), ranks, cell(r, "segment"), segments, counted=counted
        ),
        "total": lambda r: formulas.total(framework, scores(r), missing),
        "list_order": lambda r: formulas.list_order(cell(r, "rank"), cell(r, "source_order")),
        "segment_key": lambda r: segment_key(
            segment_names(ranking), cell(r, "segment"), cell(r, "list_order")
        ),
        **{f"{c.id}_points": points_of(j) for j, c in enumerate(framework.criteria)},
    }
    widths = {"ref": 14, "title": 48, "segment": 26, "segment_rule": 34, "source": 30}
    sheet = book.add(table, live, widths=widths, freeze=3)
    if table.rows:
        highlight(sheet, ranking, table, book.styles)
    last_points = at[f"{framework.criteria[-1].id}_points"]
    if table.rows and framework.segments:
        k = at["segment"]
        sheet.data_validation(1, k, len(table.rows), k, segment_rule(ranking))
    sheet.set_paper(8)  # A3: rank to points fit a page's width and can still be read
    sheet.print_area(0, 0, max(len(table.rows), 1), last_points)
