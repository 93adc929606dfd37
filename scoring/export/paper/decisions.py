"""What people decided or have still to decide: overrides of segments, gates outstanding."""

from __future__ import annotations

from collections import Counter

from scoring.analysis.gates import GATES, SETTLED, gates_of, outstanding
from scoring.export.paper.blocks import Block, Blocks, Grid, Heading, Paragraph
from scoring.export.paper.choices import Matter
from scoring.export.paper.wording import (
    count,
    is_are,
    listed,
    sentence,
    short,
    was_were,
)
from scoring.export.tables import Cell, Column, Table, list_order, segment_name
from scoring.framework import FIELDS
from scoring.ranking import Ranking


def overrides(matter: Matter) -> Blocks:
    """Every override with its reason, name and date; () when there is none."""
    ranking = matter.ranking
    sheet = ranking.sheet
    rows: list[tuple[Cell, ...]] = []
    for i in list_order(ranking):
        assignment = ranking.segments[i]
        made = assignment.override
        if made is not None:
            rows.append(
                (
                    made.ref,
                    short(sheet.titles[i]),
                    segment_name(ranking, assignment.by_rules),
                    segment_name(ranking, made.segment),
                    made.reason,
                    f"{made.by}, {made.on:%d/%m/%Y}",
                )
            )
    if not rows:
        return ()
    columns = (
        Column("ref", "Ref"),
        Column("title", "Intention", "long"),
        Column("rules", "By the rules", "text"),
        Column("segment", "Decided", "text"),
        Column("reason", "Reason", "long"),
        Column("by", "By whom and when", "text"),
    )
    table = Table("Overrides", "Segments decided by a person", columns, tuple(rows))
    return (
        Heading("Segments decided by a person"),
        Paragraph(
            f"{sentence(count(len(rows), 'intention'))[:-1]} of {len(sheet):,} {was_were(len(rows))} "
            "put in another segment than the rules give. Each has a reason, a name and a date."
        ),
        Grid(table, "Overrides and their reasons", {"by": 2.4, "rules": 3, "segment": 3}),
    )


def gates(matter: Matter) -> Blocks:
    """Which gates stand open, and for which of the first places; () when nothing is recorded."""
    ranking = matter.ranking
    known = {field.id: field.name for field in FIELDS}
    recorded = [
        gate
        for gate in GATES
        if any(value not in (None, "") for value in ranking.sheet.fields.get(gate, ()))
    ]
    if not recorded:
        return ()
    waiting = [(i, _open_gates(ranking, i, recorded)) for i in list_order(ranking)]
    open_rows = [(i, gates) for i, gates in waiting if gates]
    intro = (
        f"{sentence(count(len(open_rows), 'intention'))[:-1]} of {len(ranking.sheet):,} "
        f"{is_are(len(open_rows))} waiting at one gate or more. A gate counts as passed only where "
        f"what is recorded is one of: {listed(SETTLED)}. A blank is open, "
        "except a business case where no new money is asked for."
    )
    blocks: list[Block] = [
        Heading("Gates outstanding"),
        Paragraph(intro),
        Grid(_by_status(ranking, recorded, known), "Gates by what is recorded"),
    ]
    inside = matter.funding.above | matter.funding.tied | matter.must_do
    near = [(i, gates) for i, gates in open_rows if inside[i]]
    if near:
        caption = "Gates open above the line" + (", must-dos included" if matter.apart else "")
        blocks.append(Grid(_open(ranking, near, recorded, known), caption, {"title": 5}))
    return tuple(blocks)


def _open_gates(ranking: Ranking, i: int, recorded: list[str]) -> list[str]:
    return [gate.id for gate in outstanding(ranking.sheet, i) if gate.id in recorded]


def _by_status(ranking: Ranking, recorded: list[str], known: dict[str, str]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    found = [gates_of(ranking.sheet, i) for i in range(len(ranking.sheet))]
    for gate in recorded:
        mine = [one for row in found for one in row if one.id == gate]
        counted = Counter((one.recorded or "Nothing recorded", one.passed) for one in mine)
        rows += [
            (known[gate], short(text, 80), "Passed" if passed else "Open", number)
            for (text, passed), number in sorted(
                counted.items(), key=lambda item: (-item[1], item[0])
            )
        ]
    columns = (
        Column("gate", "Gate", "long"),
        Column("status", "What is recorded", "long"),
        Column("counts", "Counts as", "text"),
        Column("count", "Intentions", "place"),
    )
    return Table("Gates", "Gates by what is recorded", columns, tuple(rows))


def _open(
    ranking: Ranking, rows: list[tuple[int, list[str]]], recorded: list[str], known: dict[str, str]
) -> Table:
    sheet = ranking.sheet
    made: list[tuple[Cell, ...]] = []
    for i, gates in rows:
        cells = [
            (short(sheet.text(gate, i), 80) or "Nothing recorded") if gate in gates else "Passed"
            for gate in recorded
        ]
        made.append((ranking.places.shown(i), sheet.refs[i], short(sheet.titles[i]), *cells))
    columns = (
        Column("place", "Place", "place"),
        Column("ref", "Ref"),
        Column("title", "Intention", "long"),
        *(Column(gate, known[gate]) for gate in recorded),
    )
    return Table("Open gates", "Gates open", columns, tuple(made))
