"""Scenarios side by side: places, totals, moves and the line under each, as titled tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from scoring.analysis.funding_line import funding_line, must_do_reasons
from scoring.export.tables import Cell, Column, Table, distinct, list_order
from scoring.framework import Weights
from scoring.ranking import Ranking, prioritise
from scoring.scenario import Scenario

PUBLISHED, CURRENT = "Published weights", "Current weights"
YES, NO = "yes", "no"
IN, OUT, TIED, MUST_DO, UNRANKED = "in", "out", "tied at the line", "must-do", "not ranked"
# Rows of the summary that are no criterion's: their ids cannot be a criterion's.
LINE, ROOM, MOVED, ENTER, LEAVE = "(line)", "(room)", "(moved)", "(enter)", "(leave)"
WHY, BY, AT = "(why)", "(by)", "(at)"
_NAME = 60  # characters of a scenario's name that a header shows


@dataclass(frozen=True, eq=False)
class Compared:
    """One scenario: its ranking, the line it was looked at with (0: none), and whose it is."""

    name: str
    ranking: Ranking
    line: int
    why: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, eq=False)
class SideBySide:
    """The scenarios to compare. Moves are told against the first, the published weights; the second
    is the one that is exported, whose figures follow the workbook's weights.

    `must_do` (intentions,) stand outside the line; where `counted`, each takes a place above it.
    """

    scenarios: tuple[Compared, ...]
    must_do: tuple[bool, ...]
    counted: bool = True

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names, told apart where two are alike in all but capitals."""
        columns = [Column(str(k), s.name[:_NAME]) for k, s in enumerate(self.scenarios)]
        return tuple(column.header for column in distinct(columns))

    @property
    def has_line(self) -> bool:
        """Whether any scenario has a funding line."""
        return any(scenario.line > 0 for scenario in self.scenarios)

    @cached_property
    def sides(self) -> tuple[tuple[str, ...], ...]:
        """For each scenario, which side of its line every intention is on; "" without a line."""
        return tuple(self._sides(scenario) for scenario in self.scenarios)

    def room(self, scenario: Compared) -> int:
        """How many places above a scenario's line are left to those that are no must-dos."""
        return max(0, scenario.line - (sum(self.must_do) if self.counted else 0))

    def _sides(self, scenario: Compared) -> tuple[str, ...]:
        if scenario.line < 1:
            return ("",) * len(self.must_do)
        cut = funding_line(scenario.ranking, scenario.line, self.must_do, self.counted)
        ranked = scenario.ranking.places.ranked
        return tuple(
            MUST_DO
            if must
            else UNRANKED
            if not ranked[i]
            else (IN if cut.above[i] else TIED if cut.tied[i] else OUT)
            for i, must in enumerate(self.must_do)
        )


def side_by_side(
    ranking: Ranking,
    line: int,
    scenarios: Iterable[Scenario] = (),
    must_do: Sequence[bool] | None = None,
    counted: bool = True,
) -> SideBySide:
    """The published weights, the ranking's own and every other scenario, of one sheet.

    `line` is that of the first two. `must_do` are those that the sheet marks, where none is given.
    """
    sheet = ranking.sheet

    def under(weights: Weights) -> Ranking:
        if weights.units == ranking.weights.units:
            return ranking
        return prioritise(sheet, weights, ranking.totals.missing, segments=ranking.segments)

    marked = [bool(reason) for reason in must_do_reasons(sheet)] if must_do is None else must_do
    made = [
        Compared(PUBLISHED, under(sheet.framework.weights), line, "As published."),
        Compared(CURRENT, ranking, line, "Those of this workbook: see Weights."),
        *(Compared(s.name, under(s.weights), s.line, s.why, s.by, s.at) for s in scenarios),
    ]
    return SideBySide(tuple(made), tuple(map(bool, marked)), counted)


def summary_rows(side: SideBySide) -> dict[str, str]:
    """{id: label} of the rows of `scenarios_table`, in order."""
    criteria = side.scenarios[0].ranking.sheet.framework.criteria
    rows = {c.id: f"Weight of {c.name} (%)" for c in criteria}
    if side.has_line:
        rows |= {LINE: "Funding line after place", ROOM: "Places left after must-dos"}
    rows |= {MOVED: "Intentions that move"}
    if side.has_line:
        rows |= {ENTER: "Intentions that come in", LEAVE: "Intentions that go out"}
    told: dict[str, list[object]] = {
        WHY: [s.why for s in side.scenarios],
        BY: [s.by for s in side.scenarios],
        AT: [s.at for s in side.scenarios],
    }
    words = {WHY: "Why", BY: "Set by", AT: "Set at"}
    return rows | {id: words[id] for id, given in told.items() if any(given)}


