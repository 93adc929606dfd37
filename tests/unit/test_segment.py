"""Segments follow the answers, the first rule that fits decides, and a blank never does."""

from datetime import date

import numpy as np
import pytest

from scoring.framework import Framework
from scoring.segment import Override, assign_segments, decide
from scoring.sheet import ScoreSheet


def answers(framework: Framework, **given: str) -> dict[str, str | None]:
    return {q.id: given.get(q.id, "no") for q in framework.questions} | given


@pytest.mark.parametrize(
    ("given", "segment", "rule"),
    [
        ({"business_as_usual": "yes", "unfunded_or_withdrawn": "yes"}, "outside", "0"),
        ({"unfunded_or_withdrawn": "yes", "single_trust_no_income": "yes"}, "0", "1"),
        ({"single_trust_no_income": "yes", "long_term_reconfiguration": "yes"}, "1", "2"),
        ({"long_term_reconfiguration": "yes", "efficiency_or_improvement": "yes"}, "3", "3"),
        ({"efficiency_or_improvement": "yes", "main_impact": "provider"}, "2-provider", "4"),
        ({"efficiency_or_improvement": "yes", "main_impact": "icb"}, "2-icb", "4"),
        ({"efficiency_or_improvement": "yes", "main_impact": "both"}, "unassigned", "4"),
        ({}, "unassigned", ""),
    ],
)
def test_the_first_rule_that_fits_decides(
    lsc: Framework, given: dict[str, str], segment: str, rule: str
) -> None:
    assignment = decide(lsc, answers(lsc, **given))
    assert (assignment.segment, assignment.rule) == (segment, rule)


def test_a_main_impact_on_both_is_asked_about(lsc: Framework) -> None:
    given = answers(lsc, efficiency_or_improvement="yes", main_impact="both")
    assert decide(lsc, given).ask == ("main_impact",)


def test_nothing_answered_asks_every_question_of_the_rules(lsc: Framework) -> None:
    assert decide(lsc, {}).ask == (
        "business_as_usual", "unfunded_or_withdrawn", "single_trust_no_income",
        "long_term_reconfiguration", "efficiency_or_improvement",
    )  # fmt: skip


def test_a_blank_before_the_rule_that_fired_makes_the_segment_provisional(lsc: Framework) -> None:
    given = answers(lsc, long_term_reconfiguration="yes")
    given["unfunded_or_withdrawn"] = None
    assignment = decide(lsc, given)
    assert assignment.segment == "3"
    assert assignment.open == ("unfunded_or_withdrawn",)


@pytest.mark.parametrize(("budget", "flagged"), [("no", False), ("yes", True), (None, True)])
def test_segment_3_is_flagged_when_there_is_or_may_be_a_budget_effect_this_year(
    lsc: Framework, budget: str | None, flagged: bool
) -> None:
    given = answers(lsc, long_term_reconfiguration="yes") | {"budget_effect_this_year": budget}
    assert bool(decide(lsc, given).flag) is flagged


def test_an_override_keeps_what_the_rules_say(lsc: Framework) -> None:
    sheet = ScoreSheet(lsc, ("A",), ("a",), np.full((1, 7), 3), {"unfunded_or_withdrawn": ("yes",)})
    override = Override("A", "1", "The trust has agreed to act alone", "J. Bell", date(2026, 4, 1))
    assignment = assign_segments(sheet, {"A": override})[0]
    assert (assignment.segment, assignment.by_rules, assignment.rule) == ("1", "0", "1")
    assert assignment.override is override


def test_an_override_needs_a_reason_and_a_name() -> None:
    with pytest.raises(ValueError, match="the segment of A needs a reason"):
        Override("A", "1", " ", "J. Bell", date(2026, 4, 1))
    with pytest.raises(ValueError, match="the segment of A needs a name"):
        Override("A", "1", "Agreed", "", date(2026, 4, 1))


def test_an_override_to_a_segment_that_is_not_there_is_refused(lsc: Framework) -> None:
    sheet = ScoreSheet(lsc, ("A",), ("a",), np.full((1, 7), 3))
    with pytest.raises(ValueError, match="A: there is no segment 9"):
        assign_segments(sheet, {"A": Override("A", "9", "x", "y", date(2026, 4, 1))})


def test_the_score_has_no_say_in_the_segment(lsc: Framework) -> None:
    fields = {"efficiency_or_improvement": ("yes", "yes"), "main_impact": ("ICB", "ICB")}
    rows = np.array([[1.0] * 7, [5.0] * 7])
    segments = assign_segments(ScoreSheet(lsc, ("A", "B"), ("a", "b"), rows, fields))
    assert segments.ids == ("2-icb", "2-icb")
    assert segments.counts()["2-icb"] == 2
