"""Weight change: the smallest change of weights that lifts one intention over the line.

Over the line means: fewer intentions than the line has places score at least as much, so that no
tie can take its place away. Which of the others it must pass is open: `WeightSearch` looks through
all directions in which weights can move, and where that takes long a mixed-integer programme is
tried as well. Both stop after a fixed amount of work, never after a time, so the answer is the same
on every machine; when they stop early, the best change found and what any change must have are
given. Whatever they say, the weights are ranked again, exactly, before they are given.

Source of the question: Triantaphyllou & Sanchez, "A sensitivity analysis approach for some
deterministic multi-criteria decision-making methods", Decision Sciences 28(1), 1997, there for one
pair and one weight.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.analysis.cut import Cut, named
from scoring.analysis.progress import Progress, told
from scoring.analysis.weight_programme import LEAD, Solved, nearest, programme
from scoring.analysis.weight_search import SLIGHT, WeightSearch, agree
from scoring.framework import Weights
from scoring.ranking import Ranking, prioritise
from scoring.sheet import Bools, Floats

_QUICK, _LONG = 6e7, 5e8  # leads worked out before and after the programme: 0.5 s and 4 s or so
_FEW = 250  # undecided others for which the programme is worth its time


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
    does it; `proved` when the two agree to a twentieth of a point (a two-hundredth below one
    point). `enters` and `leaves` are all who cross the line.
    """

    weights: Weights
    change: float
    at_least: float
    proved: bool
    moves: tuple[WeightMove, ...]
    enters: tuple[str, ...]
    leaves: tuple[str, ...]

    def __str__(self) -> str:
        if self.change < SLIGHT:
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
        if self.proved:
            head = "The smallest change of weights that does it is"
            return f"{head} {self.change:.{places}f} points in all: {_listed(moves)}."
        known = "whether a smaller one does is not proved"
        if (least := math.floor(10 * self.at_least) / 10) > 0:
            known = f"at least {least:.1f} are needed, and whether fewer do is not proved"
        return (
            f"At most {self.change:.{places}f} points of change are needed in all ({known}): "
            f"{_listed(moves)}."
        )

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
    places. `settled` is False when the search was given up without an answer: weights that change
    less than `at_least` points are then still known not to do it.
    """

    blockers: tuple[str, ...]
    settled: bool = True
    at_least: float = 0.0

    def __str__(self) -> str:
        if not self.settled:
            least = math.floor(10 * self.at_least) / 10
            known = f" (none below {least:.1f} points of change)" if least > 0 else ""
            return (
                "No weights were found that do it, and it is not proved that there are none"
                f"{known}."
            )
        if not self.blockers:
            return (
                "No weights can: whatever the weights, too many others score at least as much in "
                "total, though not always the same ones."
            )
        if len(self.blockers) == 1:
            return f"No weights can: {self.blockers[0]} scores at least as well on everything."
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
    how = (must_do, counted, line)
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
    weights, at_least = _searched(lead, today, cut.line - 1, progress)
    if weights is None:
        return NoWeights((), bool(np.isinf(at_least)), 0.0 if np.isinf(at_least) else at_least)
    # Rounded weights must do it too: they are made to lead by more where they would not.
    stay = lead @ weights > -LEAD / 2
    for ahead_by in (0.0, 10 * LEAD, 100 * LEAD):
        clearer = nearest(lead, today, stay, ahead_by) if ahead_by else weights
        found = None if clearer is None else _checked(cut, me, clearer, at_least, how)
        if found is not None:
            return found
    return NoWeights((), False, at_least)


def _searched(
    lead: Floats, today: Floats, ahead: int, progress: Progress | None
) -> tuple[Floats | None, float]:
    """The best weights found, and the points that any change has; infinite: there are none."""
    search = WeightSearch(lead, today, ahead)
    search.run(_QUICK, _part(progress, 0.0, 0.2))
    solved = Solved(None, 0.0)
    if not search.done and int(search.undecided.sum()) <= _FEW:
        within = search.moved
        solved = told(lambda: programme(lead, today, ahead, within), _part(progress, 0.2, 0.4))
        if solved.weights is not None:
            search.improve(solved.weights)
    settled = agree(search.change, solved.at_least) or np.isinf(solved.at_least)
    if not search.done and not settled:
        search.run(_LONG, _part(progress, 0.4, 1.0))
    if progress:
        progress(1.0)
    if search.weights is None:
        return None, max(search.at_least, solved.at_least)
    return search.weights, min(search.change, max(search.at_least, solved.at_least))


def _part(progress: Progress | None, start: float, end: float) -> Progress | None:
    """Tells a part of the work as a share of the whole."""
    return None if progress is None else lambda done: progress(start + (end - start) * done)


def _checked(
    cut: Cut,
    me: int,
    shares: Floats,
    at_least: float,
    how: tuple[Sequence[bool] | Bools | None, bool, int],
) -> WeightChange | None:
    """The change in words and figures, when an exact ranking confirms it."""
    ranking, (must_do, counted, line) = cut.ranking, how
    names = tuple(ranking.weights)
    percent = [f"{100 * max(w, 0.0):.6f}" for w in shares.tolist()]
    weights = Weights.of(dict(zip(names, percent, strict=True)))
    again = prioritise(ranking.sheet, weights, ranking.totals.missing, segments=ranking.segments)
    after = Cut.of(again, line, must_do, counted)
    if int((after.keys >= after.keys[me]).sum()) > after.line:
        return None
    before, wanted = ranking.weights.percent, weights.percent
    moves = tuple(
        WeightMove(c.id, c.name, before[c.id], wanted[c.id])
        for c in ranking.sheet.framework.criteria
        if abs(wanted[c.id] - before[c.id]) > 1e-9
    )
    change = sum(abs(move.wanted - move.today) for move in moves)
    proved = agree(change, at_least)
    enters = after.refs(after.above & ~(cut.above & ~cut.tied))
    leaves = cut.refs(cut.above & ~after.above)
    at_least = min(change, at_least)
    return WeightChange(weights, change, at_least, proved, moves, enters, leaves)


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
