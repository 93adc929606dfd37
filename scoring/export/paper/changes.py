"""What changed since the baseline: weights, who moved and why, who crosses the line."""

from __future__ import annotations

import numpy as np

from scoring.analysis.moves import Comparison, compare
from scoring.export.paper.above_line import line_in_words
from scoring.export.paper.blocks import Block, Blocks, Bullets, Grid, Heading, Paragraph
from scoring.export.paper.charts import largest_moves
from scoring.export.paper.choices import Matter
from scoring.export.paper.rounds import same_scores, since_round
from scoring.export.paper.wording import count, listed, sentence, short
from scoring.export.tables import Cell, Column, Table

_MOST = 12


def changes(matter: Matter) -> Blocks:
    """() when there is no baseline, or nothing differs from it.

    A baseline with other intentions or scores is another round, and compared as one.
    """
    baseline, ranking = matter.baseline, matter.ranking
    if baseline is None:
        return ()
    if not same_scores(baseline, ranking):
        return since_round(baseline, matter)
    if baseline.weights.units == ranking.weights.units:
        return ()
    moved = compare(baseline, ranking)
    before = matter.choices.baseline
    up = moved.up
    blocks: list[Block] = [
        Heading("What changed"),
        Paragraph(
            f"Set against {before}: {int((up > 0).sum()):,} of {int(moved.ranked.sum()):,} ranked "
            f"intentions rose, {int((up < 0).sum()):,} fell and {int((moved.ranked & (up == 0)).sum()):,} "
            f"kept their place. {_alike(moved, matter.choices.line)}"
        ),
        *_line(moved, matter),
        Grid(_weights(matter), f"Weights that changed from {before}"),
    ]
    rows = _largest(moved)
    if rows:
        blocks.append(Paragraph("The intentions that moved most, and why:"))
        blocks.append(Grid(_moves(moved, rows), "The largest moves", {"why": 7, "title": 5}))
        blocks.append(largest_moves(moved, rows, before))
    return tuple(blocks)


def _weights(matter: Matter) -> Table:
    assert matter.baseline is not None
    was, now = matter.baseline.weights.percent, matter.ranking.weights.percent
    rows: list[tuple[Cell, ...]] = [
        (c.name, round(was[c.id], 6), round(now[c.id], 6), round(now[c.id] - was[c.id], 6))
        for c in matter.ranking.sheet.framework.criteria
        if was[c.id] != now[c.id]
    ]
    columns = (
        Column("criterion", "Criterion", "long"),
        Column("was", "Was (%)", "share"),
        Column("now", "Is (%)", "share"),
        Column("change", "Change", "share"),
    )
    return Table("Weights", "Weights before and now", columns, tuple(rows))


def _alike(moved: Comparison, line: int) -> str:
    """How alike the two orders are. Who is above the line is said apart, with its must-dos."""
    return moved.in_words(line).removesuffix(moved.overlap_in_words(line)).strip()


def _line(moved: Comparison, matter: Matter) -> Blocks:
    crossed = moved.crossings(matter.choices.line, matter.must_do, matter.counted)
    items = []
    if crossed.enter:
        items.append(f"Now above the line and not before: {listed(crossed.enter)}.")
    if crossed.leave:
        items.append(f"Above the line before and not now: {listed(crossed.leave)}.")
    if not items:
        return (Paragraph(f"{line_in_words(matter)} Nobody comes above it or drops below it."),)
    items.insert(0, line_in_words(matter))
    if crossed.line.in_words:
        items.append(crossed.line.in_words)
    return (Bullets(tuple(items)),)


def _largest(moved: Comparison) -> list[int]:
    """Rows of the largest moves, the largest first; where they move alike, the better place."""
    far = np.abs(moved.up)
    place = moved.after.places.place
    rows = [int(i) for i in np.lexsort((place, -far)) if far[i]]
    return rows[:_MOST]


def _moves(moved: Comparison, rows: list[int]) -> Table:
    sheet = moved.after.sheet
    made = tuple(
        (
            sheet.refs[i],
            short(sheet.titles[i]),
            moved.before.places.shown(i),
            moved.after.places.shown(i),
            sentence(str(moved.move(sheet.refs[i]))),
        )
        for i in rows
    )
    columns = (
        Column("ref", "Ref"),
        Column("title", "Intention", "long"),
        Column("was", "Was", "place"),
        Column("now", "Is", "place"),
        Column("why", "Why", "long"),
    )
    title = f"The {count(len(rows), 'largest move')}"
    return Table("Moves", title, columns, made)
