"""The argument next to the line, by hand."""

from __future__ import annotations

from fractions import Fraction

from scoring.analysis.argument import argument
from tests.small_rounds import ranking

# Weights 60/40 on 0 to 4: a step of Alpha is worth 15 points, a step of Beta 10.
# A (4,1) = 70, B (1,4) = 55, C (3,0) = 45, D (0,1) = 10.
FOUR = ((4, 1), (1, 4), (3, 0), (0, 1))


def test_the_closest_pair_is_the_last_above_and_the_first_below():
    told = argument(ranking((60, 40), FOUR), 2)
    closest = told.pairs[0]
    assert (closest.above, closest.below, closest.gap) == ("B", "C", 10)
    assert [(d.name, d.points) for d in closest.differences] == [("Beta", 40), ("Alpha", -30)]


def test_a_pair_is_told_in_a_sentence_with_the_step_that_would_settle_it():
    told = argument(ranking((60, 40), FOUR), 2)
    assert str(told.pairs[0]) == (
        "B is 10 points ahead of C: more on Beta (40 points), less on Alpha (30 points). One score "
        "step better for C on Alpha or Beta would draw level or pass."
    )


def test_a_step_that_is_off_the_scale_settles_nothing():
    # B has the best Alpha already; a step of Beta (10 points) does not close a gap of 20.
    told = argument(ranking((60, 40), ((4, 4), (4, 2))), 1)
    assert told.pairs[0].gap == 20
    assert told.pairs[0].settles == ()
    assert str(told.pairs[0]) == "A is 20 points ahead of B: more on Beta (20 points)."


def test_only_the_nearest_on_either_side_are_talked_about():
    told = argument(ranking((60, 40), FOUR), 2, near=1)
    assert told.refs == ("B", "C")
    assert len(told.pairs) == 1


def test_gaps_are_exact_thirds():
    told = argument(ranking((2, 1), ((4, 1), (4, 0))), 1)
    assert told.pairs[0].gap == Fraction(25, 3)


def test_a_line_inside_a_tie_is_said():
    told = argument(ranking((50, 50), ((4, 4), (3, 1), (1, 3), (0, 0))), 2)
    assert told.tie.startswith("The line falls inside a tie: B and C share place 2")
    assert all(pair.below == "D" for pair in told.pairs)


def test_with_everyone_above_the_line_there_is_nothing_to_argue_about():
    assert argument(ranking((60, 40), FOUR), 9).pairs == ()


def test_must_dos_are_not_argued_about():
    told = argument(ranking((60, 40), FOUR), 2, must_do=[False, True, False, False])
    assert told.refs == ("A", "C", "D")


def test_where_any_step_settles_it_the_criteria_are_not_listed():
    # Gap 5 points; a step is worth 10 points of Alpha and 7.5 of each other.
    told = argument(ranking((40, 30, 30), ((2, 2, 2), (3, 1, 1)), best=4), 1)
    assert told.pairs[0].gap == 5
    assert str(told.pairs[0]) == (
        "A is 5 points ahead of B: more on Beta (7.5 points) and Gamma (7.5 points), less on "
        "Alpha (10 points). One score step better for B on any criterion would draw level or pass."
    )
