"""Must-dos and the line: who is above it, exactly as the Rank page shows it."""

from __future__ import annotations

from collections.abc import Iterable

from scoring.export.paper.blocks import Block, Blocks, Grid, Heading, Paragraph
from scoring.export.paper.choices import Matter
from scoring.export.paper.wording import count, is_are, sentence, short
from scoring.export.tables import Cell, Column, Table, segment_name

MOST_LISTED = 100  # intentions above the line in a table of the paper's body
_STANDS = {
    "counted": "It stands in a lane of its own and takes one of the places above the line, whatever "
    "its total.",
    "extra": "It stands in a lane of its own and is done besides those above the line, whatever "
    "its total.",
    "ranked": "Each stands in the list at the place its total gives, but does not depend on it.",
}


def line_in_words(matter: Matter) -> str:
    """ "The line is drawn after 30 intentions. 3 must-dos take a place each, ..."."""
    line, apart, room = matter.choices.line, matter.apart, matter.funding.room
    said = f"The line is drawn after {count(line, 'intention')}."
    if not apart:
        return said
    who = count(apart, "must-do")
    if not matter.counted:
        take = "takes" if apart == 1 else "take"
        return (
            f"{said} {sentence(who)[:-1]} {is_are(apart)} done besides and {take} none of these "
            "places."
        )
    takes = "takes one of these places" if apart == 1 else "take one of these places each"
    return f"{said} {sentence(who)[:-1]} {takes}, which leaves room for {count(room, 'other')}."


def set_in_words(matter: Matter) -> str:
    """Who is above the line, as counts: "3 must-dos and 26 others"."""
    above, apart = int(matter.funding.above.sum()), matter.apart
    if not apart:
        return count(above, "intention")
    return f"{count(apart, 'must-do')} and {count(above, 'other')}"


def above_the_line(matter: Matter) -> Blocks:
    """The intentions above the line, best first, must-dos apart; () when all ranked ones are."""
    funding, others = matter.funding, matter.others
    if not 0 < funding.room < len(others):
        return ()
    says = line_in_words(matter)
    if funding.in_words:
        says += f" {funding.in_words}"
    blocks: list[Block] = [Heading("Above the line", 2), Paragraph(says)]
    rows = [i for i in others if funding.above[i] or funding.tied[i]]
    if len(rows) > MOST_LISTED:
        blocks.append(
            Paragraph(f"{sentence(set_in_words(matter))[:-1]} stand above it; the lists have them.")
        )
        return tuple(blocks)
    blocks.append(Grid(_table(matter, rows), _caption(matter), {"title": 6, "segment": 4}))
    return tuple(blocks)


def side_of(matter: Matter, i: int) -> str:
    """Where a ranked intention stands: a must-do, above the line, tied at it or below it."""
    if matter.must_do[i]:
        return "must-do"
    if matter.funding.tied[i]:
        return "tied at it"
    return "above" if matter.funding.above[i] else "below"


def _caption(matter: Matter) -> str:
    tied = " and level with it" if matter.funding.tied.any() else ""
    return f"Above the line{tied}{', must-dos apart' if matter.apart else ''}"


def _table(matter: Matter, rows: list[int]) -> Table:
    ranking, funding = matter.ranking, matter.funding
    sheet = ranking.sheet
    segmented, tied = bool(sheet.framework.segments), bool(funding.tied.any())
    columns = [Column("place", "Place", "place"), Column("ref", "Ref")]
    columns += [Column("title", "Intention", "long")]
    columns += [Column("segment", "Segment")] if segmented else []
    columns += [Column("total", "Total", "total")]
    columns += [Column("line", "The line")] if tied else []
    made: list[tuple[Cell, ...]] = []
    for i in rows:
        row: list[Cell] = [ranking.places.shown(i), sheet.refs[i], short(sheet.titles[i])]
        row += [segment_name(ranking, ranking.segments.ids[i])] if segmented else []
        row.append(round(float(ranking.totals.total[i]), 9))
        row += [side_of(matter, i)] if tied else []
        made.append(tuple(row))
    return Table("Above the line", "Above the line", tuple(columns), tuple(made))


def must_dos(matter: Matter) -> Blocks:
    """Who must be done whatever its place, why, and where its total would put it; () for none."""
    ranking, sheet, reasons = matter.ranking, matter.ranking.sheet, matter.reasons
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
        Column("place", "Place by its total", "place"),
    )
    stands = _STANDS[matter.choices.must_dos]
    if len(rows) > 1 and matter.choices.must_dos != "ranked":
        stands = stands.replace(
            "It stands in a lane of its own", "Each stands in a lane of its own"
        )
    return (
        Heading("Must-dos", 2),
        Paragraph(
            f"{sentence(count(len(rows), 'intention'))[:-1]} {is_are(len(rows))} marked as a must-do. "
            f"{stands}"
        ),
        Grid(Table("Must-dos", "Must-dos", columns, made), "Must-dos", {"title": 5, "why": 5}),
    )


def places_within(matter: Matter, rows: Iterable[int]) -> dict[int, tuple[int, str]]:
    """{row: (place in its segment, as written)} of the ranked among `rows`, must-dos left out.

    The places count every ranked intention of the segment, as overall places do.
    """
    within = matter.ranking.segment_places
    mine = [int(i) for i in rows if within.ranked[i] and not matter.must_do[i]]
    return {i: (int(within.place[i]), within.shown(i)) for i in mine}
