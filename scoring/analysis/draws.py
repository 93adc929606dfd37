"""Draws: weights as they might have been, as whole numbers.

Weights are drawn as whole numbers (shares of 2**34 where a scale has five levels), so that a total
of whole steps is a whole number too: sums are exact in float64, and the same on every machine,
whatever library or number of threads adds them.

Sources: Lahdelma & Salminen, "SMAA-2: stochastic multicriteria acceptability analysis for group
decision making", Operations Research 49(3), 2001 (uniform and restricted weights); a Dirichlet
distribution is uniform over the simplex for equal parameters of 1 (Rubinstein, "Generating random
vectors uniformly distributed inside and on the surface of different regions", EJOR 10, 1982).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv

from scoring.framework import Weights
from scoring.problem import Problem, Unusable
from scoring.sheet import Bools, Floats, Ints

UNSURE: dict[str, float] = {
    "almost sure": 800.0,
    "fairly sure": 200.0,
    "somewhat unsure": 80.0,
    "unsure": 35.0,
    "very unsure": 15.0,
}
_TRIES = 2000  # rounds of rejection before giving up on weights within some points


@dataclass(frozen=True, slots=True)
class Anywhere:
    """Any weights at all, each mix as likely as any other."""

    def __str__(self) -> str:
        return "any weights at all, each mix as likely as any other"


@dataclass(frozen=True, slots=True)
class AroundToday:
    """Weights around today's: Dirichlet, more spread the less sure. `unsure` is a key of UNSURE."""

    unsure: str = "somewhat unsure"

    def __post_init__(self) -> None:
        if self.unsure not in UNSURE:
            raise Unusable(Problem("weights", self.unsure, f"one of {', '.join(UNSURE)}"))

    def __str__(self) -> str:
        return f"weights around today's, {self.unsure} of them"


@dataclass(frozen=True, slots=True)
class Within:
    """Each weight at most `points` percentage points from today's, all such mixes as likely."""

    points: float

    def __post_init__(self) -> None:
        if not 0 <= self.points <= 100:
            raise Unusable(Problem("points", f"{self.points:g}", "a number from 0 to 100"))

    def __str__(self) -> str:
        return f"each weight at most {self.points:g} points from today's"


@dataclass(frozen=True, slots=True)
class InOrder:
    """Any weights that keep an order of importance: criterion ids, most important first.

    "cost=complexity" in one place: those two always weigh the same.
    """

    order: tuple[str, ...]

    @property
    def levels(self) -> tuple[tuple[str, ...], ...]:
        """The criteria of each place, most important first."""
        return tuple(tuple(id.strip() for id in place.split("=")) for place in self.order)

    @property
    def ties(self) -> bool:
        """Whether criteria share a place."""
        return any(len(level) > 1 for level in self.levels)

    def __str__(self) -> str:
        levels = (" = ".join(id.replace("_", " ") for id in level) for level in self.levels)
        return f"any weights that keep this order of importance: {', '.join(levels)}"


@dataclass(frozen=True, slots=True)
class FromAssessors:
    """The weights of one assessor after another, each as likely."""

    weights: tuple[Weights, ...]

    def __str__(self) -> str:
        return f"the weights of {len(self.weights)} assessors, each as likely"


WeightDraws = Anywhere | AroundToday | Within | InOrder | FromAssessors


@dataclass(frozen=True, eq=False)
class WeightDrawer:
    """What is needed to draw weights: made once, used for every block of draws.

    `drawn` (criteria,) marks the criteria that ever get weight. `scale`: what weights add to.
    """

    how: WeightDraws
    today: Floats
    units: Ints
    scale: int
    names: tuple[str, ...]

    @classmethod
    def of(cls, how: WeightDraws, weights: Weights, scale: int) -> WeightDrawer:
        """Raises `Unusable` for an order or assessors' weights that do not fit the criteria."""
        names = tuple(weights)
        if isinstance(how, InOrder) and sorted(
            id for level in how.levels for id in level
        ) != sorted(names):
            wanted = f"every criterion once: {', '.join(names)}"
            raise Unusable(Problem("order of importance", ", ".join(how.order), wanted))
        chosen: Sequence[Weights] = (weights,)
        if isinstance(how, FromAssessors):
            chosen = how.weights
            if not chosen or any(tuple(w) != names for w in chosen):
                raise Unusable(Problem("assessors' weights", "", "weights for every criterion"))
        elif isinstance(how, InOrder) and len(how.levels) == 1:
            chosen = (Weights.of(dict.fromkeys(names, 1)),)
        units = np.array([_whole(w.units, scale) for w in chosen], np.int64)
        today = np.array(weights.units, np.float64) / sum(weights.units)
        return cls(how, today, units, scale, names)

    @property
    def continuous(self) -> bool:
        """Whether intentions that differ on a drawn criterion are never level by chance."""
        return self.ranged and not (isinstance(self.how, InOrder) and self.how.ties)

    @property
    def ranged(self) -> bool:
        """Whether weights are drawn from a range rather than a list."""
        if isinstance(self.how, InOrder):
            return len(self.how.levels) > 1
        if isinstance(self.how, Within):
            return self.how.points > 0
        if isinstance(self.how, AroundToday):
            return int((self.today > 0).sum()) > 1
        return not isinstance(self.how, FromAssessors) and len(self.names) > 1

    @property
    def drawn(self) -> Bools:
        """(criteria,): which ever get a weight above zero."""
        if isinstance(self.how, FromAssessors):
            return np.asarray((self.units > 0).any(axis=0))
        if isinstance(self.how, AroundToday):
            return np.asarray(self.today > 0)
        return np.ones(len(self.names), bool)

    def draw(self, rng: np.random.Generator, count: int) -> Ints:
        """(count, criteria) whole weights that add to about `scale` a draw, or the exact units."""
        if isinstance(self.how, FromAssessors):
            return np.asarray(self.units[rng.integers(0, len(self.units), count)])
        if not self.ranged:
            return np.repeat(self.units[:1], count, axis=0)
        if isinstance(self.how, AroundToday):
            gamma = rng.standard_gamma(
                UNSURE[self.how.unsure] * self.today, (count, len(self.today))
            )
            shares = gamma / gamma.sum(axis=1, keepdims=True)
        elif isinstance(self.how, Within):
            shares = _within(self.today, self.how.points / 100, rng, count)
        elif isinstance(self.how, InOrder) and self.how.ties:
            shares = _in_levels(self.how.levels, self.names, rng, count)
        else:
            shares = _anywhere(rng, count, len(self.today))
        if isinstance(self.how, InOrder) and not self.how.ties:
            by_size = np.sort(shares, axis=1)[:, ::-1]
            shares = np.empty_like(by_size)
            shares[:, [self.names.index(name) for name in self.how.order]] = by_size
        # At least one unit, so that a criterion with any weight always tells two totals apart.
        whole = np.maximum(np.rint(shares * self.scale), self.drawn)
        return np.asarray(whole, np.int64)


