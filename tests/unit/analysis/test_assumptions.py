"""What is taken for unsure, in figures and words; scores within ranges of their own."""

from __future__ import annotations

import numpy as np
import pytest

from scoring.analysis.assumptions import (
    Assumptions,
    FromScenarios,
    always,
    drawn_ranges,
    spread_in_words,
)
from scoring.analysis.draws import AroundToday, FromAssessors, InOrder, Within
from scoring.analysis.ranges import in_ranges
from scoring.analysis.simulate import simulate
from scoring.framework import Weights
from scoring.intake.score_ranges import ScoreRange
from tests.small_rounds import ranking, sheet

NAN = float("nan")
HALVES = Weights.of({"alpha": 50, "beta": 50})


def weights(*each: float) -> Weights:
    return Weights.of(dict(zip(("alpha", "beta", "gamma"), each, strict=False)))


def test_without_assumptions_the_chances_are_those_of_simulate() -> None:
    round_ = ranking((2, 1), [(4, 1), (1, 4), (2, 3)])
    found, plainly = Assumptions().simulate(round_, 1), simulate(round_, 1)
    assert found.above.tolist() == plainly.above.tolist()
    assert found.sentence == plainly.sentence


def test_thresholds_are_part_of_the_assumptions() -> None:
    round_ = ranking((2, 1), [(4, 1), (1, 4), (2, 3)])
    found = Assumptions(firm=0.8, firm_out=0.3).simulate(round_, 1)
    assert (found.firm, found.out) == (0.8, 0.3)


def test_assessors_ranges_are_from_their_lowest_to_their_highest_share() -> None:
    how = FromAssessors((weights(1, 3), weights(3, 1), HALVES))
    assert drawn_ranges(how, HALVES) == {"alpha": (25, 75), "beta": (25, 75)}
    assert always(how)
    assert spread_in_words(how, HALVES, "alpha", "Alpha") == (
        "That lets Alpha, 50.0% today, lie between 25.0% and 75.0%."
    )


def test_the_first_of_two_in_order_lies_between_a_half_and_nearly_all() -> None:
    # Uniform over alpha >= beta: alpha is uniform from 50% to 100%, nine in ten 52.5% to 97.5%.
    low, high = drawn_ranges(InOrder(("alpha", "beta")), HALVES)["alpha"]
    assert (low, high) == (pytest.approx(52.5, abs=0.5), pytest.approx(97.5, abs=0.5))
    assert not always(InOrder(("alpha", "beta")))


def test_a_weight_that_cannot_move_is_said_to_stay() -> None:
    all_on_one = weights(1, 0)
    assert spread_in_words(AroundToday(), all_on_one, "alpha", "Alpha") == (
        "Alpha stays at 100.0% in every draw."
    )
    assert spread_in_words(Within(0), HALVES, "beta", "Beta") == (
        "Beta stays at 50.0% in every draw."
    )


def test_scenarios_are_named_and_drawn_as_assessors_are() -> None:
    round_ = ranking((1, 1), [(4, 0), (0, 4)])
    how = FromScenarios((weights(1, 0), weights(3, 1)), ("Only alpha", "More alpha"))
    found = Assumptions(how).simulate(round_, 1)
    assert found.above.tolist() == [1, 0]
    assert str(how) == ("the weights of 2 scenarios, each as likely: Only alpha, More alpha")


def test_a_score_within_its_range_takes_every_step_and_the_others_stay() -> None:
    # B has 1, 2 or 3 against A's 2: ahead once in three, level once (a lot each), behind once.
    table = sheet((1,), [(2,), (2,)])
    ranges = in_ranges(table, [ScoreRange("B", "alpha", 1, 3)])
    found = Assumptions(scores=ranges, draws=40_000).simulate(ranking((1,), [(2,), (2,)]), 1)
    assert found.above == pytest.approx([0.5, 0.5], abs=0.01)
    assert str(ranges) == "1 score anywhere in a range of its own, the others as given"
    up = in_ranges(table, [ScoreRange("B", "alpha", 2, 4)])
    found = Assumptions(scores=up, draws=40_000).simulate(ranking((1,), [(2,), (2,)]), 1)
    assert found.above == pytest.approx([1 / 6, 5 / 6], abs=0.01)


def test_ranges_of_others_are_left_out_and_one_that_misses_the_score_is_said() -> None:
    table = sheet((1, 1), [(2, NAN), (0, 0)])
    ranges = in_ranges(
        table,
        [
            ScoreRange("A", "alpha", 3, 4),
            ScoreRange("A", "beta", 1, 2),
            ScoreRange("Z", "alpha", 0, 1),
            ScoreRange("A", "zeta", 0, 1),
        ],
    )
    assert ranges.low.tolist() == [[3, 1], [0, 0]]
    assert ranges.high.tolist() == [[4, 2], [0, 0]]
    assert (ranges.ranged, ranges.outside) == (2, 1)
    assert str(ranges) == (
        "2 scores anywhere in ranges of their own, the others as given (1 of the ranges leaves out "
        "the score as given)"
    )


def test_a_missing_score_without_a_range_is_drawn_over_its_scale() -> None:
    table = sheet((1,), [(NAN,), (0,)])
    assert np.isnan(in_ranges(table, []).low[0, 0])
    assert str(in_ranges(table, [])) == "scores as given, none with a range of its own"
