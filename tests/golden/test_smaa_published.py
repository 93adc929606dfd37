"""Chances against published definitions and figures that can be worked out exactly.

SMAA-2: Lahdelma & Salminen, Operations Research 49(3), 2001. Rank-order centroid weights: Barron &
Barrett, "Decision quality using ranked attribute weights", Management Science 42(11), 1996.
Tolerances are about four standard errors of 20,000 draws.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pytest

from scoring.analysis.draws import Anywhere, InOrder
from scoring.analysis.simulate import simulate
from tests.small_rounds import ranking

DRAWS = 20_000
# Values (1, 0) and (0, 1/2): the first leads while the first weight is above one third.
TWO = ((4, 0), (0, 2))


def test_the_share_of_weights_that_favour_each_is_two_thirds_and_one_third():
    drawn = simulate(ranking((50, 50), TWO), 1, Anywhere(), draws=DRAWS, seed=1)
    within = 4 * np.sqrt(2 / 9 / DRAWS)
    assert drawn.first == pytest.approx([2 / 3, 1 / 3], abs=within)
    assert drawn.above == pytest.approx([2 / 3, 1 / 3], abs=within)
    assert drawn.above.sum() == 1


def test_central_weights_are_the_middle_of_the_weights_that_put_each_first():
    # Uniform from 1/3 to 1 has its middle at 2/3, uniform from 0 to 1/3 at 1/6.
    drawn = simulate(ranking((50, 50), TWO), 1, Anywhere(), draws=DRAWS, seed=1)
    assert drawn.central_weights[0] == pytest.approx([2 / 3, 1 / 3], abs=0.008)
    assert drawn.central_weights[1] == pytest.approx([1 / 6, 5 / 6], abs=0.006)


def test_weights_in_a_stated_order_are_centred_on_the_rank_order_centroid():
    # Three criteria: (1 + 1/2 + 1/3) / 3, (1/2 + 1/3) / 3 and (1/3) / 3.
    drawn = simulate(
        ranking((1, 1, 1), ((4, 4, 4),)),
        1,
        InOrder(("beta", "alpha", "gamma")),
        draws=DRAWS,
        seed=1,
    )
    assert drawn.central_weights[0] == pytest.approx([5 / 18, 11 / 18, 2 / 18], abs=0.005)


def test_two_with_the_same_scores_share_every_place_equally():
    drawn = simulate(ranking((60, 40), ((4, 1), (4, 1), (0, 0))), 1, draws=500, seed=1)
    assert drawn.above.tolist() == [0.5, 0.5, 0]


def test_two_processes_give_the_same_matrix_as_one():
    scores = np.random.default_rng(4).integers(0, 5, (12, 3)).tolist()
    ranked = ranking((50, 30, 20), scores)
    here = simulate(ranked, 4, Anywhere(), draws=3000, seed=9)
    with ProcessPoolExecutor(2) as pool:
        there = simulate(ranked, 4, Anywhere(), draws=3000, seed=9, executor=pool, tasks=3)
    assert there.above.tolist() == here.above.tolist()
    assert there.central_weights.tobytes() == here.central_weights.tobytes()
    assert here.acceptability is not None
    assert there.acceptability is not None
    assert there.acceptability.tobytes() == here.acceptability.tobytes()
