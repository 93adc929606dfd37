"""Chances: who would be within the first places were the weights not quite what they are."""

from __future__ import annotations

from collections.abc import Callable

from scoring.analysis.assumptions import Assumptions, always, drawn_ranges
from scoring.analysis.simulation import Simulation
from scoring.export.paper.blocks import Block, Blocks, Grid, Heading, Paragraph
from scoring.export.paper.choices import Matter
from scoring.export.paper.grids import EMPTY
from scoring.export.paper.wording import count, is_are, listed, short
from scoring.export.tables import Cell, Column, Table
from scoring.problem import Unusable
from scoring.ranking import Ranking
from scoring.rounding import one_decimal

_MOST = 40


def chances(matter: Matter, progress: Callable[[float], None] | None = None) -> Blocks:
    """Weights drawn many times around those used: how many stay, and who is borderline.

    () when the analysis cannot be made of this round.
    """
    ranking = matter.ranking
    try:
        asked = matter.choices.assumptions or Assumptions()
        line = matter.choices.line
        found = asked.simulate(ranking, line, False, matter.must_do, matter.counted, progress)
        ranges = drawn_ranges(found.weights, ranking.weights)
    except Unusable:
        return ()
    criteria = ranking.sheet.framework.criteria
    within = listed(
        [
            f"{c.name} {one_decimal(ranges[c.id][0])}% to {one_decimal(ranges[c.id][1])}%"
            for c in criteria
        ]
    )
    often = "All draws" if always(found.weights) else "Nine draws in ten"
    over = " A missing score was drawn over its scale." if found.incomplete else ""
    text = (
        f"Weights and scores were drawn {found.draws:,} times and the intentions ranked each time: "
        f"{found.weights}; {found.scores}. {often} keep each weight within: {within}.{over} "
        f"{found.error_in_words} The draws are the same each time."
    )
    if found.fixed:
        text = found.error_in_words
    blocks: list[Block] = [
        Heading("If the weights were a little different", 2),
        Paragraph(text),
        Paragraph(_summary(found, matter.apart)),
    ]
    table = _borderline(ranking, found)
    if table.rows:
        caption = "Borderline: neither nearly always above the line nor nearly always below"
        blocks.append(Grid(table, caption, {"title": 5, "chance": 2}))
    return tuple(blocks)


def _summary(found: Simulation, apart: int) -> str:
    today = int(found.standing.sum())
    firm = len(found.refs_of("firm in", True))
    unsure, waiting = (
        len(found.refs_of("borderline", True)),
        len(found.refs_of("borderline", False)),
    )
    often = f"{100 * found.firm:g}% of the draws"
    below = f", as {is_are(waiting)} {waiting:,} of those below" if waiting else ""
    return (
        f"{count(today, 'intention').capitalize()} {is_are(today)} above the line or level with it "
        f"today{', must-dos apart' if apart else ''}. Of these {firm:,} {is_are(firm)} there in at least {often}, and {unsure:,} "
        f"{is_are(unsure)} borderline{below}."
    )


def _borderline(ranking: Ranking, found: Simulation) -> Table:
    rows = [k for k, verdict in enumerate(found.verdicts) if verdict == "borderline"]
    rows.sort(key=lambda k: (-found.above[k], k))
    made: list[tuple[Cell, ...]] = []
    for k in rows[:_MOST]:
        i = ranking.sheet.index(found.refs[k])
        place = ranking.places.shown(i) or None
        chance = round(100 * float(found.above[k]), 6)
        made.append((place, found.refs[k], short(ranking.sheet.titles[i]), chance))
    columns = (
        Column("place", "Place", "place"),
        Column("ref", "Ref"),
        Column("title", "Intention", "long"),
        Column("chance", "Share of draws above (%)", "share"),
    )
    left = len(rows) - len(made)
    notes = [f"The first {_MOST} by share; {left:,} more are borderline."] if left > 0 else []
    if any(row[0] is None for row in made):
        notes.append(f"{EMPTY} as a place: not ranked today, since a score is missing.")
    return Table("Borderline", "Borderline intentions", columns, tuple(made), " ".join(notes))
