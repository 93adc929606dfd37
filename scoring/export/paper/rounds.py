"""What changed since another round: who is new, who is gone, who moved. Intentions match by ref."""

from __future__ import annotations

import numpy as np

from scoring.export.paper.blocks import Block, Blocks, Bullets, Grid, Heading, Paragraph
from scoring.export.paper.choices import Matter
from scoring.export.paper.wording import count, first_places, is_are, listed, sentence, short
from scoring.export.tables import Column, Table
from scoring.ranking import Ranking

_MOST = 12


def same_scores(before: Ranking, after: Ranking) -> bool:
    """Whether two rankings are of the same intentions with the same scores, by any weights."""
    return before.sheet.refs == after.sheet.refs and np.array_equal(
        before.sheet.scores, after.sheet.scores, equal_nan=True
    )


def since_round(before: Ranking, matter: Matter) -> Blocks:
    """The section on what changed, when "before" is a round of its own."""
    after, line = matter.ranking, matter.choices.line
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
    entered = [ref for ref in _first(now, line) if not 0 < was.get(ref, 0) <= line]
    left = [ref for ref in _first(was, line) if not 0 < now.get(ref, 0) <= line]
    items = []
    if entered:
        items.append(f"Now within {first_places(line)} and not before: {listed(entered)}.")
    if left:
        items.append(f"Within {first_places(line)} before and not now: {listed(left)}.")
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


def _first(places: dict[str, int], line: int) -> list[str]:
    return [ref for ref, place in places.items() if place <= line]


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
