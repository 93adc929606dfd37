"""The prioritised list, segment by segment, and what has to be done whatever its place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scoring.export.paper.above_line import above_the_line, must_dos, places_within
from scoring.export.paper.blocks import Block, Blocks, Grid, Heading, Paragraph
from scoring.export.paper.charts import MOST_BARS, top_points
from scoring.export.paper.choices import Matter
from scoring.export.paper.wording import count, is_are, listed, sentence, short
from scoring.export.tables import Cell, Column, Table, segment_name, why_segment
from scoring.framework.rules import UNASSIGNED
from scoring.ranking import Ranking

_MOST_ASKED = 50
_WIDTHS = {"title": 6, "segment_place": 1.3, "place": 1.2, "total": 1.2, "ref": 1.6}


def prioritised(matter: Matter) -> Blocks:
    """Must-dos, who is above the line, and the first places of each segment."""
    ranking, top = matter.ranking, matter.choices.top
    if not ranking.places.ranked.any():
        return ()
    blocks: list[Block] = [
        Heading("The prioritised list"),
        Paragraph(
            "A place is one more than the number of better totals: equal totals share a place, "
            "shown with =, and the next place is skipped. Inside a tie the order is that of the "
            "source and means nothing."
            + (" Places, overall and inside a segment, count must-dos too." if matter.apart else "")
        ),
        *must_dos(matter),
        *above_the_line(matter),
    ]
    chart = top_points(ranking, matter.others, min(top, MOST_BARS), bool(matter.apart))
    if chart is not None:
        blocks.append(chart)
    if not ranking.sheet.framework.segments:
        everyone = np.array(matter.others, int)
        blocks += [_grid(matter, everyone, "the whole list")] if len(everyone) else []
        return tuple(blocks)
    ids = np.array(ranking.segments.ids, dtype=str)
    for id, number in ranking.segments.counts().items():
        if number:
            blocks += _segment(matter, id, np.flatnonzero(ids == id))
    return tuple(blocks)


def _segment(matter: Matter, id: str, rows: np.ndarray) -> Sequence[Block]:
    ranking, top = matter.ranking, matter.choices.top
    segment, name = ranking.sheet.framework.segment(id), segment_name(ranking, id)
    within = places_within(matter, rows)
    first = sum(1 for place, _ in within.values() if place <= top)
    route = f"Goes to: {segment.route}" if segment else "Answer the open questions first"
    says = f"{sentence(route)} {sentence(count(len(rows), 'intention'))[:-1]}"
    apart = int(matter.must_do[rows].sum())
    unranked = len(rows) - len(within) - apart
    parts = []
    if apart:
        parts.append(f"{apart:,} {is_are(apart)} {'a must-do' if apart == 1 else 'must-dos'}")
    if unranked:
        parts.append(f"{unranked:,} {is_are(unranked)} not ranked because a score is missing")
    says += f", of which {listed(parts)}" if parts else ""
    says += "." if first == len(within) else f"; the first {first:,} of the others follow."
    blocks: list[Block] = [Heading(name, 2), Paragraph(says)]
    if within:
        blocks.append(_grid(matter, rows, name))
    if id == UNASSIGNED:
        asked = rows[:_MOST_ASKED]
        blocks.append(Grid(_questions(ranking, asked), "What has to be answered first", {"why": 5}))
        if len(asked) < len(rows):
            more = f"The {len(rows) - len(asked):,} others stand in the ranked workbook."
            blocks.append(Paragraph(more))
    return blocks


def _grid(matter: Matter, rows: np.ndarray, name: str) -> Grid:
    ranking, top = matter.ranking, matter.choices.top
    sheet, within = ranking.sheet, places_within(matter, rows)
    has_segments = bool(sheet.framework.segments)
    order = sorted((i for i, (at, _) in within.items() if at <= top), key=lambda i: within[i][0])
    function = any(sheet.text("function", i) for i in order)
    columns = [Column("segment_place", "Place here", "place")] if has_segments else []
    columns += [Column("place", "Place overall" if has_segments else "Place", "place")]
    columns += [Column("ref", "Ref"), Column("title", "Intention", "long")]
    columns += [Column("function", "Function", "text")] if function else []
    columns += [Column("total", "Total", "total")]
    made: list[tuple[Cell, ...]] = []
    for i in order:
        row: list[Cell] = [within[i][1]] if has_segments else []
        row += [ranking.places.shown(i), sheet.refs[i], short(sheet.titles[i])]
        row += [sheet.text("function", i) or None] if function else []
        made.append((*row, round(float(ranking.totals.total[i]), 9)))
    table = Table(name, f"Prioritised list: {name}", tuple(columns), tuple(made))
    return Grid(table, f"Prioritised list: {name}", _WIDTHS)


def _questions(ranking: Ranking, rows: np.ndarray) -> Table:
    made = tuple(
        (
            ranking.sheet.refs[i],
            short(ranking.sheet.titles[i]),
            why_segment(ranking, ranking.segments[int(i)]),
        )
        for i in rows
    )
    columns = (
        Column("ref", "Ref"),
        Column("title", "Intention", "long"),
        Column("why", "Why", "long"),
    )
    return Table("Unassigned", "Intentions without a segment", columns, made)
