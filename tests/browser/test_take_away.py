"""What is on screen leaves the page: a chart as .png and .svg, a table copied or as .csv and .json."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import PATIENCE
from tests.browser.rest import at_rest
from tests.browser.test_every_page import violations


def downloaded(page: Page, button: Locator) -> tuple[str, bytes]:
    """The name and bytes of the file that a button gives."""
    at_rest(page)
    with page.expect_download() as given:
        button.click()
    return given.value.suggested_filename, Path(given.value.path()).read_bytes()


def opened(page: Page, name: str) -> None:
    """Open the first button of that name; its contents are then on the page."""
    button = page.get_by_role("button", name=name, exact=True).first
    expect(button).to_be_visible()
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")


def test_a_chart_comes_as_png_for_print_and_svg_without_a_script(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/compare")
    expect(page.locator("canvas.marks, svg.marks").first).to_be_visible()
    opened(page, "Download chart")
    name, drawn = downloaded(page, page.get_by_role("button", name="Download PNG"))
    assert name.startswith("sample-round-2026-27-places-first-30-published-weights-and-equal-")
    assert name.endswith(".png")
    assert drawn[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(drawn[16:20], "big") >= 2700  # 9 inches at 300 dots
    name, drawn = downloaded(page, page.get_by_role("button", name="Download SVG"))
    assert name.endswith(".svg")
    assert b"<script" not in drawn
    root = ElementTree.fromstring(drawn)  # noqa: S314
    assert root[0].text == "Places, first 30"
    assert violations(page) == []


@pytest.fixture
def with_clipboard(chromium: Browser) -> Iterator[Page]:
    """A page that may read what it copied."""
    context = chromium.new_context(
        viewport={"width": 1440, "height": 900},
        accept_downloads=True,
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()


def test_a_table_is_copied_by_keyboard_and_taken_as_csv_and_json(
    with_clipboard: Page, app_url: str
) -> None:
    page = with_clipboard
    page.goto(f"{app_url}/segments")
    button = page.get_by_role("button", name="Copy or download", exact=True).first
    expect(button).to_be_visible()
    button.press("Enter")
    copy = page.get_by_role("button", name="Copy for Excel")
    expect(copy).to_be_visible()
    copy.press("Enter")
    expect(page.get_by_text("8 rows copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    rows = list(csv.reader(io.StringIO(copied, newline=""), "excel-tab"))
    assert rows[0] == ["Segment", "Intentions", "Ranked", "Goes to"]
    assert rows[-1] == ["All", "94", "88", ""]
    name, data = downloaded(page, page.get_by_role("button", name="Download CSV"))
    assert name.startswith("sample-round-2026-27-intentions-in-each-segment-published-weights-")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))) == rows
    _, data = downloaded(page, page.get_by_role("button", name="Download JSON"))
    found = json.loads(data)
    assert found["round"] == "Sample round 2026-27"
    assert found["rows"][-1]["Intentions"] == 94
    assert violations(page) == []


def test_the_list_is_taken_as_it_is_shown_with_its_filter(
    with_clipboard: Page, app_url: str
) -> None:
    page = with_clipboard
    page.goto(app_url)
    page.get_by_role("searchbox", name="Find an intention").fill("LTC")
    count = page.get_by_text(" of 94 intentions")
    expect(count).to_be_visible()
    rows_shown = int(count.inner_text().split()[0])
    opened(page, "Copy or download the list")
    page.get_by_role("button", name="Copy for Excel").click()
    expect(page.get_by_text(f"{rows_shown} rows copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    rows = list(csv.DictReader(io.StringIO(copied, newline=""), dialect="excel-tab"))
    assert len(rows) == rows_shown
    assert all("LTC" in row["Ref"] + row["Intention"] for row in rows)
    first = next(row for row in rows if row["Ref"] == "LTC-03")
    # A must-do: 5 x 25% at its full value and so on, as the list shows it.
    assert (first["List"], first["Place"], first["Total"]) == ("Must do", "4", "75")
    points = [float(row) for name, row in first.items() if name.endswith(": points")]
    assert sum(points) == float(first["Total"])
    name, data = downloaded(page, page.get_by_role("button", name="Download CSV"))
    assert name.startswith("sample-round-2026-27-ranked-list-filtered-published-weights-")
    written = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert written == rows
    _, data = downloaded(page, page.get_by_role("button", name="Download JSON"))
    found = json.loads(data)
    assert found["line"] == 30
    assert [row["Ref"] for row in found["rows"]] == [row["Ref"] for row in rows]
    assert violations(page) == []


def test_streamlits_own_csv_which_runs_formulas_is_not_offered(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/segments")
    # The toolbar shows itself under the pointer; what is in it does not depend on that.
    search = page.locator('button[aria-label^="Search: Intentions of"]').first
    theirs = page.locator('button[aria-label^="Download as CSV"]').first
    expect(search).to_be_attached()
    expect(theirs).to_be_attached()
    expect(search).not_to_have_css("display", "none")
    expect(theirs).to_have_css("display", "none")
