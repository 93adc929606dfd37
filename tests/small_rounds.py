"""Small rounds for tests: frameworks and sheets of a few whole-number scores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scoring.framework import Criterion, Framework, Scale, Weights
from scoring.ranking import Ranking, prioritise
from scoring.sheet import ScoreSheet

NAMES = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta")


def framework(weights: Sequence[float], best: int = 4) -> Framework:
    """Criteria Alpha, Beta, ... with these weights, each on a scale from 0 to `best`."""
    scale = Scale(low=0, high=best)
    criteria = tuple(
        Criterion(id=name.lower(), name=name, asks="How good is it?", weight=weight, scale=scale)
        for name, weight in zip(NAMES, weights, strict=False)
    )
    return Framework(id="small", name="Small", about="For tests", criteria=criteria)


def sheet(weights: Sequence[float], scores: Sequence[Sequence[float]], best: int = 4) -> ScoreSheet:
    """Intentions A, B, C, ... (I-26, I-27 beyond Z) with these scores."""
    refs = tuple(chr(65 + i) if i < 26 else f"I-{i}" for i in range(len(scores)))
    table = np.asarray(scores, float).reshape(len(scores), len(weights))
    return ScoreSheet(framework(weights, best), refs, tuple(f"Intention {r}" for r in refs), table)


def ranking(weights: Sequence[float], scores: Sequence[Sequence[float]], best: int = 4) -> Ranking:
    """Those intentions ranked by those weights."""
    built = sheet(weights, scores, best)
    return prioritise(built, Weights.of(dict(built.framework.weights)))
