"""Waiting until a page stands still, for what is measured or judged at one moment."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def at_rest(page: Page) -> None:
    """Wait until the app has drawn everything: called once something of what is drawn is seen.

    What is drawn anew is faded on a busy machine, and what follows it moves when it is there.
    """
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible()
    expect(page.locator("[data-stale=true]")).to_have_count(0)
    expect(page.get_by_text("The rest of the page can be used meanwhile.")).to_have_count(0)


def grid_told(page: Page) -> None:
    """Wait until a grid has told the page what was typed: it does so 150 ms later.

    Counted by the page's own clock, so that on a busy machine nothing overtakes it.
    """
    page.evaluate("() => new Promise((done) => setTimeout(done, 400))")


def fits_sideways(page: Page) -> None:
    """The page, once it is at rest, is no wider than the screen."""
    at_rest(page)
    page.wait_for_function("document.documentElement.scrollWidth <= window.innerWidth")
