"""Long work runs beside the page: its progress is seen, the page is used meanwhile, then it is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import start_app, stop

SCRIPT = """
import os
import time
from pathlib import Path

import streamlit as st

from views.background import beside
from views.state import current


def wait(progress):
    while not Path(os.environ["GO_ON"]).exists():
        progress(0.5)
        time.sleep(0.02)
    return "The answer is 42"


answer = beside(current(), "question", "setting", wait, "Working it out.")
if answer:
    st.header(answer)
if st.button("Something else"):
    st.text("It answers meanwhile")


@st.fragment
def busy():
    if st.button("Be busy"):
        st.text("Busy")
        while not Path(os.environ["GO_ON"] + "_again").exists():
            time.sleep(0.02)


@st.fragment
def press():
    if st.button("Press"):
        current().round_name = "It was pressed"


busy()
press()
st.text(current().round_name)
"""


@pytest.fixture
def slow_app(tmp_path: Path) -> Iterator[str]:
    """A page with a question that is answered once the file `go_on` is there."""
    script = tmp_path / "page.py"
    script.write_text(SCRIPT, encoding="utf-8")
    process, url = start_app(str(script), GO_ON=str(tmp_path / "go_on"))
    yield url
    stop(process)


def test_the_page_answers_while_a_question_is_worked_out_and_shows_the_answer_then(
    page: Page, slow_app: str, tmp_path: Path
) -> None:
    page.goto(slow_app)
    bar = page.get_by_role("progressbar")
    expect(bar).to_be_visible()
    expect(page.get_by_text("Working it out. 50%")).to_be_visible()
    page.get_by_role("button", name="Something else").click()
    expect(page.get_by_text("It answers meanwhile")).to_be_visible()
    expect(bar).to_have_count(1)
    expect(page.get_by_role("heading", name="The answer is 42")).to_have_count(0)
    (tmp_path / "go_on").touch()
    expect(page.get_by_role("heading", name="The answer is 42")).to_be_visible()
    expect(bar).to_have_count(0)


def test_a_button_that_is_pressed_when_the_answer_comes_is_heard(
    page: Page, slow_app: str, tmp_path: Path
) -> None:
    page.goto(slow_app)
    expect(page.get_by_text("Working it out. 50%")).to_be_visible()
    page.get_by_role("button", name="Be busy").click()
    expect(page.get_by_text("Busy", exact=True)).to_be_visible()
    (tmp_path / "go_on").touch()
    # The answer is there; the page looks for it, and has to wait its turn before the button.
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="Press").click()
    page.wait_for_timeout(500)
    (tmp_path / "go_on_again").touch()
    expect(page.get_by_role("heading", name="The answer is 42")).to_be_visible()
    expect(page.get_by_text("It was pressed")).to_be_visible()
