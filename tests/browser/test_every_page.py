"""Every page in real Chromium: it opens, and axe finds nothing against WCAG 2.2 A or AA."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.choosing import choose, upload
from tests.browser.rest import at_rest, fits_sideways

PAGES = {
    "load": "Load intentions",
    "duplicates": "Duplicates and overlaps",
    "segments": "Segments",
    "matrix": "Matrix",
    "how-firm": "How firm is this ranking?",
    "method": "Method",
    "export": "Export",
}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page) -> list[str]:
    """What axe finds, one line a violation, on a page at rest."""
    # The app's style comes with a part of Streamlit that loads when it is first needed.
    page.wait_for_function(
        "() => [...document.querySelectorAll('style')].some((e) => e.textContent.includes('stCaption'))"
    )
    ordered = {"heading-order": {"enabled": True}}  # good practice, not in the standard
    options = {"runOnly": {"type": "tag", "values": WCAG}, "rules": ordered}
    for _ in range(3):
        at_rest(page)
        found = Axe().run(page, options=options)
        if not found.response["violations"]:
            break  # otherwise again: a part of the page may have been drawn anew meanwhile
    return [
        f"{v['id']}: {v['help']}: {v['nodes'][0]['html'][:160]}"
        for v in found.response["violations"]
    ]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_without_a_violation(page: Page, app_url: str, path: str) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{app_url}/{path}")
    expect(page.get_by_role("heading", name=PAGES[path], level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert violations(page) == []
    assert errors == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_a_small_screen(page: Page, app_url: str, path: str) -> None:
    page.set_viewport_size({"width": 1024, "height": 768})
    page.goto(f"{app_url}/{path}")
    expect(page.get_by_role("heading", name=PAGES[path], level=1)).to_be_visible()
    fits_sideways(page)


def test_no_request_leaves_this_machine(page: Page, app_url: str) -> None:
    elsewhere: list[str] = []
    page.on(
        "request",
        lambda request: (
            elsewhere.append(request.url)
            if not re.match(
                r"(https?|wss?)://(localhost|127\.0\.0\.1)[:/]|data:|blob:", request.url
            )
            else None
        ),
    )
    for path in ("", *PAGES):
        page.goto(f"{app_url}/{path}")
        expect(page.get_by_role("heading", level=1).first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert elsewhere == []


def test_a_file_with_an_unknown_column_is_mended_on_the_page_and_accepted(
    page: Page, app_url: str, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    header = ("Ref", "Title", "Strategic Alignment", "Impact", "Q7", "Complexity",
              "Resource Capacity", "Effort", "Time")  # fmt: skip
    for row in (header, ("T-1", "One", 5, 4, 3, 2, 3, 2, 4), ("T-2", "Two", 3, 3, 3, 3, 3, 3, 3)):
        sheet.append(row)
    book.save(tmp_path / "team.xlsx")

    page.goto(f"{app_url}/load")
    upload(page, "Spreadsheets of intentions", tmp_path / "team.xlsx")
    expect(page.get_by_role("combobox", name="Column E: Q7")).to_be_visible()
    choose(page, "Column E: Q7", "Score: Cos")
    expect(page.get_by_text("No problems found.")).to_be_visible()
    expect(page.get_by_text("2 to rank, 0 incomplete")).to_be_visible()
    page.get_by_role("button", name="Accept and rank").click()
    expect(page.get_by_role("heading", name="Ranked intentions")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile(r"\bT-1\b")).first).to_contain_text("62.5")
