"""Confidence: the chance that an intention is first with the weights that suit it best.

SMAA-2's confidence factor (Lahdelma & Salminen, Operations Research 49(3), 2001): with its own
central weights, how often does an intention come first, scores being drawn? A low figure says that
the scores are too unsure to call it best even by the weights that favour it.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from scoring.analysis.simulation import Simulation
from scoring.analysis.subject import BLOCK, score_stream
from scoring.sheet import Floats


def confidence_factors(simulation: Simulation, draws: int = 2_000) -> Floats:
    """(intentions,): the chance of first place by central weights; NaN for those never first.

    Equal totals share first place. Scores that are not drawn give 1 or a share of 1, or 0 where
    the weights were drawn from a list whose middle suits somebody else. The same seed gives the
    same answer. Raises ValueError for a number of draws below 1.
    """
    if draws < 1:
        raise ValueError("the number of draws must be at least 1")
    subject = simulation.subject
    draws = 1 if subject.scores.fixed else draws
    factors = np.full(len(simulation), np.nan)
    for i in np.flatnonzero(simulation.first):
        shares = simulation.central_weights[i]
        weights = np.rint(shares * subject.weights.scale).astype(np.int64)
        won = 0.0
        for block in range(-(-draws // BLOCK)):
            count = min(BLOCK, draws - block * BLOCK)
            alike = np.repeat(weights[None, :], min(draws, BLOCK), axis=0)
            numbers = partial(score_stream, subject.seed, block)
            totals = subject.scores.totals(alike, numbers)[:, :count]
            best = totals == totals.max(axis=0)
            won += float((best[i] / best.sum(axis=0)).sum())
        factors[i] = won / draws
    return factors
