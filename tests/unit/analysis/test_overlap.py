"""Double counting, the share of the differences, and scores that run the wrong way: by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from scoring.analysis.overlap import Alike, Overlap, overlap, spearman
from scoring.framework import Framework
from scoring.ranking import prioritise
from scoring.sheet import ScoreSheet
from tests.small_rounds import ranking

LEVELS = (0, 1, 2, 3, 4, 0, 1, 2, 3, 4)
OTHERS = (3, 1, 4, 1, 2, 3, 2, 0, 4, 0)


def pair(found: Overlap, a: str, b: str) -> Alike:
    return next(p for p in found.alike if {p.a, p.b} == {a, b})


def test_spearman_of_one_swap_among_five_is_0_9():
    one, other = np.array([1.0, 2, 3, 4, 5]), np.array([1.0, 3, 2, 4, 5])
    assert spearman(one, other) == pytest.approx(0.9)


def test_spearman_gives_ties_their_mean_rank():
    # Ranks 1.5, 1.5, 3 against 1, 2, 3: covariance 1.5, spreads 1.5 and 2: 1.5 / sqrt(3).
    rho = spearman(np.array([1.0, 1, 2]), np.array([1.0, 2, 3]))
    assert rho == pytest.approx(1.5 / np.sqrt(3))


def test_a_column_that_does_not_vary_has_no_correlation():
    assert spearman(np.array([2.0, 2, 2]), np.array([1.0, 2, 3])) is None


def test_two_columns_that_are_the_same_are_said_to_count_one_thing_twice():
    rows = [(a, a, b) for a, b in zip(LEVELS, OTHERS, strict=True)]
    found = overlap(ranking((50, 30, 20), rows))
    assert pair(found, "Alpha", "Beta").worth_a_word
    assert str(pair(found, "Alpha", "Beta")).startswith(
        "Alpha and Beta have the same value for 100% of 10 intentions, and have 80.0% of the "
        "weight between them: one thing may be counted twice."
    )
    assert not pair(found, "Alpha", "Gamma").worth_a_word


def test_columns_that_only_rise_together_are_found_by_their_order():
    rows = [(a, min(4, a + 1)) for a in LEVELS]
    found = overlap(ranking((50, 50), rows))
    both = pair(found, "Alpha", "Beta")
    assert both.same == pytest.approx(0.2)
    assert "rise and fall together" in str(both)


def test_a_criterion_without_weight_counts_nothing_twice():
    rows = [(a, a) for a in LEVELS]
    assert overlap(ranking((100, 0), rows)).alike == ()


def test_equal_weights_make_equal_shares_where_scores_spread_alike_and_apart():
    # Every pair of levels once: the two do not go together, and spread the same.
    rows = [(a, b) for a in (0, 2, 4) for b in (0, 2, 4)]
    found = overlap(ranking((50, 50), rows))
    assert [s.share for s in found.spread] == pytest.approx([50, 50])
    assert str(found.spread[0]) == (
        "Alpha has 50.0% of the weight and makes 50.0% of the differences between totals: "
        "about what its weight says."
    )


def test_scores_twice_as_wide_apart_make_four_fifths_of_the_differences():
    # Variances 4 : 1 at equal weights.
    rows = [(a, b) for a in (0, 2, 4) for b in (1, 2, 3)]
    found = overlap(ranking((50, 50), rows))
    assert [s.share for s in found.spread] == pytest.approx([80, 20])
    assert "it decides more than its weight says" in str(found.spread[0])
    assert "it decides less than its weight says" in str(found.spread[1])


def test_shares_add_to_100_whatever_the_scores():
    rng = np.random.default_rng(5)
    found = overlap(ranking((40, 30, 20, 10), rng.integers(0, 5, (30, 4)).tolist()))
    assert sum(s.share for s in found.spread) == pytest.approx(100)


def test_a_criterion_on_which_all_score_the_same_decides_nothing():
    found = overlap(ranking((80, 20), [(a, 2) for a in LEVELS]))
    assert [s.share for s in found.spread] == pytest.approx([100, 0])
    assert "everyone has the same score there, so it decides nothing" in str(found.spread[1])


def test_with_seven_intentions_nothing_is_claimed():
    found = overlap(ranking((50, 50), [(a, a) for a in LEVELS[:7]]))
    assert found.findings == ()
    assert found.sentence == "Too few intentions are scored to say: 7, of 8 needed."


def money_round(lsc: Framework, cost: list[int], money: list[float | None]) -> Overlap:
    scores = np.full((len(cost), 7), 3.0)
    scores[:, 2] = cost
    refs = tuple(f"X-{i}" for i in range(len(cost)))
    fields = {"investment_recurrent": tuple(money)}
    return overlap(prioritise(ScoreSheet(lsc, refs, refs, scores, fields)))


def test_a_cost_score_that_gets_better_with_more_money_runs_the_wrong_way(lsc: Framework):
    found = money_round(lsc, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5], [k * 1e5 for k in range(10)])
    (against,) = found.against
    assert against.worth_a_word
    assert str(against).startswith(
        "Cost scores get better where an intention asks for more money (rank correlation 0.98 "
        "over 10 intentions). 5 is best, 1 is worst: check that the scale was not read the wrong "
        "way round"
    )
    assert str(against) in found.findings


def test_a_cost_score_that_gets_worse_with_more_money_is_right(lsc: Framework):
    found = money_round(lsc, [5, 5, 4, 4, 3, 3, 2, 2, 1, 1], [k * 1e5 for k in range(10)])
    assert not found.against[0].worth_a_word
    assert found.against[0].correlation < -0.9


def test_empty_money_cells_are_left_out_and_not_taken_for_nothing(lsc: Framework):
    money = [None, None, None, *[k * 1e5 for k in range(5)]]
    assert money_round(lsc, [1, 2, 3, 4, 5, 1, 2, 3], money).against == ()


def test_a_yes_to_long_term_is_set_against_the_time_score(lsc: Framework):
    scores = np.full((10, 7), 3.0)
    scores[:, 6] = [5] * 5 + [1] * 5
    refs = tuple(f"X-{i}" for i in range(10))
    fields = {"long_term_reconfiguration": ("yes",) * 5 + ("no",) * 5}
    built = ScoreSheet(lsc, refs, refs, scores, fields)
    (against,) = overlap(prioritise(built)).against
    assert (against.criterion, against.about) == ("Time", "time")
    assert against.correlation == pytest.approx(1)
    turned = replace(built, fields={"long_term_reconfiguration": ("no",) * 5 + ("yes",) * 5})
    assert overlap(prioritise(turned)).against[0].correlation == pytest.approx(-1)
