"""Moves: what changed between two rankings of the same intentions, and why, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scoring.analysis.funding_line import FundingLine, funding_line
from scoring.ranking import Ranking
from scoring.sheet import Bools, Floats, Ints

_NAMED = 2  # how many intentions a sentence names before "and 4 more"


@dataclass(frozen=True, slots=True)
class Reason:
    """The criterion whose weight did most to move an intention past the others."""

    criterion: str
    before: float
    after: float
    score: float

    def __str__(self) -> str:
        way = "rose" if self.after > self.before else "fell"
        return (
            f"{self.criterion} {way} from {_number(self.before)}% to {_number(self.after)}% "
            f"and it scores {_number(self.score)} there"
        )


@dataclass(frozen=True, slots=True)
class Move:
    """One intention's move. Places are None where it is not ranked.

    `passed` were better before and are worse now, `drew_level` were better and now share its
    place, `overtaken_by` were not better before and are now; each best placed first. A place
    rises by len(passed) + len(drew_level) - len(overtaken_by).
    """

    ref: str
    before: int | None
    after: int | None
    shared: bool
    passed: tuple[str, ...]
    drew_level: tuple[str, ...]
    overtaken_by: tuple[str, ...]
    reason: Reason | None
    same_weights: bool

    @property
    def up(self) -> int:
        """How many places it rose; below zero when it fell, 0 when it is not ranked."""
        return self.before - self.after if self.before and self.after else 0

    def __str__(self) -> str:
        if self.before is None or self.after is None:
            return "Not ranked: it has no place to compare until every criterion is scored."
        place = f"{'joint ' if self.shared else ''}{ordinal(self.after)}"
        if self.same_weights:
            return f"{place[0].upper()}{place[1:]}: the weights are those of the baseline."
        passing = [
            f"{what} {_named(refs)}"
            for what, refs in (
                ("passed", self.passed),
                ("drew level with", self.drew_level),
                ("overtaken by", self.overtaken_by),
            )
            if refs
        ]
        if not passing:
            return f"Still {place}: it passed none and none passed it."
        head = f"Still {place}" if not self.up else f"{self._way} {abs(self.up)} to {place}"
        return f"{head}: {'; '.join([*([str(self.reason)] if self.reason else []), *passing])}."

    @property
    def _way(self) -> str:
        return "Up" if self.up > 0 else "Down"


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two rankings of one sheet, the earlier (or baseline) one first.

    Raises ValueError when they do not rank the same intentions in the same order.
    """

    before: Ranking
    after: Ranking

    def __post_init__(self) -> None:
        if self.before.sheet.refs != self.after.sheet.refs:
            raise ValueError("moves compare two rankings of the same intentions")

    @cached_property
    def ranked(self) -> Bools:
        """(intentions,): which have a place in both."""
        return np.asarray(self.before.places.ranked & self.after.places.ranked)

    @cached_property
    def up(self) -> Ints:
        """(intentions,): places risen, below zero where fallen, 0 where not ranked in both."""
        change = self.before.places.place - self.after.places.place
        return np.where(self.ranked, change, 0)

    def move(self, ref: str) -> Move:
        """How one intention moved, and why. Raises KeyError for an unknown ref."""
        i = self.after.sheet.index(ref)
        same = self.before.weights.units == self.after.weights.units
        if not self.ranked[i]:
            return Move(ref, None, None, False, (), (), (), None, same)
        was, now = self.before.places.place, self.after.places.place
        better_before, better_after = self.ranked & (was < was[i]), self.ranked & (now < now[i])
        level = self.ranked & (now == now[i])
        passed = better_before & ~better_after & ~level
        drew_level = better_before & level
        overtaken = self.ranked & ~better_before & better_after
        risen = passed | drew_level
        # Risen, it is set against those it reached; fallen, against those that passed it.
        rivals, sign = (risen, 1.0) if risen.sum() >= overtaken.sum() else (overtaken, -1.0)
        return Move(
            ref,
            int(was[i]),
            int(now[i]),
            bool(self.after.places.tied[i]),
            self._best_first(passed),
            self._best_first(drew_level),
            self._best_first(overtaken),
            self._reason(i, rivals, sign) if rivals.any() else None,
            same,
        )

    def _reason(self, i: int, rivals: Bools, sign: float) -> Reason | None:
        """The largest part of the change in total between an intention and its rivals."""
        part = sign * self._shift * (self._values[i] - self._values[rivals].mean(axis=0))
        if not part.size or not np.isfinite(part).any():
            return None
        j = int(np.nanargmax(part))
        if not part[j] > 0:
            return None
        criterion = self.after.sheet.framework.criteria[j]
        return Reason(
            criterion.name,
            self.before.weights.percent[criterion.id],
            self.after.weights.percent[criterion.id],
            float(self.after.sheet.scores[i, j]),
        )

    @cached_property
    def _shift(self) -> Floats:
        """(criteria,): how much each weight changed, in % of 100."""
        then, now = self.before.weights.percent, self.after.weights.percent
        return np.array([now[id] - then[id] for id in now], np.float64)

    @cached_property
    def _values(self) -> Floats:
        return self.after.sheet.values

    def _best_first(self, rows: Bools) -> tuple[str, ...]:
        chosen = np.flatnonzero(rows)
        order = np.argsort(self.after.places.place[chosen], kind="stable")
        return tuple(self.after.sheet.refs[int(i)] for i in chosen[order])

    def crossings(
        self, line: int, must_do: Sequence[bool] | Bools | None = None, counted: bool = True
    ) -> Crossings:
        """Who crosses the funding line between the two."""
        then = funding_line(self.before, line, must_do, counted)
        now = funding_line(self.after, line, must_do, counted)
        return Crossings(
            self._best_first(now.above & ~then.above),
            self._best_first(then.above & ~now.above),
            self._best_first(now.tied),
            now,
        )

    @cached_property
    def tau(self) -> float | None:
        """Kendall's tau-b of the places in both, from -1 (reversed) to 1 (the same order).

        None with fewer than two ranked intentions, or where one ranking ties all of them.
        Kendall, M. (1945), "The treatment of ties in ranking problems", Biometrika 33.
        """
        # scipy.stats takes half a second to import, which the first page must not wait for.
        from scipy.stats import kendalltau

        if self.ranked.sum() < 2:
            return None
        places = self.before.places.place[self.ranked], self.after.places.place[self.ranked]
        tau = float(kendalltau(*places).statistic)
        return None if np.isnan(tau) else tau

    def overlap(self, top: int) -> tuple[int, int]:
        """How many intentions are in the first `top` places of both, and how many of `after`."""
        now = self.ranked & (self.after.places.place <= top)
        both = now & (self.before.places.place <= top)
        return int(both.sum()), int(now.sum())

    def in_words(self, top: int) -> str:
        """How alike the two orders are, for people."""
        if self.tau is None:
            return "There are too few different places to compare the two orders."
        return (
            f"{_alikeness(self.tau)} (Kendall's tau {self.tau:.2f}: 1 is the same order, "
            f"0 is unrelated, -1 is reversed). {self.overlap_in_words(top)}"
        )

    def moved_in_words(self) -> str:
        """How many of the ranked intentions have another place."""
        return f"{int((self.up != 0).sum())} of {int(self.ranked.sum())} ranked intentions move."

    def overlap_in_words(self, top: int) -> str:
        """How many of the first `top` places are held by the same intentions."""
        both, size = self.overlap(top)
        return f"{both} of the {size} intentions in the first {top} places are there in both."


