"""Choosing from a list by typing, as one does without a mouse, and giving files to a page."""

from __future__ import annotations

import re
import time
from pathlib import Path

from playwright.sync_api import FilePayload, Locator, Page, TimeoutError, expect

from tests.browser.rest import at_rest

_SOON = 5_000  # milliseconds
_TIMES = 6


def choose(page: Page, label: str, words: str) -> None:
    """Choose the one option with these words, a part of it, from the list of that label."""
    at_rest(page)
    box = page.get_by_role("combobox", name=label)
    option = page.get_by_role("option", name=re.compile(re.escape(words)))
    for _ in range(_TIMES):
        box.click()
        box.fill("")
        box.press_sequentially(words, delay=20)
        try:
            expect(option).to_have_attribute("data-focused", "true", timeout=_SOON)
            shown = option.inner_text(timeout=_SOON).split()
            box.press("Enter")
            _chosen(box, shown)
            break
        except (AssertionError, TimeoutError):
            # A part of the page that is drawn anew closes an open list; one types again.
            continue
    else:
        raise AssertionError(f"{words} could not be chosen from {label}")
    expect(page.get_by_role("option")).to_have_count(0)


def _chosen(box: Locator, words: list[str]) -> None:
    """Wait until the box says so, or is gone: a question that is answered is not asked again."""
    until = time.monotonic() + _SOON / 1000
    while any(said.split() != words for said in box.evaluate_all("all => all.map((b) => b.value)")):
        assert time.monotonic() < until, f"expected {words} in the box"
        box.page.wait_for_timeout(50)


def upload(page: Page, label: str, file: Path | FilePayload) -> None:
    """Give a file to the box of that label: a page may have several, which come one by one."""
    box = page.get_by_test_id("stFileUploader").filter(has_text=label)
    box.locator("input[type=file]").set_input_files(file)
