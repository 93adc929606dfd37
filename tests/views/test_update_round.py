"""Load, with a round open: an edited workbook updates it, or becomes a new one, as one chooses."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from scoring.export.about import About
from scoring.export.ranked_workbook import write_ranked_workbook
from store.audit import entries, verify_round
from store.cells import cells_of, history, save_scores
from store.intentions import account
from store.people import invite
from store.records import NewValue, Role
from store.rounds import freeze_round, list_rounds
from tests.views.kept_pages import BEN, LOCAL, data, now, open_kept, opened, state_of
from tests.views.test_load_page import GOOD, drop
from tests.views.test_rounds_page import click

__all__ = ["data"]

Edit = Callable[[Any, dict[str, int], dict[str, int]], None]
UPDATE = "Update Copy of the sample with what is different in the file"


def on_a_copy(data: str) -> tuple[AppTest, str]:
    """The Load page with a copy of the sample open, and the id of that round."""
    click(open_kept("rounds"), "Copy the sample")
    page = open_kept("load")
    return page, round_id(page)


def round_id(page: AppTest) -> str:
    kept = state_of(page).kept
    assert kept is not None
    assert kept.round is not None
    return kept.round.id


def edited(page: AppTest, edit: Edit) -> bytes:
    """The round as its own ranked workbook, edited by hand."""
    state = state_of(page)
    made = write_ranked_workbook(state.ranking, About(state.round_name, "", now()))
    book = openpyxl.load_workbook(io.BytesIO(made))
    sheet = book["Ranked list"]
    columns = {str(cell.value): cell.column for cell in sheet[1]}
    rows = {str(sheet.cell(r, columns["Ref"]).value): r for r in range(2, sheet.max_row + 1)}
    edit(sheet, columns, rows)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def two_scores_and_a_title(sheet: Any, columns: dict[str, int], rows: dict[str, int]) -> None:
    for ref, column, value in (
        ("SGW-01", "Cost", 1), ("SGW-02", "Cost", 5), ("SGW-03", "Title", "Other words"),
    ):  # fmt: skip
        sheet.cell(rows[ref], columns[column]).value = value


def words(page: AppTest) -> str:
    shown = [*page.markdown, *page.success, *page.error, *page.info, *page.warning]
    return " ".join(m.value for m in shown).replace("\\", "")


def save(page: AppTest) -> AppTest:
    label = next(b.label for b in page.button if b.label.startswith("Save "))
    return click(page, label)


def test_an_exported_workbook_of_the_round_updates_it_in_part_and_names_its_cells(
    data: str,
) -> None:
    page, id = on_a_copy(data)
    page = drop(page, ("ranked.xlsx", edited(page, two_scores_and_a_title)))
    assert "94 of the 94 intentions in it are in Copy of the sample" in words(page)
    assert "It is a workbook that was exported from here." in words(page)
    assert page.radio(key="what_for_0").value == "update"
    page.radio(key="take_0").set_value("Only the changes I tick").run()
    assert next(b for b in page.button if b.label == "Save 0 changes in the round").disabled
    ticked = [c for c in page.checkbox if "SGW-01" in c.label or "SGW-03" in c.label]
    assert len(ticked) == 2
    for box in ticked:
        box.check()
    page.run()
    click(page, "Save 2 changes in the round")
    assert "Saved in Copy of the sample: 2 changes." in words(page)
    state = state_of(page)
    assert [r.id for r in list_rounds(opened(data), LOCAL)] == [id]
    with opened(data).read(id, LOCAL) as source:
        cost = history(source, "SGW-01", "cost")
        assert cells_of(source, "SGW-02")["cost"].value != 5
        assert verify_round(source).holds
        assert [e.action for e in entries(source)][-2:] == ["score", "title"]
    assert cost[-1].value == 1
    assert cost[-1].why.startswith("Taken from ranked.xlsx, Ranked list!")
    i, j = state.sheet.index("SGW-01"), list(state.framework.weights).index("cost")
    assert state.sheet.where.cell(i, j).startswith("ranked.xlsx, Ranked list!")
    assert "accepted by Local owner on" in state.sheet.where.cell(i, j)
    assert state.sheet.titles[state.sheet.index("SGW-03")] == "Other words"


def test_it_can_be_kept_as_a_new_round_all_the_same(data: str) -> None:
    page, id = on_a_copy(data)
    page = drop(page, ("ranked.xlsx", edited(page, two_scores_and_a_title)))
    page.radio(key="what_for_0").set_value("new").run()
    assert "Copy of the sample stays as it is." in words(page)
    page.button[-1].click().run()  # it goes to another page, which AppTest cannot
    page.run()
    assert {r.name for r in list_rounds(opened(data), LOCAL)} == {"Copy of the sample", "ranked"}
    with opened(data).read(id, LOCAL) as source:
        assert cells_of(source, "SGW-02")["cost"].value != 5


def test_a_file_of_other_intentions_becomes_a_new_round_unless_one_says_otherwise(
    data: str,
) -> None:
    page, id = on_a_copy(data)
    page = drop(page, ("ours.xlsx", GOOD))
    assert "0 of the 2 intentions in it are in Copy of the sample" in words(page)
    assert page.radio(key="what_for_0").value == "new"
    page.radio(key="what_for_0").set_value("update").run()
    assert "The file lacks 94 intentions of the round. They stay" in words(page)
    click(page, "Save 2 changes in the round")
    with opened(data).read(id, LOCAL) as source:
        assert account(source).submitted == 96


def test_a_file_fills_a_round_that_was_started_empty(data: str) -> None:
    page = open_kept("rounds")
    page.text_input(key="new_round_name").input("Round 2027-28")
    click(page, "Start the round")
    page = drop(open_kept("load"), ("ours.xlsx", GOOD))
    assert page.radio(key="what_for_0").value == "update"
    click(page, "Save 2 changes in the round")
    state = state_of(page)
    assert state.round_name == "Round 2027-28"
    assert [float(t) for t in state.ranking.totals.total] == [62.5, 50.0]
    assert state.accounted.count() == 2


def test_rows_that_are_gone_are_asked_about_and_rejected_with_a_reason(data: str) -> None:
    page, id = on_a_copy(data)
    page = drop(page, ("r.xlsx", edited(page, lambda s, c, r: s.delete_rows(r["SGW-05"]))))
    assert "The file lacks 1 intention of the round." in words(page)
    page.multiselect(key="reject_0").select("SGW-05").run()
    assert "Give a reason for what is to be rejected." in words(page)
    assert not [b for b in page.button if b.label.startswith("Save ")]
    page.text_input(key="reject_why_0").input("Withdrawn").run()
    click(page, "Save 1 change in the round")
    with opened(data).read(id, LOCAL) as source:
        assert account(source).by_status["rejected"] == 1
    assert "SGW-05" not in state_of(page).sheet.refs


def test_a_cell_that_somebody_changed_meanwhile_is_told_and_chosen_on(data: str) -> None:
    page, id = on_a_copy(data)
    page = drop(page, ("r.xlsx", edited(page, two_scores_and_a_title)))
    with opened(data).change(id, LOCAL, now()) as change:
        invite(change, BEN.id, BEN.name, "assessor")
    with opened(data).change(id, BEN, now()) as change:
        save_scores(change, [NewValue("SGW-02", "cost", 3, 1, why="Asked again")])
    save(page)
    assert "Saved in Copy of the sample: 2 changes. 1 cell that somebody else" in words(page)
    assert "Ben changed Cost of SGW-02 to 3" in words(page)
    click(page, "Change it to 5")
    with opened(data).read(id, LOCAL) as source:
        held = history(source, "SGW-02", "cost")
        assert [cell.value for cell in held[-2:]] == [3, 5]
        assert verify_round(source).holds


def as_role(data: str, id: str, role: Role) -> None:
    with opened(data).change(id, LOCAL, now()) as change:
        invite(change, BEN.id, BEN.name, "owner")
    with opened(data).change(id, BEN, now()) as change:
        invite(change, LOCAL.id, LOCAL.name, role)


def test_an_assessor_brings_scores_only(data: str) -> None:
    page, id = on_a_copy(data)
    file = edited(page, two_scores_and_a_title)
    as_role(data, id, "assessor")
    page = drop(open_kept("load"), ("r.xlsx", file))
    assert "You may bring scores. Everything else takes an analyst of this round." in words(page)
    left = page.table[-1].value
    assert list(left["What"]) == ["Title"]
    click(page, "Save 2 changes in the round")
    with opened(data).read(id, BEN) as source:
        assert cells_of(source, "SGW-02")["cost"].value == 5
    titles = dict(zip(state_of(page).sheet.refs, state_of(page).sheet.titles, strict=True))
    assert titles["SGW-03"] != "Other words"


@pytest.mark.parametrize(
    ("closed", "said"),
    [(False, "You may look at Copy of the sample but not change it."),
     (True, "Copy of the sample is frozen: it takes no changes.")],
)  # fmt: skip
def test_a_viewer_and_a_frozen_round_are_told_that_only_a_new_round_is_possible(
    data: str, closed: bool, said: str
) -> None:
    page, id = on_a_copy(data)
    file = edited(page, two_scores_and_a_title)
    if closed:
        with opened(data).change(id, LOCAL, now()) as change:
            freeze_round(change, "Enough")
    else:
        as_role(data, id, "viewer")
    page = drop(open_kept("load"), ("r.xlsx", file))
    assert said in words(page)
    assert "What you accept becomes a new round" in words(page)
    assert [r.key for r in page.radio if str(r.key).startswith("what_for")] == []


def test_emptied_cells_of_a_strange_file_are_left_unless_one_says_so(data: str) -> None:
    page, id = on_a_copy(data)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Ref", "Title", "Cost"])
    state = state_of(page)
    sheet.append(["SGW-01", state.sheet.titles[0], 1])
    target = io.BytesIO()
    book.save(target)
    page = drop(page, ("part.xlsx", target.getvalue()))
    page.radio(key="what_for_0").set_value("update").run()
    assert not page.checkbox(key="empty_0").value
    click(page, "Save 1 change in the round")
    with opened(data).read(id, LOCAL) as source:
        cells = cells_of(source, "SGW-01")
    assert cells["cost"].value == 1
    assert cells["impact"].value is not None
