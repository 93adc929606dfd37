"""Which of a file's tables hold the intentions; two of equal standing are asked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scoring.intake.apart import alike
from scoring.intake.cells import shown
from scoring.intake.columns import Columns, decide_columns
from scoring.intake.match import Matcher
from scoring.intake.notes_beside import Note
from scoring.intake.result import ReadingOptions
from scoring.intake.scores import share_readable
from scoring.intake.tables import Table
from scoring.intake.wording import plain
from scoring.problem import Problem, Unusable

Decided = tuple[Table, Columns]
_FULL = 3  # criteria of a table that is no doubt one of intentions
_OF_RISKS = frozenset({"likelihood", "probability", "risk", "risks", "mitigation", "mitigations"})
_SAME = 0.5  # share of intentions in common above which two tables are versions of one


@dataclass
class Chosen:
    """The tables to read; those of them whose rows are refused, and why; sheets not used."""

    tables: list[Decided]
    refused: dict[int, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    why_not: dict[str, str] = field(default_factory=dict)


def choose_tables(
    name: str, tables: list[Table], matcher: Matcher, options: ReadingOptions,
    wanted: Mapping[str, str], elsewhere: Sequence[Note] = (),
) -> Chosen:  # fmt: skip
    """Choose. `elsewhere` is what sheets without tables say of the scales. Raises `Unusable` when there is no table, or no criterion column where needed."""
    corrections = {c.sheet: c for c in options.corrections if c.file == name}
    decided = [
        (
            table,
            decide_columns(table, matcher, wanted, corrections.get(table.cells.sheet), elsewhere),
        )
        for table in tables
    ]
    if not decided:
        raise Unusable(
            Problem(name, "no table of intentions",
                    "a header row that names a title or ref and the criteria "
                    f"({', '.join(c.name for c in matcher.criteria.values())})", kind="table")
        )  # fmt: skip
    scored = _without_lists([pair for pair in decided if _criteria(pair, matcher)], matcher)
    if not scored and options.need_scores:
        table = decided[0][0]
        headers = ", ".join(shown(header.text) for header in table.headers[:12])
        raise Unusable(
            Problem(table.where(), f"no criterion columns among: {headers}",
                    f"a column for each of {', '.join(c.name for c in matcher.criteria.values())}; "
                    'name them with --map "Header=field"', kind="column")
        )  # fmt: skip
    chosen = Chosen(scored or decided)
    _set_logs_aside(chosen, matcher)
    if scored:
        _unscored(chosen, [pair for pair in decided if pair not in scored], options)
    _equal_standing(chosen)
    return chosen


def _criteria(pair: Decided, matcher: Matcher) -> set[str]:
    _, columns = pair
    return (set(columns.used) | columns.asked) & set(matcher.criteria)


def _without_lists(scored: list[Decided], matcher: Matcher) -> list[Decided]:
    """The tables that are scored. Beside a full one, one or two columns that only seem to be criteria
    and hold no score at all ("Outcome: approved") make no scored table."""
    if not any(len(_criteria(pair, matcher)) >= _FULL for pair in scored):
        return scored
    return [
        pair
        for pair in scored
        if len(_criteria(pair, matcher)) >= _FULL or pair[1].told or _has_scores(pair, matcher)
    ]


def _has_scores(pair: Decided, matcher: Matcher) -> bool:
    table, columns = pair
    body = slice(table.first, table.end)
    return bool(columns.asked & set(matcher.criteria)) or any(
        share_readable(table.cells.columns[header.column][body], matcher.criteria[id])[0] > 0
        for id, header in columns.used.items()
        if id in matcher.criteria
    )


def _set_logs_aside(chosen: Chosen, matcher: Matcher) -> None:
    """A risk log has an Impact too: a table of one or two criteria beside a fuller one, without
    titles or with likelihoods, of other things than the fuller one's intentions. It is said."""
    criteria = [_criteria(pair, matcher) for pair in chosen.tables]
    if max(map(len, criteria)) < _FULL or min(map(len, criteria)) >= _FULL:
        return
    known = set().union(*(_names(p) for p, c in zip(chosen.tables, criteria, strict=True)
                          if len(c) >= _FULL))  # fmt: skip
    kept: list[Decided] = []
    for pair, its in zip(chosen.tables, criteria, strict=True):
        table, columns = pair
        names = _names(pair)
        if len(its) >= _FULL or columns.told or 2 * len(names & known) >= len(names) > 0:
            kept.append(pair)
            continue
        headers = {word for header in table.headers for word in plain(header.text).split()}
        if "title" in columns.used and not headers & _OF_RISKS:
            kept.append(pair)
            continue
        only = ", ".join(matcher.name_of(id) for id in matcher.criteria if id in its)
        chosen.why_not[table.cells.sheet] = f"it is scored on {only} only"
        chosen.problems.append(
            Problem(table.where(), f"{_rows(names)} with {only} and no other criterion",
                    "a title and every criterion for each, if these are intentions: they were taken "
                    "for a risk log or the like and left out", "table", "table")
        )  # fmt: skip
    chosen.tables[:] = kept


