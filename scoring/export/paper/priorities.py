"""The prioritised list, segment by segment, and what has to be done whatever its place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scoring.analysis.funding_line import must_do_reasons
from scoring.export.paper.blocks import Block, Blocks, Grid, Heading, Paragraph
from scoring.export.paper.charts import MOST_BARS, top_points
from scoring.export.paper.choices import Matter
from scoring.export.paper.wording import count, is_are, sentence, short
from scoring.export.tables import Cell, Column, Table, segment_name, why_segment
from scoring.framework.rules import UNASSIGNED
from scoring.ranking import Ranking

_MOST_ASKED = 50
_WIDTHS = {"title": 6, "segment_place": 1.3, "place": 1.2, "total": 1.2, "ref": 1.6}


def prioritised(matter: Matter) -> Blocks:
    """The first places of each segment; the first places overall as a chart."""
    ranking, top = matter.ranking, matter.choices.top
    if not ranking.places.ranked.any():
        return ()
    blocks: list[Block] = [
        Heading("The prioritised list"),
        Paragraph(
            "A place is one more than the number of better totals: equal totals share a place, "
            "shown with =, and the next place is skipped. Inside a tie the order is that of the "
            "source and means nothing."
        ),
    ]
    chart = top_points(ranking, min(top, MOST_BARS))
    if chart is not None:
        blocks.append(chart)
    if not ranking.sheet.framework.segments:
        blocks.append(_grid(ranking, np.flatnonzero(ranking.places.ranked), top, "the whole list"))
        return (*blocks, *_must_do(ranking))
    ids = np.array(ranking.segments.ids, dtype=str)
    for id, number in ranking.segments.counts().items():
        if number:
            blocks += _segment(ranking, id, np.flatnonzero(ids == id), top)
    return (*blocks, *_must_do(ranking))


def _segment(ranking: Ranking, id: str, rows: np.ndarray, top: int) -> Sequence[Block]:
    segment, name = ranking.sheet.framework.segment(id), segment_name(ranking, id)
    ranked = [int(i) for i in rows if ranking.places.ranked[i]]
    listed = sum(1 for i in ranked if ranking.segment_places.place[i] <= top)
    route = f"Goes to: {segment.route}" if segment else "Answer the open questions first"
    says = f"{sentence(route)} {sentence(count(len(rows), 'intention'))[:-1]}"
    if len(ranked) < len(rows):
        unranked = len(rows) - len(ranked)
        says += f", of which {unranked:,} {is_are(unranked)} not ranked because a score is missing"
    says += "." if listed == len(ranked) else f"; the first {listed:,} of those ranked follow."
    blocks: list[Block] = [Heading(name, 2), Paragraph(says)]
    if ranked:
        blocks.append(_grid(ranking, np.array(ranked), top, name))
    if id == UNASSIGNED:
        asked = rows[:_MOST_ASKED]
        blocks.append(Grid(_questions(ranking, asked), "What has to be answered first", {"why": 5}))
        if len(asked) < len(rows):
            more = f"The {len(rows) - len(asked):,} others stand in the ranked workbook."
            blocks.append(Paragraph(more))
    return blocks


def _grid(ranking: Ranking, rows: np.ndarray, top: int, name: str) -> Grid:
    sheet, within = ranking.sheet, ranking.segment_places
    has_segments = bool(sheet.framework.segments)
    places = within if has_segments else ranking.places
    order = sorted((int(i) for i in rows if places.place[i] <= top), key=lambda i: places.place[i])
    function = any(sheet.text("function", i) for i in order)
    columns = [Column("segment_place", "Place here", "place")] if has_segments else []
    columns += [Column("place", "Place overall" if has_segments else "Place", "place")]
    columns += [Column("ref", "Ref"), Column("title", "Intention", "long")]
    columns += [Column("function", "Function", "text")] if function else []
    columns += [Column("total", "Total", "total")]
    made: list[tuple[Cell, ...]] = []
    for i in order:
        row: list[Cell] = [within.shown(i)] if has_segments else []
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


def _must_do(ranking: Ranking) -> Blocks:
    sheet = ranking.sheet
    reasons = must_do_reasons(sheet)
    rows = [i for i, reason in enumerate(reasons) if reason]
    if not rows:
        return ()
    made = tuple(
        (sheet.refs[i], short(sheet.titles[i]), short(reasons[i]), ranking.places.shown(i) or None)
        for i in sorted(rows, key=lambda i: (ranking.places.place[i] or len(sheet) + 1, i))
    )
    columns = (
        Column("ref", "Ref"),
        Column("title", "Intention", "long"),
        Column("why", "Why it must be done", "long"),
        Column("place", "Place overall", "place"),
    )
    return (
        Heading("To be done whatever its place", 2),
        Paragraph(
            f"{sentence(count(len(rows), 'intention'))[:-1]} {is_are(len(rows))} marked as a must-do. "
            "Each stands in the list at the place its total gives, but does not depend on it."
        ),
        Grid(Table("Must-dos", "Must-dos", columns, made), "Must-dos", {"title": 5, "why": 5}),
    )
