"""Back again: an exported workbook edited by hand, what differs, and taking it over."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from scoring.cli.main import main
from scoring.export import About, write_ranked_workbook
from scoring.export.accept import accept, accepted_weights
from scoring.export.accessible_workbook import write_accessible_workbook
from scoring.export.diff import Change, Difference, diff_editions
from scoring.export.edition import Edition, read_edition
from scoring.framework import load_framework
from scoring.intake import Source
from scoring.problem import Unusable
from scoring.ranking import prioritise
from scoring.sheet import ScoreSheet
from tests.unit.export.rounds import round_of_four

LSC = load_framework("lsc-2025-26")
ABOUT = About("Round", "Tester", datetime(2026, 11, 22))
Edit = Callable[[openpyxl.Workbook], None]


def exported(sheet: ScoreSheet | None = None, **weights: float) -> bytes:
    sheet = sheet or round_of_four(saving=(1000.0, None, None, None), notes=("note", "", "", ""))
    return write_ranked_workbook(prioritise(sheet, LSC.weights_with(weights)), ABOUT)


def edited(edit: Edit, data: bytes | None = None) -> bytes:
    """The exported workbook after somebody changed it in Excel."""
    book = openpyxl.load_workbook(io.BytesIO(data or exported()))
    edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def edition(data: bytes, name: str = "B.xlsx") -> Edition:
    return read_edition(Source(name, data), LSC)


def difference(edit: Edit) -> Difference:
    return diff_editions(edition(exported(), "A.xlsx"), edition(edited(edit)))


def cell(book: openpyxl.Workbook, ref: str, header: str) -> openpyxl.cell.Cell:
    sheet = book["Ranked list"]
    headers = [c.value for c in sheet[1]]
    refs = [row[1].value for row in sheet.iter_rows()]
    return sheet.cell(refs.index(ref) + 1, headers.index(header) + 1)


def put(ref: str, header: str, value: object) -> Edit:
    def edit(book: openpyxl.Workbook) -> None:
        cell(book, ref, header).value = value

    return edit


def test_unedited_it_differs_in_nothing_and_gives_the_same_ranks() -> None:
    sheet = round_of_four()
    weights = LSC.weights_with({"impact": "33.333333", "time": 0})
    data = write_ranked_workbook(prioritise(sheet, weights), ABOUT)
    back = edition(data)
    assert diff_editions(edition(data, "A.xlsx"), back) == Difference(())
    assert back.exported
    assert back.weights_used() == weights
    ranking = prioritise(back.intake.sheet, back.weights_used())
    expected = prioritise(sheet, weights)
    assert ranking.places.place.tolist() == expected.places.place.tolist()
    assert ranking.segments.ids == expected.segments.ids


def test_saved_again_by_another_program_it_still_differs_in_nothing() -> None:
    assert difference(lambda book: None).same


def test_a_changed_score_says_was_is_and_where() -> None:
    (change,) = difference(put("B", "Cost", 5)).changes
    assert change == Change(
        "score", "B", "Beta", "cost", "Cost", "3", "5", "B.xlsx, Ranked list!J3"
    )
    assert str(change) == 'B.xlsx, Ranked list!J3 (B, Cost): was "3", is "5"'


def test_a_score_taken_away_or_put_off_its_scale_is_a_difference_too() -> None:
    (gone,) = difference(put("B", "Cost", None)).changes
    assert (gone.was, gone.now) == ("3", "")
    (off,) = difference(put("B", "Cost", 9)).changes
    assert (off.was, off.now) == ("3", "9")


def test_a_changed_weight_says_where_it_stands() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["Weights"]["B3"] = 42.5

    (change,) = difference(edit).changes
    assert str(change) == 'B.xlsx, Weights!B3 (weight of Impact): was "20", is "42.5"'
    old, new = edition(exported(), "A.xlsx"), edition(edited(edit))
    assert new.weights_used()["impact"] == Decimal("42.5")
    assert accepted_weights(old, [change])["impact"] == Decimal("42.5")
    assert accepted_weights(old, []) == LSC.weights


def test_a_weight_that_is_none_is_refused_by_its_cell() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["Weights"]["B3"] = "lots"

    with pytest.raises(Unusable, match=r'B\.xlsx, Weights!B3.*: found "lots", expected a number'):
        edition(edited(edit)).weights_used()


def test_text_money_and_answers_are_compared_cell_by_cell() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        cell(book, "A", "Title").value = "Alpha renamed"
        cell(book, "A", "Saving (£)").value = 1500
        cell(book, "A", "Notes").value = None
        cell(
            book, "B", "Where is the main impact: at providers, at the ICB, or both?"
        ).value = "both"

    changes = difference(edit).changes
    assert [(c.kind, c.ref, c.label, c.was, c.now) for c in changes] == [
        ("text", "A", "Title", "Alpha", "Alpha renamed"),
        ("text", "A", "Saving (£)", "1000", "1500"),
        ("text", "A", "Notes", "note", ""),
        ("answer", "B", "Where is the main impact: at providers, at the ICB, or both?",
         "provider", "both"),
    ]  # fmt: skip
    assert changes[0].where == "B.xlsx, Ranked list!C2"


def test_a_segment_typed_over_is_a_difference() -> None:
    (change,) = difference(put("B", "Segment", "Segment 3: long-term transformation")).changes
    assert change.kind == "segment"
    assert change.was == "Segment 2: efficiency or improvement, provider"
    assert change.where.startswith("B.xlsx, Ranked list!")


def without(sheet: str, header: str) -> Edit:
    """A column deleted in Excel."""

    def edit(book: openpyxl.Workbook) -> None:
        headers = [c.value for c in book[sheet][1]]
        book[sheet].delete_cols(headers.index(header) + 1)

    return edit


def test_a_deleted_column_is_told_once_besides_its_values() -> None:
    found = difference(without("Ranked list", "Cost"))
    assert [(c.label, c.was, c.now) for c in found.changes] == [("Cost", was, "") for was in "333"]
    assert found.changes[0].where == "B.xlsx, Ranked list!2"
    assert found.gone == {"cost": "Cost"}
    assert found.notes == ('B.xlsx has no column "Cost": its values are told as taken away',)


def test_several_deleted_columns_are_told_together() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        without("Ranked list", "Cost")(book)
        without("Ranked list", "Notes")(book)

    (note,) = difference(edit).notes
    assert note == 'B.xlsx has no columns "Cost" and "Notes": their values are told as taken away'


def test_without_its_refs_a_list_is_matched_by_titles_and_that_is_said() -> None:
    found = difference(without("Ranked list", "Ref"))
    assert {c.field for c in found.changes} == {"ref"}
    assert found.notes == (
        "B.xlsx has no column Ref: intentions were matched by their titles",
        "B.xlsx has no list with the columns Ref and Segment: segments were not compared",
    )


def test_a_renamed_sheet_of_weights_is_still_known() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["Weights"]["B3"] = 30
        book["Weights"].title = "Our weights"

    (change,) = difference(edit).changes
    assert str(change) == 'B.xlsx, Our weights!B3 (weight of Impact): was "20", is "30"'


def test_weights_or_segments_that_are_no_longer_there_to_compare_are_said() -> None:
    gone = difference(lambda book: book.remove(book["Weights"]))
    assert gone.same
    assert gone.notes == ("B.xlsx has no sheet with the weights: weights were not compared",)
    bare = difference(without("Ranked list", "Segment"))
    assert bare.same
    assert bare.notes == (
        "B.xlsx has no list with the columns Ref and Segment: segments were not compared",
    )


def test_a_list_whose_rows_were_all_deleted_has_every_row_as_deleted() -> None:
    found = difference(lambda book: book["Ranked list"].delete_rows(2, 20))
    assert found.count() == {"deleted": 4}


def test_the_command_tells_a_deleted_column_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "A.xlsx").write_bytes(exported())
    (tmp_path / "B.xlsx").write_bytes(edited(without("Ranked list", "Cost")))
    assert main(["diff", str(tmp_path / "A.xlsx"), str(tmp_path / "B.xlsx")]) == 1
    said = capsys.readouterr().out
    assert [line.split() for line in said.splitlines()[1:2]] == [
        ["column", "Cost", "deleted", "3", "values", "-"]
    ]
    assert "3 differences: 3 score" in said


def test_rows_in_another_order_are_said_and_are_no_difference() -> None:
    found = difference(lambda book: _swap(book["Ranked list"], 2, 3))
    assert found.same
    assert found.notes == ("1 row stands in another place; the order of rows changes nothing",)


def test_a_deleted_and_an_added_row_are_named() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["Ranked list"]
        sheet.cell(6, 2, "E")
        sheet.cell(6, 3, "Epsilon")
        for column in range(8, 15):
            sheet.cell(6, column, 4)
        sheet.delete_rows(3)

    changes = difference(edit).changes
    assert [(c.kind, c.ref, c.title, c.where) for c in changes] == [
        ("added", "E", "Epsilon", "B.xlsx, Ranked list!5"),
        ("deleted", "B", "Beta", "A.xlsx, Ranked list!3"),
    ]  # fmt: skip


def test_a_ref_typed_over_is_one_change_not_a_row_gone_and_a_row_come() -> None:
    (change,) = difference(put("B", "Ref", "B-2")).changes
    assert (change.kind, change.field, change.was, change.now) == ("text", "ref", "B", "B-2")


def test_filtered_rows_are_read_all_the_same() -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book["Ranked list"].row_dimensions[3].hidden = True

    assert difference(hide).same


def test_a_title_typed_above_and_another_name_of_the_sheet_hide_no_weight_and_no_segment() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        cell(book, "B", "Segment").value = "Unassigned"
        book["Ranked list"].insert_rows(1, 2)
        book["Ranked list"]["A1"] = "Draft for the board"
        book["Ranked list"].title = "List for the board"
        book["Weights"]["B3"] = 40

    found = difference(edit)
    assert [str(change) for change in found.changes] == [
        'B.xlsx, Weights!B3 (weight of Impact): was "20", is "40"',
        "B.xlsx, List for the board!D5 (B, Segment): was "
        '"Segment 2: efficiency or improvement, provider", is "Unassigned"',
    ]


def test_a_row_added_without_a_ref_gets_one_and_that_is_said() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["Ranked list"]
        sheet.cell(sheet.max_row + 1, 3).value = "A late one"

    new = edition(edited(edit))
    (change,) = diff_editions(edition(exported(), "A.xlsx"), new).changes
    assert (change.kind, change.ref) == ("added", "Ranked list-6")
    assert any(problem.found == "no ref" for problem in new.intake.problems)


def test_a_row_copied_under_the_list_is_refused_and_noted() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["Ranked list"]
        for one in list(sheet[2]):
            sheet.cell(6, one.column).value = one.value

    found = difference(edit)
    assert found.same
    assert found.notes == ("B.xlsx: 1 row was refused; `check` says why",)


def test_blank_rows_a_column_of_ones_own_and_a_total_line_are_no_difference() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["Ranked list"]
        sheet.insert_rows(3, 2)
        sheet.insert_cols(4)
        sheet["D1"], sheet["D2"] = "My comments", "ask Jo"
        sheet.cell(sheet.max_row + 2, 3).value = "Total"

    assert difference(edit).same


def test_other_sheets_taken_out_are_no_difference() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        for name in ("Live order", "Segments", "Charts"):
            del book[name]

    assert difference(edit).same


def test_the_accessible_workbook_of_the_same_ranking_differs_in_nothing() -> None:
    sheet = round_of_four(saving=(1000.0, None, None, None))
    ranking = prioritise(sheet, LSC.weights_with({"impact": 35}))
    old = edition(write_ranked_workbook(ranking, ABOUT), "A.xlsx")
    new = edition(write_accessible_workbook(ranking, ABOUT))
    assert new.exported
    assert new.weights_used()["impact"] == 35
    assert diff_editions(old, new) == Difference(())


def test_some_changes_can_be_taken_and_others_left() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        cell(book, "B", "Cost").value = 5
        cell(book, "B", "Impact").value = 1
        cell(book, "C", "Title").value = "Gamma renamed"
        cell(book, "D", "Cost").value = 2

    old, new = edition(exported(), "A.xlsx"), edition(edited(edit))
    changes = diff_editions(old, new).changes
    assert len(changes) == 4
    chosen = [c for c in changes if (c.ref, c.field) != ("B", "impact")]
    taken = accept(old, new, chosen)
    cost, impact = LSC.criteria.index(LSC.criterion("cost")), 1
    b, d = taken.index("B"), taken.index("D")
    assert (taken.scores[b, cost], taken.scores[b, impact]) == (5, 3)
    assert taken.titles[taken.index("C")] == "Gamma renamed"
    # All of D's changes were taken, so it stands in the newer file; of B's only one.
    assert taken.where.cell(d, cost) == "B.xlsx, Ranked list!J5"
    assert taken.where.cell(b, cost) == "A.xlsx"
    assert taken.where.cell(b, impact) == "A.xlsx, Ranked list!I3"


def test_taking_every_change_gives_the_newer_edition() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["Ranked list"]
        cell(book, "A", "Ref").value = "A-1"
        cell(book, "C", "Cost").value = None
        cell(book, "D", "Notes").value = "now with a note"
        sheet.cell(6, 2, "E")
        sheet.cell(6, 3, "Epsilon")
        sheet.cell(6, 8, 4)
        sheet.delete_rows(3)

    old, new = edition(exported(), "A.xlsx"), edition(edited(edit))
    taken = accept(old, new, diff_editions(old, new).changes)
    expected = new.intake.sheet
    assert taken.refs == expected.refs == ("A-1", "C", "D", "E")
    assert taken.titles == expected.titles
    np.testing.assert_array_equal(taken.scores, expected.scores)
    assert taken.fields["notes"] == expected.fields["notes"]
    again = replace(old, intake=replace(old.intake, sheet=taken))
    assert [c.kind for c in diff_editions(again, new).changes] == []


def test_nothing_taken_changes_nothing() -> None:
    old, new = edition(exported(), "A.xlsx"), edition(edited(put("B", "Cost", 5)))
    np.testing.assert_array_equal(accept(old, new, []).scores, old.intake.sheet.scores)


def test_the_command_says_0_for_the_same_and_1_for_different(tmp_path, capsys) -> None:  # type: ignore[no-untyped-def]
    old, new = tmp_path / "A.xlsx", tmp_path / "B.xlsx"
    old.write_bytes(exported())
    new.write_bytes(edited(put("B", "Cost", 5)))
    assert main(["diff", str(old), str(old)]) == 0
    assert capsys.readouterr().out == "No difference.\n"
    assert main(["diff", str(old), str(new)]) == 1
    assert "1 difference: 1 score" in capsys.readouterr().out
    assert main(["diff", str(old), str(new), "--format", "json"]) == 1
    assert '"was": "3"' in capsys.readouterr().out
    assert main(["diff", str(old)]) == 2
    assert "expected two files: the older, then the newer" in capsys.readouterr().err


def _swap(sheet: Worksheet, first: int, second: int) -> None:
    for column in range(1, sheet.max_column + 1):
        a, b = sheet.cell(first, column), sheet.cell(second, column)
        a.value, b.value = b.value, a.value
