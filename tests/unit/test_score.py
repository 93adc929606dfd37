"""Totals by hand."""

from dataclasses import replace

import numpy as np
import pytest

from scoring.framework import Framework, Weights
from scoring.score import score
from scoring.sheet import ScoreSheet


def one(framework: Framework, *scores: float) -> ScoreSheet:
    return ScoreSheet(framework, ("A",), ("a",), np.array([scores], float))


def test_a_four_at_quarter_weight_earns_18_75_points(lsc: Framework) -> None:
    totals = score(one(lsc, 4, 1, 1, 1, 1, 1, 1))
    assert totals.points[0].tolist() == [18.75, 0, 0, 0, 0, 0, 0]
    assert totals.total[0] == 18.75


def test_best_everywhere_is_100_and_worst_everywhere_is_0(lsc: Framework) -> None:
    assert score(one(lsc, *[5] * 7)).total[0] == 100.0
    assert score(one(lsc, *[1] * 7)).total[0] == 0.0


def test_points_add_to_the_total(five: ScoreSheet) -> None:
    totals = score(five)
    ranked = totals.ranked
    assert totals.points[ranked].sum(axis=1).tolist() == totals.total[ranked].tolist()


def test_a_missing_score_leaves_an_intention_unranked_by_default(five: ScoreSheet) -> None:
    totals = score(five)
    assert totals.ranked.tolist() == [True, True, True, False, True]
    assert np.isnan(totals.total[3])


def test_renormalise_scores_an_intention_on_the_criteria_it_has(five: ScoreSheet) -> None:
    # D has 4 on everything but cost: 0.75 of every weight it has is 75.0.
    totals = score(five, missing="renormalise")
    assert totals.total.tolist() == [62.5, 50.0, 50.0, 75.0, 100.0]
    assert totals.points[3, [0, 1]].round(4).tolist() == [22.0588, 17.6471]


def test_worst_counts_a_missing_score_as_the_worse_end(five: ScoreSheet) -> None:
    # 85% of the weight at value 0.75 is 63.75.
    assert score(five, missing="worst").total[3] == 63.75


def test_a_criterion_whose_low_end_is_better_is_turned_round_once(lsc: Framework) -> None:
    cost = lsc.criterion("cost")
    scale = cost.scale.model_copy(update={"better": "low"})
    turned = cost.model_copy(update={"scale": scale, "also_called_favourably": ()})
    fields = {name: getattr(lsc, name) for name in type(lsc).model_fields}
    framework = type(lsc)(
        **{**fields, "criteria": tuple(turned if c.id == "cost" else c for c in lsc.criteria)}
    )
    totals = score(one(framework, 1, 1, 2, 1, 1, 1, 1))
    assert totals.points[0, 2] == 15 * 0.75


def test_a_zero_weight_adds_nothing(five: ScoreSheet, lsc: Framework) -> None:
    weights = lsc.weights_with(dict.fromkeys(list(lsc.weights)[1:], 0))
    assert score(five, weights).total[0] == 100.0


def test_weights_beyond_53_bits_still_add_exactly(lsc: Framework) -> None:
    weights = Weights.of({id: 999_999.999999 - i * 0.000001 for i, id in enumerate(lsc.weights)})
    rows = np.array([[5, 4, 3, 2, 3, 2, 4], [5, 4, 3, 2, 3, 2, 4]])
    many = 12_000  # with a scale this fine, the sums pass 2**53
    scale = lsc.criteria[0].scale.model_copy(update={"step": lsc.criteria[0].scale.step / many})
    criteria = tuple(
        c.model_copy(update={"scale": scale, "anchors": {}, "words": {}}) for c in lsc.criteria
    )
    fine = lsc.model_copy(update={"criteria": criteria})
    fine.__dict__.pop("common_steps", None)
    totals = score(ScoreSheet(fine, ("A", "B"), ("a", "b"), rows), weights)
    assert totals.keys.dtype == object
    assert totals.keys[0] == totals.keys[1]
    assert totals.full > 2**53
    assert totals.total[0] == pytest.approx(100 * np.mean([1, 0.75, 0.5, 0.25, 0.5, 0.25, 0.75]))


def test_weights_must_name_the_framework_s_criteria(five: ScoreSheet) -> None:
    with pytest.raises(ValueError, match="in the framework's order"):
        score(five, Weights.of({"a": 1}))


def test_a_score_off_its_scale_cannot_enter_a_sheet(lsc: Framework) -> None:
    with pytest.raises(ValueError, match='A, Cost: found "9", expected a whole number from 1 to 5'):
        one(lsc, 1, 1, 9, 1, 1, 1, 1)
    with pytest.raises(ValueError, match=r'found "2\.5"'):
        one(lsc, 2.5, 1, 1, 1, 1, 1, 1)


def test_a_sheet_s_scores_cannot_be_changed(five: ScoreSheet) -> None:
    with pytest.raises(ValueError, match="read-only"):
        five.scores[0, 0] = 1


def test_a_ref_names_one_intention(five: ScoreSheet) -> None:
    with pytest.raises(ValueError, match="a ref must name one intention only"):
        replace(five, refs=("A", "A", "B", "C", "D"))


def test_the_fingerprint_follows_every_score(five: ScoreSheet) -> None:
    changed = five.scores.copy()
    changed[0, 0] = 4
    assert replace(five, scores=five.scores.copy()).fingerprint == five.fingerprint
    assert replace(five, scores=changed).fingerprint != five.fingerprint
