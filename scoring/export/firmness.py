"""How firm a ranking is, as the tables of a workbook: chances and limits for one funding line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from scoring.export.tables import Cell, Column, Table, list_order
from scoring.problem import Unusable
from scoring.ranking import Ranking
from scoring.sheet import Bools

if TYPE_CHECKING:
    from scoring.analysis.assumptions import Assumptions
    from scoring.analysis.limits import Limits
    from scoring.analysis.simulation import Simulation

MOST_PLACES = 2_000  # with more intentions only the line is counted, as on the How firm? page
_AS_EXPORTED = "As exported; it does not recalculate."


@dataclass(frozen=True, eq=False)
class Firmness:
    """What is known about one ranking and one funding line.

    `simulation` or `limits` is None where they cannot be given; `refused` then says why, one
    sentence each.
    """

    line: int
    simulation: Simulation | None
    limits: Limits | None
    refused: tuple[str, ...] = ()


def assess(
    ranking: Ranking,
    line: int,
    must_do: Sequence[bool] | Bools | None = None,
    counted: bool = True,
    assumptions: Assumptions | None = None,
    progress: Callable[[float], None] | None = None,
) -> Firmness:
    """The chances (10,000 draws) and the exact limits.

    `must_do` and `counted` are as for `funding_line`. `progress` is called with the share done, 0
    to 1. Without `assumptions` weights are drawn
    around today's and scores are as given. Raises ValueError for a line below 1.
    """
    # Libraries that take a while to import: only who asks waits for them.
    from scoring.analysis.assumptions import Assumptions
    from scoring.analysis.limits import top_limits

    if line < 1:
        raise ValueError("the funding line must be at place 1 or later")
    simulation, limits, refused = None, None, []
    full = len(ranking.sheet) <= MOST_PLACES
    try:
        asked = assumptions or Assumptions()
        simulation = asked.simulate(ranking, line, full, must_do, counted, progress)
    except Unusable as no:
        refused.append(f"No chances can be given. {no}")
    try:
        limits = top_limits(ranking, line, must_do, counted)
    except Unusable as no:
        refused.append(f"No limits can be given. {no}")
    return Firmness(line, simulation, limits, tuple(refused))


def firmness_tables(ranking: Ranking, firmness: Firmness) -> tuple[Table, ...]:
    """The tables there are: the chances of each intention, the limits of each weight."""
    tables = []
    if firmness.simulation is not None and len(firmness.simulation):
        tables.append(_chances(ranking, firmness.simulation))
    if firmness.limits is not None:
        tables.append(_limits(firmness.limits))
    return tuple(tables)


def firmness_in_words(firmness: Firmness) -> tuple[tuple[str, str], ...]:
    """What to know to read them, as (what, says)."""
    says: list[tuple[str, str]] = []
    found, limits = firmness.simulation, firmness.limits
    if found is not None and len(found):
        says.append(("How firm", f"For a line after {found.line}: {found.sentence}"))
        says.append(("How the chances were drawn", _drawn(found)))
    if limits is not None:
        said = f"{_LIMITS} {limits.tie}".strip()
        says.append(("How far a weight may go", f"{said} {_AS_EXPORTED}"))
    says += [("How firm", no) for no in firmness.refused]
    return tuple(says)


_LIMITS = (
    "One weight moves and the others keep their proportions. Between the lowest and the highest "
    "weight nobody crosses the line; at either of them two totals are level. Worked out exactly, "
    "nothing is sampled."
)


def _drawn(found: Simulation) -> str:
    firm = f"{100 * found.firm:g}%"
    out = f"{100 * found.out:g}%"
    said = (
        f"{found.weights}; {found.scores}. {found.error_in_words} Firm in: above the line in at "
        f"least {firm} of the draws; firm out: in at most {out}; borderline: in between. Must-dos "
        "stand outside: they are not listed and places count the others only."
    )
    if found.incomplete:
        several = found.incomplete > 1
        said += (
            f" {found.incomplete} intention{'s' if several else ''} with a missing score "
            f"{'are' if several else 'is'} drawn over the whole scale there."
        )
    return f"{said[0].upper()}{said[1:]} {_AS_EXPORTED}"


def _chances(ranking: Ranking, found: Simulation) -> Table:
    sheet, places = ranking.sheet, ranking.places
    row_of = {ref: k for k, ref in enumerate(found.refs)}
    ranges = (found.expected_place, found.low_place, found.high_place)
    full = not bool(np.isnan(ranges[0]).any())
    rows: list[tuple[Cell, ...]] = []
    for i in list_order(ranking):
        k = row_of.get(sheet.refs[i])
        if k is None:
            continue
        own: tuple[Cell, ...] = (
            sheet.refs[i],
            sheet.titles[i],
            int(places.place[i]) or None,
            "above" if found.standing[k] else "below" if found.ranked[k] else "not ranked",
            round(100 * float(found.above[k]), 9),
            found.verdicts[k],
        )
        if full:
            own += (round(float(ranges[0][k]), 4), int(ranges[1][k]), int(ranges[2][k]))
        rows.append(own)
    columns: tuple[Column, ...] = (
        Column("ref", "Ref"),
        Column("title", "Title", "long"),
        Column("rank_now", "Rank as exported", "place"),
        Column("today", "Side of the line"),
        Column("chance", "Chance of being above the line (%)", "points"),
        Column("verdict", "Verdict"),
    )
    if full:
        columns += (
            Column("mean_place", "Mean place", "total"),
            Column("low_place", "Best place in 9 draws of 10", "place"),
            Column("high_place", "Worst place in 9 draws of 10", "place"),
        )
    note = f"{_drawn(found)} An empty rank means that a score is missing."
    if not full:
        note += f" With more than {MOST_PLACES:,} intentions only the line is counted."
    return Table("How firm", f"How firm: {found.sentence}", columns, tuple(rows), note)


def _limits(limits: Limits) -> Table:
    rows = tuple(
        (
            limit.name,
            round(float(limit.today), 9),
            round(float(limit.low), 9),
            round(float(limit.high), 9),
            limits.sentence(limit),
        )
        for limit in limits.by_criterion
    )
    columns = (
        Column("criterion", "Criterion"),
        Column("now", "Share as exported (%)", "points"),
        Column("lowest", "Lowest (%)", "points"),
        Column("highest", "Highest (%)", "points"),
        Column("says", "In words", "long"),
    )
    note = f"{_LIMITS} {limits.tie}".strip()
    return Table(
        "Weight limits", "How far each weight may go", columns, rows, f"{note} {_AS_EXPORTED}"
    )
