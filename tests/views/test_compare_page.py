"""The Compare page without a browser: what it says for odd rounds and odd choices."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from benchmarks._made_up_round import made_up_sheet
from scoring.analysis.moves import compare
from scoring.framework import Framework
from scoring.intake.result import Intake
from scoring.ranking import prioritise
from scoring.scenario import built_in_scenarios
from scoring.sheet import ScoreSheet
from tests.views.conftest import Open, state_of
from views.compare import moved_in_the_top, slope_chart
from views.state import AppState


def shown(page: AppTest) -> str:
    return " ".join(element.value for element in [*page.markdown, *page.info, *page.caption])


def opened(sheet: ScoreSheet) -> AppTest:
    """The page on a made-up round."""
    page = AppTest.from_string(
        "import streamlit as st\nfrom views import compare\n"
        "compare.render(st.session_state['app_state'])\n",
        default_timeout=120,
    )
    intake = Intake(sheet, (), (), (), (), ())
    page.session_state["app_state"] = AppState(
        intake, weights=sheet.framework.weights, is_sample=False
    )
    return page.run()


def test_published_and_equal_weights_are_compared_until_a_weight_moves(open_page: Open) -> None:
    page = open_page("compare")
    assert [element.value for element in page.header][1:-1] == [
        "From Published weights to Equal weights"
    ]
    state = state_of(page)
    state.set_weights({"impact": 60})
    page.run()
    assert page.header[1].value == "From Published weights to Equal weights"


def test_one_scenario_is_not_compared(open_page: Open) -> None:
    page = open_page("compare")
    page.multiselect(key="compared").set_value([0]).run()
    assert page.info[0].value == "Choose two or more scenarios."


@pytest.mark.parametrize(("rows", "gaps"), [(0, 0.0), (4, 1.0)])
def test_a_round_without_a_ranked_intention_says_so(rows: int, gaps: float) -> None:
    page = opened(made_up_sheet(rows, gaps=gaps))
    assert not page.exception
    assert page.info[0].value == "No intention is ranked yet: each lacks a score."


@pytest.mark.parametrize(("rows", "criteria"), [(1, 7), (5, 1), (40, 20)])
def test_small_and_odd_rounds_are_compared(rows: int, criteria: int) -> None:
    page = opened(made_up_sheet(rows, criteria))
    assert not page.exception
    assert "in the first" in shown(page) or "too few different places" in shown(page)


def test_a_line_reaches_everyone_in_the_first_places_of_any_scenario(lsc: Framework) -> None:
    sheet = made_up_sheet(60)
    rankings = [
        (scenario.name, prioritise(sheet, scenario.weights))
        for scenario in built_in_scenarios(lsc, 10)[:3]
    ]
    spec = slope_chart(rankings, 10)
    refs = {point["ref"] for point in spec["data"]["values"]}
    for _, ranking in rankings:
        first = {sheet.refs[i] for i in ranking.places.order if ranking.places.place[i] <= 10}
        assert first <= refs
    assert len(spec["data"]["values"]) == 3 * len(refs)
    assert max(point["height"] for point in spec["data"]["values"]) <= 11


def test_the_moves_listed_are_those_near_the_top_that_moved(lsc: Framework) -> None:
    sheet = made_up_sheet(60)
    comparison = compare(prioritise(sheet), prioritise(sheet, lsc.weights_with({"impact": 80})))
    rows = moved_in_the_top(comparison, 10)
    assert rows
    for i in rows:
        places = (comparison.before.places.place[i], comparison.after.places.place[i])
        assert min(places) <= 10
        assert places[0] != places[1]
