"""The How firm? page: one sentence and picture, exact limits, details when asked."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from scoring.analysis.argument import argument
from scoring.analysis.draws import (
    Anywhere,
    AroundToday,
    FromAssessors,
    InOrder,
    WeightDraws,
    Within,
)
from scoring.analysis.limits import first_limits, top_limits
from scoring.analysis.simulate import DRAWS, SEED, simulate
from scoring.framework import Weights
from scoring.intake.assessors import AssessorWeights
from scoring.intake.score_ranges import ScoreRange
from tests.views.conftest import Open, state_of
from views.firm_settings import FirmSettings
from views.in_the_running import in_the_running, must_dos
from views.place import place_of, take_place
from views.state import sample_state


def texts(page: AppTest) -> str:
    """Everything that is read on the page, without its escapes."""
    parts = [*page.header, *page.markdown, *page.caption, *page.info]
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
    assert page.header[0].value.replace("\\", "") == found.sentence


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
    assert page.header[0].value.replace("\\", "") == found.sentence


@pytest.mark.parametrize(
    ("kind", "how"),
    [
        ("within", Within(5.0)),
        ("any", Anywhere()),
        (
            "order",
            InOrder(
                ("strategic_alignment", "impact", "cost=complexity", "resource_capacity=effort",
                 "time")
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
    assert page.header[0].value.replace("\\", "") == found.sentence
    assert str(how) in texts(page)


def test_the_page_follows_the_weights_and_the_line(open_page: Open) -> None:
    page = open_page("how_firm")
    before = page.header[0].value
    state = state_of(page)
    state.line = 10
    state.set_weights({"impact": 60})
    page.run()
    assert page.header[0].value != before
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


def test_the_weights_of_assessors_are_taken_from_the_session_and_shown_as_shares(
    open_page: Open,
) -> None:
    page = open_page("how_firm")
    state = state_of(page)
    panel = (("Ann", (1, 9, 1, 1, 1, 1, 1)), ("Bob", (1, 1, 9, 1, 1, 1, 1)))
    each = tuple(
        AssessorWeights(name, Weights.of(dict(zip(state.weights, given, strict=True))))
        for name, given in panel
    )
    state.firm = replace(state.firm, assessors=each)
    page.selectbox(key="firm_weights").set_value("assessors").run()
    assert not page.exception
    how = FromAssessors(tuple(one.weights for one in each))
    must_do, counted = must_dos(state)
    found = simulate(state.ranking, state.line, how, must_do=must_do, counted=counted)
    assert page.header[0].value.replace("\\", "") == found.sentence
    shares = table(page, "Assessor")
    assert list(shares["Assessor"]) == ["Ann", "Bob", "Today's weights"]
    assert list(shares["Impact"]) == ["60.0%", "6.7%", "20.0%"]


def test_a_choice_still_to_be_made_is_asked_for_and_the_rest_of_the_page_stays(
    open_page: Open,
) -> None:
    page = open_page("how_firm")
    for kind, asked in (
        ("assessors", "enter or upload them below"),
        ("scenarios", "at least one: choose them below"),
    ):
        page.selectbox(key="firm_weights").set_value(kind).run()
        assert not page.exception
        assert asked in texts(page)
        assert "How far may each weight go?" in texts(page)


def test_the_weights_of_scenarios_are_drawn_by_their_names(open_page: Open) -> None:
    page = open_page("how_firm")
    page.selectbox(key="firm_weights").set_value("scenarios").run()
    page.multiselect(key="firm_scenarios").set_value(["Published weights", "Equal weights"]).run()
    assert not page.exception
    said = "the weights of 2 scenarios, each as likely: Published weights, Equal weights"
    assert said in texts(page)


def test_the_order_of_importance_is_stated_and_one_left_out_is_asked_for(open_page: Open) -> None:
    page = open_page("how_firm")
    state = state_of(page)
    page.selectbox(key="firm_weights").set_value("order").run()
    order = [*state.weights][::-1]
    page.multiselect(key="firm_order").set_value(order).run()
    must_do, counted = must_dos(state)
    found = simulate(
        state.ranking, state.line, InOrder(tuple(order)), must_do=must_do, counted=counted
    )
    assert page.header[0].value.replace("\\", "") == found.sentence
    page.multiselect(key="firm_order").set_value(order[1:]).run()
    assert "every criterion: Time still to be named" in texts(page)


def equally(page: AppTest) -> Any:
    (box,) = [
        one for one in page.multiselect if one.label == "Just as important as the one before it"
    ]
    return box


def test_two_criteria_can_be_stated_as_equally_important(open_page: Open) -> None:
    page = open_page("how_firm")
    state = state_of(page)
    page.selectbox(key="firm_weights").set_value("order").run()
    # Cost and Complexity weigh the same today, so do Resource Capacity and Effort.
    assert equally(page).value == ["complexity", "effort"]
    equally(page).set_value(["impact"]).run()
    assert not page.exception
    assert state.firm.order[0] == "strategic_alignment=impact"
    assert state.firm.order[1:3] == ("cost", "complexity")
    assert "In this order: 1 Strategic Alignment = Impact, 2 Cost, 3 Complexity," in texts(page)
    must_do, counted = must_dos(state)
    found = simulate(
        state.ranking, state.line, InOrder(state.firm.order), must_do=must_do, counted=counted
    )
    assert page.header[0].value.replace("\\", "") == found.sentence


def test_a_criterion_is_level_with_the_one_before_only_while_that_one_is_still_before_it(
    open_page: Open,
) -> None:
    page = open_page("how_firm")
    state = state_of(page)
    page.selectbox(key="firm_weights").set_value("order").run()
    order = [id for id in page.multiselect(key="firm_order").value if id != "cost"]
    page.multiselect(key="firm_order").set_value([*order, "cost"]).run()
    assert equally(page).value == ["effort"]
    assert state.firm.order == (
        "strategic_alignment", "impact", "complexity", "resource_capacity=effort", "time", "cost"
    )  # fmt: skip


def test_ranges_of_scores_in_use_are_listed_and_drawn(open_page: Open) -> None:
    page = open_page("how_firm")
    state = state_of(page)
    ranges = (ScoreRange("CAN-01", "impact", 1, 5), ScoreRange("CAN-03", "cost", 2, 4))
    state.firm = replace(state.firm, ranges=ranges)
    page.selectbox(key="firm_scores").set_value("ranges").run()
    assert not page.exception
    assert "2 scores anywhere in ranges of their own, the others as given" in texts(page)
    assert list(table(page, "Low")["Criterion"]) == ["Impact", "Cost"]


def test_columns_of_ranges_in_the_rounds_own_files_are_looked_for(open_page: Open) -> None:
    page = open_page("how_firm")
    page.selectbox(key="firm_scores").set_value("ranges").run()
    assert "ranges of scores of this round: enter, upload or take them below" in texts(page)
    page.button_group(key="firm_ranges_from").set_value("files").run()
    page.button(key="firm_ranges_files").click().run()
    assert not page.exception
    assert 'such as "Impact low" and "Impact high"' in " ".join(table(page, "Expected")["Expected"])


def test_both_thresholds_are_set_at_once_and_without_new_draws(open_page: Open) -> None:
    page = open_page("how_firm")
    state = state_of(page)
    before = state.work["chances"].answers
    page.number_input(key="firm_threshold").set_value(80).run()
    page.number_input(key="firm_out").set_value(40).run()
    must_do, counted = must_dos(state)
    found = simulate(state.ranking, state.line, must_do=must_do, counted=counted)
    assert page.header[0].value.replace("\\", "") == found.with_firm(0.8, 0.4).sentence
    assert state.work["chances"].answers is before
    assert len(before) == 1
    rules = charts(page)[0]["layer"][1]["data"]["values"]
    assert [rule["at"] for rule in rules] == [80, 40]


def test_settings_stay_when_the_page_is_left_and_opened_again(open_page: Open) -> None:
    page = open_page("how_firm")
    page.selectbox(key="firm_weights").set_value("within").run()
    page.number_input(key="firm_points").set_value(3).run()
    # Streamlit forgets the widgets of a page that is left; the session is the same.
    script = "from views import how_firm\nfrom views.state import current\n"
    state = state_of(page)
    page = AppTest.from_string(f"{script}how_firm.render(current())\n", default_timeout=120)
    page.session_state["app_state"] = state
    page.run()
    assert page.selectbox(key="firm_weights").value == "within"
    assert page.number_input(key="firm_points").value == 3
    assert "each weight at most 3 points from today's" in texts(page)


def test_the_weights_that_put_one_first_are_said_drawn_and_in_a_table(open_page: Open) -> None:
    page = opened(open_page("how_firm"), "central")
    state = state_of(page)
    page.selectbox(key="firm_central_ref").set_value("DYW-01").run()
    assert not page.exception
    assert "DYW-01 comes first in" in texts(page)
    assert "With exactly these average weights" in texts(page)
    rows = table(page, "Where it is first")
    assert list(rows["Criterion"]) == [c.name for c in state.framework.criteria]
    total = sum(float(share.rstrip("%")) for share in rows["Where it is first"])
    assert total == pytest.approx(100, abs=0.4)
    titles = [json.dumps(chart) for chart in charts(page)]
    assert sum("bar: where it is first; upright mark: today" in title for title in titles) == 1


def test_with_all_the_weight_on_one_criterion_no_chances_are_claimed(open_page: Open) -> None:
    page = open_page("how_firm")
    state = state_of(page)
    state.set_weights({id: 100 if id == "impact" else 0 for id in state.weights})
    state.missing = "worst"
    page.run()
    assert not page.exception
    assert "Every draw is the same, so this is today's ranking and no chance" in texts(page)
    assert "Impact has all the weight, so there is no other weight to rescale." in texts(page)


@pytest.mark.parametrize("line", [1, 3, 27, 1_000])
def test_every_line_has_a_sentence_and_a_page(open_page: Open, line: int) -> None:
    page = opened(open_page("how_firm"), "places", "central", "argument", "overlap")
    state = state_of(page)
    state.line = line
    page.run()
    assert not page.exception
    said = texts(page)
    for wrong in (" 1 intentions", "top 1 stay", "nan", "inf%", " 1 are ", "these 1 "):
        assert wrong not in said, wrong


def test_without_a_line_the_page_says_where_to_draw_one(open_page: Open) -> None:
    page = open_page("how_firm")
    state_of(page).line = 0
    page.run()
    assert not page.exception
    assert "No funding line is drawn" in texts(page)


def test_settings_come_back_after_a_refresh() -> None:
    state = sample_state()
    one = AssessorWeights("Ann", state.framework.weights)
    state.firm = replace(
        state.firm, weights="assessors", assessors=(one,), firm=75,
        ranges=(ScoreRange("CAN-01", "impact", 1, 5),), order=tuple(state.weights)[::-1],
    )  # fmt: skip
    again = sample_state()
    take_place(again, json.loads(place_of(state)))
    assert again.firm == state.firm
    take_place(again, {"firm": {"weights": 3, "never": "heard of"}})
    assert again.firm == FirmSettings()


def test_more_draws_and_another_seed_are_a_choice(open_page: Open) -> None:
    assert (FirmSettings().draws, FirmSettings().seed) == (DRAWS, SEED)
    page = open_page("how_firm")
    page.number_input(key="firm_draws").set_value(20_000).run()
    page.number_input(key="firm_seed").set_value(7).run()
    assert not page.exception
    state = state_of(page)
    must_do, counted = must_dos(state)
    found = simulate(
        state.ranking, state.line, draws=20_000, seed=7, must_do=must_do, counted=counted
    )
    assert page.header[0].value.replace("\\", "") == found.sentence
    assert "From 20,000 draws, seed 7: 95 times in 100 a chance is within 0.7" in texts(page)
