"""Rounds in real Chromium: kept over a refresh, a killed server and several tabs."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from store.cells import cells_of
from tests.browser.conftest import PATIENCE
from tests.browser.kept_app import (
    App,
    app,
    choose_1,
    copy_sample,
    first_score,
    open_score,
    place_kept,
    set_weight,
    tab_asked,
    weight_of,
)
from tests.browser.rest import at_rest, fits_sideways
from tests.browser.test_every_page import violations
from tests.views.kept_pages import LOCAL

__all__ = ["app"]


@pytest.mark.parametrize("path", ["rounds", "score", "record"])
def test_the_pages_have_no_violation_and_fit_a_small_screen(
    page: Page, app: App, path: str
) -> None:
    page.set_viewport_size({"width": 1024, "height": 768})
    copy_sample(page, app)
    page.goto(f"{app.url}/{path}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    fits_sideways(page)
    assert violations(page) == []


def test_a_score_saved_one_at_a_time_survives_a_killed_server_and_a_refresh(
    page: Page, app: App
) -> None:
    round_id = copy_sample(page, app)
    open_score(page, app)
    group = first_score(page)
    choose_1(group)
    page.get_by_label("Evidence", exact=True).fill("Board paper, page 3")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Scores now: Strategic Alignment 1,")).to_be_visible()
    app.kill()
    app.start()
    open_score(page, app)
    expect(page.get_by_text("Copy of the sample").first).to_be_visible()
    group = first_score(page)
    expect(page.get_by_text("Scores now: Strategic Alignment 1,")).to_be_visible()
    with app.store.read(round_id, LOCAL) as source:
        cell = cells_of(source, "SGW-01")["strategic_alignment"]
    assert (cell.value, cell.evidence) == (1, "Board paper, page 3")


def test_a_score_typed_into_the_grid_is_saved(page: Page, app: App) -> None:
    round_id = copy_sample(page, app)
    open_score(page, app)
    first, second = page.get_by_test_id("glide-cell-2-0"), page.get_by_test_id("glide-cell-2-1")
    expect(first).to_have_text("5")
    at_rest(page)
    # The grid is a canvas: go to its first score with the mouse, then work by keyboard alone.
    page.get_by_test_id("stDataFrame").click(position={"x": 420, "y": 55})
    for cell, typed in ((first, "1"), (second, "9")):
        expect(cell).to_have_attribute("aria-selected", "true")
        page.keyboard.type(typed)
        expect(page.locator("#portal").get_by_role("textbox")).to_have_value(typed)
        page.keyboard.press("Enter")
        expect(cell).to_have_text(typed)
    expect(page.get_by_text(re.compile('found "9", expected a whole number'))).to_be_visible()
    with app.store.read(round_id, LOCAL) as source:
        changed = {
            field: cell.value
            for field, cell in cells_of(source, "SGW-01").items()
            if cell.version == 2
        }
    assert list(changed.values()) == [1]


def test_a_fresh_browser_comes_back_to_the_round_of_the_last(
    page: Page, app: App, chromium: Browser
) -> None:
    copy_sample(page, app)
    other = chromium.new_page()
    other.set_default_timeout(PATIENCE)
    other.goto(f"{app.url}/rounds")
    expect(other.get_by_text("Copy of the sample (in use)")).to_be_visible()
    other.close()


def test_two_tabs_of_one_person_keep_their_own_weights_over_a_refresh_and_a_killed_server(
    page: Page, app: App
) -> None:
    copy_sample(page, app)
    other = page.context.new_page()
    for tab, weight in ((page, "30"), (other, "40")):
        tab.goto(app.url)
        expect(weight_of(tab, "Impact")).to_be_visible()
        set_weight(tab, "Impact", weight)
        expect(tab.locator(".st-key-released")).to_contain_text(f"Impact {weight}.0%")
        tab_asked(tab)
    app.kill()
    app.start()
    for tab, weight in ((page, "30"), (other, "40"), (page, "30")):
        tab.goto(app.url)  # without the setting in the address
        expect(weight_of(tab, "Impact")).to_have_value(weight)
        expect(tab.locator(".st-key-released")).to_contain_text(f"Impact {weight}.0%")
    set_weight(other, "Impact", "45")
    expect(other.locator(".st-key-released")).to_contain_text("Impact 45.0%")
    third = page.context.new_page()
    third.goto(app.url)  # begins where the person was last
    expect(weight_of(third, "Impact")).to_have_value("45")


DUPLICATED = """([name, visit]) => {
  if (sessionStorage.getItem("duplicated")) return;
  sessionStorage.setItem("duplicated", "yes");
  sessionStorage.setItem("prioritiser-tab", name);
  sessionStorage.setItem("prioritiser-visit", visit);
  // The first tab may answer late on a busy machine: wait for it.
  const later = window.setTimeout;
  const asks = (wait, rest) => wait === 200 && rest[0] === false;
  window.setTimeout = (f, wait, ...rest) => later(f, asks(wait, rest) ? 60_000 : wait, ...rest);
}"""


def test_a_duplicated_tab_takes_a_name_of_its_own_and_both_keep_their_weights(
    page: Page, app: App
) -> None:
    copy_sample(page, app)
    page.goto(app.url)
    expect(weight_of(page, "Impact")).to_be_visible()
    set_weight(page, "Impact", "30")
    expect(page.locator(".st-key-released")).to_contain_text("Impact 30.0%")
    tab_asked(page)
    place_kept(page, app, "'impact': '30'")
    held = page.evaluate(
        "['prioritiser-tab', 'prioritiser-visit'].map((key) => sessionStorage.getItem(key))"
    )
    copy = page.context.new_page()
    copy.set_default_timeout(PATIENCE)
    # As the browser does when a tab is duplicated: with all that the first one had in its session.
    copy.add_init_script(f"({DUPLICATED})({json.dumps(held)})")
    copy.goto(app.url)
    copy.wait_for_function(
        "name => ![null, name].includes(sessionStorage.getItem('prioritiser-tab'))", arg=held[0]
    )
    expect(weight_of(copy, "Impact")).to_have_value("30")
    place_kept(copy, app, "'impact': '30'")  # under a name of its own
    set_weight(copy, "Impact", "40")
    expect(copy.locator(".st-key-released")).to_contain_text("Impact 40.0%")
    place_kept(copy, app, "'impact': '40'")
    for tab, weight in ((page, "30"), (copy, "40"), (page, "30")):
        tab.goto(app.url)  # without the setting in the address
        expect(weight_of(tab, "Impact")).to_have_value(weight)
        expect(tab.locator(".st-key-released")).to_contain_text(f"Impact {weight}.0%")
        tab_asked(tab)


NO_ANSWER = """
if (!sessionStorage.getItem("answered")) {
  const later = window.setTimeout;
  const asks = (wait, rest) => wait === 200 && rest[0] === false;
  window.setTimeout = (f, wait, ...rest) => later(f, asks(wait, rest) ? 60_000 : wait, ...rest);
}
"""


@pytest.mark.parametrize("at_once", [False, True])
def test_a_refreshed_page_was_opened_from_no_link_and_one_that_was_says_so_once(
    page: Page, app: App, at_once: bool
) -> None:
    """Also where it is refreshed before the browser has answered which of its tabs this is."""
    copy_sample(page, app)
    tab_asked(page)
    if at_once:
        page.add_init_script(NO_ANSWER)
    page.goto(app.url)
    expect(weight_of(page, "Impact")).to_have_value("20")
    set_weight(page, "Impact", "30")
    released = page.locator(".st-key-released")
    expect(released).to_contain_text("Impact 30.0%")
    page.wait_for_url("**weights=21.875-30-*")
    tab_asked(page)
    page.evaluate("sessionStorage.setItem('answered', 'yes')")
    page.reload()
    expect(weight_of(page, "Impact")).to_have_value("30")
    expect(released).to_contain_text(re.compile(r"1\. \d\d:"))
    assert "Opened from a link" not in place_kept(page, app, "'impact': '30'")
    expect(released).not_to_contain_text("Opened from a link")
    for _ in range(2):
        page.goto(f"{app.url}?weights=1-1-1-1-1-1-4&line=5")
        expect(weight_of(page, "Time")).to_have_value("40")
        expect(released).to_contain_text(re.compile(r"2\. \d\d:"))
        expect(released.get_by_text("Opened from a link")).to_have_count(1)
        expect(released).not_to_contain_text(re.compile(r"3\. \d\d:"))
