"""Other methods by hand, against pymcdm, and against published figures."""

from __future__ import annotations

import numpy as np
import pytest
from pymcdm import correlations, methods

from scoring.analysis.crosscheck import (
    Agreement,
    Crosscheck,
    crosscheck,
    net_flows,
    rank_similarity,
)
from scoring.problem import Unusable
from scoring.ranking import prioritise
from tests.small_rounds import ranking, sheet


def by(found: Crosscheck, name: str) -> Agreement:
    return next(a for a in found.agreements if a.method.name == name)


def test_the_rank_similarity_of_salabun_and_urbaniak_is_0_8542():
    one, other = np.array([1, 2, 3, 4, 5]), np.array([1, 3, 2, 4, 5])
    # 1 - (2^-2 * 1/3 + 2^-3 * 1/2) = 1 - 7/48.
    assert rank_similarity(one, other) == pytest.approx(41 / 48)
    assert round(41 / 48, 4) == 0.8542


def test_the_same_order_has_a_rank_similarity_of_1_and_one_intention_none():
    assert rank_similarity(np.array([2, 1, 3]), np.array([2, 1, 3])) == 1
    assert rank_similarity(np.array([1]), np.array([1])) is None


def test_rank_similarity_is_pymcdm_s_where_there_are_no_ties():
    rng = np.random.default_rng(2)
    for _ in range(20):
        one, other = (rng.permutation(9) + 1 for _ in range(2))
        assert rank_similarity(one, other) == pytest.approx(correlations.ws(one, other))


def test_net_flows_are_pymcdm_s_promethee_ii_with_the_usual_preference():
    rng = np.random.default_rng(4)
    for _ in range(10):
        steps = rng.integers(0, 5, (12, 3)).astype(float)
        weights, better = np.array([0.5, 0.3, 0.2]), np.ones(3)
        theirs = methods.PROMETHEE_II("usual")(steps, weights, better, validation=False)
        ours = net_flows(steps, (5, 3, 2)) / (11 * 10)
        assert ours == pytest.approx(theirs)


def test_one_very_low_score_costs_more_in_a_product_than_in_a_sum():
    # Levels from 1: A = (5, 1)/5: product sqrt(1 * 0.2) = 0.447; B = (3, 3)/5: 0.6.
    # The sum has A at 50 and B at 50, level; the product has B first.
    found = crosscheck(ranking((50, 50), ((4, 0), (2, 2))), 1)
    assert by(found, "Weighted product").places.tolist() == [2, 1]
    assert by(found, "Weighted product").leaves == ("A",)


def test_topsis_places_by_the_way_to_the_best_and_the_worst_possible():
    # A = (1, 0), B = (.5, .5): A is .5 from either end, so 1/2; B likewise: they are level.
    found = crosscheck(ranking((50, 50), ((4, 0), (2, 2))), 1)
    assert by(found, "TOPSIS").places.tolist() == [1, 1]


def test_vikor_holds_the_worst_shortfall_against_an_intention():
    # Both lack half in sum; A's worst shortfall is 0.5 of all weight, B's 0.25.
    found = crosscheck(ranking((50, 50), ((4, 0), (2, 2))), 1)
    assert by(found, "VIKOR").places.tolist() == [2, 1]


def test_without_weights_beta_counts_as_much_as_alpha():
    # 60/40: A (4, 1) 280, B (2, 4) 280... Alpha's 80/20: A 340, B 240; unweighted A 5, B 6.
    found = crosscheck(ranking((80, 20), ((4, 1), (2, 4))), 1)
    assert by(found, "No weights").places.tolist() == [2, 1]
    assert str(by(found, "No weights")) == (
        "No weights (Kendall's tau -1.00, WS 0.25): B would come in and A would go out."
    )


def test_only_those_whose_decision_would_differ_are_listed_with_the_methods():
    found = crosscheck(ranking((80, 20), ((4, 1), (2, 4), (0, 0))), 1)
    assert [d.ref for d in found.disputed] == ["A", "B"]
    assert "No weights" in found.disputed[0].methods
    assert str(found.disputed[0]).startswith("A is above the line today and would be out under ")
    assert "C" not in {d.ref for d in found.disputed}


def test_where_all_methods_agree_it_is_said():
    found = crosscheck(ranking((60, 40), ((4, 4), (2, 2), (0, 0))), 1)
    assert found.disputed == ()
    assert found.sentence == "All 5 other methods put the same one above the line."
    assert all(a.tau == pytest.approx(1) and a.ws == 1 for a in found.agreements)


def test_an_extra_intention_moves_nobody_past_another_where_the_scale_is_fixed():
    rng = np.random.default_rng(6)
    scores = rng.integers(0, 5, (10, 3)).tolist()
    one, more = (crosscheck(ranking((5, 3, 2), s), 4) for s in (scores, [*scores, (0, 0, 1)]))
    for name in ("Weighted product", "TOPSIS", "VIKOR", "No weights"):
        order = np.argsort(by(one, name).places, kind="stable").tolist()
        again = np.argsort(by(more, name).places[:10], kind="stable").tolist()
        assert order == again, name


def test_a_criterion_without_weight_counts_only_where_nothing_is_weighted():
    found = crosscheck(ranking((100, 0), ((2, 0), (2, 4))), 1)
    for agreement in found.agreements:
        assert agreement.places.tolist() == [1, 1], agreement.method.name


def test_must_dos_are_left_out_and_an_empty_running_is_said():
    ranked = ranking((60, 40), ((4, 4), (2, 2)))
    assert crosscheck(ranked, 2, [True, False]).refs == ("B",)
    nobody = crosscheck(ranked, 2, [True, True])
    assert nobody.sentence == "Nobody is above the line, so there is nothing to cross-check."


def test_rescaled_gaps_are_refused():
    gap = prioritise(sheet((60, 40), ((4, 1), (4, np.nan))), missing="renormalise")
    with pytest.raises(Unusable, match="leave incomplete ones unranked"):
        crosscheck(gap, 1)
