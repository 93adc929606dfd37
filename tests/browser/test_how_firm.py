"""The How firm? page in real Chromium: it leads, it follows, its details open, axe is content."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_every_page import violations


@pytest.fixture
def firm(page: Page, app_url: str) -> Page:
    """The page, drawn."""
    page.goto(f"{app_url}/how-firm")
    expect(page.get_by_role("heading", name="More, on request")).to_be_visible()
    expect(page.locator("[data-testid=stVegaLiteChart] :is(canvas, svg)")).to_have_count(2)
    return page


def sentence(page: Page) -> str:
    return page.get_by_role("heading", name=re.compile(r"of your \d+ ")).inner_text()


def test_the_sentence_and_the_picture_stand_on_the_first_screen(firm: Page) -> None:
    picture = firm.locator("[data-testid=stVegaLiteChart]").first.bounding_box()
    assert picture
    assert picture["y"] + picture["height"] < 900
    assert re.search(r"\d+ of your \d+ (is|are) firm", sentence(firm))


def test_the_dial_changes_the_sentence(firm: Page) -> None:
    before = sentence(firm)
    dial = firm.get_by_role("slider", name="How sure are we of the weights?")
    dial.focus()
    dial.press("ArrowLeft")
    expect(firm.get_by_text("today's, fairly sure of them")).to_be_visible()
    assert sentence(firm) != before


def test_every_detail_opens_and_axe_finds_nothing(firm: Page) -> None:
    for label, table in (
        ("The chances in figures", "Chances of the intentions nearest the line"),
        ("Is anything counted twice", "Weight of each criterion and what it decides"),
        ("Would other methods decide", "How far other methods agree"),
    ):
        firm.get_by_text(label).click()
        expect(firm.get_by_role("table", name=table)).to_be_visible()
    firm.get_by_text("Where is the argument?").click()
    expect(firm.get_by_text("The 10 that matter")).to_be_visible()
    assert violations(firm) == []
    assert firm.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_reach_answers_for_a_chosen_intention(firm: Page) -> None:
    firm.get_by_text("What would it take for one intention").click()
    box = firm.get_by_role("combobox", name="Intention")
    expect(box).to_be_visible()
    # The part of the page is redrawn once it is open: choose when it has come to rest.
    expect(firm.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible()
    box.click()
    box.press_sequentially("CAN-03", delay=20)
    expect(firm.get_by_role("option", name=re.compile("CAN-03"))).to_be_visible()
    box.press("Enter")
    expect(firm.get_by_text("By weights alone. The smallest change of weights")).to_be_visible()
    expect(firm.get_by_role("table", name="Weights that lift CAN-03 over the line")).to_be_visible()
