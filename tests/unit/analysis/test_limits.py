"""Limits and crossings by hand."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from scoring.analysis.crossing import crossings
from scoring.analysis.cut import Cut, named
from scoring.analysis.limits import first_limits, top_limits
from scoring.analysis.shares import shown_range, shown_share
from scoring.problem import Unusable
from scoring.ranking import prioritise
from tests.small_rounds import ranking, sheet

# Alpha and Beta weigh 60 and 40. A = (4, 1), B = (1, 4): totals 280 and 220 of 400.
# With share t of Alpha, A has 4t + (1-t) and B has t + 4(1-t): level at t = 1/2.
TWO = ((4, 1), (1, 4))


def test_first_place_changes_where_the_two_totals_are_level_at_half_the_weight():
    limits = first_limits(ranking((60, 40), TWO))
    alpha, beta = limits.by_criterion
    assert (alpha.low, alpha.high) == (50, 100)
    assert (beta.low, beta.high) == (0, 50)
    assert alpha.below is not None
    assert (alpha.below.enters, alpha.below.leaves) == (("B",), ("A",))
    assert alpha.above is None


def test_limits_are_exact_thirds_where_no_decimal_is():
    # A = (3, 0) and B = (1, 1): 3t = t + (1-t) at t = 1/3.
    (alpha, _) = first_limits(ranking((60, 40), ((3, 0), (1, 1)))).by_criterion
    assert alpha.low == Fraction(100, 3)


def test_a_limit_says_from_where_to_where_and_who_replaces_whom():
    scores = ((4, 4, 2), (3, 1, 3), (1, 4, 3))
    limits = top_limits(ranking((50, 30, 20), scores), 2)
    alpha = limits.by_criterion[0]
    # B = 3t + (1-t)(0.6*1 + 0.4*3) = 3t + 1.8(1-t); C = t + 3.6(1-t): level at t = 18/38.
    assert alpha.low == Fraction(100 * 18, 38)
    assert limits.sentence(alpha) == (
        "The top 2 stay the same for any Alpha weight of 47.4% or more; below that C replaces B."
    )


def test_a_limit_on_both_sides_names_both_swaps():
    # Weights 50/50; line 1. A (3,3), B (4,0), C (0,4): B overtakes at 3 = 4t, C at 3 = 4(1-t).
    limits = top_limits(ranking((50, 50), ((3, 3), (4, 0), (0, 4))), 1)
    assert limits.sentence(limits.by_criterion[0]) == (
        "The one above the line stays the same for any Alpha weight from 25.0% to 75.0%; "
        "below that C replaces A, above it B replaces A."
    )


def test_first_place_is_named_in_its_sentence():
    limits = first_limits(ranking((50, 50), ((3, 3), (4, 0))))
    assert limits.sentence(limits.by_criterion[0]) == (
        "A stays first for any Alpha weight up to 75.0%; above that B replaces A."
    )


def test_one_that_is_at_least_as_good_everywhere_leads_whatever_the_weight():
    limits = first_limits(ranking((60, 40), ((4, 4), (3, 3))))
    assert limits.sentence(limits.by_criterion[0]) == "A stays first whatever the Alpha weight."


def test_others_who_come_level_only_where_a_weight_is_nothing_or_everything_are_not_passed_over():
    # A = (4, 4), B = (3, 4): level where Alpha has no weight, or Beta all of it.
    limits = first_limits(ranking((60, 40), ((4, 4), (3, 4))))
    alpha, beta = limits.by_criterion
    assert limits.sentence(alpha) == "A stays first for any Alpha weight above 0%."
    assert limits.sentence(beta) == "A stays first for any Beta weight below 100%."
    # C = (2, 4, 1) passes B = (3, 3, 1) where Alpha falls, and is level where Gamma has all of it.
    limits = top_limits(ranking((50, 30, 20), ((4, 4, 4), (3, 3, 1), (2, 4, 1))), 2)
    gamma = limits.by_criterion[2]
    assert limits.sentence(gamma) == "The top 2 stay the same for any Gamma weight below 100%."


def test_one_that_only_comes_level_where_a_weight_is_everything_is_told_so():
    # B = (3, 2) is level with A = (3, 4) where Alpha has all the weight, and below it anywhere else.
    alpha, beta = crossings(ranking((60, 40), ((3, 4), (3, 2))), "B", 1)
    assert (alpha.low, alpha.high) == (None, None)
    assert str(alpha) == "No Alpha weight below 100% brings B above the line."
    assert str(beta) == "No Beta weight above 0% brings B above the line."
    alpha, _ = crossings(ranking((60, 40), ((3, 4), (2, 2))), "B", 1)
    assert str(alpha) == "No Alpha weight alone brings B above the line."


def test_a_line_inside_a_tie_is_said_and_any_change_splits_it():
    ranked = ranking((50, 50), ((4, 4), (3, 1), (1, 3), (0, 0)))
    limits = top_limits(ranked, 2)
    assert limits.tie == (
        "The line falls inside a tie: B and C share place 2, so 3 stand at or above a line of 2."
    )
    alpha = limits.by_criterion[0]
    assert alpha.splits_tie
    assert alpha.low == alpha.high == alpha.today == 50
    assert limits.sentence(alpha) == (
        "A change of the Alpha weight splits the tie at the line; nobody below it catches up for "
        "any weight from 0% to 100%."
    )
    assert alpha.above is not None
    assert (alpha.above.enters, alpha.above.leaves) == ((), ("C",))
    assert str(alpha.above) == "C drops out"


def test_equal_scores_stay_level_whatever_the_weight_and_are_not_split():
    ranked = ranking((50, 50), ((4, 4), (3, 1), (3, 1), (2, 1)))
    limits = top_limits(ranked, 2)
    alpha = limits.by_criterion[0]
    assert not alpha.splits_tie
    assert limits.tie
    assert limits.sentence(alpha) == "The top 3 stay the same for any Alpha weight above 0%."


def test_a_criterion_with_all_the_weight_cannot_be_moved_alone():
    limits = top_limits(ranking((100, 0), TWO), 1)
    assert limits.sentence(limits.by_criterion[0]) == (
        "Alpha has all the weight, so there is no other weight to rescale."
    )


def test_with_fewer_intentions_than_the_line_nothing_can_change():
    limits = top_limits(ranking((60, 40), TWO), 5)
    assert limits.sentence(limits.by_criterion[0]) == (
        "The top 2 stay the same whatever the Alpha weight: everyone ranked is above the line."
    )


def test_must_dos_take_their_places_and_are_in_no_set():
    # With B a must-do and a line of 2, one place is left: A keeps it until C passes.
    ranked = ranking((60, 40), ((4, 1), (4, 4), (1, 3)))
    cut = Cut.of(ranked, 2, must_do=[False, True, False])
    assert cut.line == 1
    assert cut.refs(cut.above) == ("A",)
    (alpha, _) = top_limits(ranked, 2, must_do=[False, True, False]).by_criterion
    # A = 4t + (1-t), C = t + 3(1-t): level at t = 2/5.
    assert alpha.low == 40
    assert alpha.below is not None
    assert alpha.below.enters == ("C",)


def test_must_dos_that_take_every_place_leave_nothing_to_change():
    limits = top_limits(ranking((60, 40), TWO), 1, must_do=[True, False])
    assert "must-dos take every place above the line" in limits.sentence(limits.by_criterion[0])


def test_an_intention_above_the_line_stays_for_a_range_of_weights():
    alpha, _ = crossings(ranking((60, 40), TWO), "A", 1)
    assert str(alpha) == "A stays above the line for any Alpha weight of 50.0% or more."


def test_an_intention_below_the_line_comes_above_with_less_of_a_weight():
    alpha, beta = crossings(ranking((60, 40), TWO), "B", 1)
    assert str(alpha) == (
        "B comes above the line where the Alpha weight falls to 50.0% (today 60.0%)."
    )
    assert beta.high == 50
    assert beta.low is None


def test_no_one_weight_brings_up_what_another_beats_everywhere():
    alpha, _ = crossings(ranking((60, 40), ((4, 4), (3, 3))), "B", 1)
    assert str(alpha) == "No Alpha weight alone brings B above the line."


def test_an_intention_that_is_not_ranked_has_no_crossings():
    gap = sheet((60, 40), ((4, 1), (1, np.nan)))
    assert crossings(prioritise(gap), "B", 1) == ()


def test_totals_over_different_criteria_have_no_exact_limits_and_that_is_said():
    gap = sheet((60, 40), ((4, 1), (1, np.nan)))
    with pytest.raises(Unusable, match="all ranked on the same criteria"):
        top_limits(prioritise(gap, missing="renormalise"), 1)


def test_a_line_below_place_one_is_refused():
    with pytest.raises(ValueError, match="place 1 or later"):
        top_limits(ranking((60, 40), TWO), 0)


def test_limits_are_shown_rounded_towards_todays_weight():
    assert shown_share(Fraction(1755, 100), Fraction(20)) == "17.6%"
    assert shown_share(Fraction(2129, 100), Fraction(20)) == "21.2%"
    assert shown_range(Fraction(1755, 100), Fraction(20), Fraction(100)) == "of 17.6% or more"
    open_ends = shown_range(Fraction(1755, 100), Fraction(20), Fraction(100), (False, False))
    assert open_ends == "of 17.6% or more and below 100%"
    open_ends = shown_range(Fraction(0), Fraction(20), Fraction(2129, 100), (False, False))
    assert open_ends == "above 0% and up to 21.2%"


def test_long_lists_of_refs_are_cut_short_in_words():
    assert named(["A"]) == "A"
    assert named(["A", "B", "C"]) == "A, B and C"
    assert named(["A", "B", "C", "D", "E"]) == "A, B, C and 2 more"
