"""A simulation: the chances that came out of many draws, and what they say in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from scoring.analysis.draws import WeightDraws
from scoring.analysis.score_draws import ScoreDraws
from scoring.analysis.subject import Subject
from scoring.problem import Problem, Unusable
from scoring.sheet import Bools, Floats, Ints

Verdict = Literal["firm in", "borderline", "firm out"]
_FUZZ = 1e-9  # far below one draw: 0.1 must count as at most 1 - 0.9
_ROWS = 256  # places worked on at a time
_ALONE = {
    "firm in": "is firm",
    "borderline": "is borderline",
    "firm out": "today would nearly always be below it",
}


@dataclass(frozen=True, eq=False)
class Simulation:
    """Chances over many draws, one entry for each of `refs` (in sheet order, must-dos left out).

    `line` is the funding line asked for and `room` how many places it leaves for these intentions;
    `standing` marks those at or above it today, in the ranking as it is, and `ranked` those that
    have a place in it at all. `above` is the chance of
    being above the line and `first` that of first place, 0-1. `central_weights` (intentions,
    criteria) are the mean weights, adding to 1, of the draws that put an intention first; NaN for
    those that never are (SMAA-2). `firm` is the chance from which one is firm in, `firm_out` that
    up to which one is firm out; None: what is left of 1.
    """

    refs: tuple[str, ...]
    draws: int
    seed: int
    line: int
    room: int
    firm: float
    weights: WeightDraws
    scores: ScoreDraws
    above: Floats
    first: Floats
    central_weights: Floats
    standing: Bools
    ranked: Bools
    incomplete: int
    subject: Subject
    _places: NDArray[Any] | None
    _twins: tuple[Ints, ...]
    firm_out: float | None = None

    def __len__(self) -> int:
        return len(self.refs)

    @cached_property
    def acceptability(self) -> NDArray[np.float32] | None:
        """(intentions, places): the chance of each place, 0-1; None when only the line was asked.

        float32, which keeps all seven figures that 10,000 draws can give, in half the memory.
        """
        if self._places is None:
            return None
        chances = np.multiply(self._places, np.float32(1 / self.draws), dtype=np.float32)
        for twins in self._twins:
            chances[:, twins] = chances[:, twins].mean(axis=1, keepdims=True, dtype=np.float64)
        chances.setflags(write=False)
        return np.asarray(chances.T)

    @cached_property
    def _ranges(self) -> tuple[Floats, Floats, Floats]:
        """Mean place, and the places that 5% and 95% of the draws reach: one walk over all."""
        size = len(self)
        mean, low, high = np.ones(size), np.ones(size), np.ones(size)
        chances = self.acceptability
        if chances is None:
            return np.full(size, np.nan), np.full(size, np.nan), np.full(size, np.nan)
        reached = np.zeros(size)
        for start in range(0, size - 1, _ROWS):
            part = chances.T[start : min(start + _ROWS, size - 1)]
            within = np.cumsum(part, axis=0, dtype=np.float64) + reached
            reached = within[-1]
            # A mean place is 1 plus the chance of being beyond place 1, beyond place 2, ...
            mean += (1 - within).sum(axis=0)
            low += (within < 0.05 - 1e-6).sum(axis=0)
            high += (within < 0.95 - 1e-6).sum(axis=0)
        return mean, low, high

    @property
    def expected_place(self) -> Floats:
        """(intentions,): the mean place; NaN when only the line was asked."""
        return self._ranges[0]

    @property
    def low_place(self) -> Floats:
        """(intentions,): the best place of the 5-95% range; NaN when only the line was asked."""
        return self._ranges[1]

    @property
    def high_place(self) -> Floats:
        """(intentions,): the worst place of the 5-95% range; NaN when only the line was asked."""
        return self._ranges[2]

    @property
    def standard_error(self) -> Floats:
        """(intentions,): the sampling error of `above`: sqrt(p (1 - p) / draws)."""
        return np.sqrt(self.above * (1 - self.above) / self.draws)

    @property
    def out(self) -> float:
        """The chance up to which an intention is firm out."""
        return 1 - self.firm if self.firm_out is None else self.firm_out

    @property
    def fixed(self) -> bool:
        """Whether every draw is the same: neither a weight nor a score can differ from today's."""
        drawer = self.subject.weights
        alone = bool((drawer.units == drawer.units[0]).all())
        return self.subject.scores.fixed and alone and not drawer.ranged

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Each intention: "firm in", "borderline" or "firm out"."""
        return tuple(
            "firm in"
            if chance >= self.firm - _FUZZ
            else "firm out"
            if chance <= self.out + _FUZZ
            else "borderline"
            for chance in self.above
        )

    def refs_of(self, verdict: Verdict, standing: bool) -> tuple[str, ...]:
        """The refs with a verdict that stand above the line today, or are ranked below it."""
        marks = zip(self.refs, self.verdicts, self.standing, self.ranked, strict=True)
        return tuple(
            ref
            for ref, own, today, ranked in marks
            if own == verdict and today == standing and ranked
        )

    @property
    def sentence(self) -> str:
        """Such as "24 of your 30 are firm; 6 are borderline with 7 below the line."."""
        if not len(self):
            return "Nobody is in the running, so there is nothing to draw."
        if not self.room:
            return "Must-dos take every place above the line, so nothing there can change."
        today, waiting = int(self.standing.sum()), self._waiting
        if not today:
            return f"Nobody is above the line{waiting or ', so nothing there can change'}."
        if self.room >= len(self):
            who = f"All {today} are" if today > 1 else "The only one is"
            return f"{who} above the line whatever the weights: there is a place for each{waiting}."
        tie = f"; a tie at the line leaves room for {self.room} of the {today}"
        tied = tie if today > self.room else ""
        return f"{self._firm_ones(today)}{self._surprises}{tied}{waiting}."

    def _firm_ones(self, today: int) -> str:
        firm = len(self.refs_of("firm in", True))
        unsure = len(self.refs_of("borderline", True)), len(self.refs_of("borderline", False))
        if today == 1:
            words = f"The one above the line {_ALONE[self.verdicts[int(self.standing.argmax())]]}"
        elif firm == today:
            words = f"All {today} of your {today} are firm"
        else:
            words = f"{firm} of your {today} {_be(firm)} firm"
            words += f"; {unsure[0]} {_be(unsure[0])} borderline" if unsure[0] else ""
            if unsure[0] and unsure[1]:
                return f"{words} with {unsure[1]} below the line"
        if unsure[1]:
            words += f"; {unsure[1]} below the line {_be(unsure[1])} borderline"
        return words

    @property
    def _surprises(self) -> str:
        """Those whose side of the line today is not the one that they are nearly always on."""
        words, single = "", int(self.standing.sum()) == 1
        likely_out, likely_in = self.refs_of("firm out", True), self.refs_of("firm in", False)
        if likely_out and not single:
            words += f"; {len(likely_out)} above the line today would nearly always be below it"
        if likely_in:
            words += f"; {len(likely_in)} below the line today would nearly always be above it"
        return words

    @property
    def _waiting(self) -> str:
        marks = zip(self.verdicts, self.ranked, strict=True)
        waiting = sum(own != "firm out" and not ranked for own, ranked in marks)
        return f"; {waiting} not ranked for want of scores could be above it" if waiting else ""

    @property
    def error_in_words(self) -> str:
        """How far sampling may have moved the chances."""
        if not len(self):
            return "Nothing was drawn."
        if self.fixed:
            drawer = self.subject.weights
            own = drawer.units[0] / drawer.units[0].sum()
            which = "today's ranking" if np.allclose(own, drawer.today) else "one other ranking"
            return (
                f"Every draw is the same, so this is {which} and no chance: give weights or scores "
                "some room."
            )
        # Where no draw at all went one way, the chance is below 3 in `draws` (95%).
        points = 100 * max(1.96 * float(self.standard_error.max()), 3 / self.draws)
        return (
            f"From {self.draws:,} draws, seed {self.seed}: 95 times in 100 a chance is within "
            f"{max(points, 0.1):.1f} percentage points of what endless draws would give."
        )

    def with_firm(self, firm: float, out: float | None = None) -> Simulation:
        """The same chances with other thresholds: firm in from `firm`, firm out up to `out`.

        `out` is what is left of 1 unless given. Raises `Unusable` as `checked_firm` does.
        """
        return replace(self, firm=checked_firm(firm, out), firm_out=out)


def checked_firm(firm: float, out: float | None = None) -> float:
    """The threshold, when it is above 50% and `out` below. Raises `Unusable`."""
    problems = []
    if not 0.5 < firm <= 1:
        problems.append(Problem("firm from", f"{100 * firm:g}%", "a chance above 50%, up to 100%"))
    if out is not None and not 0 <= out < 0.5:
        found = f"{100 * out:g}%"
        problems.append(Problem("firm out up to", found, "a chance from 0%, below 50%"))
    if problems:
        raise Unusable(problems)
    return firm


def _be(number: int) -> str:
    return "is" if number == 1 else "are"
