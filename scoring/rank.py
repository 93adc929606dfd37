"""Places: competition ranking, in which equal totals share a place (1, 2, 2, 4)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.score import Totals
from scoring.sheet import Bools, Floats, Ints

_COUNTABLE = 2**22  # with at most this many different totals, counting beats sorting


@dataclass(frozen=True, eq=False)
class Places:
    """The place of each intention: 1 is best, 0 is not ranked. `tied`: shares its place."""

    place: Ints
    tied: Bools
    ranked: Bools

    @cached_property
    def order(self) -> Ints:
        """Rows of the ranked intentions, best first; inside a tie in the order of the source."""
        rows = np.flatnonzero(self.ranked)
        return rows[_stable_order(self.place[rows])]

    def shown(self, i: int) -> str:
        """A place as people write it: "4", or "=2" where it is shared; "" when not ranked."""
        return f"{'=' if self.tied[i] else ''}{self.place[i]}" if self.ranked[i] else ""


def rank(totals: Totals) -> Places:
    """The places of every ranked intention, highest total first.

    Standard competition ranking: a place is one more than the number of strictly better
    intentions, so equal totals share one and the next place is skipped. Equality is exact.
    """
    if totals.all_ranked:
        place, tied = places_of(totals.keys, totals.full)
        return Places(place, tied, totals.ranked)
    place = np.zeros(len(totals.ranked), np.int64)
    tied = np.zeros(len(totals.ranked), bool)
    place[totals.ranked], tied[totals.ranked] = places_of(totals.keys[totals.ranked], totals.full)
    return Places(place, tied, totals.ranked)


def rank_within(totals: Totals, groups: NDArray[Any]) -> Places:
    """Places inside each group (a segment, a function), counted from 1 in each."""
    place = np.zeros(len(totals.ranked), np.int64)
    tied = np.zeros(len(totals.ranked), bool)
    for group in np.unique(groups):
        rows = totals.ranked & (groups == group)
        place[rows], tied[rows] = places_of(totals.keys[rows], totals.full)
    return Places(place, tied, totals.ranked)


def places_of(keys: NDArray[Any], full: int) -> tuple[Ints, Bools]:
    """Places and ties of whole-number keys between 0 and `full`, highest first."""
    if len(keys) == 0:
        return np.zeros(0, np.int64), np.zeros(0, bool)
    if keys.dtype == np.float64 and full < _COUNTABLE and full < 64 * len(keys) + 4096:
        # Counting: how many intentions have each total; a place is one more than all above it.
        whole = keys.astype(np.intp)
        count = np.bincount(whole, minlength=full + 1)
        better = len(keys) - np.cumsum(count)
        return (better + 1)[whole], (count > 1)[whole]
    _, level, count = np.unique(keys, return_inverse=True, return_counts=True)
    better = len(keys) - np.cumsum(count)
    return (better + 1)[level], (count > 1)[level]


def _stable_order(place: Ints) -> Ints:
    """Row numbers by place, the first row first inside a tie."""
    if len(place) < 2**16:
        # 16-bit keys are sorted by radix: several times quicker, and stable.
        return np.argsort(place.astype(np.uint16), kind="stable")
    return np.argsort(place, kind="stable")


def possible_places(low: Floats, high: Floats) -> tuple[Ints, Ints]:
    """Best and worst place that each intention could have, given lowest and highest keys.

    A bound that nothing can break: for the best place an intention gets its highest total and all
    other incomplete ones their lowest; for the worst place the other way round. An incomplete
    intention always counts as one that will be completed.
    """
    by_low, by_high = np.sort(low), np.sort(high)
    best = len(low) - np.searchsorted(by_low, high, side="right") + 1
    worst = len(low) - np.searchsorted(by_high, low, side="right") + 1
    # An incomplete intention whose own span is not empty counts itself among the better ones.
    return best, worst - (high > low)