def scenarios_table(side: SideBySide) -> Table:
    """One column a scenario: its weights, its line, how many move or cross the line, whose it is.

    Scenarios stand across, weights down: the other way round it would look like intentions and
    their scores to whoever reads the workbook again.
    """
    rows = summary_rows(side)
    columns = [_about(side, k) for k in range(len(side.scenarios))]
    return Table(
        "Scenarios",
        "The scenarios that are compared",
        distinct(
            [
                Column("what", "Of each scenario", "long"),
                *(Column(f"scenario_{k}", name, "long") for k, name in enumerate(side.names)),
            ]
        ),
        tuple((label, *(column.get(id) for column in columns)) for id, label in rows.items()),
        "Moves, and who comes in or goes out, are told against the published weights. An empty "
        "cell: nothing was recorded, or there is nothing to compare.",
    )


def _about(side: SideBySide, k: int) -> dict[str, Cell]:
    """What stands in the column of scenario `k`, by the row's id."""
    scenario, first = side.scenarios[k], side.scenarios[0]
    said: dict[str, Cell] = {
        id: round(share, 2) for id, share in scenario.ranking.weights.percent.items()
    }
    said |= {WHY: scenario.why or None, BY: scenario.by or None}
    if scenario.at:
        said[AT] = f"{scenario.at.day} {scenario.at:%B %Y, %H:%M}"
    if scenario.line:
        said |= {LINE: scenario.line, ROOM: side.room(scenario)}
    if k:
        was, now = first.ranking.places, scenario.ranking.places
        said[MOVED] = int((was.ranked & now.ranked & (was.place != now.place)).sum())
        if scenario.line and first.line:
            pairs = list(zip(side.sides[0], side.sides[k], strict=True))
            said[ENTER] = sum(before != IN and after == IN for before, after in pairs)
            said[LEAVE] = sum(before == IN and after != IN for before, after in pairs)
    return said


def compared_table(ranking: Ranking, side: SideBySide) -> Table:
    """Every intention in the ranking's order: its ranks side by side, then moves, sides, totals.

    A move is how many places it rises against the first scenario. What cannot be ranked in a
    scenario has no rank, total or move there. Without any line there are no sides.
    """
    order, sheet = list_order(ranking), ranking.sheet
    cells: list[tuple[Column, Sequence[Cell]]] = [
        (Column("ref", "Ref"), sheet.refs),
        (Column("title", "Title", "long"), sheet.titles),
        (Column("must", "Must-do"), [YES if must else NO for must in side.must_do]),
    ]
    named = list(enumerate(zip(side.names, side.scenarios, strict=True)))
    first = side.scenarios[0].ranking.places.place
    for k, (name, scenario) in named:
        places = scenario.ranking.places.place
        cells.append(
            (Column(f"rank_{k}", f"Rank: {name}", "place"), [int(p) or None for p in places])
        )
    for k, (name, scenario) in named[1:]:
        places = scenario.ranking.places.place
        up = [int(a - b) if a and b else None for a, b in zip(first, places, strict=True)]
        cells.append((Column(f"moved_{k}", f"Places up: {name}", "move"), up))
    for k, (name, _) in named if side.has_line else ():
        words = [said or None for said in side.sides[k]]
        cells.append((Column(f"side_{k}", f"Line: {name}"), words))
    for k, (name, scenario) in named:
        totals, ranked = scenario.ranking.totals.total, scenario.ranking.places.ranked
        shown = [round(float(t), 9) if r else None for t, r in zip(totals, ranked, strict=True)]
        cells.append((Column(f"total_{k}", f"Total: {name}", "total"), shown))
    note = (
        "In or out: of each scenario's own line, must-dos apart. An empty cell: not ranked there, "
        "so no total and no move."
    )
    rows = tuple(tuple(column[i] for _, column in cells) for i in order)
    columns = distinct([column for column, _ in cells])
    return Table("Scenarios compared", "Scenarios side by side", columns, rows, note)
