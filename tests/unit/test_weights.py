"""Weights: any non-negative numbers, shown as % that add to 100."""

from decimal import Decimal

import pytest

from scoring.framework import Framework, Weights
from scoring.problem import Unusable


def test_weights_keep_their_proportions_as_the_smallest_whole_numbers(lsc: Framework) -> None:
    assert lsc.weights.units == (5, 4, 3, 3, 2, 2, 1)


def test_a_weight_given_as_a_binary_fraction_is_the_decimal_that_was_meant() -> None:
    assert Weights.of({"a": 0.1 + 0.2, "b": 0.7})["a"] == Decimal("0.3")


def test_shown_weights_add_to_100_when_thirds_do_not() -> None:
    shown = Weights.of({"a": 1, "b": 1, "c": 1}).shown()
    assert shown == {"a": "33.4", "b": "33.3", "c": "33.3"}


def test_a_zero_weight_drops_a_criterion_and_is_allowed() -> None:
    assert Weights.of({"a": 0, "b": 2}).percent == {"a": 0.0, "b": 100.0}


@pytest.mark.parametrize("given", [-1, float("nan"), float("inf"), "many", 2_000_000])
def test_a_weight_that_is_not_a_number_from_0_is_refused_by_name(given: float) -> None:
    with pytest.raises(Unusable) as refused:
        Weights.of({"cost": given, "impact": 1})
    assert str(refused.value) == (
        f'weights, cost: found "{given}", expected a number from 0 to 1,000,000.'
    )


def test_all_weights_zero_is_refused() -> None:
    with pytest.raises(Unusable) as refused:
        Weights.of({"cost": 0, "impact": 0})
    assert str(refused.value) == (
        'weights: found "cost=0, impact=0", expected at least one weight above zero.'
    )


def test_an_unknown_criterion_is_refused_with_the_known_ones_named(lsc: Framework) -> None:
    with pytest.raises(
        Unusable, match='found "prize", expected one of the criteria strategic_alig'
    ):
        lsc.weights_with({"prize": 10})


def test_every_bad_weight_is_named_in_one_go() -> None:
    with pytest.raises(Unusable) as refused:
        Weights.of({"a": -1, "b": "x", "c": 3})
    assert len(refused.value.problems) == 2


def test_a_framework_with_other_weights_is_a_new_one(lsc: Framework) -> None:
    changed = lsc.with_weights({"impact": 30.5})
    assert changed.weights["impact"] == Decimal("30.5")
    assert lsc.weights["impact"] == 20
