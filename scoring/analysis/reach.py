"""Reach: what would it take for one intention to be above the line? By weights, and by scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.analysis.cut import Cut
from scoring.analysis.progress import Progress
from scoring.analysis.score_steps import ScoreSteps, score_steps
from scoring.analysis.weight_change import NoWeights, WeightChange, weight_change
from scoring.ranking import Ranking
from scoring.sheet import Bools


@dataclass(frozen=True, eq=False)
class Reach:
    """What it would take for `ref` to be above the line.

    `standing` says where it is today. The two answers are None when there is nothing to ask: it
    is above already, has no place, or no place is left. `line` is the number of places left for
    intentions that are not must-dos.
    """

    ref: str
    line: int
    standing: str
    by_weights: WeightChange | NoWeights | None = None
    by_scores: ScoreSteps | None = None

    @property
    def sentences(self) -> tuple[str, ...]:
        """The whole answer, one sentence or two a part."""
        if self.by_weights is None or self.by_scores is None:
            return (self.standing,)
        found = [self.standing, f"By weights alone. {self.by_weights}"]
        if isinstance(self.by_weights, WeightChange):
            found.append(self.by_weights.others_in_words)
        return (*found, f"By its scores alone. {self.by_scores}")


def reach(
    ranking: Ranking,
    ref: str,
    line: int,
    must_do: Sequence[bool] | Bools | None = None,
    counted: bool = True,
    progress: Progress | None = None,
) -> Reach:
    """What would lift `ref` over the line: the smallest change of weights, the fewest score steps.

    Each for itself, everything else as it is. `line`, `must_do` and `counted` are as for
    `funding_line`, `progress` as for `weight_change`. Raises KeyError for an unknown ref, ValueError
    and `Unusable` as `Cut.of` does.
    """
    cut = Cut.of(ranking, line, must_do, counted)
    me = cut.position(ref)
    if me is None:
        i = ranking.sheet.index(ref)
        if must_do is not None and must_do[i]:
            return Reach(ref, cut.line, f"{ref} is a must-do: it is done whatever its place.")
        names = [ranking.sheet.framework.criterion(c).name for c in ranking.missing(i)]
        return Reach(ref, cut.line, f"{ref} is not ranked: {', '.join(names)} not scored.")
    if cut.line < 1:
        return Reach(ref, 0, "Must-dos take every place above the line: none is left for others.")
    place = ranking.places.shown(ranking.sheet.index(ref)).lstrip("=")
    if cut.tied[me]:
        standing = (
            f"{ref} shares place {place} with others across the line, and no score says who of "
            "them has room. To be above it whatever is decided about the tie:"
        )
    elif cut.above[me]:
        return Reach(ref, cut.line, f"{ref} is above the line already, at place {place}.")
    else:
        standing = f"{ref} is below the line, at place {place}."
    return Reach(
        ref,
        cut.line,
        standing,
        weight_change(ranking, ref, line, must_do, counted, progress),
        score_steps(ranking, ref, line, must_do, counted),
    )
