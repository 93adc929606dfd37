"""What a session takes for unsure, and from which chance it calls something firm.

Chosen on the How firm? page; the marks on Rank, the exports and the board paper go by it too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from scoring.framework import Weights
from scoring.intake.assessors import AssessorWeights
from scoring.intake.score_ranges import ScoreRange
from scoring.problem import Problem, Unusable

if TYPE_CHECKING:
    from scoring.analysis.assumptions import Assumptions
    from scoring.analysis.draws import WeightDraws
    from scoring.analysis.score_draws import ScoreDraws
    from views.state import AppState

DRAWS, SEED = 10_000, 20260401  # as `simulate` has them: a test holds the two together
MOST_DRAWS, MOST_SEED = 100_000, 2**31 - 1
_KEPT = 2_000  # ranges that come back after a refresh; more are read from their sheet again


@dataclass(frozen=True, slots=True)
class FirmSettings:
    """Every choice of the page, those not in use too, so that going back to one finds it again.

    `weights` is around, within, order, any, assessors or scenarios; `scores` given, off or ranges;
    `off`, `firm` and `firm_out` are in %. `order` is as for `InOrder`; () is today's order.
    """

    weights: str = "around"
    unsure: str = "somewhat unsure"
    points: float = 5.0
    order: tuple[str, ...] = ()
    assessors: tuple[AssessorWeights, ...] = ()
    scenarios: tuple[str, ...] = ()
    scores: str = "given"
    off: int = 10
    ranges: tuple[ScoreRange, ...] = ()
    firm: int = 90
    firm_out: int = 10
    draws: int = DRAWS
    seed: int = SEED

    @property
    def untouched(self) -> bool:
        """Whether what is in use is what the page opens with."""
        return self == replace(FirmSettings(), order=self.order, assessors=self.assessors,
                               scenarios=self.scenarios, ranges=self.ranges,
                               points=self.points, off=self.off)  # fmt: skip


def assumptions_of(state: AppState) -> Assumptions:
    """What the settings mean for the round in use. Raises `Unusable` while a choice is not made."""
    # Libraries that take a while to import: only who asks waits for them.
    from scoring.analysis.assumptions import Assumptions

    firm = state.firm
    out = None if firm.firm + firm.firm_out == 100 else firm.firm_out / 100
    weights, scores = _weights(state), _scores(state)
    return Assumptions(weights, scores, firm.firm / 100, out, firm.draws, firm.seed)


def assumptions_or_usual(state: AppState) -> Assumptions:
    """What the settings mean; what the page opens with while a choice is not made."""
    from scoring.analysis.assumptions import Assumptions

    try:
        return assumptions_of(state)
    except Unusable:
        return Assumptions()


def order_of(state: AppState) -> tuple[str, ...]:
    """The order of importance in use: the one stated, or today's, as `InOrder` has it."""
    known = set(state.weights)
    places = [[id for id in place.split("=") if id in known] for place in state.firm.order]
    if not any(places):
        shares = sorted(state.weights.percent.items(), key=lambda item: -item[1])
        places = [[id for id, _ in same] for _, same in groupby(shares, key=lambda item: item[1])]
    return tuple("=".join(place) for place in places if place)


def _weights(state: AppState) -> WeightDraws:
    from scoring.analysis import draws
    from scoring.analysis.assumptions import FromScenarios
    from views.scenarios import all_scenarios

    firm, names = state.firm, tuple(state.weights)
    if firm.weights == "within":
        return draws.Within(firm.points)
    if firm.weights == "order":
        how = draws.InOrder(order_of(state))
        named = {id for level in how.levels for id in level}
        left = [state.framework.criterion(id).name for id in names if id not in named]
        if left:
            wanted = f"every criterion: {', '.join(left)} still to be named"
            raise Unusable(Problem("order of importance", f"{len(named)} criteria", wanted))
        return how
    if firm.weights == "any":
        return draws.Anywhere()
    if firm.weights == "assessors":
        each = [one.weights for one in firm.assessors if tuple(one.weights) == names]
        if not each:
            wanted = "each assessor's weights: enter or upload them below"
            raise Unusable(Problem("assessors' weights", "", wanted))
        return draws.FromAssessors(tuple(each))
    if firm.weights == "scenarios":
        chosen = [one for one in all_scenarios(state) if one.name in firm.scenarios]
        if not chosen:
            raise Unusable(Problem("scenarios", "", "at least one: choose them below"))
        return FromScenarios(
            tuple(one.weights for one in chosen), tuple(one.name for one in chosen)
        )
    return draws.AroundToday(firm.unsure)


def _scores(state: AppState) -> ScoreDraws:
    from scoring.analysis.ranges import in_ranges
    from scoring.analysis.score_draws import AsGiven, OffByOne

    firm, sheet = state.firm, state.sheet
    if firm.scores == "off":
        return OffByOne(firm.off / 100)
    if firm.scores == "ranges":
        found = state.once(
            ("score ranges", sheet, firm.ranges), lambda: in_ranges(sheet, firm.ranges)
        )
        if not found.ranged:
            wanted = "ranges of scores of this round: enter, upload or take them below"
            raise Unusable(Problem("ranges of scores", "", wanted))
        return found
    return AsGiven()


def settings_to_keep(firm: FirmSettings) -> dict[str, Any]:
    """The settings as JSON values; {} for those that the page opens with."""
    if firm == FirmSettings():
        return {}
    kept = asdict(replace(firm, assessors=(), ranges=()))
    kept["assessors"] = [
        [one.name, [[id, f"{w:f}"] for id, w in one.weights.items()]] for one in firm.assessors
    ]
    if len(firm.ranges) <= _KEPT:
        kept["ranges"] = [[r.ref, r.criterion, r.low, r.high] for r in firm.ranges]
    return dict(json.loads(json.dumps(kept)))


def settings_from_kept(kept: Mapping[str, Any]) -> FirmSettings:
    """The settings that were kept; what cannot be read is as the page opens."""
    try:
        plain = {k: v for k, v in kept.items() if k not in {"assessors", "ranges"}}
        plain |= {k: tuple(plain[k]) for k in ("order", "scenarios") if k in plain}
        assessors = tuple(
            AssessorWeights(n, Weights.of(dict(w))) for n, w in kept.get("assessors", ())
        )
        ranges = tuple(ScoreRange(*one) for one in kept.get("ranges", ()))
        return FirmSettings(**plain, assessors=assessors, ranges=ranges)
    except (TypeError, ValueError, Unusable):
        return FirmSettings()
