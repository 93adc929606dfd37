"""An exported workbook, edited by hand, brought back into the round that it came from."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from scoring.export.about import About
from scoring.export.diff import diff_editions
from scoring.export.edition import Edition, read_edition
from scoring.export.ranked_workbook import write_ranked_workbook
from scoring.intake.result import Source
from scoring.ranking import prioritise
from store.audit import entries, verify_round
from store.cells import cells_of, history, save_scores
from store.intentions import account, list_intentions, set_status
from store.people import invite
from store.readings import reading_from_text
from store.records import NewValue, Role
from store.sheets import open_sheet
from store.store import Store
from store.take_over import Plan, Seen, TakenOver, plan, take_over
from store.transaction import Refused
from tests.store.conftest import ANN, BEN, NOON, minutes

Edit = Callable[[Any, dict[str, int], dict[str, int]], None]


def seen_by_ann(store: Store, round_id: str) -> Seen:
    with store.read(round_id, ANN) as source:
        opened, standing = open_sheet(source), list_intentions(source)
    intake = reading_from_text(opened.reading, opened.sheet, standing)
    return Seen(
        Edition(Source("round", b""), intake),
        opened.versions,
        {intention.ref: intention for intention in standing},
        opened.reading,
    )


def edited(seen: Seen, edit: Edit) -> Edition:
    """The round as a workbook, edited and read again; `edit` gets the sheet, columns and rows."""
    ranking = prioritise(seen.edition.intake.sheet)
    data = write_ranked_workbook(ranking, About("Round", "Ann", NOON))
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Ranked list"]
    columns = {str(cell.value): cell.column for cell in sheet[1]}
    rows = {str(sheet.cell(r, columns["Ref"]).value): r for r in range(2, sheet.max_row + 1)}
    edit(sheet, columns, rows)
    target = io.BytesIO()
    book.save(target)
    source = Source("edited.xlsx", target.getvalue())
    return read_edition(source, seen.edition.intake.sheet.framework)


def planned(
    seen: Seen, new: Edition, role: Role = "owner", fields: str = "", **rejected: str
) -> Plan:
    """A plan of every difference, or of those in some fields only."""
    changes = diff_editions(seen.edition, new).changes
    chosen = [c for c in changes if not fields or c.field in fields.split()]
    return plan(seen, new, chosen, role, rejected)


def carry_out(store: Store, round_id: str, what: Plan, at: float = 5) -> TakenOver:
    with store.change(round_id, ANN, minutes(at)) as change:
        return take_over(change, what)


def set_cells(**changes: Any) -> Edit:
    """Set "REF_Column_name" to a value."""

    def edit(sheet: Any, columns: dict[str, int], rows: dict[str, int]) -> None:
        for name, value in changes.items():
            ref, _, header = name.partition("_")
            sheet.cell(rows[ref], columns[header.replace("_", " ")]).value = value

    return edit


def test_an_unedited_workbook_changes_nothing(store: Store, round_id: str) -> None:
    seen = seen_by_ann(store, round_id)
    new = edited(seen, lambda *_: None)
    assert diff_editions(seen.edition, new).changes == ()
    assert len(planned(seen, new)) == 0


def test_a_chosen_score_is_saved_and_names_its_cell_and_the_rest_is_left(
    store: Store, round_id: str
) -> None:
    seen = seen_by_ann(store, round_id)
    new = edited(seen, set_cells(A_Cost=5, A_Impact=1, D_Cost=2, A_Title="Another title"))
    done = carry_out(store, round_id, planned(seen, new, fields="cost title"))
    assert (done.saved, done.conflicts, done.outdated) == (3, (), ())
    with store.read(round_id, ANN) as source:
        cost = history(source, "A", "cost")
        sheet = open_sheet(source).sheet
        assert cells_of(source, "A")["impact"].value == 4
        assert verify_round(source).holds
    at = next(c.where for c in diff_editions(seen.edition, new).changes if c.field == "cost")
    assert [cell.value for cell in cost] == [3, 5]
    assert at.startswith("edited.xlsx, Ranked list!")
    assert cost[-1].why == f"Taken from {at}"
    j = list(sheet.framework.weights).index("cost")
    assert sheet.where.cell(0, j) == f"{at}, accepted by Ann on 4 March 2026"
    assert sheet.titles[0] == "Another title"
    assert float(sheet.scores[sheet.index("D"), j]) == 2


def test_what_somebody_else_changed_meanwhile_is_a_conflict_and_the_rest_is_saved(
    store: Store, round_id: str
) -> None:
    seen = seen_by_ann(store, round_id)
    with store.change(round_id, ANN, minutes(1)) as change:
        invite(change, BEN.id, "Ben", "assessor")
    with store.change(round_id, BEN, minutes(2)) as change:
        save_scores(change, [NewValue("A", "cost", 1, 1, why="Asked again")])
    done = carry_out(store, round_id, planned(seen, edited(seen, set_cells(A_Cost=5, B_Cost=5))))
    (conflict,) = done.conflicts
    assert (conflict.theirs.value, conflict.yours.value, done.saved) == (1, 5, 1)
    with store.read(round_id, ANN) as source:
        assert cells_of(source, "A")["cost"].value == 1
        assert cells_of(source, "B")["cost"].value == 5


def test_a_title_that_somebody_else_changed_first_is_told(store: Store, round_id: str) -> None:
    seen = seen_by_ann(store, round_id)
    with store.change(round_id, ANN, minutes(1)) as change:
        set_status(change, "A", "active", "Looked at", 1)
    done = carry_out(store, round_id, planned(seen, edited(seen, set_cells(A_Title="New words"))))
    assert [o.what for o in done.outdated] == ["A"]
    assert done.saved == 0


def add_f(sheet: Any, columns: dict[str, int], rows: dict[str, int]) -> None:
    new = sheet.max_row + 1
    for header, value in {"Ref": "F", "Title": "f", "Cost": 4}.items():
        sheet.cell(new, columns[header]).value = value


def test_an_added_row_becomes_an_intention_with_its_source_and_is_accounted_for(
    store: Store, round_id: str
) -> None:
    seen = seen_by_ann(store, round_id)
    assert carry_out(store, round_id, planned(seen, edited(seen, add_f))).saved == 1
    with store.read(round_id, ANN) as source:
        opened, standing = open_sheet(source), list_intentions(source)
        counted = account(source)
        assert verify_round(source).holds
    intake = reading_from_text(opened.reading, opened.sheet, standing)
    assert opened.sheet.refs == ("A", "B", "C", "D", "E", "F")
    i = opened.sheet.index("F")
    assert opened.sheet.where.row(i).startswith("edited.xlsx, Ranked list!")
    assert (counted.submitted, intake.count()) == (6, 6)
    assert [line.file for line in intake.ledger if line.ref == "F"] == ["edited.xlsx"]
    assert [file.name for file in intake.files] == ["edited.xlsx"]


def drop_b(sheet: Any, columns: dict[str, int], rows: dict[str, int]) -> None:
    sheet.delete_rows(rows["B"])


def test_a_deleted_row_stays_unless_it_is_rejected_with_a_reason(
    store: Store, round_id: str
) -> None:
    seen = seen_by_ann(store, round_id)
    new = edited(seen, drop_b)
    assert [c.kind for c in diff_editions(seen.edition, new).changes] == ["deleted"]
    assert len(planned(seen, new)) == 0
    carry_out(store, round_id, planned(seen, new, B="Withdrawn by the trust"))
    with store.read(round_id, ANN) as source:
        assert account(source).by_status["rejected"] == 1
        (b,) = [i for i in list_intentions(source) if i.ref == "B"]
    assert (b.reason, b.by) == ("Withdrawn by the trust", ANN.id)


def test_rejecting_without_a_reason_is_refused_and_saves_nothing_else(
    store: Store, round_id: str
) -> None:
    seen = seen_by_ann(store, round_id)

    def edit(sheet: Any, columns: dict[str, int], rows: dict[str, int]) -> None:
        sheet.cell(rows["A"], columns["Cost"]).value = 5
        drop_b(sheet, columns, rows)

    with pytest.raises(Refused, match="reason: found nothing"):
        carry_out(store, round_id, planned(seen, edited(seen, edit), B=" "))
    with store.read(round_id, ANN) as source:
        assert cells_of(source, "A")["cost"].value == 3


def test_an_assessor_brings_scores_only_and_is_told_what_is_left(
    store: Store, round_id: str
) -> None:
    seen = seen_by_ann(store, round_id)

    def edit(sheet: Any, columns: dict[str, int], rows: dict[str, int]) -> None:
        set_cells(A_Cost=5, A_Title="New words")(sheet, columns, rows)
        add_f(sheet, columns, rows)

    made = planned(seen, edited(seen, edit), role="assessor")
    assert (len(made.scores), made.titles, made.added) == (1, (), None)
    assert [left.why for left in made.left] == ["it takes an analyst; you are an assessor"] * 2


def test_a_row_that_was_set_aside_here_is_not_brought_back(store: Store, round_id: str) -> None:
    new = edited(seen_by_ann(store, round_id), lambda *_: None)
    with store.change(round_id, ANN, minutes(1)) as change:
        set_status(change, "B", "deferred", "Next year", 1)
    made = planned(seen_by_ann(store, round_id), new)
    told = [left.why for left in made.left]
    assert told == ["it is in the round already, set aside (deferred)"]
    assert made.added is None


def test_a_score_off_its_scale_is_left_with_what_was_found(store: Store, round_id: str) -> None:
    seen = seen_by_ann(store, round_id)
    made = planned(seen, edited(seen, set_cells(A_Cost=9)))
    assert made.scores == ()
    assert [left.why for left in made.left] == [
        '"9" was refused when the file was read: see its problems'
    ]


def test_an_emptied_score_is_taken_back(store: Store, round_id: str) -> None:
    seen = seen_by_ann(store, round_id)
    carry_out(store, round_id, planned(seen, edited(seen, set_cells(A_Cost=None))))
    with store.read(round_id, ANN) as source:
        assert cells_of(source, "A")["cost"].value is None
        assert entries(source)[-1].now["value"] is None


def test_the_same_plan_sent_twice_is_one_save(store: Store, round_id: str) -> None:
    seen = seen_by_ann(store, round_id)
    made = planned(seen, edited(seen, set_cells(A_Cost=5)))
    carry_out(store, round_id, made)
    with store.read(round_id, ANN) as source:
        before = source.seq
    assert carry_out(store, round_id, made, at=6).conflicts == ()
    with store.read(round_id, ANN) as source:
        assert source.seq == before
