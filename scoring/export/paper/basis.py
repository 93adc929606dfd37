"""What the ranking rests on: the criteria and their weights, and the segments."""

from __future__ import annotations

from scoring.export.paper.blocks import Block, Blocks, Grid, Heading, Paragraph
from scoring.export.paper.charts import segment_counts
from scoring.export.paper.choices import Matter
from scoring.export.summary_tables import segments_table
from scoring.export.tables import Cell, Column, Table
from scoring.score import MISSING_IN_WORDS


def criteria(matter: Matter) -> Blocks:
    """The criteria, the way round of each scale, and the weights: published and used."""
    ranking = matter.ranking
    framework = ranking.sheet.framework
    published = ranking.weights.units == framework.weights.units
    blocks: list[Block] = [
        Heading("Criteria and weights"),
        Paragraph(
            "Each intention is scored on every criterion. A score is rescaled between the ends of "
            "its scale, so that the better end is 1, and multiplied by the criterion's weight. The "
            "sum, from 0 to 100, is the intention's total."
        ),
    ]
    if framework.direction_note:
        blocks.append(Paragraph(framework.direction_note, "Which way round."))
    if not ranking.sheet.all_complete:
        blocks.append(Paragraph(MISSING_IN_WORDS[ranking.totals.missing], "Missing scores."))
    blocks.append(Grid(_weights(matter, published), "Criteria and weights"))
    return tuple(blocks)


def _weights(matter: Matter, published: bool) -> Table:
    framework = matter.ranking.sheet.framework
    used, printed = matter.ranking.weights.shown(), framework.weights.shown()
    columns = [
        Column("criterion", "Criterion"),
        Column("asks", "What it asks", "long"),
        Column("scale", "Scale", "text"),
        Column("weight", "Weight (%)" if published else "Weight used (%)", "share"),
    ]
    if not published:
        columns.append(Column("published", "Published weight (%)", "share"))
    rows: list[tuple[Cell, ...]] = []
    for criterion in framework.criteria:
        row = (criterion.name, criterion.asks, criterion.scale.direction_in_words)
        weights = (float(used[criterion.id]), float(printed[criterion.id]))
        rows.append((*row, *(weights[:1] if published else weights)))
    totals: list[Cell] = ["All criteria", None, None, 100.0] + ([] if published else [100.0])
    rows.append(tuple(totals))
    return Table("Weights", "Criteria and weights", tuple(columns), tuple(rows))


def segments(matter: Matter) -> Blocks:
    """What each segment is, how many intentions it has and where they go; () without segments."""
    ranking = matter.ranking
    if not ranking.sheet.framework.segments:
        return ()
    table = segments_table(ranking)
    keep = [k for k, c in enumerate(table.columns) if c.id not in ("ranked", "unranked")]
    counts = table.position("intentions")
    overridden = any(row[table.position("overrides")] for row in table.rows)
    if not overridden:
        keep.remove(table.position("overrides"))
    rows = tuple(
        tuple(row[k] for k in keep) for row in table.rows if row[counts] or row[0] != "Unassigned"
    )
    shown = Table(table.name, table.title, tuple(table.columns[k] for k in keep), rows)
    return (
        Heading("Segments"),
        Paragraph(
            "An intention's segment follows from what it is, never from its total: the questions "
            "of the framework are asked in order and the first that fits decides. Intentions are "
            "ranked overall and inside their segment."
        ),
        Grid(shown, "Segments, what is in them and where they go", {"definition": 5, "segment": 3}),
        *((segment_counts(ranking),) if len(ranking.sheet) else ()),
    )
