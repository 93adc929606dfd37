"""Weight change: the smallest change of weights that lifts one intention over the line.

Over the line means: fewer intentions than the line has places score at least as much, so that no
tie can take its place away. Which of the others it must pass is open, so this is a mixed-integer
linear programme, solved by HiGHS: a yes/no for each of the others that may stay ahead, at most as
many as leave a place, and the sum of all changes of weight as small as possible. HiGHS stops after
a fixed number of steps, never after a time, so the answer is the same on every machine; when it
stops early the best change found and a bound for a smaller one are given.

Source: Huangfu & Hall, "Parallelizing the dual revised simplex method", Mathematical Programming
Computation 10, 2018 (HiGHS); the least change of weights that reverses an order: Triantaphyllou &
Sanchez, "A sensitivity analysis approach for some deterministic multi-criteria decision-making
methods", Decision Sciences 28(1), 1997, there for one pair and one weight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.analysis.cut import Cut, named
from scoring.analysis.progress import Progress
from scoring.framework import Weights
from scoring.ranking import Ranking, prioritise
from scoring.sheet import Bools, Floats

LEAD = 1e-5  # how much it must lead by, of a total of 1: 0.001 points of 100
_NODES = 300_000  # branches x others after which the best change found is given
_SLIGHT = 0.05  # a change below this many points is too small to be worth its figures


@dataclass(frozen=True, slots=True)
class WeightMove:
    """One weight of the change, in % of all weight."""

    criterion: str
    name: str
    today: float
    wanted: float


@dataclass(frozen=True, eq=False)
class WeightChange:
    """The weights that lift an intention over the line, and what else they do.

    `change` adds up how far every weight moves, in points of the 100 that all weights add to (a
    point taken from one weight and given to another counts twice). No change below `at_least`
    does it; `proved` when the two agree. `enters` and `leaves` are all who cross the line.
    """

    weights: Weights
    change: float
    at_least: float
    proved: bool
    moves: tuple[WeightMove, ...]
    enters: tuple[str, ...]
    leaves: tuple[str, ...]

    def __str__(self) -> str:
        if self.change < _SLIGHT:
            up = [move.name for move in self.moves if move.wanted > move.today]
            down = [move.name for move in self.moves if move.wanted < move.today]
            return (
                f"The slightest change does it: a little more weight on {named(up)}, as much less "
                f"on {named(down)}."
            )
        places = 1 if self.change >= 1 else 2
        moves = [
            f"{move.name} from {move.today:.{places}f}% to {move.wanted:.{places}f}%"
            for move in sorted(self.moves, key=lambda move: -abs(move.wanted - move.today))
            if abs(move.wanted - move.today) > 0.5 / 10**places
        ]
        head = "The smallest change of weights that does it is"
        if not self.proved:
            bound = f"none below {self.at_least:.1f} points does it"
            known = bound if self.at_least >= 0.1 else "a smaller one may exist"
            head = f"The smallest change of weights found ({known}) is"
        return f"{head} {self.change:.{places}f} points in all: {_listed(moves)}."

    @property
    def others_in_words(self) -> str:
        """Who else would cross the line."""
        ins, outs = named(self.enters), named(self.leaves)
        if not outs:
            return f"With those weights {ins} would be above the line and nobody would drop out."
        return f"With those weights {ins} would come in and {outs} would go out."


@dataclass(frozen=True, slots=True)
class NoWeights:
    """No weights lift it over the line.

    `blockers` score at least as well on everything, when they alone are as many as the line has
    places. `settled` is False when the search was given up without an answer.
    """

    blockers: tuple[str, ...]
    settled: bool = True

    def __str__(self) -> str:
        if not self.settled:
            return (
                "The search for weights was stopped before it found any that do it, or a proof "
                "that there are none."
            )
        if not self.blockers:
            return (
                "No weights can: whatever the weights, too many others score at least as much in "
                "total, though not always the same ones."
            )
        return (
            f"No weights can: these {len(self.blockers)} score at least as well on everything: "
            f"{', '.join(self.blockers)}."
        )


def weight_change(
    ranking: Ranking,
    ref: str,
    line: int,
    must_do: Sequence[bool] | Bools | None = None,
    counted: bool = True,
    progress: Progress | None = None,
) -> WeightChange | NoWeights:
    """The smallest total change of weights that lifts `ref` over the line.

    `ref` must be ranked and no must-do, with a place left above the line: `reach` sees to that.
    `progress` hears how far the search is, as a share of the work it may do at most.
    The weights found are rounded to six decimals and ranked again, exactly, before they are given.
    Raises KeyError for an unknown ref, ValueError and `Unusable` as `Cut.of` does.
    """
    cut = Cut.of(ranking, line, must_do, counted)
    me = cut.position(ref)
    if me is None or cut.line < 1:
        raise ValueError("only an intention in the running can be lifted over the line")
    values = cut.steps.astype(np.float64) / ranking.sheet.framework.common_steps
    lead = np.delete(values - values[me], me, axis=0)
    blocking = (lead >= 0).all(axis=1)
    if int(blocking.sum()) >= cut.line:
        marked = np.zeros(len(cut), bool)
        marked[np.delete(np.arange(len(cut)), me)[blocking]] = True
        return NoWeights(cut.refs(marked))
    today = np.array(cut.units, np.float64) / sum(cut.units)
    if progress:
        progress(0.0)
    found = _solve(lead[~blocking], today, cut.line - 1 - int(blocking.sum()))
    if progress:
        progress(1.0)
    if found.x is None:
        return NoWeights((), settled=found.status == 2)
    shares = np.clip(found.x[: len(today)], 0.0, None)
    names = tuple(ranking.weights)
    weights = Weights.of({name: f"{100 * w:.6f}" for name, w in zip(names, shares, strict=True)})
    return _checked(cut, me, weights, found, (must_do, counted, line))


def _checked(
    cut: Cut, me: int, weights: Weights, found: Any, how: tuple[Any, bool, int]
) -> WeightChange:
    """The change in words and figures, once an exact ranking has confirmed it."""
    ranking, (must_do, counted, line) = cut.ranking, how
    again = prioritise(ranking.sheet, weights, ranking.totals.missing, segments=ranking.segments)
    after = Cut.of(again, line, must_do, counted)
    if int((after.keys >= after.keys[me]).sum()) > after.line:
        raise AssertionError("weights were found that an exact ranking does not confirm")
    before, wanted = ranking.weights.percent, weights.percent
    moves = tuple(
        WeightMove(c.id, c.name, before[c.id], wanted[c.id])
        for c in ranking.sheet.framework.criteria
        if abs(wanted[c.id] - before[c.id]) > 1e-9
    )
    change = sum(abs(move.wanted - move.today) for move in moves)
    proved = int(found.status) == 0
    at_least = change if proved else min(change, 100 * float(found.mip_dual_bound))
    enters = after.refs(after.above & ~(cut.above & ~cut.tied))
    leaves = cut.refs(cut.above & ~after.above)
    return WeightChange(weights, change, at_least, proved, moves, enters, leaves)


def _solve(lead: Floats, today: Floats, ahead: int) -> Any:
    """scipy's answer; its first variables are the weights as shares of 1.

    `lead` (others, criteria) is what each of the others has over the chosen one; at most `ahead`
    of them may stay level or ahead.
    """
    # scipy.optimize takes a while to import, which no page should wait for before it is asked.
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, diags_array, hstack, vstack

    lead, count = np.unique(lead, axis=0, return_counts=True)
    size, free = len(today), _must_be_passed(lead, count, ahead)
    passed, open_, times = lead[free], lead[~free], count[~free]
    eye, groups = np.eye(size), len(open_)
    blocks = [
        [eye, -eye, np.zeros((size, groups))],  # weight - today <= change
        [-eye, -eye, np.zeros((size, groups))],  # today - weight <= change
        [passed, np.zeros((len(passed), size)), np.zeros((len(passed), groups))],
        [open_, np.zeros((groups, size)), diags_array(-open_.max(axis=1, initial=0) - LEAD)],
        [np.zeros((1, size)), np.zeros((1, size)), times[None, :]],
        [np.ones((1, size)), np.zeros((1, size)), np.zeros((1, groups))],
    ]
    low = np.r_[np.full(2 * size + len(lead) + 1, -np.inf), 1]
    high = np.r_[today, -today, np.full(len(lead), -LEAD), ahead, 1]
    rules = vstack([hstack([csr_array(part) for part in row]) for row in blocks], format="csr")
    return milp(
        np.r_[np.zeros(size), np.ones(size), np.zeros(groups)],
        constraints=LinearConstraint(rules, low, high),
        integrality=np.r_[np.zeros(2 * size), np.ones(groups)],
        bounds=Bounds(0, np.r_[np.ones(size), np.full(size, 2.0), np.ones(groups)]),
        options={"mip_rel_gap": 0, "node_limit": max(10, _NODES // max(1, groups))},
    )


def _must_be_passed(lead: Floats, count: NDArray[Any], ahead: int) -> Bools:
    """Which of the others can never stay ahead: those above them would be too many with them."""
    better = np.zeros(len(lead), np.int64)
    for i, row in enumerate(lead):
        better[i] = count[(lead >= row).all(axis=1)].sum()  # itself included
    return np.asarray(better > ahead)


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