def _whole(units: tuple[int, ...], scale: int) -> list[int]:
    """The exact units where they fit the scale; the nearest whole shares of it otherwise."""
    total = sum(units)
    return list(units) if total <= scale else [round(unit * scale / total) for unit in units]


def _within(today: Floats, reach: float, rng: np.random.Generator, count: int) -> Floats:
    """Uniform over all shares that add to 1 with each within `reach` of today's: by rejection.

    Shares are proposed from the smaller of two regions that hold the wanted one: the box of ranges
    (all shares but one drawn freely, that one is what is left), or all shares that add to 1.
    """
    low, high = np.maximum(today - reach, 0.0), np.minimum(today + reach, 1.0)
    last = int(np.argmax(high - low))
    free = [j for j in range(len(today)) if j != last]
    from_box = float(np.prod((high - low)[free])) < 1 / math.factorial(len(free))
    kept: list[Floats] = []
    found = 0
    for _ in range(_TRIES):
        if from_box:
            shares = np.empty((count, len(today)))
            shares[:, free] = rng.uniform(low[free], high[free], (count, len(free)))
            shares[:, last] = 1.0 - shares[:, free].sum(axis=1)
        else:
            shares = _anywhere(rng, count, len(today))
        good = shares[((shares >= low) & (shares <= high)).all(axis=1)]
        kept.append(good)
        found += len(good)
        if found >= count:
            return np.concatenate(kept)[:count]
    wanted = "fewer points, or weights around today's: hardly any weights in reach add to 100"
    raise Unusable(Problem("weights within points", f"{reach:.0%}", wanted, kind="analysis"))


def _anywhere(rng: np.random.Generator, count: int, size: int) -> Floats:
    """Uniform over all shares that add to 1."""
    parts = rng.standard_exponential((count, size))
    return np.asarray(parts / parts.sum(axis=1, keepdims=True))


def _in_levels(
    levels: Sequence[Sequence[str]], names: Sequence[str], rng: np.random.Generator, count: int
) -> Floats:
    """Uniform over all shares that fall from level to level and are the same within each.

    Such shares are a simplex too. Its corners share all weight among the first level, among the
    first two, and so on; parts that add to 1 mix them.
    """
    corners, first = np.zeros((len(levels), len(names))), 0
    for k, level in enumerate(levels):
        first += len(level)
        corners[k:, [names.index(name) for name in level]] = 1.0
        corners[k] /= first
    return np.asarray(_anywhere(rng, count, len(levels)) @ corners)


def implied_ranges(how: WeightDraws, weights: Weights) -> dict[str, tuple[float, float]]:
    """The range, in %, that each weight stays in: 9 draws in 10, or all of them for `Within`.

    Empty for ways of drawing that have no range of their own to show.
    """
    today = np.array(list(weights.percent.values())) / 100
    if isinstance(how, Within):
        reach = how.points / 100
        low, high = np.maximum(today - reach, 0.0), np.minimum(today + reach, 1.0)
    elif isinstance(how, AroundToday | Anywhere):
        sure = UNSURE[how.unsure] if isinstance(how, AroundToday) else float(len(today))
        share = today if isinstance(how, AroundToday) else np.full(len(today), 1 / len(today))
        low, high = share.copy(), share.copy()
        free = (share > 0) & (share < 1)
        own, rest = sure * share[free], sure * (1 - share[free])  # each share is a beta variable
        low[free], high[free] = betaincinv(own, rest, 0.05), betaincinv(own, rest, 0.95)
    else:
        return {}
    return {
        name: (100 * float(a), 100 * float(b))
        for name, a, b in zip(weights, low, high, strict=True)
    }
