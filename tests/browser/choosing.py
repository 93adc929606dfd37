"""Choosing from a list by typing, as one does without a mouse."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

_OPENS = 4_000  # milliseconds


def choose(page: Page, label: str, words: str) -> None:
    """Choose the one option with these words from the list of that label."""
    box = page.get_by_role("combobox", name=label)
    option = page.get_by_role("option", name=re.compile(re.escape(words)))
    box.click()
    box.press_sequentially(words, delay=20)
    try:
        expect(option).to_be_visible(timeout=_OPENS)
    except AssertionError:
        # A part of the page that is drawn anew closes an open list; one types again.
        box.fill("")
        box.press_sequentially(words, delay=20)
        expect(option).to_be_visible()
    box.press("Enter")
    expect(page.get_by_role("option")).to_have_count(0)
