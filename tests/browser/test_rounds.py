"""Rounds in real Chromium: kept over a refresh and a killed server, and worked on by two people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from store.cells import cells_of, save_scores
from store.people import invite
from store.records import Actor, NewValue
from store.rounds import list_rounds
from store.settings import as_url
from store.store import Store
from tests.browser.conftest import start_app
from tests.browser.test_every_page import violations
from tests.views.kept_pages import LOCAL, now


class App:
    """The app with a store of its own, which can be killed and started again."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.start()

    def start(self) -> None:
        """Start it."""
        self.process, self.url = start_app(PRIORITISER_DATABASE_URL=str(self.file))

    def kill(self) -> None:
        """SIGKILL: nothing is put in order first."""
        self.process.kill()
        self.process.wait(10)

    @property
    def store(self) -> Store:
        """Its store, as another program sees it."""
        return Store.open(as_url(str(self.file)))


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """The app with an empty store."""
    running = App(tmp_path / "rounds.sqlite")
    yield running
    running.kill()


def copy_sample(page: Page, app: App) -> str:
    """Copy the sample on the Rounds page; returns the id of the round."""
    page.goto(f"{app.url}/rounds")
    page.get_by_role("button", name="Copy the sample").click()
    expect(page.get_by_text("Open or manage a round")).to_be_visible()
    (kept,) = list_rounds(app.store, LOCAL)
    return kept.id


def open_score(page: Page, app: App) -> None:
    page.goto(f"{app.url}/score")
    expect(page.get_by_role("heading", name="Score intentions", level=1)).to_be_visible()


def first_score(page: Page) -> Locator:
    """The score of the intention in view, one at a time."""
    page.get_by_text("One at a time").click()
    group = page.get_by_role("radiogroup", name="Score for Strategic Alignment")
    # Until the form stands, what others save is simply what it will show: no conflict.
    expect(group).to_be_visible()
    return group


def choose_1(group: Locator) -> None:
    """Choose the lowest level."""
    group.get_by_text(re.compile("^1: ")).click()
    expect(group.get_by_role("radio", name=re.compile("^1: "))).to_be_checked()


@pytest.mark.parametrize("path", ["rounds", "score", "record"])
def test_the_pages_have_no_violation_and_fit_a_small_screen(
    page: Page, app: App, path: str
) -> None:
    page.set_viewport_size({"width": 1024, "height": 768})
    copy_sample(page, app)
    page.goto(f"{app.url}/{path}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_timeout(1500)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


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


def test_what_somebody_else_does_is_shown_within_two_seconds_and_typing_is_not_disturbed(
    page: Page, app: App
) -> None:
    round_id = copy_sample(page, app)
    ben = Actor("ben@example.org", "Ben")
    with app.store.change(round_id, LOCAL, now()) as change:
        invite(change, ben.id, ben.name, "assessor")
    open_score(page, app)
    first_score(page)
    evidence = page.get_by_label("Evidence", exact=True)
    evidence.fill("Half a sente")
    with app.store.change(round_id, ben, now()) as change:
        save_scores(change, [NewValue("SGW-02", "cost", 1, 1)])
    shown = page.get_by_text(re.compile("Ben changed Cost of SGW-02 to 1"))
    expect(shown).to_be_visible(timeout=4_000)  # two seconds, and time to draw it
    expect(evidence).to_have_value("Half a sente")
    expect(evidence).to_be_focused()


def test_who_saves_second_is_told_and_chooses(page: Page, app: App) -> None:
    round_id = copy_sample(page, app)
    open_score(page, app)
    group = first_score(page)
    with app.store.change(round_id, LOCAL, now()) as change:
        save_scores(change, [NewValue("SGW-01", "strategic_alignment", 2, 1, why="Asked again")])
    expect(page.get_by_role("button", name="Show changes")).to_be_enabled()
    choose_1(group)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("because: Asked again. You wanted 1.")).to_be_visible()
    page.get_by_role("button", name="Change it to 1").click()
    expect(page.get_by_text("Scores now: Strategic Alignment 1,")).to_be_visible()
    with app.store.read(round_id, LOCAL) as source:
        assert cells_of(source, "SGW-01")["strategic_alignment"].value == 1


def test_a_score_typed_into_the_grid_is_saved(page: Page, app: App) -> None:
    round_id = copy_sample(page, app)
    open_score(page, app)
    grid = page.get_by_test_id("stDataFrame")
    expect(grid).to_be_visible()
    page.wait_for_timeout(1000)
    box = grid.bounding_box()
    assert box
    # The grid is a canvas: go to its first score with the mouse, then work by keyboard alone.
    page.mouse.click(box["x"] + 420, box["y"] + 55)
    for typed in "19":
        page.wait_for_timeout(500)  # as quick as a person
        page.keyboard.type(typed)
        page.wait_for_timeout(300)
        page.keyboard.press("Enter")
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
    other.goto(f"{app.url}/rounds")
    expect(other.get_by_text("Copy of the sample (in use)")).to_be_visible(timeout=20_000)
    other.close()