def _names(pair: Decided) -> set[str]:
    """What the intentions of a table are called: refs, or titles where it has no refs."""
    table, columns = pair
    column = columns.column("ref")
    column = columns.column("title") if column is None else column
    if column is None:
        return set()
    cells = table.cells.columns[column][table.first : table.end]
    names = {shown(cell).strip().casefold() for cell in cells}
    return names - {""}


def _rows(names: set[str]) -> str:
    return f"{len(names)} row{'' if len(names) == 1 else 's'}"


def _only_refs_agree(one: Decided, other: Decided, common: set[str]) -> bool:
    """Whether two sheets number different intentions alike, as 1, 2, 3: their titles differ."""
    if one[0].cells.sheet == other[0].cells.sheet:
        return False
    titles, others = _titles(one), _titles(other)
    both = [(titles[ref], others[ref]) for ref in common if titles.get(ref) and others.get(ref)]
    same = sum(1 for a, b in both if alike(a, b))
    return bool(both) and same < _SAME * len(common)


def _titles(pair: Decided) -> dict[str, str]:
    """Titles by ref; none where the table has no column for either."""
    table, columns = pair
    ref, title = columns.column("ref"), columns.column("title")
    if ref is None or title is None:
        return {}
    body = slice(table.first, table.end)
    refs, titles = table.cells.columns[ref][body], table.cells.columns[title][body]
    return {
        shown(a).strip().casefold(): shown(b).strip() for a, b in zip(refs, titles, strict=True)
    }


def _unscored(chosen: Chosen, others: list[Decided], options: ReadingOptions) -> None:
    """Tables without criteria beside tables with them: lists, unless a person named the sheet."""
    if not others:
        return
    known = set().union(*(_names(pair) for pair in chosen.tables))
    for pair in others:
        table, columns = pair
        names, sheet = _names(pair), table.cells.sheet
        if options.sheets and {"ref", "title"} <= set(columns.used):
            chosen.tables.append(pair)
        elif any(other.cells.sheet == sheet for other, _ in chosen.tables):
            continue
        elif names and len(names & known) >= _SAME * len(names):
            chosen.why_not[sheet] = "it has no scores; its intentions are read from another sheet"
        else:
            chosen.why_not[sheet] = "it has no criterion columns"
            if names and {"ref", "title"} <= set(columns.used):
                chosen.problems.append(
                    Problem(table.where(), f"{_rows(names)} with no criterion columns",
                            f'scores, or --sheet "{sheet}" if these are intentions too',
                            "table", "table")
                )  # fmt: skip


def _equal_standing(chosen: Chosen) -> None:
    """Two tables with mostly the same intentions: which counts is a person's choice."""
    if len(chosen.tables) == 1:
        return
    names = [_names(pair) for pair in chosen.tables]
    for a in range(len(names)):
        for b in range(a + 1, len(names)):
            fewer = min(len(names[a]), len(names[b]))
            common = names[a] & names[b]
            if fewer < 2 or len(common) < _SAME * fewer:
                continue
            if _only_refs_agree(chosen.tables[a], chosen.tables[b], common):
                continue
            first, second = chosen.tables[a][0], chosen.tables[b][0]
            why = f"{first.where()} and {second.where()} hold the same intentions"
            if first.cells.sheet != second.cells.sheet:
                settle = f'--sheet "{first.cells.sheet}" or --sheet "{second.cells.sheet}"'
            else:
                settle = "the header row on the Load page, or a sheet for each table,"
            chosen.refused.update({a: why, b: why})
            chosen.problems.append(
                Problem(f"{first.where()} and {second.where()}",
                        f"two tables with {len(common)} intentions in common",
                        f"one table to read; use {settle} to say which", "table", "table")
            )  # fmt: skip
