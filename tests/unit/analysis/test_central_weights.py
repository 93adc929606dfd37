"""The weights that put one intention first, in words."""

from __future__ import annotations

import pytest

from scoring.analysis.confidence import central_in_words
from scoring.analysis.draws import Anywhere, AroundToday
from scoring.analysis.simulate import simulate
from tests.small_rounds import ranking

NAN = float("nan")


def test_who_is_first_by_one_criterion_needs_more_weight_there() -> None:
    # A (4, 0) is first where alpha has more than half: uniform, so alpha averages 75% there.
    round_ = ranking((1, 1), [(4, 0), (0, 4)])
    found = simulate(round_, 1, Anywhere(), draws=40_000)
    said = central_in_words(found, round_, "A")
    assert said.startswith(("A comes first in 5", "A comes first in 49"))
    assert "have on average more weight on Alpha (7" in said
    assert "%, today 50.0%) and less on Beta (2" in said
    assert said.endswith(
        "With exactly these average weights, as the scores stand, it is first in 100.0%."
    )


def test_one_that_never_comes_first_has_no_such_weights() -> None:
    round_ = ranking((1, 1), [(4, 4), (0, 0)])
    found = simulate(round_, 1)
    assert central_in_words(found, round_, "B") == (
        "B comes first in none of 10,000 draws, so no such weights speak for it (95 times in 100 "
        "its chance of first place is then below 0.03%)."
    )


def test_one_that_is_always_first_is_so_by_todays_weights() -> None:
    round_ = ranking((1, 1), [(4, 4), (0, 0)])
    said = central_in_words(simulate(round_, 1, AroundToday("almost sure")), round_, "A")
    assert said == (
        "A comes first in 100.0% of 10,000 draws. Those draws have on average about today's "
        "weights. With exactly these average weights, as the scores stand, it is first in 100.0%."
    )


def test_with_unsure_scores_the_last_figure_says_how_sure_first_place_would_be() -> None:
    # B is not scored: 0 to 4 as likely against a 2, so first by 3 or 4, and half the time by 2.
    round_ = ranking((1,), [(2,), (NAN,)])
    said = central_in_words(simulate(round_, 1), round_, "B")
    last = said.rpartition("with the scores drawn anew, it is first in ")[2]
    assert float(last.rstrip("%.")) == pytest.approx(50, abs=3)


def test_a_must_do_is_not_among_them() -> None:
    round_ = ranking((1, 1), [(4, 4), (0, 0)])
    with pytest.raises(KeyError):
        central_in_words(simulate(round_, 1, must_do=[True, False]), round_, "A")
