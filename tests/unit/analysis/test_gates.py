"""Gates: what is passed, what is open, and which approval the money asks for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scoring.analysis.gates import gates_of, in_pounds, investment, outstanding, route_for
from scoring.sheet import FieldValue, ScoreSheet

ROUTES = ((100_000.0, "Director"), (1_000_000.0, "Executive"), (None, "Board"))


def with_first(five: ScoreSheet, **fields: FieldValue) -> ScoreSheet:
    columns = {id: (value, None, None, None, None) for id, value in fields.items()}
    return replace(five, fields=columns)


@pytest.mark.parametrize(
    ("value", "route"),
    [(0.01, "Director"), (100_000, "Director"), (100_000.01, "Executive"), (5e6, "Board")],
)
def test_a_limit_belongs_to_the_band_below_it(value: float, route: str) -> None:
    assert route_for(ROUTES, value) == route


def test_the_route_follows_recurrent_and_one_off_money_together(five: ScoreSheet) -> None:
    sheet = with_first(five, investment_recurrent=90_000.0, investment_one_off=20_000.0)
    assert investment(sheet, 0) == 110_000
    case = gates_of(sheet, 0, ROUTES)[2]
    assert case.says == "Business case: open. £110,000 of new money asks for: Executive."
    assert not case.passed


def test_no_new_money_needs_no_business_case(five: ScoreSheet) -> None:
    case = gates_of(with_first(five, investment_recurrent=0.0), 0, ROUTES)[2]
    assert case.passed
    assert case.says == "Business case: not needed, since no new money is asked for."


def test_money_that_nobody_gave_leaves_the_approval_open(five: ScoreSheet) -> None:
    case = gates_of(five, 0, ROUTES)[2]
    assert not case.passed
    assert "No investment is recorded, so its approval is not known." in case.says


def test_money_written_in_words_is_never_taken_for_nothing(five: ScoreSheet) -> None:
    sheet = with_first(five, investment_recurrent="about a million", investment_one_off=0.0)
    assert investment(sheet, 0) is None


def test_an_approved_business_case_is_passed_whatever_its_value(five: ScoreSheet) -> None:
    sheet = with_first(five, investment_recurrent=5e6, business_case=" Approved. ")
    case = gates_of(sheet, 0, ROUTES)[2]
    assert case.passed
    assert case.says == (
        'Business case: passed ("Approved."). £5,000,000 of new money asks for: Board.'
    )


def test_without_thresholds_the_business_case_is_open_all_the_same(five: ScoreSheet) -> None:
    case = gates_of(with_first(five, investment_one_off=250_000.5), 0)[2]
    assert "£250,000.50 of new money; no thresholds are set." in case.says


def test_a_blank_gate_is_open_and_a_drafted_one_too(five: ScoreSheet) -> None:
    sheet = with_first(five, qia="Drafted", ehiira="not needed", investment_recurrent=0.0)
    assert [gate.says for gate in outstanding(sheet, 0, ROUTES)] == [
        'Quality impact assessment: open ("Drafted").'
    ]
    assert [gate.id for gate in outstanding(sheet, 1, ROUTES)] == ["qia", "ehiira", "business_case"]


@pytest.mark.parametrize(
    ("amount", "text"), [(1250000.0, "£1,250,000"), (-2.5, "-£2.50"), (None, ""), ("tbc", "tbc")]
)
def test_money_is_written_in_pounds(amount: FieldValue, text: str) -> None:
    assert in_pounds(amount) == text
