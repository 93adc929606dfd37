"""Confidence: the chance that an intention is first with the weights that suit it best.

SMAA-2's confidence factor (Lahdelma & Salminen, Operations Research 49(3), 2001): with its own
central weights, how often does an intention come first, scores being drawn? A low figure says that
the scores are too unsure to call it best even by the weights that favour it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from scoring.analysis.progress import Progress
from scoring.analysis.shares import shown_chance
from scoring.analysis.simulation import Simulation
from scoring.analysis.subject import BLOCK, score_stream
from scoring.ranking import Ranking
from scoring.sheet import Floats

DRAWS = 2_000
_WORTH = 0.5  # points between today's weight and the central one worth a word
_NAMED = 3  # criteria named on either side


def confidence_factors(simulation: Simulation, draws: int = DRAWS) -> Floats:
    """(intentions,): the chance of first place by central weights; NaN for those never first.

    As `confidence_factor` for each.
    """
    each = [confidence_factor(simulation, k, draws) for k in range(len(simulation))]
    return np.array(each, np.float64)


def confidence_factor(
    simulation: Simulation, k: int, draws: int = DRAWS, progress: Progress | None = None
) -> float:
    """The chance that intention `k` is first by its own central weights; NaN when it never is.

    Equal totals share first place. Scores that are not drawn give 1 or a share of 1, or 0 where
    the weights were drawn from a list whose middle suits somebody else. The same seed gives the
    same answer. `progress` hears how far it is. Raises ValueError for a number of draws below 1.
    """
    if draws < 1:
        raise ValueError("the number of draws must be at least 1")
    if not simulation.first[k]:
        return float("nan")
    subject = simulation.subject
    draws = 1 if subject.scores.fixed else draws
    weights = np.rint(simulation.central_weights[k] * subject.weights.scale).astype(np.int64)
    won = 0.0
    for block in range(-(-draws // BLOCK)):
        count = min(BLOCK, draws - block * BLOCK)
        alike = np.repeat(weights[None, :], min(draws, BLOCK), axis=0)
        numbers = partial(score_stream, subject.seed, block)
        totals = subject.scores.totals(alike, numbers)[:, :count]
        best = totals == totals.max(axis=0)
        won += float((best[k] / best.sum(axis=0)).sum())
        if progress:
            progress(min(1.0, (block + 1) * BLOCK / draws))
    return won / draws


def central_in_words(
    simulation: Simulation, ranking: Ranking, ref: str, progress: Progress | None = None
) -> str:
    """Which weights put an intention first, against today's, and how sure its scores make that.

    Raises KeyError for a ref that is not in the simulation.
    """
    k = {one: i for i, one in enumerate(simulation.refs)}[ref]
    chance, rare = float(simulation.first[k]), 100 * 3 / simulation.draws
    if not chance:
        return (
            f"{ref} comes first in none of {simulation.draws:,} draws, so no such weights speak "
            f"for it (95 times in 100 its chance of first place is then below {rare:.2g}%)."
        )
    said = f"{ref} comes first in {shown_chance(chance)} of {simulation.draws:,} draws. "
    central = 100 * simulation.central_weights[k]
    names = [criterion.name for criterion in ranking.sheet.framework.criteria]
    today = np.array(list(ranking.weights.percent.values()))
    more, less = (
        [
            f"{names[j]} ({central[j]:.1f}%, today {today[j]:.1f}%)"
            for j in np.argsort(-way * (central - today), kind="stable")
            if way * (central[j] - today[j]) >= _WORTH
        ][:_NAMED]
        for way in (1, -1)
    )
    if more or less:
        parts = [f"more weight on {_listed(more)}"] if more else []
        parts += [f"less on {_listed(less)}"] if more and less else []
        parts += [f"less weight on {_listed(less)}"] if less and not more else []
        said += f"Those draws have on average {' and '.join(parts)}."
    else:
        said += "Those draws have on average about today's weights."
    factor = confidence_factor(simulation, k, progress=progress)
    how = "as the scores stand" if simulation.subject.scores.fixed else "with the scores drawn anew"
    return (
        f"{said} With exactly these average weights, {how}, it is first in {shown_chance(factor)}."
    )


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
