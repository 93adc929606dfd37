"""Score draws: scores as they might have been, in whole steps of each criterion's own scale.

Source: Lahdelma & Salminen, "SMAA-2: stochastic multicriteria acceptability analysis for group
decision making", Operations Research 49(3), 2001 (uncertain scores drawn independently).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scoring.framework import Framework
from scoring.problem import Problem, Unusable
from scoring.sheet import Bools, Floats, Ints, ScoreSheet

_MULTIPLIED = 2**17  # multiplications at a time, as in `tally`: done in one thread
_ROWS = 64  # intentions whose scores are drawn at a time


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

    def totals(self, weights: Ints, stream: Callable[[int], np.random.Generator]) -> Floats:
        """(intentions, draws): whole totals, every score drawn anew in every draw.

        `stream(j)` gives the random numbers of criterion `j`; the first intentions get the first
        of them, so that one more intention at the end leaves the others' draws as they were.
        """
        count = len(weights)
        steps, columns = self.steps, weights.T.astype(np.float64)
        totals = np.empty((len(steps), count))
        some = max(1, _MULTIPLIED // columns.size)
        for top in range(0, len(steps), some):
            np.matmul(steps[top : top + some], columns, out=totals[top : top + some])
        for j, worth in enumerate(self.worth):
            rng, step = stream(j), (weights[:, j] * worth).astype(np.float64)
            if self.off_by_one:
                for rows in _parts(np.flatnonzero(~self.loose[:, j])):
                    given = self.low[rows, j, None]
                    chance = rng.random((len(rows), count))
                    off = (chance > 1 - self.off_by_one / 2).astype(np.int64)
                    off -= chance < self.off_by_one / 2
                    totals[rows] += (np.clip(given + off, 0, self.top[j]) - given) * step
            for rows in _parts(np.flatnonzero(self.loose[:, j])):
                low, high = self.low[rows, j, None], self.high[rows, j, None]
                level = low + np.floor((high - low + 1) * rng.random((len(rows), count)))
                totals[rows] += level * step
        return totals

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


def _parts(rows: Ints) -> list[Ints]:
    """Some rows at a time, so that what is drawn for them stays in the processor's cache."""
    return [rows[start : start + _ROWS] for start in range(0, len(rows), _ROWS)]


def steps_of(framework: Framework, scores: Floats) -> Ints:
    """Scores as steps of their own scale; -1 where there is none."""
    steps = np.full(scores.shape, -1, np.int64)
    for j, criterion in enumerate(framework.criteria):
        scale = criterion.scale
        known = ~np.isnan(scores[:, j])
        away = np.abs(scores[known, j] - float(scale.worst)) / float(scale.step)
        steps[known, j] = np.clip(np.rint(away), 0, scale.steps).astype(np.int64)
    return steps
