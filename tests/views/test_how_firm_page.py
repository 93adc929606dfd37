"""The How firm? page: one sentence and picture, exact limits, details when asked."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from scoring.analysis.argument import argument
from scoring.analysis.draws import Anywhere, AroundToday, InOrder, WeightDraws, Within
from scoring.analysis.limits import first_limits, top_limits
from scoring.analysis.simulate import simulate
from tests.views.conftest import Open, state_of
from views.in_the_running import in_the_running, must_dos


def texts(page: AppTest) -> str:
    """Everything that is read on the page, without its escapes."""
    parts = [*page.subheader, *page.markdown, *page.caption, *page.info]
    return "\n".join(str(part.value) for part in parts).replace("\\", "")


def charts(page: AppTest) -> list[dict[str, Any]]:
    """What every chart of the page draws."""
    return [json.loads(chart.proto.spec) for chart in page.get("vega_lite_chart")]


def opened(page: AppTest, *keys: str) -> AppTest:
    """The page with some of its details open."""
    for key in keys:
        page.session_state[f"firm_{key}"] = True
    page.run()
    assert not page.exception, page.exception
    return page


def table(page: AppTest, column: str) -> Any:
    """The table that has this column."""
    return next(t.value for t in page.table if column in t.value.columns)


def test_the_page_leads_with_the_sentence_of_the_chances(open_page: Open) -> None:
    page = open_page("how_firm")
    state = state_of(page)
    must_do, counted = must_dos(state)
    found = simulate(state.ranking, state.line, must_do=must_do, counted=counted)
    assert page.subheader[0].value.replace("\\", "") == found.sentence


def test_the_picture_draws_one_bar_an_intention_and_names_the_line(open_page: Open) -> None:
    page = open_page("how_firm")
    picture = charts(page)[0]
    bars = picture["layer"][0]["data"]["values"]
    assert len(bars) == len({bar["ref"] for bar in bars})
    assert {"firm in", "borderline", "firm out"} >= {bar["verdict"] for bar in bars}
    assert all(0 <= bar["chance"] <= 100 for bar in bars)
    words = [
        v["label"] for layer in picture["layer"] for v in layer["data"]["values"] if "label" in v
    ]
    assert "the line" in words
    assert "not ranked" in words


def test_a_surer_weighting_makes_more_of_them_firm(open_page: Open) -> None:
    page = open_page("how_firm")
    state = state_of(page)
    page.select_slider(key="firm_unsure").set_value("almost sure").run()
    must_do, counted = must_dos(state)
    found = simulate(
        state.ranking, state.line, AroundToday("almost sure"), must_do=must_do, counted=counted
    )
    assert page.subheader[0].value.replace("\\", "") == found.sentence


@pytest.mark.parametrize(
    ("kind", "how"),
    [
        ("within", Within(5.0)),
        ("any", Anywhere()),
        (
            "order",
            InOrder(
                ("strategic_alignment", "impact", "cost", "complexity", "resource_capacity",
                 "effort", "time")
            ),
        ),
    ],
)  # fmt: skip
def test_other_ways_of_drawing_weights_are_one_choice_away(
    open_page: Open, kind: str, how: WeightDraws
) -> None:
    page = open_page("how_firm")
    state = state_of(page)
    page.selectbox(key="firm_weights").set_value(kind).run()
    assert not page.exception
    must_do, counted = must_dos(state)
    found = simulate(state.ranking, state.line, how, must_do=must_do, counted=counted)
    assert page.subheader[0].value.replace("\\", "") == found.sentence
    assert str(how) in texts(page)


def test_the_page_follows_the_weights_and_the_line(open_page: Open) -> None:
    page = open_page("how_firm")
    before = page.subheader[0].value
    state = state_of(page)
    state.line = 10
    state.set_weights({"impact": 60})
    page.run()
    assert page.subheader[0].value != before
    assert "a line after 10, of which must-dos take 3" in texts(page)
    must_do, counted = must_dos(state)
    limits = top_limits(state.ranking, 10, must_do, counted)
    for limit in limits.by_criterion:
        assert limits.sentence(limit) in texts(page)


def test_every_limit_is_said_drawn_and_in_the_table(open_page: Open) -> None:
    page = open_page("how_firm")
    state = state_of(page)
    limits = top_limits(state.ranking, state.line, *must_dos(state))
    assert limits.tie in texts(page)
    rows = table(page, "From")
    assert list(rows["Criterion"]) == [c.name for c in state.framework.criteria]
    bars = charts(page)[1]["layer"][1]["data"]["values"]
    for limit, row, bar in zip(limits.by_criterion, rows["From"], bars, strict=True):
        assert limits.sentence(limit) in texts(page)
        # The sentence says the figure of the table, rounded to the safe side.
        assert row in limits.sentence(limit)
        assert bar["low"] == pytest.approx(float(limit.ahead_low))


def test_first_place_has_its_own_limits(open_page: Open) -> None:
    page = open_page("how_firm")
    page.button_group(key="firm_question").set_value("first").run()
    limits = first_limits(state_of(page).ranking)
    assert limits.sentence(limits.by_criterion[1]) in texts(page)


def test_one_intention_is_told_where_it_crosses_the_line(open_page: Open) -> None:
    page = open_page("how_firm")
    page.button_group(key="firm_question").set_value("one").run()
    page.selectbox(key="firm_one").set_value("CAN-01").run()
    assert not page.exception
    assert "CAN-01 comes above the line where" in texts(page)


def test_details_are_worked_out_only_when_opened(open_page: Open) -> None:
    page = open_page("how_firm")
    state = state_of(page)
    assert not any(key[0] in {"overlap", "crosscheck", "argument"} for key in state._results)
    opened(page, "overlap")
    assert "overlap" in {key[0] for key in state._results}
    assert "crosscheck" not in {key[0] for key in state._results}


def test_chances_in_figures_are_those_nearest_the_line_and_everyone(open_page: Open) -> None:
    page = opened(open_page("how_firm"), "places")
    state = state_of(page)
    near = table(page, "Above the line")
    assert len(near) == 40
    assert {"CAN-01", "FIN-02"} <= {ref.replace("\\", "") for ref in near["Ref"]}
    everyone = page.dataframe[0].value
    assert len(everyone) == len(state.sheet) - sum(must_dos(state)[0])
    # The chances above the line add up to the places there are.
    assert everyone["Above the line (%)"].sum() == pytest.approx(27 * 100, abs=3)


def test_reach_is_asked_for_and_answered_with_the_weights_it_would_take(open_page: Open) -> None:
    page = opened(open_page("how_firm"), "reach")
    assert "smallest change of weights that does it" not in texts(page)
    page.selectbox(key="firm_reach_ref").set_value("CAN-03").run()
    assert not page.exception
    assert "By weights alone. The smallest change of weights that does it is" in texts(page)
    assert "By its scores alone. One score step would do it" in texts(page)
    assert len(table(page, "It would take")) == 7


def test_the_argument_names_the_ten_that_matter_and_the_pairs(open_page: Open) -> None:
    page = opened(open_page("how_firm"), "argument")
    state = state_of(page)
    found = argument(state.ranking, state.line, *must_dos(state))
    assert f"The 10 that matter: {', '.join(found.refs)}." in texts(page)
    assert str(found.pairs[0]) in texts(page)


def test_double_counting_gives_weight_and_share_of_every_criterion(open_page: Open) -> None:
    page = opened(open_page("how_firm"), "overlap")
    rows = table(page, "Decides")
    shares = [float(share.rstrip("%")) for share in rows["Decides"]]
    assert sum(shares) == pytest.approx(100, abs=0.4)


def test_the_cross_check_lists_methods_and_only_disputed_intentions(open_page: Open) -> None:
    page = opened(open_page("how_firm"), "crosscheck")
    assert list(table(page, "WS")["Method"]) == [
        "Weighted product", "TOPSIS", "VIKOR", "PROMETHEE II", "No weights",
    ]  # fmt: skip
    disputed = table(page, "Differently under")
    assert 0 < len(disputed) < len(in_the_running(state_of(page)))
    assert all(disputed["Differently under"])


def test_rescaled_gaps_are_refused_in_words_and_the_rest_of_the_page_stays(open_page: Open) -> None:
    page = open_page("how_firm")
    state_of(page).missing = "renormalise"
    opened(page, "reach", "crosscheck")
    assert "leave incomplete ones unranked" in texts(page)
    assert "10,000 times" in texts(page)


def test_a_must_do_is_never_offered_as_a_question(open_page: Open) -> None:
    page = open_page("how_firm")
    refs = in_the_running(state_of(page))
    assert "SGW-01" not in refs
    assert "CAN-01" in refs
