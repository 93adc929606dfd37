"""The Segments sheet and a sheet for each segment: its intentions in order of the weights now.

A segment's sheet has spare rows, so that an intention moved into it on the Ranked list shows up;
where even those do not suffice, the Segments sheet says so. Made with SMALL, MATCH and INDEX.
"""

from __future__ import annotations

import math
import re
from collections import Counter

from xlsxwriter.worksheet import Worksheet

from scoring.export import formulas
from scoring.export.formulas import address
from scoring.export.highlights import bar_total, mark_shared
from scoring.export.live_order import LIST
from scoring.export.sheet_writer import Book, FormulaOf, across, table_name
from scoring.export.summary_tables import segments_table
from scoring.export.tables import TEXTS, Cell, Column, Table, segment_name
from scoring.framework.rules import UNASSIGNED
from scoring.ranking import Ranking

SEGMENTS = "Segments"
_SPARE, _LEAST = 0.1, 5  # rows kept free for intentions that move into a segment
_SHOWN = ("segment_rank", "rank", "ref", "title", "function", "domain", "provider", "total", "saving",
          "investment_recurrent", "investment_one_off")  # fmt: skip
SEGMENT_STEP = formulas.BEYOND**2  # above every order index


def segment_key(names: str, segment: str, order: str) -> str:
    """A whole number that sorts rows by segment, in the order of the sheet Segments, then as listed.

    Rows of a segment that is not on that sheet come before all others. No wildcard and no length
    of a name matters: names are compared, not matched.
    """
    return f"=SUMPRODUCT(({names}={segment})*(ROW({names})-1))*{SEGMENT_STEP}+{order}"


def segment_rule(ranking: Ranking) -> dict[str, object]:
    """What may be typed as a segment: one of those on the sheet Segments."""
    return {
        "validate": "list", "source": f"={segment_names(ranking)}",
        "error_title": "No such segment", "error_type": "warning",
        "error_message": "Choose one of the segments on the sheet Segments, or it is counted in none.",
    }  # fmt: skip


def segment_names(ranking: Ranking) -> str:
    """The cells that hold the segments' names."""
    last = address(len(ranking.segments.counts()), 0, fixed="both")
    return f"{SEGMENTS}!{address(1, 0, fixed='both')}:{last}"


def add_segments(book: Book, ranking: Ranking, listed: Table) -> None:
    """Counts that follow the ranked list when a segment or a score is changed there, and the lists."""
    table = _with_links(ranking, segments_table(ranking))
    sheets = _sheets(ranking, listed)
    segments, ranks = across(listed, "segment", LIST), across(listed, "rank", LIST)
    keys = across(listed, "segment_key", LIST)
    at = {column.id: k for k, column in enumerate(table.columns)}

    def here(r: int, id: str) -> str:
        return address(r + 1, at[id], fixed="column")

    live: dict[str, FormulaOf] = {
        "intentions": lambda r: f"=SUMPRODUCT(--({segments}={here(r, 'segment')}))",
        "ranked": lambda r: f"=SUMPRODUCT(({segments}={here(r, 'segment')})*ISNUMBER({ranks}))",
        "unranked": lambda r: f"={here(r, 'intentions')}-{here(r, 'ranked')}",
        "before": lambda r: f"=SUMPRODUCT(--({keys}<ROWS($A$2:$A{r + 2})*{SEGMENT_STEP}))",
    }
    sheet = book.add(table, live, tall=True, widths={"definition": 70, "list": 24, "before": 12})
    for r, made in enumerate(sheets):
        if made is None:
            continue
        count = here(r, "intentions")
        text = f'=IF({count}>{len(made.rows)},"Open the first {len(made.rows)} of "&{count},"Open the list")'
        sheet.write_url(r + 1, at["list"], f"internal:'{made.name}'!A1", book.styles.link)
        sheet.write_formula(r + 1, at["list"], text, book.styles.link, "Open the list")
    sheet.print_area(0, 0, len(table.rows), at["overrides"])
    for r, made in enumerate(sheets):
        if made is not None:
            counts = (
                f"{SEGMENTS}!{address(r + 1, at[id], fixed='both')}"
                for id in ("intentions", "before")
            )
            _add_list(book, made, listed, *counts)


