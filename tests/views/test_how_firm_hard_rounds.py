"""The How firm? page on rounds that are odd: everything open, no exception, no false sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from scoring.sheet import Floats, ScoreSheet
from tests.views.conftest import Open, state_of
from tests.views.test_how_firm_page import opened, texts

NAN = float("nan")
ALL = ("places", "central", "argument", "overlap", "crosscheck", "reach")


def spread(rows: int) -> Floats:
    return np.random.default_rng(5).integers(1, 6, (rows, 7)).astype(float)


def with_gaps(rows: int) -> Floats:
    scores = spread(rows)
    scores[::2, 3] = NAN
    return scores


def constant_column(rows: int) -> Floats:
    scores = spread(rows)
    scores[:, 1] = scores[:, 2] = 3
    return scores


ROUNDS: dict[str, Callable[[], Floats]] = {
    "two": lambda: spread(2),
    "two alike": lambda: np.full((2, 7), 3.0),
    "all alike": lambda: np.full((40, 7), 3.0),
    "half with gaps": lambda: with_gaps(20),
    "constant columns": lambda: constant_column(20),
}


@pytest.mark.parametrize("line", [1, 50])
@pytest.mark.parametrize("name", ROUNDS)
def test_an_odd_round_is_answered_without_a_false_word(
    open_page: Open, name: str, line: int
) -> None:
    page = open_page("how_firm")
    state = state_of(page)
    scores = ROUNDS[name]()
    refs = tuple(f"R-{k}" for k in range(len(scores)))
    sheet = ScoreSheet(state.framework, refs, refs, scores)
    state.use(replace(state.intake, sheet=sheet), "Odd")
    state.line = line
    opened(page, *ALL)
    page.selectbox(key="firm_reach_ref").set_value(refs[-1] if name != "half with gaps" else "R-1")
    page.run()
    assert not page.exception
    said = texts(page)
    for wrong in (
        " 1 intentions", "top 1 stay", "nan", " inf", "these 1 ", "same 1 ", "None", ": .", " ;",
        "0 of your 0",
    ):  # fmt: skip
        assert wrong not in said, wrong


def test_one_intention_alone_has_nothing_to_compare(open_page: Open) -> None:
    page = open_page("how_firm")
    state = state_of(page)
    sheet = ScoreSheet(state.framework, ("A",), ("Alone",), spread(1))
    state.use(replace(state.intake, sheet=sheet), "One")
    page.run()
    assert not page.exception
    assert "Only one intention is ranked, so there is nothing to compare yet." in texts(page)


def test_a_round_of_must_dos_has_nobody_in_the_running(open_page: Open) -> None:
    page = open_page("how_firm")
    state = state_of(page)
    refs = ("A", "B", "C")
    sheet = ScoreSheet(
        state.framework, refs, refs, spread(3), fields={"must_do": ("Statutory",) * 3}
    )
    state.use(replace(state.intake, sheet=sheet), "Musts")
    opened(page, *ALL)
    assert not page.exception
    assert "Nobody is in the running, so there is nothing to draw." in texts(page)


def test_must_dos_that_take_every_place_leave_no_empty_picture_and_one_sentence_of_limits(
    open_page: Open,
) -> None:
    page = open_page("how_firm")
    state = state_of(page)
    refs = tuple("ABCDE")
    sheet = ScoreSheet(
        state.framework, refs, refs, spread(5), fields={"must_do": ("Statutory", "yes", "", "", "")}
    )
    state.use(replace(state.intake, sheet=sheet), "Musts")
    state.line = 2
    page.run()
    assert not page.exception
    said = texts(page)
    assert "Must-dos take every place above the line, so nothing there can change." in said
    assert "A bar for each intention" not in said
    assert not page.get("vega_lite_chart")
    assert said.count("whatever the weights: must-dos take every place above the line.") == 1
    assert "whatever the Impact weight" not in said


def test_a_line_below_everyone_is_marked_once_with_who_is_not_ranked_after_it(
    open_page: Open,
) -> None:
    page = open_page("how_firm")
    state = state_of(page)
    scores = spread(20)
    scores[-3:, 2] = NAN
    refs = tuple(f"R-{k}" for k in range(20))
    state.use(replace(state.intake, sheet=ScoreSheet(state.framework, refs, refs, scores)), "All")
    state.line = 40
    page.run()
    assert not page.exception
    layers = json.loads(page.get("vega_lite_chart")[0].proto.spec)["layer"]
    marks = [one["data"]["values"][0] for one in layers if one["mark"]["type"] == "text"]
    assert [mark["label"] for mark in marks] == ["the line; then not ranked"]
    assert "whatever the weights: everyone ranked is above the line." in texts(page)


def test_nothing_ranked_says_how_many_wait_for_scores(open_page: Open) -> None:
    page = open_page("how_firm")
    state = state_of(page)
    sheet = ScoreSheet(state.framework, ("A", "B"), ("A", "B"), np.full((2, 7), NAN))
    state.use(replace(state.intake, sheet=sheet), "Blank")
    page.run()
    assert not page.exception
    said = "No intention is ranked, so there is nothing to compare yet. 2 wait for scores"
    assert said in texts(page)


def test_a_tie_in_first_place_is_said_where_no_line_is_drawn(open_page: Open) -> None:
    page = open_page("how_firm")
    state = state_of(page)
    scores = spread(4)
    scores[:2] = 5
    refs = tuple("ABCD")
    state.use(replace(state.intake, sheet=ScoreSheet(state.framework, refs, refs, scores)), "Tie")
    state.line = 0
    page.run()
    assert not page.exception
    assert "A and B share first place." in texts(page)
    assert "The line falls inside a tie" not in texts(page)


def test_the_slightest_change_of_weights_has_no_table_of_noughts(open_page: Open) -> None:
    page = open_page("how_firm")
    state = state_of(page)
    scores = np.full((3, 7), 3.0)
    scores[0, 2] = scores[1, 3] = 5  # level: two steps of Cost against two of Complexity
    refs = tuple("ABC")
    state.use(replace(state.intake, sheet=ScoreSheet(state.framework, refs, refs, scores)), "Level")
    state.line = 1
    opened(page, "reach")
    page.selectbox(key="firm_reach_ref").set_value("A").run()
    assert not page.exception
    assert "The slightest change does it" in texts(page)
    assert not any("It would take" in table.value.columns for table in page.table)
