"""The How firm? page in real Chromium: it leads, it follows, its details open, axe is content."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.choosing import choose, upload
from tests.browser.rest import at_rest, fits_sideways, grid_told
from tests.browser.test_every_page import violations


@pytest.fixture
def firm(page: Page, app_url: str) -> Page:
    """The page, drawn."""
    page.goto(f"{app_url}/how-firm")
    expect(page.get_by_role("heading", name="More, on request")).to_be_visible()
    expect(page.locator("[data-testid=stVegaLiteChart] :is(canvas, svg)")).to_have_count(2)
    return page


def sentence(page: Page) -> str:
    at_rest(page)
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
    expect(firm.get_by_role("heading", name=before, exact=True)).to_have_count(0)
    assert sentence(firm) != before


def test_the_panels_own_weights_are_uploaded_and_stay_when_one_comes_back(firm: Page) -> None:
    choose(firm, "Which weights might be right?", "Assessors' own")
    expect(firm.get_by_text("enter or upload them below")).to_be_visible()
    panel = (
        "Assessor,Strategic Alignment,Impact,Cost,Complexity,Resource Capacity,Effort,Time\n"
        "Ann,25,20,15,15,10,10,5\nBob,10,40,20,10,5,10,5\nCy,1,,1,1,1,1,1\n"
    )
    file: FilePayload = {"name": "panel.csv", "mimeType": "text/csv", "buffer": panel.encode()}
    upload(firm, "Upload a sheet", file)
    shares = firm.get_by_role("table", name="Assessors' weights as shares of 100")
    expect(shares.get_by_role("cell", name="40.0%")).to_be_visible()
    drawn = firm.get_by_text("the weights of 2 assessors, each as likely")
    expect(drawn).to_be_visible()
    problems = firm.get_by_role("table", name="Problems of the assessors' weights")
    expect(problems.get_by_role("cell", name="panel.csv, C4")).to_be_visible()
    assert violations(firm) == []
    said = sentence(firm)
    firm.get_by_role("link", name="Rank", exact=True).click()
    expect(firm.get_by_role("heading", name="Ranked intentions")).to_be_visible()
    # The marks of the ranked list go by the same settings.
    expect(firm.locator(".st-key-firmness")).to_contain_text(said)
    firm.get_by_role("link", name="How firm?", exact=True).click()
    expect(drawn).to_be_visible()
    expect(shares).to_be_visible()
    assert sentence(firm) == said


def test_a_weight_typed_into_the_assessors_table_is_used(firm: Page) -> None:
    choose(firm, "Which weights might be right?", "Assessors' own")
    expect(firm.get_by_text("enter or upload them below")).to_be_visible()
    panel = (
        "Assessor,Strategic Alignment,Impact,Cost,Complexity,Resource Capacity,Effort,Time\n"
        "Ann,25,20,15,15,10,10,5\nBob,10,40,20,10,5,10,5\n"
    )
    file: FilePayload = {"name": "panel.csv", "mimeType": "text/csv", "buffer": panel.encode()}
    upload(firm, "Upload a sheet", file)
    shares = firm.get_by_role("table", name="Assessors' weights as shares of 100")
    expect(shares.get_by_role("cell", name="40.0%")).to_be_visible()
    expect(firm.get_by_text("the weights of 2 assessors, each as likely")).to_be_visible()
    at_rest(firm)
    name = firm.get_by_test_id("glide-cell-1-0")
    impact = firm.get_by_test_id("glide-cell-3-0")
    expect(name).to_have_text("Ann")
    expect(impact).to_have_text("20")
    # The table is a canvas: go to its first name with the mouse, then work by keyboard alone.
    firm.get_by_test_id("stDataFrame").click(position={"x": 80, "y": 55})
    for cell in (name, firm.get_by_test_id("glide-cell-2-0"), impact):
        expect(cell).to_have_attribute("aria-selected", "true")
        if cell is not impact:
            firm.keyboard.press("ArrowRight")
    firm.keyboard.press("Enter")
    typing = firm.locator("#portal").get_by_role("textbox")
    expect(typing).to_be_focused()
    expect(typing).to_have_value("20")
    typing.fill("120")
    expect(typing).to_have_value("120")
    typing.press("Enter")
    expect(typing).to_have_count(0)
    expect(impact).to_have_text("120")
    grid_told(firm)
    firm.get_by_role("button", name="Use these weights").click()
    # 120 of the 200 that Ann's weights add up to now.
    expect(shares.get_by_role("cell", name="60.0%")).to_be_visible()
    assert violations(firm) == []


def test_which_weights_would_put_one_first_opens(firm: Page) -> None:
    firm.get_by_text("Which weights would put one intention first?").click()
    expect(firm.get_by_text(re.compile("comes first in .* of 10,000 draws"))).to_be_visible()
    expect(firm.get_by_role("table", name=re.compile("Weights that put .* first"))).to_be_visible()
    assert violations(firm) == []


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
    fits_sideways(firm)


def test_reach_answers_for_a_chosen_intention(firm: Page) -> None:
    firm.get_by_text("What would it take for one intention").click()
    expect(firm.get_by_role("combobox", name="Intention")).to_be_visible()
    choose(firm, "Intention", "CAN-03")
    expect(firm.get_by_text("By weights alone. The smallest change of weights")).to_be_visible()
    expect(firm.get_by_role("table", name="Weights that lift CAN-03 over the line")).to_be_visible()
