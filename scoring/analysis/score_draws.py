"""Score draws: scores as they might have been, in whole steps of each criterion's own scale.

Source: Lahdelma & Salminen, "SMAA-2: stochastic multicriteria acceptability analysis for group
decision making", Operations Research 49(3), 2001 (uncertain scores drawn independently).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.framework import Framework
from scoring.problem import Problem, Unusable
from scoring.sheet import Bools, Floats, Ints, ScoreSheet

_MULTIPLIED = 2**18  # multiplications at a time, as in `sorter`: done in one thread
_ROWS = 64  # intentions whose scores are drawn at a time, at most

Streams = Callable[[int], np.random.Generator]


@dataclass(frozen=True, slots=True)
class AsGiven:
    """Scores as they are; a missing one anywhere on its scale."""

    def __str__(self) -> str:
        return "scores as given"


@dataclass(frozen=True, slots=True)
class OffByOne:
    """Each score one step off with this chance, up as often as down; never off its scale.

    At an end of its scale a score that would leave it stays where it is. A missing score is drawn
    anywhere on its scale.
    """

    chance: float

    def __post_init__(self) -> None:
        if not 0 <= self.chance <= 1:
            raise Unusable(Problem("chance", f"{self.chance:g}", "a number from 0 to 1"))

    def __str__(self) -> str:
        return f"each score one step off with a chance of {100 * self.chance:g}%"


@dataclass(frozen=True, eq=False, slots=True)
class Between:
    """Each score anywhere between a lowest and a highest one, such as the assessors' own range.

    `low` and `high` have the shape of `sheet.scores` and its units; NaN: drawn over the scale.
    Every step of the scale between the two is as likely.
    """

    low: Floats
    high: Floats

    def __str__(self) -> str:
        return "each score anywhere in its range"


@dataclass(frozen=True, eq=False, slots=True)
class FromSamples:
    """All scores of a draw from one of many samples, such as those of a statistical model.

    `samples` (samples, intentions, criteria) has the units of `sheet.scores`; each sample is as
    likely, and what goes together in it stays together. A sample between two steps of a scale
    counts as the nearer one, one beyond an end as that end. NaN is not allowed.
    """

    samples: Floats

    def __str__(self) -> str:
        return f"scores from {len(self.samples):,} samples, each as likely"


ScoreDraws = AsGiven | OffByOne | Between | FromSamples


@dataclass(frozen=True, eq=False)
class ScoreDrawer:
    """Lowest and highest step of every score, and how it is drawn between them.

    `low` and `high` (intentions, criteria) are in steps of each criterion's own scale, `worth`
    (criteria,) is what one such step is in common steps, `top` (criteria,) the best step. `loose`
    marks the scores drawn evenly from `low` to `high`.
    """

    low: Ints
    high: Ints
    top: Ints
    worth: Ints
    loose: Bools
    off_by_one: float

    @classmethod
    def of(cls, how: ScoreDraws, sheet: ScoreSheet, rows: Ints, worst: bool) -> ScoreDrawer:
        """The scores of some rows. A missing one is drawn over its scale, or is the `worst`.

        Raises ValueError when a range has another shape than the sheet's scores.
        """
        scales = [criterion.scale for criterion in sheet.framework.criteria]
        top = np.array([scale.steps for scale in scales], np.int64)
        worth = sheet.framework.common_steps // top
        missing = ~sheet.scored[rows]
        low = high = (sheet.steps[rows] / worth).astype(np.int64)
        if isinstance(how, Between):
            if how.low.shape != sheet.scores.shape or how.high.shape != sheet.scores.shape:
                raise ValueError(
                    "a range must have one lowest and one highest score for each score"
                )
            a, b = (steps_of(sheet.framework, array[rows]) for array in (how.low, how.high))
            low, high = np.minimum(a, b), np.maximum(a, b)
            missing = low < 0
        low = np.where(missing, 0, low)
        high = np.where(missing, 0 if worst else top, high)
        chance = how.chance if isinstance(how, OffByOne) else 0.0
        return cls(low, high, top, worth, high > low, chance)

    def __len__(self) -> int:
        return len(self.low)

    @property
    def fixed(self) -> bool:
        """Whether no score is ever drawn."""
        return not self.loose.any() and self.off_by_one == 0

    @property
    def steps(self) -> Floats:
        """(intentions, criteria): scores in common steps; 0 where they are drawn from a range."""
        return np.asarray(np.where(self.loose, 0, self.low) * self.worth, np.float64)

    def totals(self, weights: Ints, stream: Streams) -> Floats:
        """(intentions, draws): whole totals, every score drawn anew in every draw."""
        totals = np.empty((len(self), len(weights)))
        for rows, some in self.parts(weights, stream):
            totals[rows] = some
        return totals

    def parts(self, weights: Ints, stream: Streams) -> Iterator[tuple[slice, Floats]]:
        """Some intentions at a time, first to last: which, and their whole totals in each draw.

        `stream(k)` gives the random numbers of each of 2 x criteria uses: those of scores drawn
        from a range, then those of scores one step off. The first intentions get the first of
        them, so that one more at the end leaves the others' draws as they were.
        """
        steps, columns, criteria = self.steps, weights.T.astype(np.float64), len(self.top)
        worths = columns * self.worth[:, None]
        loose = [stream(j) if self.loose[:, j].any() else None for j in range(criteria)]
        given = [stream(criteria + j) for j in range(criteria)] if self.off_by_one else []
        # The edge is rounded up or down by lot in each draw: so the chance is exact.
        edges = [np.floor(2**15 * self.off_by_one + rng.random(len(weights))) for rng in given]
        some = max(1, min(_ROWS, _MULTIPLIED // columns.size))  # they stay in the processor's cache
        for top in range(0, len(steps), some):
            rows = slice(top, top + some)
            totals = steps[rows] @ columns
            for j, (rng, edge) in enumerate(zip(given, edges, strict=True)):
                totals += self._off(rows, j, rng, edge) * worths[j]
            for j, chosen in enumerate(loose):
                if chosen is not None:
                    self._add_levels(totals, rows, j, chosen, worths[j])
            yield rows, totals

    def _off(self, rows: slice, j: int, rng: np.random.Generator, edge: Floats) -> NDArray[np.int8]:
        """(rows, draws): -1, 0 or 1, the step that each score is off; 0 where it is drawn anyway.

        A number of 16 bits is one of 2**16, of which the first `edge` mean down, the last `edge` up.
        """
        fixed, low = ~self.loose[rows, j], self.low[rows, j]
        numbers = sixteen_bits(rng, len(low), len(edge))
        up = numbers > (2**16 - 1 - edge).astype(np.uint16)
        up &= (fixed & (low < self.top[j]))[:, None]
        down = numbers < edge.astype(np.uint16)
        down &= (fixed & (low > 0))[:, None]
        return np.subtract(up.view(np.int8), down.view(np.int8), out=up.view(np.int8))

    def _add_levels(
        self, totals: Floats, rows: slice, j: int, rng: np.random.Generator, worth: Floats
    ) -> None:
        """Add what scores drawn from a range are worth to totals (rows, draws)."""
        marked = self.loose[rows, j]
        which = slice(None) if marked.all() else np.flatnonzero(marked)
        low, high = self.low[rows, j][which, None], self.high[rows, j][which, None]
        level = rng.random((len(low), len(worth)))
        level *= high - low + 1
        np.floor(level, out=level)
        level += low
        level *= worth
        totals[which] += level

    def alike(self, drawn: Bools) -> list[Ints]:
        """The rows of each two or more intentions whose scores are drawn alike.

        Only criteria in `drawn` count. Such twins have the same chances whatever is drawn.
        """
        both = (self.low[:, drawn], self.high[:, drawn])[: 1 if self.fixed else 2]
        rows = np.ascontiguousarray(np.hstack(both), np.int32)
        data, width = rows.tobytes(), rows.itemsize * rows.shape[1]
        sets: dict[bytes, list[int]] = {}
        for i in range(len(rows)):
            sets.setdefault(data[i * width : (i + 1) * width], []).append(i)
        return [np.array(found) for found in sets.values() if len(found) > 1]


def sixteen_bits(rng: np.random.Generator, rows: int, columns: int) -> NDArray[np.uint16]:
    """(rows, columns) numbers from 0 to 2**16 - 1, each as likely, four from 64 random bits.

    The same on every machine. The last few of a row are left out where `columns` is no multiple
    of four.
    """
    four = rng.integers(0, 2**64, (rows, -(-columns // 4)), np.uint64)
    return four.astype("<u8", copy=False).view("<u2")[:, :columns]


def steps_of(framework: Framework, scores: Floats) -> Ints:
    """Scores as steps of their own scale; -1 where there is none."""
    steps = np.full(scores.shape, -1, np.int64)
    for j, criterion in enumerate(framework.criteria):
        scale = criterion.scale
        known = ~np.isnan(scores[:, j])
        away = np.abs(scores[known, j] - float(scale.worst)) / float(scale.step)
        steps[known, j] = np.clip(np.rint(away), 0, scale.steps).astype(np.int64)
    return steps
