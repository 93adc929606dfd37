"""Chances that are known exactly: published cases, and areas under two criteria by fractions."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise

import numpy as np
import pytest

from scoring.analysis.draws import Anywhere, InOrder, Within
from scoring.analysis.simulate import simulate
from tests.small_rounds import ranking

DRAWS = 40_000
WITHIN = 0.0125  # five standard errors of a half in 40,000 draws


def exact_acceptability(
    scores: list[tuple[int, int]], low: Fraction, high: Fraction
) -> list[list[Fraction]]:
    """The exact chance of each place when the first of two weights is even from low to high.

    Totals are straight lines in that weight, so the order is the same between two crossings.
    """
    stops = {low, high}
    for (a0, a1), (b0, b1) in combinations(scores, 2):
        if (slope := (a0 - a1) - (b0 - b1)) != 0:
            stops.add(Fraction(b1 - a1, slope))
    n = len(scores)
    chances = [[Fraction(0)] * n for _ in range(n)]
    for start, end in pairwise(sorted(s for s in stops if low <= s <= high)):
        middle = (start + end) / 2
        totals = [middle * a + (1 - middle) * b for a, b in scores]
        for i, own in enumerate(totals):
            better, level = sum(t > own for t in totals), sum(t == own for t in totals)
            for place in range(better, better + level):  # those level share their places
                chances[i][place] += (end - start) / ((high - low) * level)
    return chances


def test_one_nil_and_nil_half_are_first_two_times_in_three_and_one_in_three() -> None:
    # First is ahead while w > (1 - w) / 2, that is for w from 1/3 to 1. On a scale of 0 to 2.
    found = simulate(ranking((1, 1), [(2, 0), (0, 1)], best=2), 1, Anywhere(), draws=DRAWS)
    assert found.above == pytest.approx([2 / 3, 1 / 3], abs=WITHIN)
    # The middle of 1/3 to 1, and of 0 to 1/3.
    assert found.central_weights[:, 0] == pytest.approx([2 / 3, 1 / 6], abs=WITHIN)


def test_three_who_are_each_best_at_one_thing_are_first_one_time_in_three() -> None:
    round_ = ranking((1, 1, 1), [(4, 0, 0), (0, 4, 0), (0, 0, 4)])
    found = simulate(round_, 1, Anywhere(), draws=DRAWS)
    assert found.acceptability == pytest.approx(np.full((3, 3), 1 / 3), abs=WITHIN)
    # The mean of the largest of three shares is 11/18 (rank-order centroid; Barron and Barrett,
    # "Decision quality using ranked attribute weights", Management Science 42(11), 1996).
    assert np.diag(found.central_weights) == pytest.approx([11 / 18] * 3, abs=WITHIN)


def test_a_stated_order_leaves_no_chance_to_who_is_best_at_the_least_important() -> None:
    round_ = ranking((1, 1, 1), [(4, 0, 0), (0, 4, 0), (0, 0, 4)])
    found = simulate(round_, 1, InOrder(("beta", "gamma", "alpha")), draws=2_000)
    assert found.expected_place.tolist() == [3, 1, 2]


@pytest.mark.parametrize("seed", range(12))
def test_two_criteria_agree_with_exact_areas(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = [(int(a), int(b)) for a, b in rng.integers(0, 5, (7, 2))]
    round_ = ranking((3, 2), scores)
    for how, low, high in (
        (Anywhere(), Fraction(0), Fraction(1)),
        (Within(20), Fraction(2, 5), Fraction(4, 5)),
    ):
        found = simulate(round_, 3, how, draws=DRAWS)
        exact = np.array(exact_acceptability(scores, low, high), float)
        assert found.acceptability == pytest.approx(exact, abs=WITHIN)
        assert found.above == pytest.approx(exact[:, :3].sum(axis=1), abs=WITHIN)
        assert found.expected_place == pytest.approx(exact @ np.arange(1, 8), abs=0.05)
