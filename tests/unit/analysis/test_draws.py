"""Weights and scores as drawn: what they add to, where they stay, what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from scoring.analysis.draws import (
    UNSURE,
    Anywhere,
    AroundToday,
    FromAssessors,
    InOrder,
    WeightDrawer,
    WeightDraws,
    Within,
    implied_ranges,
)
from scoring.analysis.score_draws import (
    AsGiven,
    Between,
    OffByOne,
    ScoreDrawer,
    ScoreDraws,
    sixteen_bits,
)
from scoring.framework import Weights
from scoring.problem import Unusable
from scoring.sheet import Floats, ScoreSheet
from tests.small_rounds import sheet

WEIGHTS = Weights.of({"alpha": 50, "beta": 30, "gamma": 20})
SCALE = 2**30
COUNT = 40_000


def shares(how: WeightDraws, weights: Weights = WEIGHTS) -> Floats:
    drawn = WeightDrawer.of(how, weights, SCALE).draw(np.random.default_rng(1), COUNT)
    return drawn / drawn.sum(axis=1, keepdims=True)


def scores(how: ScoreDraws, table: ScoreSheet, worst: bool = False, draws: int = COUNT) -> Floats:
    """(draws, intentions): drawn scores on the only criterion, read off totals at weight 1."""
    drawer = ScoreDrawer.of(how, table, np.arange(len(table)), worst)
    weights = np.ones((draws, 1), np.int64)
    return drawer.totals(weights, lambda use: np.random.default_rng([2, use])).T


@pytest.mark.parametrize(
    "how", [Anywhere(), AroundToday(), Within(10), InOrder(("beta", "alpha", "gamma"))]
)
def test_drawn_weights_are_whole_numbers_that_add_to_the_scale(how: WeightDraws) -> None:
    drawn = WeightDrawer.of(how, WEIGHTS, SCALE).draw(np.random.default_rng(1), COUNT)
    assert drawn.dtype == np.int64
    assert np.abs(drawn.sum(axis=1) - SCALE).max() <= 3
    assert drawn.min() >= 1


def test_any_weights_at_all_average_one_third_each_and_half_of_a_weight_is_above_29_percent() -> (
    None
):
    drawn = shares(Anywhere())
    assert np.abs(drawn.mean(axis=0) - 1 / 3).max() < 0.005
    # One of three shares on the simplex exceeds x with chance (1 - x)^2: 0.5 at x = 0.2929.
    assert abs((drawn[:, 0] > 1 - np.sqrt(0.5)).mean() - 0.5) < 0.01


def test_weights_around_today_average_today_and_the_dial_sets_their_spread() -> None:
    for unsure, sureness in UNSURE.items():
        drawn = shares(AroundToday(unsure))
        assert np.abs(drawn.mean(axis=0) - [0.5, 0.3, 0.2]).max() < 0.01
        # A share s of a Dirichlet draw with sureness k varies by s (1 - s) / (k + 1).
        assert drawn[:, 0].var() == pytest.approx(0.25 / (sureness + 1), rel=0.05)


def test_a_criterion_without_weight_today_gets_none_around_today_but_some_anywhere() -> None:
    weights = Weights.of({"alpha": 50, "beta": 50, "gamma": 0})
    assert shares(AroundToday(), weights)[:, 2].max() == 0
    assert shares(Anywhere(), weights)[:, 2].max() > 0.9


def test_weights_within_ten_points_stay_there_and_fill_the_room() -> None:
    drawn = shares(Within(10))
    assert drawn.min(axis=0) == pytest.approx([0.4, 0.2, 0.1], abs=0.005)
    assert drawn.max(axis=0) == pytest.approx([0.6, 0.4, 0.3], abs=0.005)


def test_weights_within_a_hundred_points_are_any_weights_at_all() -> None:
    drawn = shares(Within(100))
    assert np.abs(drawn.mean(axis=0) - 1 / 3).max() < 0.005
    assert abs((drawn[:, 0] > 1 - np.sqrt(0.5)).mean() - 0.5) < 0.01


def test_weights_within_nought_points_are_todays_exactly() -> None:
    drawn = WeightDrawer.of(Within(0), WEIGHTS, SCALE).draw(np.random.default_rng(1), 3)
    assert drawn.tolist() == [[5, 3, 2]] * 3


def test_weights_in_order_keep_it_and_average_eleven_five_and_two_eighteenths() -> None:
    drawn = shares(InOrder(("beta", "alpha", "gamma")))
    assert (drawn[:, 1] >= drawn[:, 0]).all()
    assert (drawn[:, 0] >= drawn[:, 2]).all()
    # Rank-order centroid of three: (1 + 1/2 + 1/3)/3, (1/2 + 1/3)/3, (1/3)/3.
    assert drawn.mean(axis=0) == pytest.approx([5 / 18, 11 / 18, 2 / 18], abs=0.005)


def test_criteria_of_equal_importance_weigh_the_same_and_share_the_centroid() -> None:
    drawn = shares(InOrder(("beta", "alpha = gamma")))
    assert (drawn[:, 0] == drawn[:, 2]).all()
    assert (drawn[:, 1] >= drawn[:, 0]).all()
    # The mean of the corners (0, 1, 0) and (1/3, 1/3, 1/3); the share of beta is even between.
    assert drawn.mean(axis=0) == pytest.approx([1 / 6, 2 / 3, 1 / 6], abs=0.005)
    assert (drawn[:, 1] < 0.5).mean() == pytest.approx(0.25, abs=0.01)
    level_first = shares(InOrder(("alpha=beta", "gamma"))).mean(axis=0)
    assert level_first == pytest.approx([5 / 12, 5 / 12, 1 / 6], abs=0.005)


def test_an_order_of_importance_is_named_wherever_the_draws_are_described() -> None:
    order = InOrder(("impact", "cost=complexity", "resource_capacity"))
    assert str(order) == (
        "any weights that keep this order of importance: impact, cost = complexity, "
        "resource capacity"
    )


def test_criteria_that_all_matter_alike_have_equal_weights_in_every_draw() -> None:
    assert (shares(InOrder(("alpha=beta=gamma",))) == 1 / 3).all()


def test_an_order_that_names_a_criterion_twice_is_refused() -> None:
    with pytest.raises(Unusable, match="every criterion once: alpha, beta, gamma"):
        WeightDrawer.of(InOrder(("alpha=beta", "beta", "gamma")), WEIGHTS, SCALE)


def test_assessors_weights_come_up_as_often_as_each_other_and_unchanged() -> None:
    second = Weights.of({"alpha": 10, "beta": 20, "gamma": 70})
    drawer = WeightDrawer.of(FromAssessors((WEIGHTS, second)), WEIGHTS, SCALE)
    drawn = drawer.draw(np.random.default_rng(1), COUNT)
    rows, count = np.unique(drawn, axis=0, return_counts=True)
    assert rows.tolist() == [[1, 2, 7], [5, 3, 2]]
    assert np.abs(count / COUNT - 0.5).max() < 0.01


def test_an_order_that_leaves_a_criterion_out_is_refused() -> None:
    with pytest.raises(Unusable, match="every criterion once: alpha, beta, gamma"):
        WeightDrawer.of(InOrder(("alpha", "beta")), WEIGHTS, SCALE)


def test_no_assessors_or_ones_with_other_criteria_are_refused() -> None:
    for wrong in ((), (Weights.of({"alpha": 1}),)):
        with pytest.raises(Unusable, match="weights for every criterion"):
            WeightDrawer.of(FromAssessors(wrong), WEIGHTS, SCALE)


def test_settings_off_their_range_are_refused() -> None:
    with pytest.raises(Unusable, match="one of almost sure, fairly sure"):
        AroundToday("dunno")
    with pytest.raises(Unusable, match="a number from 0 to 100"):
        Within(101)
    with pytest.raises(Unusable, match="a number from 0 to 1"):
        OffByOne(1.5)
    with pytest.raises(Unusable, match="a number from 0 to 1"):
        OffByOne(float("nan"))


def test_implied_ranges_hold_nine_draws_in_ten() -> None:
    for how in (AroundToday("unsure"), Anywhere()):
        drawn = 100 * shares(how)
        for j, (low, high) in enumerate(implied_ranges(how, WEIGHTS).values()):
            assert np.percentile(drawn[:, j], (5, 95)) == pytest.approx([low, high], abs=0.7)


def test_implied_ranges_of_points_are_cut_off_at_nought() -> None:
    ranges = implied_ranges(Within(25), WEIGHTS)
    assert ranges["alpha"] == pytest.approx((25.0, 75.0))
    assert ranges["gamma"] == pytest.approx((0.0, 45.0))


def test_a_criterion_with_all_or_no_weight_has_a_range_of_one_point() -> None:
    weights = Weights.of({"alpha": 1, "beta": 0})
    assert implied_ranges(AroundToday(), weights) == {"alpha": (100.0, 100.0), "beta": (0.0, 0.0)}


def test_a_score_of_two_is_off_by_one_as_often_up_as_down() -> None:
    drawn = scores(OffByOne(0.2), sheet((1,), [(2,)]))
    assert (drawn == 1).mean() == pytest.approx(0.1, abs=0.01)
    assert (drawn == 3).mean() == pytest.approx(0.1, abs=0.01)
    assert (drawn == 2).mean() == pytest.approx(0.8, abs=0.01)


def test_a_score_at_the_end_of_its_scale_never_leaves_it() -> None:
    drawn = scores(OffByOne(0.2), sheet((1,), [(0,), (4,)]))
    assert (drawn[:, 0] == 1).mean() == pytest.approx(0.1, abs=0.01)
    assert (drawn[:, 1] == 3).mean() == pytest.approx(0.1, abs=0.01)
    assert (drawn.min(), drawn.max()) == (0, 4)


def test_a_certain_step_is_always_taken_half_of_them_up() -> None:
    drawn = scores(OffByOne(1.0), sheet((1,), [(2,), (0,)]))
    assert set(drawn[:, 0]) == {1, 3}
    assert (drawn[:, 0] == 3).mean() == pytest.approx(0.5, abs=0.01)
    assert (drawn[:, 1] == 1).mean() == pytest.approx(0.5, abs=0.01)


def test_a_chance_of_a_few_in_a_million_is_neither_none_nor_one_in_65536() -> None:
    # 300 scores x 40,000 draws x 2 in a million: 24 expected, 5 either way; 183 if rounded up.
    drawn = scores(OffByOne(2e-6), sheet((1,), [(2,)] * 300))
    assert 4 <= (drawn != 2).sum() <= 48


def test_numbers_of_sixteen_bits_are_those_drawn_one_at_a_time() -> None:
    four = sixteen_bits(np.random.default_rng(3), 2, 8)
    assert four.tolist() == np.random.default_rng(3).integers(0, 2**16, (2, 8), np.uint16).tolist()
    assert sixteen_bits(np.random.default_rng(3), 1, 6).tolist() == [four[0, :6].tolist()]


def test_one_more_intention_leaves_the_draws_of_those_before_it() -> None:
    table = [(2,), (np.nan,), (1,), (np.nan,)] * 40
    before = scores(OffByOne(0.3), sheet((1,), table), draws=64)
    after = scores(OffByOne(0.3), sheet((1,), [*table, (3,), (np.nan,)]), draws=64)
    assert (after[:, : len(table)] == before).all()


def test_a_missing_score_is_drawn_evenly_over_its_scale() -> None:
    drawn = scores(AsGiven(), sheet((1,), [(np.nan,), (3,)]))
    for level in range(5):
        assert (drawn[:, 0] == level).mean() == pytest.approx(0.2, abs=0.01)
    assert (drawn[:, 1] == 3).all()


def test_a_missing_score_that_counts_as_the_worst_is_the_worst() -> None:
    assert (scores(AsGiven(), sheet((1,), [(np.nan,)]), worst=True, draws=50) == 0).all()


def test_a_score_between_two_assessors_takes_every_step_between_them() -> None:
    low, high = np.array([[1.0], [np.nan]]), np.array([[3.0], [4.0]])
    drawn = scores(Between(low, high), sheet((1,), [(2,), (2,)]))
    assert sorted(set(drawn[:, 0])) == [1, 2, 3]
    assert (drawn[:, 0] == 1).mean() == pytest.approx(1 / 3, abs=0.01)
    assert sorted(set(drawn[:, 1])) == [0, 1, 2, 3, 4]  # a bound is missing: over the scale


def test_a_range_of_another_shape_is_an_error() -> None:
    with pytest.raises(ValueError, match="one lowest and one highest score for each score"):
        scores(Between(np.ones((2, 1)), np.ones((2, 1))), sheet((1,), [(2,)]))
