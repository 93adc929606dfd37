"""Crossing: how far one weight may go before one chosen intention changes sides of the line.

As for `limits`, every total is a straight line in the moved weight. An intention is above the line
while fewer than `line` others are strictly better; that number changes only where another's line
crosses its own, so counting along the crossings gives the exact share of weight where it changes
sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.analysis.cut import Cut
from scoring.analysis.lines import Lines
from scoring.analysis.shares import shown_range, shown_share
from scoring.ranking import Ranking
from scoring.sheet import Bools


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where one intention changes sides of the line as one weight moves, the others rescaled.

    `low` and `high` are the nearest shares below and above today's at which it does, in % of all
    weight as exact fractions; None where it does not. Someone above the line is still level with
    it at the share itself, and out beyond; someone below is level, so in, from the share itself.
    `ends`: whether someone below stays so at 0 and at 100 too; if not, it is level only there.
    """

    ref: str
    criterion: str
    name: str
    above: bool
    today: Fraction
    low: Fraction | None
    high: Fraction | None
    ends: tuple[bool, bool] = (True, True)

    def __str__(self) -> str:
        if self.today == 100:
            return f"{self.name} has all the weight, so there is no other weight to rescale."
        if self.above:
            low = Fraction(0) if self.low is None else self.low
            high = Fraction(100) if self.high is None else self.high
            room = shown_range(low, self.today, high)
            if not room:
                return f"{self.ref} stays above the line whatever the {self.name} weight."
            return f"{self.ref} stays above the line for any {self.name} weight {room}."
        ways = []
        if self.low is not None:
            ways.append(f"falls to {shown_share(self.low, Fraction(0))}")
        if self.high is not None:
            ways.append(f"rises to {shown_share(self.high, Fraction(100))}")
        if not ways:
            room = shown_range(Fraction(0), self.today, Fraction(100), self.ends)
            which = f"{self.name} weight {room}" if room else f"{self.name} weight alone"
            return f"No {which} brings {self.ref} above the line."
        today = shown_share(self.today, Fraction(0))
        return (
            f"{self.ref} comes above the line where the {self.name} weight {' or '.join(ways)} "
            f"(today {today})."
        )


def crossings(
    ranking: Ranking,
    ref: str,
    line: int,
    must_do: Sequence[bool] | Bools | None = None,
    counted: bool = True,
) -> tuple[Crossing, ...]:
    """For each criterion, where `ref` changes sides of the line; () when it is not in the running.

    Raises KeyError for an unknown ref, ValueError and `Unusable` as `Cut.of` does.
    """
    cut = Cut.of(ranking, line, must_do, counted)
    i = cut.position(ref)
    if i is None or cut.line == 0:
        return ()
    return tuple(_crossing(cut, i, j, ref) for j in range(len(cut.units)))


def _crossing(cut: Cut, i: int, j: int, ref: str) -> Crossing:
    criterion = cut.ranking.sheet.framework.criteria[j]
    today = Fraction(cut.units[j], sum(cut.units))
    low = high = None
    ends = True, True
    if today < 1:
        lines = Lines.of(cut, j)
        low = _first_change(cut, lines, i, today, -1) if today else None
        high = _first_change(cut, lines, i, today, 1)
        if not cut.above[i]:
            better = [int((end > end[i]).sum()) for end in (lines.at_none, lines.at_all)]
            ends = better[0] >= cut.line or not today, better[1] >= cut.line
    return Crossing(
        ref,
        criterion.id,
        criterion.name,
        bool(cut.above[i]),
        100 * today,
        None if low is None else 100 * low,
        None if high is None else 100 * high,
        ends,
    )


def _first_change(cut: Cut, lines: Lines, i: int, today: Fraction, way: int) -> Fraction | None:
    """The nearest share strictly between 0 and 1, going `way`, where `i` changes sides."""
    lead = lines.at(today)[i] - lines.at(today)  # 0: level today
    gain = way * (lines.slope[i] - lines.slope)  # how the lead changes along the way
    better = int((lead < 0).sum())
    # Those level today and steeper are better at once, just beyond today's share.
    at_once = int(((lead == 0) & (gain < 0)).sum())
    if cut.above[i] and better + at_once >= cut.line:
        return today
    better += at_once
    meets = np.flatnonzero(((lead > 0) & (gain < 0)) | ((lead < 0) & (gain > 0)))
    # Two lines meet at share (difference at none) / (difference of slopes).
    apart = lines.at_none[i] - lines.at_none[meets]
    steeper = lines.slope[meets] - lines.slope[i]
    inside = (np.sign(steeper) * apart > 0) & (abs(apart) < abs(steeper))  # between 0 and 1
    meets, apart, steeper = meets[inside], apart[inside], steeper[inside]
    if len(meets) == 0:
        return None
    shares = _sortable(apart, steeper)
    first, group = np.unique(way * shares, return_index=True, return_inverse=True)[1:]
    rises = gain[meets] > 0
    level = np.cumsum(np.bincount(group, rises.astype(float)))
    passed = np.cumsum(np.bincount(group, (~rises).astype(float)))
    if cut.above[i]:
        changed = np.flatnonzero(better - level + passed >= cut.line)
    else:
        changed = np.flatnonzero(better - level + np.r_[0, passed[:-1]] < cut.line)
    if len(changed) == 0:
        return None
    k = int(first[changed[0]])
    return Fraction(int(apart[k]), int(steeper[k]))


def _sortable(top: NDArray[Any], bottom: NDArray[Any]) -> NDArray[Any]:
    """The fractions top / bottom, in which equal ones are equal and different ones different.

    Two different fractions between 0 and 1 with denominators below 2**25 are at least 2**-50
    apart, so correctly rounded floats keep them apart; larger ones are kept as fractions.
    """
    if top.dtype != object and int(abs(bottom).max()) < 2**25:
        return np.asarray(top / bottom)
    return np.array([Fraction(int(t), int(b)) for t, b in zip(top, bottom, strict=True)], object)
