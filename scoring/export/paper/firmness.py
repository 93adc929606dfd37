"""How firm the ranking is: how far each weight may go before the answer changes."""

from __future__ import annotations

from collections.abc import Callable

from scoring.analysis.crosscheck import crosscheck
from scoring.analysis.limits import Limit, Limits, first_limits, top_limits
from scoring.analysis.reach import reach
from scoring.export.paper.above_line import line_in_words
from scoring.export.paper.blocks import Block, Blocks, Bullets, Grid, Heading, Paragraph
from scoring.export.paper.chances import chances
from scoring.export.paper.charts import weight_limits
from scoring.export.paper.choices import Matter
from scoring.export.paper.wording import is_are, listed, short
from scoring.export.tables import Column, Table
from scoring.problem import Unusable

_BELOW = 3  # intentions just below the line whose way up is said
_MOST_DISPUTED = 12
_MOST_REACHED = 1000  # with more intentions that takes too long for a paper


def firmness(matter: Matter, progress: Callable[[float], None] | None = None) -> Blocks:
    """The exact limits of each weight for those above the line and for first place; chances;
    what would lift those just below; and whether other methods would decide differently.

    () when too little is ranked to ask; a sentence when the policy for missing scores forbids it.
    `progress` is called with the share done, 0 to 1.
    """
    done = progress or (lambda share: None)
    ranking = matter.ranking
    ranked = int(ranking.places.ranked.sum())
    if ranked < 2:
        return ()
    blocks: list[Block] = [
        Heading("How firm the ranking is"),
        Paragraph(
            "Weights are a judgement. For each criterion this section gives the range in which its "
            "weight may move, the others keeping their proportions, before the answer changes. "
            "The limits are exact; they say nothing about scores that may be wrong, nor about "
            "several weights that move at once."
        ),
    ]
    line, divides = matter.choices.line, 0 < matter.funding.room < len(matter.others)
    try:
        first = first_limits(ranking, matter.must_do)
        top = top_limits(ranking, line, matter.must_do, matter.counted) if divides else None
    except Unusable as refused:
        problem = refused.problems[0]
        blocks.append(Paragraph(f"No exact limit can be given for {problem.found}."))
        return tuple(blocks)
    if top is not None:
        blocks += _limits("Who is above the line", top, line_in_words(matter))
    blocks += _limits(f"Who is first{', must-dos apart' if matter.apart else ''}", first)
    if divides:
        done(0.1)
        blocks += chances(matter, lambda share: done(0.1 + 0.4 * share))
        blocks += _just_below(matter, lambda share: done(0.5 + 0.4 * share))
        blocks += _other_methods(matter)
    return tuple(blocks)


def _limits(heading: str, limits: Limits, opening: str = "") -> Blocks:
    blocks: list[Block] = [Heading(heading, 2)]
    if opening or limits.tie:
        blocks.append(Paragraph(" ".join(filter(None, (opening, limits.tie)))))
    if not any(_binds(limit) for limit in limits.by_criterion):
        why = f": {limits.settled}" if limits.settled else ""
        blocks.append(Paragraph(f"{limits.subject} whatever the weight of any one criterion{why}."))
        return tuple(blocks)
    blocks.append(Bullets(tuple(limits.sentence(limit) for limit in limits.by_criterion)))
    if not limits.settled and not any(limit.splits_tie for limit in limits.by_criterion):
        blocks.append(weight_limits(limits))
    return tuple(blocks)


def _binds(limit: Limit) -> bool:
    """Whether there is anything to say of one criterion alone."""
    return bool(limit.below or limit.above or limit.splits_tie or limit.fixed)


def _just_below(matter: Matter, done: Callable[[float], None]) -> Blocks:
    """What it would take to lift the first few below the line, one sentence a way."""
    ranking, funding = matter.ranking, matter.funding
    below = [i for i in matter.others if not funding.above[i] and not funding.tied[i]][:_BELOW]
    if not below:
        return ()
    heading = Heading("What would lift the first below the line", 2)
    if len(matter.others) > _MOST_REACHED:
        refs = listed([ranking.sheet.refs[i] for i in below])
        return (
            heading,
            Paragraph(
                f"Next below the line {is_are(len(below))} {refs}. What would lift them is not "
                f"worked out here: with more than {_MOST_REACHED:,} ranked intentions it takes too "
                "long for a paper. The tool gives it for one intention at a time (the page How "
                "firm?, the command reach)."
            ),
        )
    said = []
    for number, i in enumerate(below, 1):
        found = reach(
            ranking, ranking.sheet.refs[i], matter.choices.line, matter.must_do, matter.counted
        )
        said.append(" ".join(found.sentences))
        done(number / len(below))
    return (
        heading,
        Paragraph(
            "The smallest change of weights, and apart from that the fewest steps up in its "
            "scores. Nothing is changed: this says how far away each is."
        ),
        Bullets(tuple(said)),
    )


def _other_methods(matter: Matter) -> Blocks:
    """Whether methods that treat the same values differently would decide differently."""
    found = crosscheck(matter.ranking, matter.choices.line, matter.must_do, matter.counted)
    blocks: list[Block] = [
        Heading("Would other methods decide differently?", 2),
        Paragraph(
            "The ranking adds points up. Other methods treat the same values differently; where "
            f"they agree, the choice of method decides nothing. {found.sentence}"
        ),
    ]
    if found.disputed:
        # Those that most methods dispute, then those that stand best.
        first = sorted(found.disputed, key=lambda d: -len(d.methods))[:_MOST_DISPUTED]
        rows = tuple(
            (d.place, d.ref, short(d.title), "above" if d.above else "below", listed(d.methods))
            for d in first
        )
        left = len(found.disputed) - len(rows)
        note = f"{left:,} more are disputed by fewer methods or stand lower." if left else ""
        columns = (
            Column("place", "Place", "place"),
            Column("ref", "Ref"),
            Column("title", "Intention", "long"),
            Column("side", "The line", "text"),
            Column("methods", "Differently under", "long"),
        )
        table = Table("Methods", "Decided differently by other methods", columns, rows, note)
        blocks.append(Grid(table, "What other methods would decide differently", {"title": 5}))
    return tuple(blocks)
