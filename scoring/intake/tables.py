"""Finds the tables of a sheet: where the header is, how many rows it has, where the table ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from scoring.intake.cells import Cells
from scoring.intake.headers import Header, compose_header, repeats_header
from scoring.intake.match import Match, Matcher
from scoring.intake.wording import plain

_SEARCHED = 300  # rows looked through for a header row
_SEARCHED_HARD = 30  # rows in which misspelt and shortened headers are looked for too
_MOST_HEADER_ROWS = 3
_KEY_WORDS = frozenset({"key", "legend", "meaning", "scale", "definition", "definitions", "guide",
                        "weight", "weights", "weighting", "weightings"})  # fmt: skip
_MOST_TABLES = 20  # in one sheet; more is no spreadsheet of intentions


@dataclass(frozen=True)
class Table:
    """One table: its header, and its body from row `first` up to, not including, row `end`.

    Rows and columns are those of `cells`, from 0. `repeats` are body rows that repeat the header.
    """

    cells: Cells
    header_row: int
    header_rows: int
    headers: tuple[Header, ...]
    end: int
    repeats: frozenset[int] = frozenset()

    @property
    def first(self) -> int:
        """The first row of the body."""
        return self.header_row + self.header_rows

    @property
    def label_row(self) -> int:
        """The last row of the header: the one right above the body."""
        return self.first - 1

    @property
    def criteria(self) -> frozenset[str]:
        """The criteria that some header names, surely or not."""
        return frozenset(
            field
            for header in self.headers
            if header.names_criterion
            for field in header.match.fields
        )

    def where(self) -> str:
        """Where its header stands: "team.xlsx, Round!4"."""
        return self.cells.where(self.header_row)


def find_tables(cells: Cells, matcher: Matcher, header_row: int | None = None) -> list[Table]:
    """The tables of a sheet, from the top. `header_row` (from 0), where a person named it."""
    if header_row is not None:
        if not 0 <= header_row < cells.height:
            return []
        table = _table_at(cells, matcher, header_row, fixed=True)
        return [table] if table else []
    tables: list[Table] = []
    at = 0
    while (
        len(tables) < _MOST_TABLES
        and (found := _next_header(cells, matcher, at, hard=not tables)) is not None
    ):
        table = _table_at(cells, matcher, found)
        if table is None:
            at = found + 1
            continue
        lower = _header_below(table, matcher)
        repeats = frozenset(i for i in lower if repeats_header(cells, table.headers, i))
        other = min((i for i in lower if i not in repeats), default=None)
        if other is not None and (below := _table_at(cells, matcher, other)) is not None:
            table = replace(table, end=max(below.header_row, table.first))
        tables.extend(_side_by_side(replace(table, repeats=repeats), matcher))
        if table.end >= cells.height:
            break
        at = max(table.end, found + 1)
    return tables


def _next_header(cells: Cells, matcher: Matcher, start: int, hard: bool) -> int | None:
    """The next row in which at least two cells name a field."""
    stop = min(cells.height, start + _SEARCHED)
    for i in range(start, stop):
        if _hits(cells.rows[i], matcher.is_name) >= 2:
            return i
    if hard:
        for i in range(start, min(stop, start + _SEARCHED_HARD)):
            if _hits(cells.rows[i], lambda text: matcher.match(text).field is not None) >= 2:
                return i
    return None


def _hits(row: Iterable[object], is_name: Callable[[str], bool]) -> int:
    texts = {cell for cell in row if isinstance(cell, str) and 1 < len(cell) < 300}
    return sum(1 for text in texts if is_name(text)) if len(texts) > 1 else 0


def _table_at(cells: Cells, matcher: Matcher, i: int, fixed: bool = False) -> Table | None:
    """The best reading of a header at or around row `i`; None when it names too little."""
    best: tuple[float, Table] | None = None
    for top, height in _header_shapes(i, cells.height, fixed):
        headers = compose_header(cells, matcher, top, height)
        if headers is None:
            continue
        worth = _worth(headers) - 0.4 * (height - 1)
        if best is None or worth > best[0]:
            best = (worth, Table(cells, top, height, headers, cells.height))
    if best is None:
        return None
    return best[1] if fixed or _enough(best[1].headers) else None


def _header_shapes(i: int, height: int, fixed: bool) -> Iterator[tuple[int, int]]:
    """Which rows a header may take up, likeliest first."""
    yield i, 1
    for size in range(2, _MOST_HEADER_ROWS + 1):
        for top in range(i, i - 1 if fixed else i - size, -1):
            if top >= 0 and top + size <= height:
                yield top, size


def _worth(headers: Sequence[Header]) -> float:
    """How much a header says: each field once, criteria and names most."""
    fields = {
        header.match.field: header.match.confidence for header in headers if header.match.field
    }
    known = sum(
        conf * (2.0 if field in ("ref", "title") else 1.0) for field, conf in fields.items()
    )
    criteria = {f for header in headers if header.names_criterion for f in header.match.fields}
    texts = [header.text for header in headers]
    alike = len(texts) - len(set(texts))
    beside = sum(1 for header in headers if header.match.use in ("companion", "computed"))
    return known + 2.0 * len(criteria) + 0.2 * beside - 0.1 * alike


def _enough(headers: Iterable[Header]) -> bool:
    """Whether a header can be that of a table of intentions."""
    fields = {header.match.field for header in headers if header.match.field}
    criteria = {f for header in headers if header.names_criterion for f in header.match.fields}
    named = bool(fields & {"ref", "title", "description"})
    return len(criteria) >= 3 or (named and (bool(criteria) or len(fields) >= 2))


def _header_below(table: Table, matcher: Matcher) -> list[int]:
    """Rows of the body that look like a header again."""
    cells = table.cells
    rows: set[int] = set()
    for header in table.headers:
        if not header.names_criterion and header.match.field not in ("ref", "title"):
            continue
        column = cells.columns[header.column][table.first :]
        own = {part.strip().casefold() for part in (header.text, *header.parts)}
        lengths = {len(text) for text in own}
        distinct = set(column)
        names = {
            cell
            for cell in distinct
            if isinstance(cell, str) and len(cell) in lengths and cell.strip().casefold() in own
        }
        if header.names_criterion and len(distinct) < _SEARCHED:
            texts = (cell for cell in distinct if isinstance(cell, str))
            names |= {cell for cell in texts if 1 < len(cell) < 80 and matcher.is_name(cell)}
        if names:
            rows.update(i for i, cell in enumerate(column, table.first) if cell in names)
    return sorted(i for i in rows if _hits(cells.rows[i], matcher.is_name) >= 2)


def _side_by_side(table: Table, matcher: Matcher) -> list[Table]:
    """The table, cut where empty columns part it from another that names the same fields."""
    blocks: list[list[Header]] = []
    for header in table.headers:
        if blocks and header.column == blocks[-1][-1].column + 1:
            blocks[-1].append(header)
        else:
            blocks.append([header])
    if len(blocks) == 1:
        return [table]
    blocks.sort(key=lambda block: -_worth(block))
    main, others = list(blocks[0]), []
    for block in blocks[1:]:
        fields = {header.match.field for header in block if header.match.field}
        if fields & {"ref", "title"} & {header.match.field for header in main} and _enough(block):
            others.append(block)
        else:
            main.extend(map(_as_key, block) if _is_key(block) else block)
    main.sort(key=lambda header: header.column)
    return [replace(table, headers=tuple(block)) for block in (main, *others)]


def _is_key(block: Sequence[Header]) -> bool:
    """Whether columns that stand apart are a key to the scores, or the weights."""
    words = {word for header in block for word in plain(header.text).split()}
    return not any(header.match.field for header in block) and bool(words & _KEY_WORDS)


def _as_key(header: Header) -> Header:
    return replace(header, match=Match("companion", (), 0.6, "a key beside the table"))
