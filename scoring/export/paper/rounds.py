"""What changed since another round: who is new, who is gone, who moved. Intentions match by ref."""

from __future__ import annotations

import numpy as np

from scoring.export.paper.above_line import line_in_words
from scoring.export.paper.blocks import Block, Blocks, Bullets, Grid, Heading, Paragraph
from scoring.export.paper.choices import Matter
from scoring.export.paper.wording import count, is_are, listed, sentence, short
from scoring.export.tables import Column, Table
from scoring.ranking import Ranking

_MOST = 12


def same_scores(before: Ranking, after: Ranking) -> bool:
    """Whether two rankings are of the same intentions with the same scores, by any weights."""
    one, other = before.sheet, after.sheet
    return (
        one.refs == other.refs
        and [c.id for c in one.framework.criteria] == [c.id for c in other.framework.criteria]
        and np.array_equal(one.scores, other.scores, equal_nan=True)
    )


def since_round(before: Ranking, matter: Matter) -> Blocks:
    """The section on what changed, when "before" is a round of its own."""
    after = matter.ranking
    was, now = _places(before), _places(after)
    then = set(before.sheet.refs)
    new = [ref for ref in after.sheet.refs if ref not in then]
    gone = [ref for ref in before.sheet.refs if ref not in set(after.sheet.refs)]
    both = [ref for ref in after.sheet.refs if ref in was and ref in now]
    up = {ref: was[ref] - now[ref] for ref in both}
    rose, fell = sum(move > 0 for move in up.values()), sum(move < 0 for move in up.values())
    text = (
        f"Set against {matter.choices.baseline}: {count(len(new), 'intention')} {is_are(len(new))} new "
        f"and {count(len(gone), 'intention')} {is_are(len(gone))} no longer in it. Of the {len(both):,} "
        f"ranked in both, {rose:,} rose, {fell:,} fell and {len(both) - rose - fell:,} kept their place. "
        "A place also changes because others came, went or were scored differently."
    )
    above, above_then = _above(after, matter), _above(before, matter)
    entered = [ref for ref in above if ref not in set(above_then)]
    left = [ref for ref in above_then if ref not in set(above)]
    items = []
    if entered:
        items.append(f"Now above the line and not before: {listed(entered)}.")
    if left:
        items.append(f"Above the line before and not now: {listed(left)}.")
    if items:
        items.insert(0, line_in_words(matter))
    blocks: list[Block] = [Heading("What changed"), Paragraph(text)]
    blocks += [Bullets(tuple(items))] if items else []
    moved = sorted((ref for ref in both if up[ref]), key=lambda ref: (-abs(up[ref]), now[ref]))
    if moved:
        blocks.append(Grid(_moves(after, moved[:_MOST], was, now), "The largest moves"))
    if gone:
        blocks.append(_gone(before, gone, matter.choices.baseline))
    return tuple(blocks)


def _places(ranking: Ranking) -> dict[str, int]:
    """{ref: place} of every ranked intention."""
    return {ranking.sheet.refs[i]: int(ranking.places.place[i]) for i in ranking.places.order}


def _above(ranking: Ranking, matter: Matter) -> list[str]:
    """The refs above the line, best first, must-dos before them."""
    standing, sheet = matter.line_of(ranking).above, ranking.sheet
    mine = [ref for ref, must in zip(sheet.refs, matter.outside(ranking), strict=True) if must]
    return mine + [sheet.refs[i] for i in ranking.places.order if standing[i]]


def _moves(ranking: Ranking, refs: list[str], was: dict[str, int], now: dict[str, int]) -> Table:
    titles = ranking.sheet.titles
    rows = tuple(
        (ref, short(titles[ranking.sheet.index(ref)]), was[ref], now[ref], was[ref] - now[ref])
        for ref in refs
    )
    columns = (
        Column("ref", "Ref"),
        Column("title", "Intention", "long"),
        Column("was", "Was", "place"),
        Column("now", "Is", "place"),
        Column("moved", "Places risen", "number"),
    )
    return Table("Moves", "The largest moves", columns, rows)


def _gone(before: Ranking, gone: list[str], called: str) -> Grid:
    sheet = before.sheet
    rows = tuple(
        (ref, short(sheet.titles[i]), before.places.shown(i) or None)
        for ref, i in ((ref, sheet.index(ref)) for ref in gone[:50])
    )
    columns = (
        Column("ref", "Ref"),
        Column("title", "Intention", "long"),
        Column("was", "Place then", "place"),
    )
    more = f" (the first 50 of {len(gone):,})" if len(gone) > 50 else ""
    table = Table("Gone", "No longer there", columns, rows)
    return Grid(table, sentence(f"in {called} and not in this one{more}")[:-1])
