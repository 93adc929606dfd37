"""The How firm? page on rounds that are odd: everything open, no exception, no false sentence."""

from __future__ import annotations

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
    assert "Fewer than two intentions are ranked" in texts(page)


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
