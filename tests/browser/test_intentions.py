"""The Intentions page, and an edited workbook brought back into its round, in real Chromium."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from scoring.export.about import About
from scoring.export.ranked_workbook import write_ranked_workbook
from scoring.ranking import prioritise
from store.audit import verify_round
from store.cells import history
from store.intentions import list_links
from store.sheets import open_sheet
from tests.browser.choosing import choose, upload
from tests.browser.kept_app import App, app, copy_sample
from tests.browser.rest import fits_sideways
from tests.browser.test_every_page import violations
from tests.views.kept_pages import LOCAL, now

__all__ = ["app"]


def open_intentions(page: Page, app: App) -> None:
    page.goto(f"{app.url}/intentions")
    expect(page.get_by_role("heading", name="Intentions", level=1)).to_be_visible()
    expect(page.get_by_role("tab", name="Status")).to_be_visible()


def test_every_part_of_the_page_is_without_a_violation_and_fits_a_small_screen(
    page: Page, app: App
) -> None:
    page.set_viewport_size({"width": 1024, "height": 768})
    copy_sample(page, app)
    open_intentions(page, app)
    page.get_by_text("Set the thresholds").click()
    expect(page.get_by_label("Band 1: up to £")).to_be_visible()
    in_view = {
        "Status": page.get_by_role("button", name="Save status"),
        "Links": page.get_by_role("button", name="Add link"),
        "Gates and money": page.get_by_role("button", name="Save gates and money"),
        "Words": page.get_by_role("button", name="Save words"),
        "History": page.get_by_text("Nothing of it was changed"),
    }
    for tab, part in in_view.items():
        page.get_by_role("tab", name=tab).click()
        expect(part).to_be_visible()
        fits_sideways(page)
        if tab in ("Links", "Gates and money", "Words"):  # the other two are like them
            assert violations(page) == []


def test_a_link_is_added_by_keyboard_and_said_at_once(page: Page, app: App) -> None:
    round_id = copy_sample(page, app)
    open_intentions(page, app)
    page.get_by_role("tab", name="Links").click()
    expect(page.get_by_text("It has no links.")).to_be_visible()
    choose(page, "... this one", "SGW-06")
    page.get_by_label("Why? (shown with the link)").fill("Same staff")
    page.get_by_role("button", name="Add link").click()
    expect(
        page.get_by_text(re.compile("Is a duplicate of SGW-06 .*Because: Same staff"))
    ).to_be_visible()
    with app.store.read(round_id, LOCAL) as source:
        (link,) = list_links(source)
    assert (link.ref, link.kind, link.other) == ("SGW-01", "duplicate_of", "SGW-06")


def test_the_rounds_own_workbook_edited_by_hand_updates_it_in_part(
    page: Page, app: App, tmp_path: Path
) -> None:
    round_id = copy_sample(page, app)
    with app.store.read(round_id, LOCAL) as source:
        ranking = prioritise(open_sheet(source).sheet)
    made = write_ranked_workbook(ranking, About("Copy of the sample", "", now()))
    book = openpyxl.load_workbook(io.BytesIO(made))
    sheet = book["Ranked list"]
    columns = {str(cell.value): cell.column for cell in sheet[1]}
    rows = {str(sheet.cell(r, columns["Ref"]).value): r for r in range(2, sheet.max_row + 1)}
    for ref, score in (("SGW-01", 1), ("SGW-02", 5)):
        sheet.cell(rows[ref], columns["Cost"]).value = score
    file = tmp_path / "edited.xlsx"
    book.save(file)

    page.goto(f"{app.url}/load")
    expect(page.get_by_role("heading", name="Load intentions", level=1)).to_be_visible()
    upload(page, "Spreadsheets of intentions", file)
    expect(page.get_by_text("What it changes in Copy of the sample")).to_be_visible()
    expect(page.get_by_role("radio", name=re.compile("^Update Copy of the sample"))).to_be_checked()
    assert violations(page) == []
    page.get_by_text("Only the changes I tick").click()
    expect(page.get_by_role("button", name="Save 0 changes in the round")).to_be_disabled()
    page.get_by_text(re.compile("^SGW-01 .*Cost from 3 to 1")).click()
    page.get_by_role("button", name="Save 1 change in the round").click()
    expect(page.get_by_text("Saved in Copy of the sample: 1 change.")).to_be_visible()
    with app.store.read(round_id, LOCAL) as source:
        assert [cell.value for cell in history(source, "SGW-01", "cost")] == [3, 1]
        assert len(history(source, "SGW-02", "cost")) == 1
        assert verify_round(source).holds
