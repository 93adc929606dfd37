"""Assumptions: what is taken for unsure, and from which chance something counts as firm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from scoring.analysis.draws import (
    Anywhere,
    AroundToday,
    FromAssessors,
    WeightDrawer,
    WeightDraws,
    Within,
    implied_ranges,
)
from scoring.analysis.progress import Progress
from scoring.analysis.score_draws import AsGiven, ScoreDraws
from scoring.analysis.simulate import DRAWS, FIRM, SEED, simulate
from scoring.analysis.simulation import Simulation
from scoring.framework import Weights
from scoring.ranking import Ranking
from scoring.sheet import Bools

_TRIED = 20_000  # draws from which a range is read where no formula gives it
_SCALE = 2**30


@dataclass(frozen=True, slots=True)
class FromScenarios(FromAssessors):
    """The weights of one saved scenario after another, each as likely."""

    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        return (
            f"the weights of {len(self.names)} scenarios, each as likely: {', '.join(self.names)}"
        )


@dataclass(frozen=True, slots=True)
class Assumptions:
    """How weights and scores are drawn, and what counts as firm.

    `firm` is the chance from which one is firm in, `firm_out` that up to which one is firm out;
    None: what is left of 1. `draws` are drawn by `seed`.
    """

    weights: WeightDraws = field(default_factory=AroundToday)
    scores: ScoreDraws = field(default_factory=AsGiven)
    firm: float = FIRM
    firm_out: float | None = None
    draws: int = DRAWS
    seed: int = SEED

    def simulate(
        self,
        ranking: Ranking,
        line: int,
        full: bool = True,
        must_do: Sequence[bool] | Bools | None = None,
        counted: bool = True,
        progress: Progress | None = None,
    ) -> Simulation:
        """The chances under these assumptions. Raises as `simulate` and `with_firm` do."""
        found = simulate(
            ranking,
            line,
            self.weights,
            self.scores,
            self.draws,
            self.seed,
            self.firm,
            full=full,
            must_do=must_do,
            counted=counted,
            progress=progress,
        )
        return found if self.firm_out is None else found.with_firm(self.firm, self.firm_out)


def drawn_ranges(how: WeightDraws, weights: Weights) -> dict[str, tuple[float, float]]:
    """The range, in %, that each drawn weight lies in, whatever the way of drawing.

    All draws for weights within some points or of assessors (lowest and highest), nine draws in
    ten otherwise. Weights in an order have no formula: theirs is read from 20,000 draws. Raises
    `Unusable` for weights that cannot be drawn.
    """
    if isinstance(how, Anywhere | AroundToday | Within):
        return implied_ranges(how, weights)
    if isinstance(how, FromAssessors):
        each = [one.percent for one in how.weights]
        return {id: (min(own[id] for own in each), max(own[id] for own in each)) for id in weights}
    drawn = WeightDrawer.of(how, weights, _SCALE).draw(np.random.default_rng(SEED), _TRIED)
    percent = 100 * drawn / drawn.sum(axis=1, keepdims=True)
    low, high = np.percentile(percent, [5, 95], axis=0)
    return {id: (float(low[j]), float(high[j])) for j, id in enumerate(weights)}


def always(how: WeightDraws) -> bool:
    """Whether every draw lies in the range of `drawn_ranges`, rather than nine in ten."""
    return isinstance(how, Within | FromAssessors)


def spread_in_words(how: WeightDraws, weights: Weights, criterion: str, name: str) -> str:
    """What a way of drawing means for one weight: "That lets Impact, 20.0% today, lie between ..."."""
    low, high = drawn_ranges(how, weights)[criterion]
    today = weights.percent[criterion]
    if high - low < 1e-9:
        return f"{name} stays at {today:.1f}% in every draw."
    often = "" if always(how) else " in 9 draws of 10"
    return f"That lets {name}, {today:.1f}% today, lie between {low:.1f}% and {high:.1f}%{often}."
