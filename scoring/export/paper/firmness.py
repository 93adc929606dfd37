"""How firm the ranking is: how far each weight may go before the answer changes."""

from __future__ import annotations

from scoring.analysis.limits import Limits, first_limits, top_limits
from scoring.export.paper.blocks import Block, Blocks, Bullets, Heading, Paragraph
from scoring.export.paper.chances import chances
from scoring.export.paper.charts import weight_limits
from scoring.export.paper.choices import Matter
from scoring.export.paper.wording import first_places, sentence
from scoring.problem import Unusable


def firmness(matter: Matter) -> Blocks:
    """The exact limits of each weight for the first places and for first place.

    () when too little is ranked to ask; a sentence when the policy for missing scores forbids it.
    """
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
    try:
        first = first_limits(ranking)
        line = matter.choices.line
        top = top_limits(ranking, line) if 1 < line < ranked else None
    except Unusable as refused:
        problem = refused.problems[0]
        blocks.append(Paragraph(f"No exact limit can be given for {problem.found}."))
        return tuple(blocks)
    if top is not None:
        blocks += _limits(sentence(first_places(top.line))[:-1], top)
    blocks += _limits("First place", first)
    blocks += chances(ranking, line)
    return tuple(blocks)


def _limits(heading: str, limits: Limits) -> Blocks:
    blocks: list[Block] = [Heading(heading, 2)]
    if limits.tie:
        blocks.append(Paragraph(limits.tie))
    blocks.append(Bullets(tuple(limits.sentence(limit) for limit in limits.by_criterion)))
    if not limits.settled and not any(limit.splits_tie for limit in limits.by_criterion):
        blocks.append(weight_limits(limits))
    return tuple(blocks)
