"""Argument: which intentions next to the line are worth a panel's time, and what separates them.

The lowest few above the line are set against the highest few below it. Every gap is taken from
whole numbers, so a gap of nothing is a tie and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from scoring.analysis.cut import Cut
from scoring.ranking import Ranking
from scoring.sheet import Bools

NEAR = 5  # on either side of the line: ten to talk about


@dataclass(frozen=True, slots=True)
class Difference:
    """How many points one criterion puts between two intentions; above zero for the higher one."""

    criterion: str
    name: str
    points: Fraction


@dataclass(frozen=True, slots=True)
class Pair:
    """One intention just above the line against one just below it.

    `gap` is the difference of their totals in points of 100. `differences` name the criteria that
    tell them apart, largest first. `settles` names the criteria on which one score step more for
    the lower one would at least draw level; `any_settles` when that is all of many.
    """

    above: str
    below: str
    gap: Fraction
    differences: tuple[Difference, ...]
    settles: tuple[str, ...]
    any_settles: bool = False

    def __str__(self) -> str:
        leads = [d for d in self.differences if d.points > 0]
        trails = [d for d in self.differences if d.points < 0]
        parts = [f"{self.above} is {_points(self.gap)} ahead of {self.below}"]
        if leads:
            parts.append(f"more on {_named(leads)}")
        if trails:
            parts.append(f"less on {_named(trails)}")
        said = f"{parts[0]}: {', '.join(parts[1:])}."
        if self.settles:
            where = "any criterion" if self.any_settles else _either(self.settles)
            said += f" One score step better for {self.below} on {where} would draw level or pass."
        return said


@dataclass(frozen=True, slots=True)
class Argument:
    """The pairs next to the line, closest first, and whom they concern.

    `refs` are those to talk about, best place first; `tie` says that the line falls inside a tie.
    """

    refs: tuple[str, ...]
    pairs: tuple[Pair, ...]
    tie: str


def argument(
    ranking: Ranking,
    line: int,
    must_do: Sequence[bool] | Bools | None = None,
    counted: bool = True,
    near: int = NEAR,
) -> Argument:
    """The `near` lowest above the line against the `near` highest below it.

    Equal totals keep the order of the source. No pairs when everyone, or no one, is above the
    line. Raises ValueError and `Unusable` as `Cut.of` does.
    """
    cut = Cut.of(ranking, line, must_do, counted)
    order = np.argsort(ranking.places.place[cut.rows], kind="stable")
    inside = [int(i) for i in order if cut.above[i]][-near:]
    outside = [int(i) for i in order if not cut.above[i]][:near]
    if not inside or not outside:
        return Argument((), (), cut.tie_in_words)
    pairs = sorted(
        (_pair(cut, a, b) for a in reversed(inside) for b in outside), key=lambda pair: pair.gap
    )
    refs = tuple(ranking.sheet.refs[cut.rows[i]] for i in [*inside, *outside])
    return Argument(refs, tuple(pairs), cut.tie_in_words)


def _pair(cut: Cut, a: int, b: int) -> Pair:
    sheet, full = cut.ranking.sheet, cut.ranking.totals.full
    gap = Fraction(100 * (int(cut.keys[a]) - int(cut.keys[b])), full)
    differences, settles = [], []
    for j, criterion in enumerate(sheet.framework.criteria):
        apart = int(cut.steps[a, j]) - int(cut.steps[b, j])
        if apart and cut.units[j]:
            points = Fraction(100 * cut.units[j] * apart, full)
            differences.append(Difference(criterion.id, criterion.name, points))
        step = sheet.framework.common_steps // criterion.scale.steps
        room = int(cut.steps[b, j]) + step <= sheet.framework.common_steps
        if room and Fraction(100 * cut.units[j] * step, full) >= gap:
            settles.append(criterion.name)
    differences.sort(key=lambda d: -abs(d.points))
    refs = sheet.refs
    every = len(settles) == len(sheet.framework.criteria) > 2
    pair = refs[cut.rows[a]], refs[cut.rows[b]]
    return Pair(*pair, gap, tuple(differences), tuple(settles), every)


def _points(points: Fraction) -> str:
    """Points to two decimals at most: "1.25 points", "5 points", "under 0.01 points"."""
    if 0 < points < Fraction(1, 100):
        return "under 0.01 points"
    shown = f"{float(points):.2f}".rstrip("0").rstrip(".")
    return f"{shown} point{'' if shown == '1' else 's'}"


def _named(differences: Sequence[Difference]) -> str:
    parts = [f"{d.name} ({_points(abs(d.points))})" for d in differences]
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def _either(names: Sequence[str]) -> str:
    return " or ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