@dataclass(frozen=True, eq=False)
class Crossings:
    """Who crosses the line: now above and not before, above before and not now, tied at it now."""

    enter: tuple[str, ...]
    leave: tuple[str, ...]
    tied: tuple[str, ...]
    line: FundingLine


def compare(before: Ranking, after: Ranking) -> Comparison:
    """What changed from one ranking to another of the same intentions."""
    return Comparison(before, after)


def ordinal(place: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    last_two, last = place % 100, place % 10
    ending = "th" if 10 < last_two < 14 else {1: "st", 2: "nd", 3: "rd"}.get(last, "th")
    return f"{place}{ending}"


def _alikeness(tau: float) -> str:
    for least, words in (
        (1.0, "The order is the same"),
        (0.9, "The order is almost the same"),
        (0.7, "The orders are much alike"),
        (0.4, "The orders are somewhat alike"),
        (-0.2, "The orders have little in common"),
    ):
        if tau >= least - 1e-12:
            return words
    return "The orders run against each other"


def _named(refs: Sequence[str]) -> str:
    if len(refs) <= _NAMED + 1:
        return f"{', '.join(refs[:-1])} and {refs[-1]}" if len(refs) > 1 else refs[0]
    return f"{', '.join(refs[:_NAMED])} and {len(refs) - _NAMED} more"


def _number(number: float) -> str:
    return f"{round(number, 1):g}"
