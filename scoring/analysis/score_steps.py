"""Score steps: the fewest steps up its scales that lift one intention over the line.

With the weights as they are, every step on a criterion adds the same to the total, so taking the
worthiest steps first gives the fewest: no search is needed to know how many. All the ways of doing
it in so many steps are then listed, as far as they can be counted.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from scoring.analysis.cut import Cut
from scoring.ranking import Ranking
from scoring.sheet import Bools

_COUNTABLE = 20_000  # ways to look through; beyond this only the worthiest is given


@dataclass(frozen=True, slots=True)
class ScoreMove:
    """One score of a way: `today` is None where it is not scored (and counts as the worst)."""

    criterion: str
    name: str
    today: float | None
    wanted: float
    steps: int

    def __str__(self) -> str:
        today = "not scored" if self.today is None else f"{self.today:g}"
        return f"{self.name} {self.wanted:g} instead of {today}"


@dataclass(frozen=True, slots=True)
class ScoreSteps:
    """The fewest steps, and the ways to take them, that which ends highest first.

    `steps` is 0 when not even the best score everywhere would do. `all_ways` says whether `ways`
    is complete.
    """

    steps: int
    ways: tuple[tuple[ScoreMove, ...], ...] = ()
    all_ways: bool = True

    def __str__(self) -> str:
        if not self.steps:
            return "No scores can: not even the best score on everything would lift it over."
        one, *more = self.ways
        others = f" There are {len(more)} other ways." if len(more) > 1 else ""
        others = f" Or: {_listed(more[0])}." if len(more) == 1 else others
        size = (
            "One score step would do it"
            if self.steps == 1
            else f"{self.steps} score steps would do it"
        )
        return f"{size}: {_listed(one)}.{others}"


def score_steps(
    ranking: Ranking,
    ref: str,
    line: int,
    must_do: Sequence[bool] | Bools | None = None,
    counted: bool = True,
) -> ScoreSteps:
    """The fewest score steps that lift `ref` over the line, everything else as it is.

    Over the line as for `weight_change`: fewer others than places score at least as much. A step
    is one level of a criterion's own scale. Raises as `weight_change` does.
    """
    cut = Cut.of(ranking, line, must_do, counted)
    me = cut.position(ref)
    if me is None or cut.line < 1:
        raise ValueError("only an intention in the running can be lifted over the line")
    others = np.sort(np.delete(cut.keys, me))[::-1]
    if len(others) < cut.line:
        return ScoreSteps(0)
    needed = int(others[cut.line - 1]) + 1 - int(cut.keys[me])
    criteria = ranking.sheet.framework.criteria
    worth = [ranking.sheet.framework.common_steps // c.scale.steps for c in criteria]
    gain = [unit * w for unit, w in zip(cut.units, worth, strict=True)]
    room = [
        c.scale.steps - int(s) // w for c, s, w in zip(criteria, cut.steps[me], worth, strict=True)
    ]
    by_worth = sorted((j for j in range(len(gain)) if gain[j]), key=lambda j: -gain[j])
    fewest = _fewest(needed, [(gain[j], room[j]) for j in by_worth])
    if not fewest:
        return ScoreSteps(0)
    countable = math.comb(len(by_worth) + fewest - 1, fewest) <= _COUNTABLE
    ways = list(_ways(needed, fewest, by_worth, gain, room)) if countable else []
    if not ways:
        ways = [_worthiest(fewest, by_worth, room)]
    ways.sort(key=lambda way: (-sum(gain[j] * k for j, k in way.items()), len(way)))
    moves = tuple(tuple(_move(ranking, ref, j, k) for j, k in sorted(way.items())) for way in ways)
    return ScoreSteps(fewest, moves, countable)


def _fewest(needed: int, steps: Sequence[tuple[int, int]]) -> int:
    """How many steps reach `needed`, from (gain, how many there are), worthiest first; 0: never."""
    taken = 0
    for gain, room in steps:
        wanted = -(-needed // gain)
        if wanted <= room:
            return taken + wanted
        taken, needed = taken + room, needed - room * gain
    return 0


def _worthiest(fewest: int, by_worth: Sequence[int], room: Sequence[int]) -> dict[int, int]:
    way = {}
    for j in by_worth:
        way[j] = min(room[j], fewest)
        fewest -= way[j]
    return {j: steps for j, steps in way.items() if steps}


def _ways(
    needed: int, left: int, rest: Sequence[int], gain: Sequence[int], room: Sequence[int]
) -> Iterator[dict[int, int]]:
    """Every way of spending exactly `left` steps on `rest` that gains at least `needed`."""
    if not left:
        if needed <= 0:
            yield {}
        return
    if not rest or left * gain[rest[0]] < needed:  # not even the worthiest step, every time
        return
    first, *others = rest
    for steps in range(min(left, room[first]), -1, -1):
        for way in _ways(needed - steps * gain[first], left - steps, others, gain, room):
            yield {first: steps, **way} if steps else way


def _move(ranking: Ranking, ref: str, j: int, steps: int) -> ScoreMove:
    sheet = ranking.sheet
    i, criterion = sheet.index(ref), sheet.framework.criteria[j]
    scored, scale = bool(sheet.scored[i, j]), criterion.scale
    today = float(sheet.scores[i, j]) if scored else float(scale.worst)
    towards = 1 if scale.better == "high" else -1
    wanted = float(Fraction(repr(today)) + towards * steps * Fraction(scale.step))
    return ScoreMove(criterion.id, criterion.name, today if scored else None, wanted, steps)


def _listed(moves: Sequence[ScoreMove]) -> str:
    parts = [str(move) for move in moves]
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
