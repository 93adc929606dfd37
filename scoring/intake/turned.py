"""Tables that lie on their side: criteria as rows, intentions as columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from scoring.intake.cells import Cells, shown
from scoring.intake.headers import Header
from scoring.intake.labels import is_summary, is_weight
from scoring.intake.match import Match, Matcher
from scoring.intake.scores import ScoreReader
from scoring.intake.tables import Table, find_tables
from scoring.intake.wording import COMPANION, plain

_MOST_ROWS = 2_000  # a sheet with more rows than this has intentions as rows
_NAMES_FOLLOW = frozenset({"", "criterion", "criteria", "measure", "domain", "question", "factor",
                           "criterion intention", "criteria intention", "intention criterion"})  # fmt: skip
_REF = re.compile(r"[A-Za-z]{1,8}(?:[-_/. ]?[A-Za-z]{1,8})?[-_/. ]{0,2}\d{1,6}[A-Za-z]?")
_GUIDE = re.compile(
    r"(?:what )?(?:an? )?(?:score |scoring |level )?(?:of )?\d{1,3} (?:means?|is|looks like|meaning|"
    r"anchor|descriptor|description|definition)(?: .*)?|anchors?|guidance|descriptors?|definition|"
    r"what it asks|scale|scoring guide"
)
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
    named = [_without_guides(_with_names(table), matcher) for table in found]
    return [table for table in named if not _is_guide(table, matcher)]


def _with_names(table: Table) -> Table:
    """Where the intentions' refs or titles stand beside no label, or beside "Criterion"."""
    fields = {header.match.field for header in table.headers}
    if "ref" in fields:
        return table
    first = min((h.column for h in table.headers if h.names_criterion), default=0)
    labelled = {header.column: header for header in table.headers}
    for j in range(first - 1, -1, -1):
        cells = table.cells.columns[j][table.first : table.end]
        texts = [shown(cell).strip() for cell in cells if shown(cell).strip()]
        header = labelled.get(j)
        if not texts or (plain(header.text) if header else "") not in _NAMES_FOLLOW:
            continue
        field = "ref" if _are_refs(texts) else "title"
        if field in fields:
            continue
        match = Match("field", (field,), 0.7, "it stands where the intentions are named")
        named = Header(j, header.text if header else "", header.parts if header else ("",), match)
        others = [h for h in table.headers if h.column != j]
        headers = sorted([named, *others], key=lambda one: one.column)
        return replace(table, headers=tuple(headers))
    return table


def _are_refs(texts: Sequence[str]) -> bool:
    """Whether names are refs: each its own, a few letters and a number ("MH-01"). Labels of weights,
    totals and guidance are no names."""
    names = [text for text in texts if not _is_label(text)]
    distinct = len({name.casefold() for name in names}) == len(names) > 0
    return distinct and all(_REF.fullmatch(name) for name in names)


def _is_label(text: str) -> bool:
    said = plain(text)
    return bool(_GUIDE.fullmatch(said)) or is_weight(text) or is_summary(text)


def _without_guides(table: Table, matcher: Matcher) -> Table:
    """Columns that say what a level means, or give the reasons for scores, stand among the
    intentions, and are none."""
    names = [h.column for h in table.headers if h.match.field in ("ref", "title")]
    criteria = {
        h.column: ScoreReader(matcher.criteria[h.match.fields[0]])
        for h in table.headers
        if h.names_criterion
    }
    guides: set[int] = set()
    for i in range(table.first, min(table.end, table.cells.height)):
        row = table.cells.rows[i]
        said = [plain(shown(row[j])) for j in names]
        if not all(isinstance(row[j], str) for j in criteria):
            continue
        if any(_GUIDE.fullmatch(text) for text in said) or (
            any(text.rpartition(" ")[2] in COMPANION for text in said)
            and not any(isinstance(reader.read(row[j]), float) for j, reader in criteria.items())
        ):
            guides.add(i)
    return replace(table, repeats=table.repeats | guides) if guides else table


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
