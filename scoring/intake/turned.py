"""Tables that lie on their side: criteria as rows, intentions as columns."""

from __future__ import annotations

import re
from dataclasses import replace

from scoring.intake.cells import Cells, shown
from scoring.intake.headers import Header
from scoring.intake.match import Match, Matcher
from scoring.intake.scores import ScoreReader
from scoring.intake.tables import Table, find_tables
from scoring.intake.wording import plain

_MOST_ROWS = 2_000  # a sheet with more rows than this has intentions as rows
_NAMES_FOLLOW = frozenset({"", "criterion", "criteria", "measure", "domain", "question", "factor",
                           "criterion intention", "criteria intention", "intention criterion"})  # fmt: skip
_LEVEL = re.compile(
    r"\d{1,3}|(?:very )?(?:low|high)|medium|weight.*|what it asks|asks|scale.*|best|worst"
)


def find_turned_tables(
    cells: Cells, matcher: Matcher, header_row: int | None = None
) -> list[Table]:
    """Tables of a sheet read sideways. A guide to the scale, which also lists criteria as rows, is
    none: its columns are levels, and its cells the words for them."""
    if cells.height > _MOST_ROWS or cells.height < 2:
        return []
    found = find_tables(cells.turned(), matcher, header_row)
    named = [_with_titles(table) for table in found]
    return [table for table in named if not _is_guide(table, matcher)]


def _with_titles(table: Table) -> Table:
    """Where the intentions' names stand beside no label, or beside "Criterion"."""
    fields = {header.match.field for header in table.headers}
    if "title" in fields or "ref" in fields:
        return table
    first = min((h.column for h in table.headers if h.names_criterion), default=0)
    labelled = {header.column: header for header in table.headers}
    match = Match("field", ("title",), 0.7, "it stands where the intentions are named")
    for j in range(first - 1, -1, -1):
        texts = [cell for cell in table.cells.columns[j][table.first :] if shown(cell).strip()]
        header = labelled.get(j)
        text = plain(header.text) if header else ""
        if texts and text in _NAMES_FOLLOW:
            named = Header(
                j, header.text if header else "", header.parts if header else ("",), match
            )
            others = [h for h in table.headers if h.column != j]
            headers = sorted([named, *others], key=lambda one: one.column)
            return replace(table, headers=tuple(headers))
    return table


def _is_guide(table: Table, matcher: Matcher) -> bool:
    names = next((h.column for h in table.headers if h.match.field in ("title", "ref")), None)
    if names is None:
        return True
    titles = [shown(cell).strip() for cell in table.cells.columns[names][table.first : table.end]]
    titles = [title for title in titles if title]
    levels = sum(1 for title in titles if _LEVEL.fullmatch(plain(title)))
    words = scores = 0
    for header in table.headers:
        if not header.names_criterion:
            continue
        reader = ScoreReader(matcher.criteria[header.match.fields[0]])
        for cell in table.cells.columns[header.column][table.first : table.end]:
            if isinstance(cell, str) and len(cell) > 30:
                words += 1
            elif isinstance(reader.read(cell), float):
                scores += 1
    return not titles or 2 * levels > len(titles) or words >= scores
