"""Scenarios, the link that carries a setting, and the ledger as .csv."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.export.ledger_csv import ledger_to_csv
from scoring.framework import Framework, Weights, load_framework
from scoring.problem import Unusable
from scoring.scenario import (
    LedgerLine,
    Scenario,
    built_in_scenarios,
    changed,
    from_link,
    to_link,
)

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def test_the_framework_gives_published_equal_and_every_lens(lsc: Framework) -> None:
    made = built_in_scenarios(lsc, 30)
    assert [scenario.name for scenario in made] == [
        "Published weights", "Equal weights", "Clinical view", "Financial view", "Patients' view",
    ]  # fmt: skip
    assert set(made[1].weights.units) == {1}
    assert made[2].weights["impact"] == 45
    assert all(scenario.line == 30 and scenario.built_in for scenario in made)


def test_a_saved_scenario_needs_a_name_a_reason_and_a_person(lsc: Framework) -> None:
    with pytest.raises(ValueError, match="needs a name and a sentence of why and a name of who"):
        Scenario(" ", lsc.weights, 30, "", "")
    with pytest.raises(ValueError, match="cannot be below 0"):
        Scenario("A", lsc.weights, -1, "why", "Ada")


@given(st.lists(st.integers(0, 10**9), min_size=7, max_size=7).filter(any), st.integers(0, 10**6))
def test_a_link_carries_weights_and_line_exactly(millionths: list[int], line: int) -> None:
    framework = load_framework("lsc-2025-26")
    raw = [Decimal(number).scaleb(-6) for number in millionths]
    weights = Weights.of(dict(zip(framework.weights, raw, strict=True)))
    assert from_link(to_link(framework, weights, line), framework) == (weights, line)


def test_an_address_without_weights_is_no_link(lsc: Framework) -> None:
    assert from_link({"other": "1"}, lsc) is None


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ({"weights": "1-2"}, 'found "1-2", expected 7 numbers with a hyphen between'),
        ({"weights": "a-b-c-d-e-f-g"}, "expected 7 numbers"),
        ({"weights": "0-0-0-0-0-0-0"}, "expected at least one weight above zero"),
        ({"weights": "1.2.3-1-1-1-1-1-1"}, 'the link, strategic_alignment: found "1.2.3"'),
        ({"weights": "1-1-1-1-1-1-1", "line": "-3"}, 'the link (line): found "-3"'),
        ({"weights": "1-1-1-1-1-1-1", "line": "9999999"}, "a whole number from 0 to 1,000,000"),
        ({"weights": "1-1-1-1-1-1-1", "framework": "x"}, "lsc-2025-26, the framework in use"),
        ({"weights": "<script>" * 99}, "expected 7 numbers"),
    ],
)
def test_a_bad_link_is_refused_with_what_is_wrong(
    lsc: Framework, link: dict[str, str], said: str
) -> None:
    with pytest.raises(Unusable) as refused:
        from_link(link, lsc)
    assert said in str(refused.value)
    assert len(str(refused.value)) < 400


def test_all_problems_of_a_link_come_at_once(lsc: Framework) -> None:
    with pytest.raises(Unusable) as refused:
        from_link({"weights": "1", "line": "x", "framework": "y"}, lsc)
    assert len(refused.value.problems) == 3


def test_what_changed_is_said_in_shares(lsc: Framework) -> None:
    # Impact 20 -> 40 of 120: 33.3%; 25 of 120 is 20.8%.
    words = changed(lsc.weights, lsc.weights_with({"impact": 40}), lsc)
    assert words.startswith("Strategic Alignment 25% to 20.8%, Impact 20% to 33.3%, ")
    assert changed(lsc.weights, lsc.weights, lsc) == ""


def test_the_ledger_as_csv_holds_every_setting_and_runs_no_formula(lsc: Framework) -> None:
    lines = [
        LedgerLine(1, AT, "=HYPERLINK()", "Impact 20% to 30%", lsc.weights, 30),
        LedgerLine(2, AT, "", "line 30 to 25", lsc.weights_with({"time": "0.5"}), 25),
    ]
    data = ledger_to_csv(lines, lsc)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0][:6] == [
        "Number", "When", "Who", "What", "Funding line after", "Strategic Alignment weight",
    ]  # fmt: skip
    assert rows[1][:5] == [
        "1",
        "2026-11-22T09:30:00+00:00",
        "'=HYPERLINK()",
        "Impact 20% to 30%",
        "30",
    ]
    assert rows[2][-1] == "0.5"
