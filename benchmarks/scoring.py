"""Score and rank n intentions on seven criteria, against the plain numpy floor and pymcdm."""

from __future__ import annotations

import numpy as np
from pymcdm.methods import WSM

from benchmarks.timing import in_turns, show
from scoring.framework import load_framework
from scoring.rank import rank
from scoring.score import score
from scoring.sheet import ScoreSheet


def _floor(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The least that any answer needs: totals, a sort, shared places."""
    totals = values @ weights
    order = np.argsort(-totals)
    ordered = totals[order]
    first = np.concatenate(([True], ordered[1:] != ordered[:-1]))
    places = np.empty(len(totals), np.int64)
    places[order] = np.flatnonzero(first)[np.cumsum(first) - 1] + 1
    return places


def main() -> None:
    """Print medians and ratios."""
    framework = load_framework("lsc-2025-26")
    for n, rounds in ((1_000, 51), (10_000, 21), (100_000, 11), (1_000_000, 5)):
        scores = np.random.default_rng(2026).integers(1, 6, (n, 7)).astype(float)
        refs = tuple(map(str, range(n)))
        sheet = ScoreSheet(framework, refs, refs, scores)
        weights = np.array(list(framework.weights.percent.values())) / 100
        changed = framework.weights_with({"impact": "23.75"})
        values = np.ascontiguousarray((scores - 1) / 4)
        _ = sheet.steps, sheet.all_complete  # made once a sheet, not once a weight change

        contenders = {
            "ours, published weights": lambda: rank(score(sheet)).order,  # noqa: B023
            "ours, weights to 0.01": lambda: rank(score(sheet, changed)).order,  # noqa: B023
            "numpy floor": lambda: _floor(values, weights),  # noqa: B023
        }
        limits = {"numpy floor": "wanted: at most 2 from 100,000"}
        if n == 10_000:
            method, kinds = WSM(), np.ones(7)
            contenders["pymcdm WSM + rank"] = lambda: method.rank(method(scores, weights, kinds))  # noqa: B023
            limits["pymcdm WSM + rank"] = "wanted: at most 0.05"
        show(f"{n:,} intentions", in_turns(contenders, rounds), "ours, published weights", limits)


if __name__ == "__main__":
    main()
