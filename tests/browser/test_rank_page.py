"""The Rank and Compare pages in the running app: what Python says after a release."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from benchmarks._made_up_round import made_up_sheet
from scoring import Source, load_framework, prioritise, read_intentions
from scoring.analysis.moves import compare
from tests.browser.conftest import start_app, stop
from tests.browser.rest import at_rest
from tests.browser.test_every_page import violations

FRAMEWORK = load_framework("lsc-2025-26")
SAMPLE = Path(__file__).parents[2] / "data" / "sample-round.xlsx"
# Impact 20 to 30, the others times 7/8: exact in three decimals.
AT_30 = "21.875-30-13.125-13.125-8.75-8.75-4.375"


@pytest.fixture
def rank_page(page: Page, app_url: str) -> Page:
    """The Rank page of the sample round."""
    page.goto(app_url)
    expect(page.get_by_role("slider", name="Impact", exact=True)).to_be_visible()
    at_rest(page)
    return page


def set_weight(page: Page, name: str, weight: str) -> None:
    box = page.get_by_role("textbox", name=f"{name} weight", exact=True)
    box.fill(weight)
    box.press("Enter")


def row(ref: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(ref)}\b")


def test_a_click_gives_the_sentence_that_python_makes(rank_page: Page) -> None:
    page = rank_page
    sheet = read_intentions([Source(SAMPLE.name, SAMPLE.read_bytes())], FRAMEWORK).sheet
    set_weight(page, "Impact", "30")
    page.wait_for_url(f"**weights={AT_30}*")
    weights = dict(zip(FRAMEWORK.weights, AT_30.split("-"), strict=True))
    after = prioritise(sheet, FRAMEWORK.weights_with(weights))
    comparison = compare(prioritise(sheet), after)
    ref = next(sheet.refs[i] for i in after.places.order if comparison.up[i] > 0)
    page.get_by_role("row", name=row(ref)).first.click()
    why = page.get_by_role("region", name="Why it stands there")
    expect(why).to_contain_text(str(comparison.move(ref)))
    assert str(comparison.move(ref)).startswith("Up ")
    cell = sheet.where.cell(sheet.index(ref), 1)
    expect(why).to_contain_text(cell.rpartition("!")[2])
    expect(why).to_contain_text("cells of sample-round.xlsx, Intentions")
    # A release with the explanation open brings it up to date.
    page.get_by_role("button", name="Reset all weights to the published ones").click()
    expect(why).to_contain_text("the weights are those of the baseline")


def test_a_release_neither_remounts_nor_takes_focus_or_scroll(rank_page: Page) -> None:
    page = rank_page
    page.evaluate(f"() => {{ {LIVE}.querySelector('.live').mine = true; }}")
    page.evaluate(f"() => {{ {LIVE}.querySelector('.scroller').scrollTop = 700; }}")
    slider = page.get_by_role("slider", name="Impact", exact=True)
    slider.focus()
    page.keyboard.press("PageUp")
    page.wait_for_url(f"**weights={AT_30}*")
    expect(page.locator(".st-key-released")).to_contain_text("Impact 30.0%")
    assert page.evaluate(f"() => {LIVE}.querySelector('.live').mine") is True
    assert page.evaluate(f"() => {LIVE}.querySelector('.scroller').scrollTop") == 700
    assert page.evaluate(f"() => {LIVE}.activeElement.getAttribute('aria-label')") == "Impact"


LIVE = (
    "[...document.querySelectorAll('*')].map((e) => e.shadowRoot)"
    ".find((shadow) => shadow?.querySelector('.live'))"
)


def test_a_link_carries_weights_and_line_and_a_refresh_keeps_them(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/?weights={AT_30}&line=12")
    expect(page.get_by_role("textbox", name="Impact weight", exact=True)).to_have_value("30")
    line = page.get_by_role("textbox", name="Funding line after")
    expect(line).to_have_value("12")
    set_weight(page, "Time", "0")
    page.wait_for_url("**-0&line=12")
    page.reload()
    expect(page.get_by_role("textbox", name="Time weight", exact=True)).to_have_value("0")
    expect(line).to_have_value("12")


def test_a_bad_link_is_explained_and_ignored(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/?weights=1-2-<b>&line=12")
    expect(page.get_by_text("The link was not used.")).to_contain_text(
        "expected 7 numbers with a hyphen between"
    )
    expect(page.get_by_role("textbox", name="Impact weight", exact=True)).to_have_value("20")


def test_a_scenario_is_saved_restored_deleted_and_brought_back(rank_page: Page) -> None:
    page = rank_page
    set_weight(page, "Impact", "30")
    page.wait_for_url(f"**weights={AT_30}*")
    page.get_by_role("button", name="Save scenario").click()
    expect(page.get_by_text("There is a problem: a scenario needs a name")).to_be_visible()
    for label, text in (
        ("Name of the scenario", "Workshop *one*"), ("Why, in a sentence", "Patients first"),
        ("Saved by", "Ada"),
    ):  # fmt: skip
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Save scenario").click()
    saved = page.get_by_role("button", name="Restore Workshop *one*", exact=True)
    expect(saved).to_be_visible()

    box = page.get_by_role("textbox", name="Impact weight", exact=True)
    page.get_by_role("button", name="Restore Clinical view", exact=True).click()
    expect(box).to_have_value("45")
    saved.click()
    expect(box).to_have_value("30")
    page.get_by_role("button", name="Undo (Ctrl+Z)").click()
    expect(box).to_have_value("45")

    page.get_by_role("button", name="Delete Workshop *one*", exact=True).click()
    expect(saved).to_have_count(0)
    page.get_by_role("button", name="Undo: bring back").click()
    expect(saved).to_be_visible()


def test_the_ledger_keeps_every_release_in_order(rank_page: Page) -> None:
    page = rank_page
    for weight in ("30", "40"):
        set_weight(page, "Impact", weight)
        page.wait_for_url(f"**weights=*-{weight}-*")
    page.get_by_label("Setting number").fill("1")
    page.get_by_label("Setting number").press("Enter")
    page.get_by_role("button", name="Restore setting").click()
    expect(page.get_by_role("textbox", name="Impact weight", exact=True)).to_have_value("30")
    at_rest(page)  # the file is made anew with the page
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the ledger (.csv)").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"))))
    assert [line["Impact weight"] for line in rows] == ["30", "40", "30"]
    assert rows[2]["What"].startswith("Restored setting 1: ")


def test_compare_says_who_moves_why_and_who_crosses_the_line(rank_page: Page) -> None:
    page = rank_page
    set_weight(page, "Impact", "50")
    page.wait_for_url("**weights=*-50-*")
    page.get_by_role("link", name="Compare", exact=True).click()
    expect(page.get_by_role("heading", name="Compare scenarios", level=1)).to_be_visible()
    sheet = read_intentions([Source(SAMPLE.name, SAMPLE.read_bytes())], FRAMEWORK).sheet
    exact = ("15.625", "50", "9.375", "9.375", "6.25", "6.25", "3.125")
    weights = dict(zip(FRAMEWORK.weights, exact, strict=True))
    after = prioritise(sheet, FRAMEWORK.weights_with(weights))
    comparison = compare(prioritise(sheet), after)
    expect(page.get_by_text(comparison.in_words(30))).to_be_visible()
    moved = next(sheet.refs[i] for i in after.places.order if comparison.up[i])
    expect(page.get_by_role("cell", name=str(comparison.move(moved))).first).to_be_visible()
    chart = page.locator("[data-testid=stVegaLiteChart]")
    expect(chart).to_be_visible()
    assert violations(page) == []


def test_axe_finds_nothing_on_rank_also_with_an_explanation_open(rank_page: Page) -> None:
    page = rank_page
    page.get_by_role("row", name=row("NBH-04")).first.click()
    expect(page.get_by_role("region", name="Why it stands there")).to_contain_text("out of 100")
    assert violations(page) == []


@pytest.fixture(scope="module")
def hostile_url() -> Iterator[str]:
    """A round of 300 whose first titles are a script and 2,000 characters."""
    process, url = start_app("benchmarks/_made_up_round.py", ROWS="300", FLAVOUR="hostile")
    yield url
    stop(process)


def test_hostile_text_stays_text_on_the_whole_page(page: Page, hostile_url: str) -> None:
    page.goto(hostile_url)
    page.get_by_role("searchbox", name="Find an intention").fill("script")
    page.get_by_role("row", name=row("CI-00001")).click()
    why = page.get_by_role("region", name="Why it stands there")
    expect(why).to_contain_text("<script>document.title")
    expect(why).to_contain_text("out of 100")
    assert page.title() == "Live ranking"
    assert made_up_sheet(300, flavour="hostile").titles[0].startswith("<script>")


def test_the_rank_page_runs_under_a_content_security_policy(page: Page, app_url: str) -> None:
    """The policy that views/live_ranking names: nothing from elsewhere, no eval."""
    with urllib.request.urlopen(app_url) as response:  # noqa: S310
        html = response.read().decode()
    inline = re.findall(r"<script(?![^>]*src)[^>]*>(.*?)</script>", html, re.S)
    digests = [hashlib.sha256(text.encode()).digest() for text in inline]
    hashes = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    policy = (
        f"default-src 'self'; script-src 'self' blob: {hashes}; object-src 'none'; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self' data:; connect-src 'self' ws:"
    )
    # Into the head before any script of the page is loaded.
    page.add_init_script(
        """new MutationObserver((_, watch) => {
          if (!document.head) return;
          watch.disconnect();
          const meta = document.createElement("meta");
          meta.httpEquiv = "Content-Security-Policy";
          meta.content = POLICY;
          document.head.prepend(meta);
        }).observe(document, { childList: true, subtree: true });""".replace(
            "POLICY", json.dumps(policy)
        )
    )
    refused: list[str] = []
    page.on(
        "console",
        lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None,
    )
    page.goto(app_url)
    expect(page.get_by_role("slider", name="Impact", exact=True)).to_be_visible()
    set_weight(page, "Impact", "30")
    expect(page.locator(".st-key-released")).to_contain_text("Impact 30.0%")
    assert refused == []
    # The policy is in force: a picture from elsewhere is refused.
    with page.expect_console_message(lambda said: "elsewhere.invalid" in said.text):
        page.evaluate("() => { new Image().src = 'https://elsewhere.invalid/x.png'; }")
    assert any("elsewhere.invalid" in text for text in refused)
