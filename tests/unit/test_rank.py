"""Places: 1, 2, 2, 4."""

import numpy as np

from scoring.framework import Framework, load_framework
from scoring.rank import rank
from scoring.ranking import prioritise
from scoring.score import score
from scoring.sheet import ScoreSheet


def test_equal_totals_share_a_place_and_the_next_is_skipped(five: ScoreSheet) -> None:
    places = rank(score(five))
    assert places.place.tolist() == [2, 3, 3, 0, 1]
    assert [places.shown(i) for i in range(5)] == ["2", "=3", "=3", "", "1"]


def test_inside_a_tie_the_order_is_that_of_the_source(five: ScoreSheet) -> None:
    assert rank(score(five)).order.tolist() == [4, 0, 1, 2]


def test_a_tenth_and_a_fifth_tie_with_three_tenths() -> None:
    # 0.1 + 0.2 is not 0.3 in binary fractions; here both totals are 30 exactly.
    framework = load_framework("mhin-2023")
    weights = framework.weights_with(
        dict(zip(framework.weights, (0.1, 0.2, 0.3, 0.2, 0.2), strict=True))
    )
    rows = np.array([[100, 100, 0, 0, 0], [0, 0, 100, 0, 0]])
    places = rank(score(ScoreSheet(framework, ("A", "B"), ("a", "b"), rows), weights))
    assert places.place.tolist() == [1, 1]
    assert places.tied.all()


def test_an_incomplete_intention_has_the_places_it_could_come_to(five: ScoreSheet) -> None:
    # D: 63.75 with the worst cost, 78.75 with the best: between E (100) and A (62.5) either way.
    span = prioritise(five).span(3)
    assert span.missing == ("cost",)
    assert span.total == (63.75, 78.75)
    assert span.place == (2, 2)


def test_two_incomplete_intentions_can_pass_each_other(lsc: Framework) -> None:
    gap = np.nan
    rows = np.array([[3, 3, 3, 3, 3, 3, gap], [3, 3, 3, 3, 3, gap, 3], [5] * 7])
    ranking = prioritise(ScoreSheet(lsc, tuple("ABC"), ("a", "b", "c"), rows))
    assert ranking.span(0).place == (2, 3)
    assert ranking.span(1).place == (2, 3)


def test_places_are_counted_inside_each_segment_too(lsc: Framework) -> None:
    rows = np.array([[5] * 7, [4] * 7, [3] * 7])
    fields = {
        "business_as_usual": ("no", "no", "no"),
        "unfunded_or_withdrawn": ("yes", "no", "yes"),
        "single_trust_no_income": ("no", "yes", "no"),
    }
    ranking = prioritise(ScoreSheet(lsc, tuple("ABC"), ("a", "b", "c"), rows, fields))
    assert ranking.segments.ids == ("0", "1", "0")
    assert ranking.segment_places.place.tolist() == [1, 1, 2]


def test_no_intentions_have_no_places(lsc: Framework) -> None:
    assert rank(score(ScoreSheet(lsc, (), (), np.zeros((0, 7))))).order.tolist() == []
