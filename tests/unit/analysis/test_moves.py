"""What changed between two rankings, and the sentence that says why."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.analysis.moves import compare, ordinal
from scoring.framework import Framework, Weights, load_framework
from scoring.ranking import prioritise
from scoring.sheet import ScoreSheet

TWO = Framework.model_validate(
    {
        "id": "two",
        "name": "Two",
        "about": "Impact and Cost",
        "criteria": [
            {"id": id, "name": id.capitalize(), "asks": "?", "weight": weight,
             "scale": {"low": 1, "high": 5}}
            for id, weight in (("impact", Decimal(20)), ("cost", Decimal(80)))
        ],
    }
)  # fmt: skip


def sheet(**scores: tuple[float, float]) -> ScoreSheet:
    refs = tuple(ref.replace("_", "-") for ref in scores)
    return ScoreSheet(TWO, refs, refs, np.array(list(scores.values()), float))


def weights(impact: float, cost: float) -> Weights:
    return Weights.of({"impact": impact, "cost": cost})


# Totals under 20/80: Q 80, R 50, P 20, S 0. Under 60/40: P 60, R 50, Q 40, S 0.
FOUR = sheet(P=(5, 1), Q=(1, 5), R=(3, 3), S=(1, 1))


def sentence(ref: str, to: Weights) -> str:
    return str(compare(prioritise(FOUR), prioritise(FOUR, to)).move(ref))


def test_up_says_how_far_why_and_past_whom() -> None:
    assert sentence("P", weights(60, 40)) == (
        "Up 2 to 1st: Impact rose from 20% to 60% and it scores 5 there; passed R and Q."
    )


def test_down_gives_the_criterion_on_which_the_others_gained() -> None:
    assert sentence("Q", weights(60, 40)) == (
        "Down 2 to 3rd: Impact rose from 20% to 60% and it scores 1 there; overtaken by P and R."
    )


def test_passing_one_and_being_passed_by_one_is_said_though_the_place_stays() -> None:
    assert sentence("R", weights(60, 40)) == (
        "Still 2nd: Impact rose from 20% to 60% and it scores 3 there; passed Q; overtaken by P."
    )


def test_an_intention_that_nobody_passes_stays() -> None:
    assert sentence("S", weights(60, 40)) == "Still 4th: it passed none and none passed it."


def test_a_tie_is_drawing_level_and_the_place_is_joint() -> None:
    # Under 50/50 P, Q and R all have 50.
    assert sentence("P", weights(50, 50)) == (
        "Up 2 to joint 1st: Impact rose from 20% to 50% and it scores 5 there; "
        "drew level with Q and R."
    )


def test_a_weight_that_fell_can_be_the_reason() -> None:
    # 20/80 to 0/100: R passes nobody, P (cost 1) draws level with S (cost 1) at 0.
    assert sentence("P", weights(0, 100)) == "Still joint 3rd: it passed none and none passed it."
    assert sentence("S", weights(0, 100)) == (
        "Up 1 to joint 3rd: Impact fell from 20% to 0% and it scores 1 there; drew level with P."
    )


def test_two_are_named_and_the_rest_counted() -> None:
    seven = sheet(
        X_1=(5, 1), MHL_03=(1, 5), PLC_05=(1, 5), A=(1, 5), B=(1, 5), C=(1, 5), D=(1, 5)
    )  # fmt: skip
    move = compare(prioritise(seven), prioritise(seven, weights(90, 10))).move("X-1")
    assert str(move) == (
        "Up 6 to 1st: Impact rose from 20% to 90% and it scores 5 there; "
        "passed MHL-03, PLC-05 and 4 more."
    )


def test_the_baseline_itself_moves_nobody() -> None:
    assert sentence("P", weights(1, 4)) == "3rd: the weights are those of the baseline."


def test_an_incomplete_intention_has_no_place_to_compare(five: ScoreSheet) -> None:
    heavier = five.framework.weights_with({"impact": 60})
    move = compare(prioritise(five), prioritise(five, heavier)).move("D")
    assert str(move).startswith("Not ranked:")
    assert move.up == 0


def test_rankings_of_different_intentions_are_refused(five: ScoreSheet) -> None:
    with pytest.raises(ValueError, match="the same intentions"):
        compare(prioritise(five), prioritise(five.take([0, 1])))


@given(st.lists(st.integers(0, 100), min_size=7, max_size=7).filter(any), st.integers(0, 2**32 - 1))
def test_places_risen_are_those_reached_less_those_that_passed(raw: list[int], seed: int) -> None:
    framework = load_framework("lsc-2025-26")
    scores = np.random.default_rng(seed).integers(1, 4, (12, 7)).astype(float)
    refs = tuple(f"R{i}" for i in range(12))
    made = ScoreSheet(framework, refs, refs, scores)
    new = Weights.of(dict(zip(framework.weights, raw, strict=True)))
    comparison = compare(prioritise(made), prioritise(made, new))
    for i, ref in enumerate(refs):
        move = comparison.move(ref)
        reached = len(move.passed) + len(move.drew_level)
        assert move.up == reached - len(move.overtaken_by) == comparison.up[i]
        if move.reason is not None:
            assert move.reason.before != move.reason.after


def test_half_of_the_pairs_reversed_is_a_tau_of_zero_and_none_is_one() -> None:
    # Under 40/60: Q 60, R 50, P 40, S 0: the order of 20/80. Under 60/40 it is P, R, Q, S:
    # of six pairs three are reversed, so (3 - 3) / 6 = 0.
    same = compare(prioritise(FOUR), prioritise(FOUR, weights(40, 60)))
    assert same.tau == pytest.approx(1)
    assert same.in_words(2).startswith("The order is the same")
    turned = compare(prioritise(FOUR), prioritise(FOUR, weights(60, 40)))
    assert turned.tau == pytest.approx(0)
    assert turned.overlap(2) == (1, 2)
    # P and Q change places; R stays 2nd and S 4th.
    assert turned.moved_in_words() == "2 of 4 ranked intentions move."
    assert turned.in_words(2).endswith(
        "1 of the 2 intentions in the first 2 places are there in both."
    )


def test_tau_needs_two_different_places() -> None:
    alike = sheet(A=(3, 3), B=(3, 3))
    comparison = compare(prioritise(alike), prioritise(alike, weights(60, 40)))
    assert comparison.tau is None
    assert comparison.in_words(1).startswith("There are too few different places")


def test_who_crosses_the_line_between_two_rankings() -> None:
    crossings = compare(prioritise(FOUR), prioritise(FOUR, weights(60, 40))).crossings(1)
    assert (crossings.enter, crossings.leave, crossings.tied) == (("P",), ("Q",), ())


@pytest.mark.parametrize(
    ("place", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"),
     (21, "21st"), (102, "102nd"), (111, "111th")],
)  # fmt: skip
def test_ordinals(place: int, words: str) -> None:
    assert ordinal(place) == words
