"""What was taken for unsure, as plain values in a pack, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from scoring.framework import Framework, Weights
from scoring.sheet import Floats

if TYPE_CHECKING:
    from scoring.analysis.assumptions import Assumptions
    from scoring.analysis.draws import WeightDraws
    from scoring.analysis.score_draws import ScoreDraws

MOST_DRAWS = 1_000_000  # a pack that asks for more is not obeyed


def weights_document(weights: Weights) -> dict[str, str]:
    """Weights as they were set, exactly."""
    return {id: f"{weight:f}" for id, weight in weights.items()}


def assumptions_document(assumptions: Assumptions) -> dict[str, Any] | None:
    """The assumptions as plain values; None for samples of a model, which a pack does not hold."""
    scores = _scores_document(assumptions.scores)
    if scores is None:
        return None
    return {
        "weights": _weights_document(assumptions.weights),
        "scores": scores,
        "firm": assumptions.firm,
        "firm_out": assumptions.firm_out,
        "draws": assumptions.draws,
        "seed": assumptions.seed,
    }


def read_assumptions(document: Any, framework: Framework) -> Assumptions:
    """The assumptions back. Raises `Unusable`, KeyError, TypeError or ValueError."""
    from scoring.analysis.assumptions import Assumptions

    draws = int(document["draws"])
    if not 1 <= draws <= MOST_DRAWS:
        raise ValueError(f"{draws:,} draws; at most {MOST_DRAWS:,}")
    out = document["firm_out"]
    return Assumptions(
        _weights(document["weights"], framework),
        _scores(document["scores"]),
        float(document["firm"]),
        None if out is None else float(out),
        draws,
        int(document["seed"]),
    )


def _weights_document(how: WeightDraws) -> dict[str, Any]:
    from scoring.analysis.assumptions import FromScenarios
    from scoring.analysis.draws import AroundToday, FromAssessors, InOrder, Within

    if isinstance(how, AroundToday):
        return {"how": "around", "unsure": how.unsure}
    if isinstance(how, Within):
        return {"how": "within", "points": how.points}
    if isinstance(how, InOrder):
        return {"how": "in order", "order": list(how.order)}
    if isinstance(how, FromAssessors):
        each = [weights_document(weights) for weights in how.weights]
        if isinstance(how, FromScenarios):
            return {"how": "scenarios", "weights": each, "names": list(how.names)}
        return {"how": "assessors", "weights": each}
    return {"how": "anywhere"}


def _weights(given: Any, framework: Framework) -> WeightDraws:
    from scoring.analysis.assumptions import FromScenarios
    from scoring.analysis.draws import Anywhere, AroundToday, FromAssessors, InOrder, Within

    how = given["how"]
    if how == "around":
        return AroundToday(str(given["unsure"]))
    if how == "within":
        return Within(float(given["points"]))
    if how == "in order":
        return InOrder(tuple(str(id) for id in given["order"]))
    if how in ("assessors", "scenarios"):
        each = tuple(framework.weights_with(one, "weights drawn") for one in given["weights"])
        if how == "assessors":
            return FromAssessors(each)
        return FromScenarios(each, tuple(str(name) for name in given["names"]))
    if how == "anywhere":
        return Anywhere()
    raise ValueError(f"there is no way to draw weights called {how}")


def _scores_document(how: ScoreDraws) -> dict[str, Any] | None:
    from scoring.analysis.score_draws import Between, FromSamples, OffByOne

    if isinstance(how, FromSamples):
        return None
    if isinstance(how, OffByOne):
        return {"how": "off by one", "chance": how.chance}
    if isinstance(how, Between):
        return {"how": "between", "low": _numbers(how.low), "high": _numbers(how.high)}
    return {"how": "as given"}


def _scores(given: Any) -> ScoreDraws:
    from scoring.analysis.score_draws import AsGiven, Between, OffByOne

    how = given["how"]
    if how == "off by one":
        return OffByOne(float(given["chance"]))
    if how == "between":
        return Between(_array(given["low"]), _array(given["high"]))
    if how == "as given":
        return AsGiven()
    raise ValueError(f"there is no way to draw scores called {how}")


def _numbers(scores: Floats) -> list[list[float | None]]:
    return [[None if score != score else score for score in row] for row in scores.tolist()]


def _array(rows: Any) -> Floats:
    return np.array([[np.nan if s is None else float(s) for s in row] for row in rows], np.float64)