def _with_links(ranking: Ranking, table: Table) -> Table:
    """With a link to each segment's list, and how many rows stand before its own by segment key."""
    columns = (
        *table.columns,
        Column("list", "Its list", "text"),
        Column("before", "Listed before", "place"),
    )
    before, rows = 0, []
    for row in table.rows:
        rows.append((*row, None, before))
        before += int(row[table.position("intentions")] or 0)
    return Table(table.name, table.title, columns, tuple(rows), table.note)


def _sheets(ranking: Ranking, listed: Table) -> list[Table | None]:
    """The list of each segment, in the order of the sheet Segments; None for one without a sheet."""
    framework = ranking.sheet.framework
    made: list[Table | None] = []
    names: set[str] = set()
    for id, count in ranking.segments.counts().items():
        known = framework.segment(id)
        if framework.segments and listed.rows and (known or count):
            name = _sheet_name(f"Segment {id}" if known else UNASSIGNED.capitalize(), names)
            made.append(_list(name, segment_name(ranking, id), listed))
        else:
            made.append(None)
    return made


def _list(name: str, segment: str, listed: Table) -> Table:
    """The intentions of a segment as exported, and its spare rows."""
    columns = [column for id in _SHOWN for column in listed.columns if column.id == id]
    positions = [listed.position(column.id) for column in columns]
    of_segment, of_rank = listed.position("segment"), listed.position("rank")
    sharing = Counter(cells[of_rank] for cells in listed.rows)
    rows: list[tuple[Cell, ...]] = [
        (*(cells[k] for k in positions), r, sharing[cells[of_rank]] if cells[of_rank] else None)
        for r, cells in enumerate(listed.rows, 1)
        if cells[of_segment] == segment
    ]
    spare = max(_LEAST, math.ceil(_SPARE * len(rows)))
    rows += [(None,) * (len(columns) + 2)] * (min(spare, len(listed.rows) - len(rows)))
    columns += [
        Column("row", "Row in Ranked list", "place"),
        Column("sharing", "Intentions at this rank", "place"),
    ]
    title = f"{segment}: in order of the weights as they are now"
    return Table(name, title, tuple(columns), tuple(rows))


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel takes for a sheet, and whose table's name no other table has."""
    base = re.sub(r"[\[\]:*?/\\']", "-", wanted)[:25]
    name, count = base, 1
    while table_name(name).casefold() in taken:
        count += 1
        name = f"{base} ({count})"
    taken.add(table_name(name).casefold())
    return name


def _add_list(book: Book, table: Table, listed: Table, count: str, before: str) -> None:
    row_at = table.position("row")
    keys = across(listed, "segment_key", LIST)

    def cells_of(column: Column) -> FormulaOf:
        source = across(listed, column.id, LIST)
        make = formulas.live_number if column.kind == "money" else formulas.live_cell
        text = column.kind in TEXTS
        return lambda r: make(address(r + 1, row_at, fixed="column"), source, text=text)

    def row_of(r: int) -> str:
        nth = f"ROWS({address(1, row_at, fixed='both')}:{address(r + 1, row_at, fixed='column')})"
        return f'=IF({nth}>{count},"",MATCH(SMALL({keys},{before}+{nth}),{keys},0))'

    def sharing(r: int) -> str:
        rank = address(r + 1, table.position("rank"), fixed="column")
        return f'=IF(ISNUMBER({rank}),COUNTIF({across(listed, "rank", LIST)},{rank}),"")'

    live = {column.id: cells_of(column) for column in table.columns[:-2]}
    live |= {"row": row_of, "sharing": sharing}
    sheet = book.add(table, live, widths={"ref": 14, "title": 60, "row": 12}, freeze=4)
    _highlight(sheet, table, book)


def _highlight(sheet: Worksheet, table: Table, book: Book) -> None:
    if not table.rows:
        return
    bar_total(sheet, table)
    mark_shared(sheet, table, book.styles, "segment_rank")
    # The overall rank may be shared with an intention of another segment.
    k, last = table.position("rank"), len(table.rows)
    shared = f"=N({address(1, table.position('sharing'), fixed='column')})>1"
    rule = {"type": "formula", "criteria": shared, "format": book.styles.shared}
    sheet.conditional_format(1, k, last, k, rule)
    sheet.print_area(0, 0, len(table.rows), table.position("row") - 1)
