"""Lines: every total as a straight line in the weight of one criterion, and where lines meet."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.analysis.cut import Cut
from scoring.sheet import Bools

_LEVELS = 4096  # scales with more steps than this are not first grouped by level


@dataclass(frozen=True, eq=False)
class Lines:
    """Every total as a straight line in the share t (0-1) of one criterion's weight.

    At share t a total is proportional to (1-t) * `at_none` + t * `at_all`, whole numbers both:
    the totals when the criterion has none, or all, of the weight.
    """

    level: NDArray[Any]
    at_none: NDArray[Any]
    at_all: NDArray[Any]
    levels: int

    @classmethod
    def of(cls, cut: Cut, j: int) -> Lines:
        level = cut.steps[:, j]
        own, total = cut.units[j], sum(cut.units)
        levels = cut.ranking.sheet.framework.common_steps + 1
        return cls(level, cut.keys - own * level, (total - own) * level, levels)

    @property
    def slope(self) -> NDArray[Any]:
        """How a total changes as the share goes from 0 to 1."""
        return np.asarray(self.at_all - self.at_none)

    def at(self, share: Fraction) -> NDArray[Any]:
        """Whole numbers in the order of the totals at an exact share."""
        p, q = share.numerator, share.denominator
        return np.asarray((q - p) * self.at_none + p * self.at_all)

    def first_meeting(
        self, inside: Bools, outside: Bools
    ) -> tuple[Fraction | None, Fraction | None]:
        """The nearest shares below and above today's at which some `outside` meets an `inside`.

        Today every inside total is above every outside one. None: they meet nowhere strictly
        between 0 and 1. Of those on one level only the lowest inside and the highest outside can
        be the first to meet, so at most levels x levels pairs are compared.
        """
        low_all, low_none = self._edge(inside, lowest=True)
        high_all, high_none = self._edge(outside, lowest=False)
        lead_none = (low_none[:, None] - high_none[None, :]).ravel()
        lead_all = (low_all[:, None] - high_all[None, :]).ravel()
        # A lead of a at share 0 and b at share 1 is nil at share a / (a - b).
        up = (lead_all < 0) & (lead_none > 0)
        down = (lead_none < 0) & (lead_all > 0)
        return (
            _extreme(-lead_none[down], lead_all[down] - lead_none[down], largest=True),
            _extreme(lead_none[up], lead_none[up] - lead_all[up], largest=False),
        )

    def level_at(self, share: int, inside: Bools, outside: Bools) -> bool:
        """Whether at share 0 or 1 the highest outside is level with the lowest inside."""
        ends = self.at_all if share else self.at_none
        return bool(inside.any() and outside.any() and ends[inside].min() == ends[outside].max())

    def _edge(self, marked: Bools, lowest: bool) -> tuple[NDArray[Any], NDArray[Any]]:
        """The lowest or highest `at_none` of the marked on each level, with its `at_all`."""
        rest, ends, level = self.at_none[marked], self.at_all[marked], self.level[marked]
        if self.levels > _LEVELS or rest.dtype == object:
            return ends, rest
        sign = 1 if lowest else -1
        none = np.iinfo(np.int64).max
        edge = np.full(self.levels, none)
        np.minimum.at(edge, level, sign * rest)
        of_level = np.zeros(self.levels, np.int64)
        of_level[level] = ends
        present = edge != none
        return of_level[present], sign * edge[present]

    def standing(self, line: int, share: Fraction, direction: int) -> Bools:
        """Who has a place not greater than `line` just beyond `share`, going up (1) or down (-1).

        At the share itself some are level; just beyond it the steeper line leads.
        """
        value = self.at(share)
        last = np.sort(value)[max(0, len(value) - line)]
        standing = np.asarray(value > last, bool)
        level = np.flatnonzero(value == last)
        lead = direction * self.slope[level]
        better = int(standing.sum())
        standing[level] = [better + int((lead > own).sum()) < line for own in lead]
        return standing

    def tie_holds(
        self, cut: Cut, today: Fraction, end: Fraction | None, direction: int
    ) -> Fraction | None:
        """Where a tie across the line stops keeping everyone in it above, at most `end`.

        With more than `line` intentions above the line, the lowest of them must stay level with
        enough others: walk along the lowest line inside, from crossing to crossing, until too few
        share it. None when that never happens.
        """
        inside = np.flatnonzero(cut.above)
        enough = len(inside) - cut.line + 1
        none, slope = self.at_none[inside], self.slope[inside]
        share = today
        while True:
            value = self.at(share)[inside]
            level = value == value.min()
            lowest = (direction * slope[level]).min()
            group = level & (direction * slope == lowest)
            if int(group.sum()) < enough:
                return share
            first = int(np.flatnonzero(group)[0])
            crossing = [
                Fraction(int(none[i] - none[first]), int(slope[first] - slope[i]))
                for i in np.flatnonzero(direction * slope < lowest)
            ]
            ahead = [c for c in crossing if (c - share) * direction > 0 and 0 < c < 1]
            if not ahead:
                return end
            nearest = min(ahead) if direction > 0 else max(ahead)
            if end is not None and (nearest - end) * direction >= 0:
                return end
            share = nearest


def _extreme(top: NDArray[Any], bottom: NDArray[Any], largest: bool) -> Fraction | None:
    """The largest or smallest of the fractions top / bottom, exactly; None when there are none."""
    if len(top) == 0:
        return None
    about = top.astype(np.float64) / bottom.astype(np.float64)
    nearest = about.max() if largest else about.min()
    close = np.flatnonzero(np.abs(about - nearest) <= 1e-9)
    exact = {Fraction(int(top[i]), int(bottom[i])) for i in close}
    return max(exact) if largest else min(exact)
