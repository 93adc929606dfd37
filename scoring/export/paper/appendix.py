"""The appendices: the whole list with its scores, and the method with one intention worked through."""

from __future__ import annotations

import numpy as np

from scoring.explain import Explanation, explain
from scoring.export.paper.above_line import side_of
from scoring.export.paper.blocks import Block, Blocks, Bullets, Grid, Heading, Paragraph, Turn
from scoring.export.paper.choices import Matter
from scoring.export.paper.wording import short
from scoring.export.summary_tables import incomplete_table
from scoring.export.tables import Cell, Column, Table, segment_name
from scoring.framework import Framework
from scoring.ranking import Ranking
from scoring.score import MISSING_IN_WORDS


def full_list(matter: Matter) -> Blocks:
    """Every ranked intention with its scores, on its side; then those with a score missing.

    () for an empty round.
    """
    ranking = matter.ranking
    if not len(ranking.sheet):
        return ()
    blocks: list[Block] = [Turn(True), Heading("The full list", appendix=True)]
    if ranking.places.ranked.any():
        table = _full(matter)
        widths = {"title": 7, "segment": 6.5, "ref": 1, "total": 1, "place": 1, "line": 1}
        widths |= {c.id: 1 for c in ranking.sheet.framework.criteria}
        blocks.append(Grid(table, "Every ranked intention, with its scores", widths))
    if not ranking.sheet.complete.all():
        incomplete = incomplete_table(ranking)
        kept = [k for k, column in enumerate(incomplete.columns) if column.id != "source"]
        rows = tuple(tuple(_cut(row[k]) for k in kept) for row in incomplete.rows)
        shown = Table(
            incomplete.name, incomplete.title, tuple(incomplete.columns[k] for k in kept), rows
        )
        blocks.append(Paragraph(MISSING_IN_WORDS[ranking.totals.missing], "A score is missing."))
        blocks.append(Grid(shown, "Intentions with a score missing, and what they could come to"))
    return (*blocks, Turn(False))


def _cut(cell: Cell) -> Cell:
    return short(cell) if isinstance(cell, str) else cell


def _full(matter: Matter) -> Table:
    ranking, sheet = matter.ranking, matter.ranking.sheet
    divides = 0 < matter.funding.room < len(matter.others)
    framework, segmented = sheet.framework, bool(sheet.framework.segments)
    columns = [
        Column("place", "Place", "place"),
        Column("ref", "Ref"),
        Column("title", "Intention", "long"),
    ]
    columns += [Column("segment", "Segment")] if segmented else []
    columns += [Column("total", "Total", "total")]
    columns += [Column(c.id, c.name, "score") for c in framework.criteria]
    columns += [Column("line", "The line")] if divides else []
    rows: list[tuple[Cell, ...]] = []
    for i in map(int, ranking.places.order):
        row: list[Cell] = [ranking.places.shown(i), sheet.refs[i], short(sheet.titles[i])]
        row += [segment_name(ranking, ranking.segments.ids[i])] if segmented else []
        row.append(round(float(ranking.totals.total[i]), 9))
        row += [None if np.isnan(score) else float(score) for score in sheet.scores[i]]
        row += [side_of(matter, i)] if divides else []
        rows.append(tuple(row))
    return Table("Full list", "Every ranked intention", tuple(columns), tuple(rows))


_STEPS = (
    "Value: a score is rescaled so that the worse end of its scale is 0 and the better end 1: "
    "(score - worse end) / (better end - worse end). The ends are the framework's, never those of "
    "the scores at hand, so that adding one intention cannot move another.",
    "Points: the value times the criterion's weight, as a share of 100.",
    "Total: the sum of the points, from 0 to 100. It is added up in whole numbers, so that equal "
    "totals are equal exactly.",
    "Place: one more than the number of better totals. Equal totals share a place and the next is "
    "skipped (1, 2, 2, 4).",
    "A blank is not scored. It is never 0 and never the worst score.",
)
_SEGMENTED = (
    "Segment: the questions of the framework are asked in order; the first whose question has its "
    "answer decides. A blank never decides. A person may decide otherwise with a reason, a name and "
    "a date; what the rules say is kept."
)


def steps(framework: Framework) -> tuple[str, ...]:
    """The method in words, a step each; segments only where the framework has any."""
    return (*_STEPS, _SEGMENTED) if framework.segments else _STEPS


def method(matter: Matter) -> Blocks:
    """The rules in words, one intention worked through, and where the figures come from."""
    ranking, about = matter.ranking, matter.about
    blocks: list[Block] = [
        Heading("The method", appendix=True),
        Bullets(steps(ranking.sheet.framework), numbered=True),
    ]
    worked = worked_example(ranking)
    if worked is not None:
        blocks += [
            Heading("One intention worked through", 2),
            Paragraph(worked.headline),
            Grid(worked_table(worked), f"How {worked.ref} comes to its total", {"cell": 3.5}),
        ]
    sources = [f"{file.name}, {file.bytes:,} bytes, SHA-256 {file.sha256}" for file in about.files]
    made = f"Made {about.made_at_shown}" + (
        f" with version {about.version}" if about.version else ""
    )
    framework = ranking.sheet.framework
    items = [f"{made}.", f"Framework: {framework.name} ({framework.id})."]
    items += [f"Source of the framework: {framework.source}."] if framework.source else []
    blocks += [Heading("Where the figures come from", 2), Bullets((*items, *sources))]
    return tuple(blocks)


def worked_example(ranking: Ranking) -> Explanation | None:
    """The explanation of the first-placed intention; None when none is ranked."""
    order = ranking.places.order
    return explain(ranking, ranking.sheet.refs[int(order[0])]) if len(order) else None


def worked_table(worked: Explanation) -> Table:
    """Score, value, weight and points of one intention, adding to its total."""
    rows: list[tuple[Cell, ...]] = [
        (line.name, line.score, line.value, line.weight, line.points, line.cell or None)
        for line in worked.lines
    ]
    rows.append(("Total", None, None, 100.0, worked.total, None))
    columns = (
        Column("criterion", "Criterion"),
        Column("score", "Score", "score"),
        Column("value", "Value", "points"),
        Column("weight", "Weight (%)", "share"),
        Column("points", "Points", "points"),
        Column("cell", "Where the score stands", "long"),
    )
    return Table("Worked example", f"{worked.ref} worked through", columns, tuple(rows))
