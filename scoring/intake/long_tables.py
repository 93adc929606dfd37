"""Tables with one score a row: "Ref, Criterion, Score" becomes a row for each intention.

Every score keeps the place where it was written; rows above and below the table stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from scoring.intake.apart import same_ref
from scoring.intake.cells import Cell, Cells, OneScoreARow, shown
from scoring.intake.labels import is_summary, is_weight
from scoring.intake.match import Match, Matcher
from scoring.intake.wording import read_header

_SEARCHED = 60  # rows looked through for the header
_CRITERION = frozenset({"criterion", "criteria", "measure", "factor", "question", "criterion name",
                        "criteria name", "scoring criterion", "scoring criteria",
                        "assessment criterion", "assessment criteria"})  # fmt: skip
_SCORE = frozenset({"score", "scores", "rating", "mark", "grade", "value", "level", "agreed score",
                    "panel score", "final score", "score given", "raw score"})  # fmt: skip
_MOSTLY = 0.6  # share of rows that name a criterion
_GAP = 3  # rows that name none, after which the table has ended
_LONGEST = 120  # characters of a criterion's name with its guidance


@dataclass
class _Item:
    """One intention: its rows, and the rows that score it, by the column that is made for them."""

    rows: list[int] = field(default_factory=list)
    scored: dict[int, list[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Header:
    row: int
    criterion: int
    score: int
    names: tuple[int, ...]  # the columns of refs and titles


def put_together(cells: Cells, matcher: Matcher, header_row: int | None = None) -> Cells | None:
    """The same sheet with a row for each intention and a column for each criterion; None where it
    holds no table with one score a row. `header_row` (from 0), where a person named it."""
    for header in _headers(cells, matcher, header_row):
        found = _Pivot(cells, matcher, header).cells()
        if found is not None:
            return found
    return None


def _headers(cells: Cells, matcher: Matcher, at: int | None) -> Iterator[_Header]:
    rows = range(min(_SEARCHED, cells.height)) if at is None else (at,)
    for i in rows:
        texts = {
            j: read_header(cell)
            for j, cell in enumerate(cells.rows[i] if 0 <= i < cells.height else ())
            if isinstance(cell, str) and 1 < len(cell) < _LONGEST
        }
        criteria = [j for j, text in texts.items() if text.whole in _CRITERION]
        scores = [j for j, text in texts.items() if text.whole in _SCORE or text.start in _SCORE]
        if len(criteria) != 1 or len(scores) != 1:
            continue
        matches = {j: matcher.match(text.raw) for j, text in texts.items()}
        names = [j for j, match in matches.items() if match.field in ("ref", "title")]
        names.sort(key=lambda j: matches[j].field != "ref")
        if names:
            yield _Header(i, criteria[0], scores[0], tuple(names))


class _Pivot:
    def __init__(self, cells: Cells, matcher: Matcher, header: _Header) -> None:
        self._cells, self._matcher, self._header = cells, matcher, header
        self._made: dict[tuple[str, str], tuple[int, str]] = {}  # what is meant -> column, header
        self._items: list[_Item] = []
        self._aside: list[int] = []
        self._end = header.row + 1

    def cells(self) -> Cells | None:
        if not self._gather():
            return None
        cells, header = self._cells, self._header
        extra = len(self._made)
        rows = [[*row, *[""] * extra] for row in cells.rows[: header.row + 1]]
        numbers = [cells.number(i) for i in range(header.row + 1)]
        moved: dict[tuple[int, int], tuple[int, int]] = {}
        faults = {at: fault for at, fault in cells.faults.items() if at[0] <= header.row}
        for j, text in self._made.values():
            rows[header.row][j] = text
            moved[header.row, j] = cells.place(header.row, header.score)
        rows[header.row][header.criterion] = rows[header.row][header.score] = ""
        for item in self._items:
            at = len(rows)
            rows.append(self._row(item))
            numbers.append(cells.number(item.rows[0]))
            for j, scored in item.scored.items():
                moved[at, j] = cells.place(scored[0], header.score)
                if fault := self._fault(scored):
                    faults[at, j] = fault
        below = range(self._end, cells.height)
        shift = len(rows) - self._end
        rows += [[*cells.rows[i], *[""] * extra] for i in below]
        numbers += [cells.number(i) for i in (*below, cells.height)]
        faults.update({(i + shift, j): f for (i, j), f in cells.faults.items() if i >= self._end})
        merged = tuple(span for span in cells.merged if span[2] < header.row)
        return replace(
            cells, rows=rows, merged=merged, faults=faults, lengths=(),
            one_score_a_row=OneScoreARow(
                tuple(numbers), moved, sum(len(item.rows) for item in self._items), self._left_out()
            ),
        )  # fmt: skip

    def _left_out(self) -> tuple[tuple[str, str, bool], ...]:
        """The rows inside the table that name no criterion: where, what, and whether a score is lost."""
        cells, header = self._cells, self._header
        left = []
        for i in self._aside:
            row = cells.rows[i]
            name, score = shown(row[header.criterion]).strip(), shown(row[header.score]).strip()
            texts = [shown(cell).strip() for cell in row if shown(cell).strip()]
            if i < self._end and texts:
                lost = bool(name and score) and not is_summary(name) and not is_weight(name)
                left.append((cells.where(i, header.criterion), " | ".join(texts[:4]), lost))
        return tuple(left)

    def _gather(self) -> bool:
        """Sort the rows into intentions; whether that makes sense of nearly all of them."""
        cells, header = self._cells, self._header
        by_name: dict[str, _Item] = {}
        item: _Item | None = None
        told = others = gap = 0
        for i in range(header.row + 1, cells.height):
            row = cells.rows[i]
            match = self._criterion(row[header.criterion])
            name = next((shown(row[j]).strip() for j in header.names if shown(row[j]).strip()), "")
            if match is None:
                self._aside.append(i)
                others += bool(shown(row[header.criterion]).strip())
                gap += 1
                if gap > _GAP:
                    break
                continue
            if name:
                item = by_name.setdefault(same_ref(name), _Item())
            if item is None:
                return False
            item.rows.append(i)
            item.scored.setdefault(self._column(match, row[header.criterion]), []).append(i)
            told, gap, self._end = told + 1, 0, i + 1
        self._items = list(by_name.values())
        several = sum(1 for item in self._items if len(item.scored) > 1)
        return told >= _MOSTLY * (told + others) > 0 and 2 * several > len(self._items)

    def _criterion(self, cell: Cell) -> Match | None:
        if not isinstance(cell, str) or not 1 < len(cell) < _LONGEST:
            return None
        match = self._matcher.match(cell)
        return match if match.is_criterion and match.use == "field" else None

    def _column(self, match: Match, name: Cell) -> int:
        """The column of a criterion under its name, or under one for the good of it."""
        key = (match.fields[0], match.polarity)
        if key not in self._made:
            self._made[key] = (self._cells.width + len(self._made), shown(name))
        return self._made[key][0]

    def _row(self, item: _Item) -> list[Cell]:
        cells, header = self._cells, self._header
        row: list[Cell] = []
        for j in range(cells.width):
            values = list(dict.fromkeys(cells.rows[i][j] for i in item.rows))
            values = [value for value in values if shown(value).strip()]
            joined = "; ".join(map(shown, values)) if len(values) > 1 else ""
            row.append(joined or (values[0] if values else ""))
        row[header.criterion] = row[header.score] = ""
        for j, _ in self._made.values():
            scored = item.scored.get(j, ())
            row.append(cells.rows[scored[0]][header.score] if scored else "")
        return row

    def _fault(self, scored: Sequence[int]) -> str:
        """What a score shows that cannot be used: a failed formula, or two scores that differ."""
        at = self._header.score
        shows = [self._cells.faults[i, at] for i in scored if (i, at) in self._cells.faults]
        values = list(dict.fromkeys(shown(self._cells.rows[i][at]).strip() for i in scored))
        return shows[0] if shows else " and ".join(values) if len(values) > 1 else ""
