"""The board paper set against another round that is kept: the one this was made from by default."""

from __future__ import annotations

import io

import pytest
from docx import Document
from streamlit.testing.v1 import AppTest

from scoring.export.about import About
from scoring.export.paper import write_paper
from store.carry_over import copy_round
from store.cells import save_scores
from store.records import NewValue
from store.rounds import about_round
from tests.views.kept_pages import LOCAL, data, now, opened, state_of  # noqa: F401
from views.keeping import keep_as_round
from views.opening import open_round

SCRIPT = """
from views.documents import _choose
from views.starting import start
from views.state import current
import streamlit as st
state = current()
start(state)
st.session_state["chosen"] = _choose(state)
"""


@pytest.fixture
def page(data: str) -> AppTest:  # noqa: F811
    """The choices of the paper, on a copy of last year's round with one score changed."""
    shown = AppTest.from_string(SCRIPT, default_timeout=120).run()
    assert not shown.exception, shown.exception
    state = state_of(shown)
    last = keep_as_round(state, "Last year")
    keep_as_round(state, "Another")
    store = opened(data)
    made = copy_round(store, LOCAL, now(), last, "This year", keep_scores=True)
    with store.change(made, LOCAL, now()) as change:
        save_scores(change, [NewValue("LTC-03", "impact", 1.0, 1, why="Evidence withdrawn")])
    with store.read(made, LOCAL) as source:
        assert about_round(source).predecessor == last
    open_round(state, made)
    shown.run()
    assert not shown.exception, shown.exception
    return shown


def paper(page: AppTest) -> str:
    chosen = page.session_state["chosen"]
    about = About("This year", "A. Analyst", now())
    made = write_paper(chosen.ranking, about, chosen.choices, chosen.baseline)
    return "\n".join(p.text for p in Document(io.BytesIO(made)).paragraphs)


def changed_since(page: AppTest):
    return next(box for box in page.selectbox if box.label == "Say what changed since")


def test_the_round_it_was_made_from_comes_first_and_is_chosen(page: AppTest) -> None:
    box = changed_since(page)
    rounds = [option for option in box.options if option.startswith("The round")]
    assert rounds == ["The round Last year, which this one was made from", "The round Another"]
    chosen = page.session_state["chosen"]
    assert chosen.choices.baseline == 'the round "Last year"'
    assert chosen.baseline.sheet.refs == chosen.ranking.sheet.refs


def test_the_paper_says_what_changed_since_that_round(page: AppTest) -> None:
    text = paper(page)
    assert 'Set against the round "Last year": no intentions are new' in text


def test_another_round_or_a_scenario_may_be_chosen_instead(page: AppTest) -> None:
    box = changed_since(page)
    box.select(next(o for o in box.options if "Another" in o)).run()
    assert page.session_state["chosen"].choices.baseline == 'the round "Another"'
    box = changed_since(page)
    box.select(next(o for o in box.options if o == "Published weights")).run()
    chosen = page.session_state["chosen"]
    assert chosen.choices.baseline == "the published weights"
    assert chosen.baseline.sheet is chosen.ranking.sheet


def test_the_round_in_use_is_untouched_by_reading_another(page: AppTest) -> None:
    state = state_of(page)
    assert state.round_name == "This year"
    assert state.kept is not None
    assert state.kept.round is not None
    assert state.kept.round.name == "This year"


def test_the_paper_takes_must_dos_as_the_rank_page_does(page: AppTest) -> None:
    assert page.session_state["chosen"].choices.must_dos == "counted"
    state_of(page).must_dos_counted = False
    page.run()
    assert page.session_state["chosen"].choices.must_dos == "extra"
