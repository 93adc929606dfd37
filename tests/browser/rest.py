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


def fits_sideways(page: Page) -> None:
    """The page, once it is at rest, is no wider than the screen."""
    at_rest(page)
    page.wait_for_function("document.documentElement.scrollWidth <= window.innerWidth")
