"""The app with rounds of its own to work on, and the first steps of a person in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from store.places import find_place
from store.rounds import list_rounds
from store.settings import as_url
from store.store import Store
from tests.browser.conftest import PATIENCE, start_app, stop
from tests.browser.rest import at_rest
from tests.ports import free_port
from tests.views.kept_pages import LOCAL


class App:
    """The app with a store of its own, which can be killed and started again."""

    def __init__(self, file: Path) -> None:
        self.file, self.port = file, free_port()
        self.start()

    def start(self) -> None:
        """Start it."""
        self.process, self.url = start_app(port=self.port, PRIORITISER_DATABASE_URL=str(self.file))

    def kill(self) -> None:
        """SIGKILL: nothing is put in order first."""
        stop(self.process)

    @property
    def store(self) -> Store:
        """Its store, as another program sees it."""
        return Store.open(as_url(str(self.file)))


def copy_sample(page: Page, app: App) -> str:
    """Copy the sample on the Rounds page; returns the id of the round."""
    page.goto(f"{app.url}/rounds")
    copy = page.get_by_role("button", name="Copy the sample")
    expect(copy).to_be_visible()
    # A click while the page is being drawn, or asks which tab it is, may go unheard.
    tab_asked(page)
    at_rest(page)
    copy.click()
    expect(page.get_by_text("Open or manage a round")).to_be_visible()
    (kept,) = list_rounds(app.store, LOCAL)
    return kept.id


def open_score(page: Page, app: App) -> None:
    page.goto(f"{app.url}/score")
    expect(page.get_by_role("heading", name="Score intentions", level=1)).to_be_visible()
    at_rest(page)


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


def set_weight(page: Page, name: str, weight: str) -> None:
    """Type a weight on the Rank page and release it."""
    box = page.get_by_role("textbox", name=f"{name} weight", exact=True)
    box.fill(weight)
    box.press("Enter")


def tab_asked(page: Page) -> None:
    """Wait until the page has asked which of the browser's tabs it is in; the answer may be out."""
    page.wait_for_function("globalThis[Symbol.for('prioritiser-tab')] !== undefined")


def place_kept(page: Page, app: App, shown: str) -> str:
    """What is kept of this tab in the store, as text, once it has `shown` in it."""
    name = page.evaluate("sessionStorage.getItem('prioritiser-tab')")
    for _ in range(PATIENCE // 100):
        found = str(find_place(app.store, LOCAL, name))
        if shown in found:
            return found
        page.wait_for_timeout(100)
    raise AssertionError(f"expected {shown} in what is kept of the tab, found {found}")


def weight_of(page: Page, name: str) -> Locator:
    """The number box of a weight."""
    return page.get_by_role("textbox", name=f"{name} weight", exact=True)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """The app with an empty store."""
    running = App(tmp_path / "rounds.sqlite")
    yield running
    running.kill()
