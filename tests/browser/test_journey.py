"""One journey in real Chromium: change a weight, see places move, ask why, export, reopen."""

from __future__ import annotations

import io
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from scoring import Intake, Source, explain, load_framework, prioritise, read_intentions
from tests.browser.rest import at_rest

SAMPLE = Path(__file__).parents[2] / "data" / "sample-round.xlsx"
FRAMEWORK = load_framework("lsc-2025-26")


@pytest.fixture
def rank_page(page: Page, app_url: str) -> Page:
    """The landing page, on the sample round."""
    page.goto(app_url)
    expect(page.get_by_role("heading", name="Ranked intentions")).to_be_visible()
    expect(page.get_by_role("slider", name="Impact")).to_be_visible()
    return page


def test_change_a_weight_ask_why_export_and_find_the_same_ranks(rank_page: Page) -> None:
    page = rank_page
    before = page.get_by_role("grid", name="Ranked intentions").inner_text()
    box = page.get_by_role("textbox", name="Impact weight")
    box.fill("50")
    box.press("Enter")
    expect(page.get_by_text("Impact 50.0%").first).to_be_visible()
    assert page.get_by_role("grid", name="Ranked intentions").inner_text() != before

    page.wait_for_url("**weights=*-50-*")
    assert weight_box(page, "Strategic Alignment") == "15.63"
    ranking = prioritise(sample().sheet, FRAMEWORK.weights_with(exact_weights(page)))
    first = ranking.sheet.refs[int(ranking.places.order[0])]
    page.get_by_role("row", name=re.compile(rf"\b{first}\b")).first.click()
    expect(page.get_by_text(explain(ranking, first).headline).first).to_be_visible()
    expect(page.get_by_text("sample-round.xlsx, Intentions!").first).to_be_visible()

    page.get_by_role("link", name="Export", exact=True).click()
    expect(page.get_by_role("heading", name="Export", level=1)).to_be_visible()
    page.get_by_role("button", name="Build ranked workbook .xlsx").click()
    ready = page.get_by_role("button", name="Download ranked workbook .xlsx")
    expect(ready).to_be_visible()
    at_rest(page)
    with page.expect_download() as download:
        ready.click()
    data = Path(download.value.path()).read_bytes()
    exported = _ranked_rows(openpyxl.load_workbook(io.BytesIO(data), data_only=True))
    places = {ranking.sheet.refs[i]: int(ranking.places.place[i]) for i in ranking.places.order}
    assert exported == places
    again = read_intentions([Source("ranked.xlsx", data)], FRAMEWORK)
    assert again.problems == ()
    reopened = prioritise(again.sheet, ranking.weights).places
    refs = again.sheet.refs
    assert {refs[i]: int(reopened.place[i]) for i in reopened.order} == places


def weight_box(page: Page, name: str) -> str:
    """What the number box of a criterion says."""
    return page.get_by_role("textbox", name=f"{name} weight", exact=True).input_value()


def exact_weights(page: Page) -> dict[str, str]:
    """The weights as they are, from the page's address: the boxes show two decimals of them."""
    link = parse_qs(urlsplit(page.url).query)
    return dict(zip(FRAMEWORK.weights, link["weights"][0].split("-"), strict=True))


def sample() -> Intake:
    """The sample round as the library reads it."""
    return read_intentions([Source("sample-round.xlsx", SAMPLE.read_bytes())], FRAMEWORK)


def _ranked_rows(book: openpyxl.Workbook) -> dict[str, int]:
    """{ref: rank} of every ranked row of the exported list."""
    rows = list(book["Ranked list"].iter_rows(values_only=True))
    header = next(i for i, row in enumerate(rows) if "Ref" in row)
    rank, ref = rows[header].index("Rank"), rows[header].index("Ref")
    return {str(r[ref]): int(str(r[rank])) for r in rows[header + 1 :] if r[rank]}
