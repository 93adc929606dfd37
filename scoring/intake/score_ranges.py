"""Ranges of scores: the lowest and the highest that assessors would give, by intention and criterion.

Two layouts are read: a row a range (ref, criterion, low, high), or a row an intention with two
columns a criterion ("Impact low", "Impact high"), which may stand beside the scores themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from scoring.framework import Criterion, Framework
from scoring.intake.cells import Cell, Cells, shown
from scoring.intake.match import Matcher
from scoring.intake.result import DEFAULT_OPTIONS, Source
from scoring.intake.undisturbed import undisturbed
from scoring.intake.workbook import Workbook
from scoring.problem import Problem, Unusable

_SEARCHED = 50  # rows looked through for the header
_LOW = frozenset({"low", "lowest", "min", "minimum", "from", "lower"})
_HIGH = frozenset({"high", "highest", "max", "maximum", "to", "upper"})
_CRITERION = frozenset({"criterion", "criteria"})
_REF = frozenset({"ref", "reference", "id", "intention", "ci ref"})
_Ends = dict[str, dict[str, int]]  # criterion id ("" in a row a range) -> "low", "high" -> column


@dataclass(frozen=True, slots=True)
class ScoreRange:
    """The lowest and the highest score of one intention on one criterion, in its own unit."""

    ref: str
    criterion: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ScoreRanges:
    """The ranges of a table, and every row or cell that could not be used."""

    found: tuple[ScoreRange, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class RangeRow:
    """One range as it was given: where it stands and what its four cells hold."""

    where: str
    ref: str
    criterion: str
    low: Cell | None
    high: Cell | None


def read_ranges(source: Source, framework: Framework, refs: Iterable[str]) -> ScoreRanges:
    """The ranges of a spreadsheet or CSV file, from the first sheet that has any.

    Raises `Unusable` for a file that cannot be read, or that has no columns of ranges.
    """
    with undisturbed():
        book, matcher = Workbook(source, DEFAULT_OPTIONS.limits), Matcher(framework)
        for sheet in book.sheets:
            if not sheet.is_table or sheet.hidden:
                continue
            cells = book.read(sheet)
            for i in range(min(_SEARCHED, cells.height)):
                columns, ends = _header(cells.rows[i], matcher)
                if columns.get("ref") is not None and ends:
                    return ranges_of(_rows(cells, i, columns, ends), framework, refs)
    wanted = (
        "a row of headers with ref, criterion, low and high, or with ref and two columns a "
        'criterion such as "Impact low" and "Impact high"'
    )
    raise Unusable(Problem(source.name, "no such row", wanted, kind="score"))


def ranges_of(rows: Iterable[RangeRow], framework: Framework, refs: Iterable[str]) -> ScoreRanges:
    """The ranges that can be used; a problem for each row that cannot.

    Rows without a low and a high say nothing. The two may be given either way round.
    """
    matcher, known = Matcher(framework), set(refs)
    found: dict[tuple[str, str], ScoreRange] = {}
    problems: list[Problem] = []
    for row in rows:
        if _blank(row.low) and _blank(row.high):
            continue
        criterion, wrong = _named(row, matcher, known)
        if criterion is None:
            problems += wrong
            continue
        numbers = []
        for end, cell in (("low", row.low), ("high", row.high)):
            number = _number(cell)
            if number is None or not criterion.scale.allows(number):
                text = "" if cell is None else shown(cell)
                label = f"{row.ref}, {criterion.name} {end}"
                wrong.append(Problem(row.where, text, criterion.scale.in_words, label, "score"))
            else:
                numbers.append(float(number))
        key = (row.ref, criterion.id)
        if not wrong and key in found:
            wanted = "one range for each intention and criterion: the first is used"
            wrong.append(Problem(row.where, f"{row.ref}, {criterion.name}", wanted, kind="score"))
        problems += wrong
        if not wrong:
            found[key] = ScoreRange(*key, min(numbers), max(numbers))
    return ScoreRanges(tuple(found.values()), tuple(problems))


def _named(
    row: RangeRow, matcher: Matcher, known: set[str]
) -> tuple[Criterion | None, list[Problem]]:
    """The criterion that a row names, where it and the ref are known."""
    problems = []
    if row.ref not in known:
        wanted = "the ref of an intention of this round"
        problems.append(Problem(row.where, row.ref, wanted, "ref", "score"))
    id: str | None = row.criterion
    if id not in matcher.criteria:
        id = matcher.match(row.criterion).field if row.criterion else None
    if id not in matcher.criteria:
        names = ", ".join(criterion.name for criterion in matcher.criteria.values())
        wanted = f"one of {names}"
        problems.append(Problem(row.where, row.criterion, wanted, "criterion", "score"))
    if problems or id is None:
        return None, problems
    return matcher.criteria[id], []


def _blank(cell: Cell | None) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _number(cell: Cell | None) -> Decimal | None:
    try:
        number = Decimal(shown(cell)) if cell is not None else Decimal("NaN")
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _header(
    row: Iterable[Cell], matcher: Matcher
) -> tuple[Mapping[str, int], Mapping[str, Mapping[str, int]]]:
    """The columns of ref and criterion, and those of the low and high ends; no ends: no header."""
    columns: dict[str, int] = {}
    ends: _Ends = {}
    for j, cell in enumerate(row):
        words = str(cell).casefold().replace("_", " ").split() if isinstance(cell, str) else []
        if not words:
            continue
        whole = " ".join(words)
        end = "low" if words[-1] in _LOW else "high" if words[-1] in _HIGH else ""
        if whole in _CRITERION:
            columns.setdefault("criterion", j)
        elif end and len(words) == 1:
            ends.setdefault("", {}).setdefault(end, j)
        elif end:
            field = matcher.match(" ".join(words[:-1])).field
            if field in matcher.criteria:
                ends.setdefault(str(field), {}).setdefault(end, j)
        elif whole in _REF or matcher.match(str(cell)).field == "ref":
            columns.setdefault("ref", j)
    if "criterion" not in columns:
        ends.pop("", None)
    return columns, {id: both for id, both in ends.items() if len(both) == 2}


def _rows(
    cells: Cells, header: int, columns: Mapping[str, int], ends: Mapping[str, Mapping[str, int]]
) -> Iterator[RangeRow]:
    for i in range(header + 1, cells.height):
        row = cells.rows[i]
        for id, both in ends.items():
            criterion = id or shown(row[columns["criterion"]])
            where = cells.where(i, both["low"])
            ref = shown(row[columns["ref"]]).strip()
            yield RangeRow(where, ref, criterion.strip(), row[both["low"]], row[both["high"]])
