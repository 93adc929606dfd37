"""A team's workbook back: the right cells marked, everything else as it was."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from scoring.export.marked_workbook import FILL, can_mark, write_marked_workbook
from scoring.framework import Framework
from scoring.intake import Source, read_intentions
from scoring.intake.result import Limits
from scoring.problem import Problem, Unusable

NAME = "Team, A.xlsx"


def teams_workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Our round"
    header = ["Ref", "Title", "Strategic Alignment", "Impact", "Cost", "Complexity",
              "Resource Capacity", "Effort", "Time"]  # fmt: skip
    sheet.append(["Acute team"])
    sheet.append(header)
    sheet.append(["A-1", "Stroke beds", 4, 4, 9, 3, 3, 3, 3])
    sheet.append(["A-2", "Dental chairs", 4, "=2+2", 3, 3, 3, "lots", 3])
    sheet.append(["A-2", "Dental chairs twice", 4, 3, 3, 3, 3, 3, 3])
    sheet["B3"].font = Font(bold=True)
    sheet["E3"].comment = Comment("Ask finance", "Jo")
    sheet.merge_cells("A1:C1")
    book.create_sheet("Notes, etc")["A1"] = "=Notes!B2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def marked(problems: list[Problem]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(
        io.BytesIO(write_marked_workbook(teams_workbook(), NAME, problems))
    )


def filled(book: openpyxl.Workbook) -> set[str]:
    colour = FILL.start_color.rgb
    return {
        f"{sheet.title}!{cell.coordinate}"
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fill_type == "solid" and cell.fill.start_color.rgb == colour
    }


def test_what_reading_found_is_marked_in_the_cells_it_found_it_in(lsc: Framework) -> None:
    intake = read_intentions([Source(NAME, teams_workbook())], lsc)
    book = marked(list(intake.problems))
    sheet = book["Our round"]
    assert {"Our round!E3", "Our round!H4"} <= filled(book)
    assert 'Cost: found "9", expected a whole number from 1 to 5' in sheet["E3"].comment.text
    assert sheet["E3"].comment.text.startswith("Ask finance")
    assert "Our round!A5" in filled(book)  # the second A-2


def test_values_formulas_formats_and_other_sheets_are_kept() -> None:
    book = marked([Problem(f"{NAME}, Our round!E3", "9", "a whole number from 1 to 5", "Cost")])
    assert book.sheetnames == ["Our round", "Notes, etc"]
    sheet = book["Our round"]
    assert (sheet["E3"].value, sheet["D4"].value) == (9, "=2+2")
    assert sheet["B3"].font.bold
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["A1:C1"]
    assert book["Notes, etc"]["A1"].value == "=Notes!B2"
    assert filled(book) == {"Our round!E3"}


def test_two_problems_of_one_cell_stand_in_one_comment() -> None:
    where = f"{NAME}, Our round!E3"
    book = marked([Problem(where, "9", "a score"), Problem(where, "", "a reason")])
    text = book["Our round"]["E3"].comment.text
    assert text == 'Ask finance\n\nfound "9", expected a score.\nfound nothing, expected a reason.'


def test_a_problem_of_several_cells_marks_each() -> None:
    places = f"{NAME}, Our round!C2, {NAME}, Our round!D2 and {NAME}, Notes, etc!A1"
    book = marked([Problem(places, "two columns", "one")])
    assert filled(book) == {"Our round!C2", "Our round!D2", "Notes, etc!A1"}


def test_a_problem_of_a_row_marks_its_first_filled_cell() -> None:
    assert filled(marked([Problem(f"{NAME}, Our round!4", "", "a title")])) == {"Our round!A4"}


def test_a_cell_inside_a_merged_range_marks_its_corner() -> None:
    assert filled(marked([Problem(f"{NAME}, Our round!B1", "", "x")])) == {"Our round!A1"}


@pytest.mark.parametrize("where", ["Other.xlsx, Our round!E3", NAME, f"{NAME}, Gone!E3", "weights"])
def test_a_problem_elsewhere_marks_nothing(where: str) -> None:
    assert filled(marked([Problem(where, "9", "x")])) == set()


def test_text_in_a_comment_stays_text() -> None:
    book = marked([Problem(f"{NAME}, Our round!E3", '=cmd|" /C calc"', "a <score> & more")])
    text = book["Our round"]["E3"].comment.text
    assert '=cmd|" /C calc"' in text
    assert "a <score> & more" in text


@pytest.mark.parametrize("name", ["team.csv", "team.ods", "team.xls"])
def test_a_file_of_another_kind_is_refused_by_name(name: str) -> None:
    assert not can_mark(name)
    with pytest.raises(
        Unusable, match=rf'{name}: found "a file of another kind", expected an .xlsx'
    ):
        write_marked_workbook(b"", name, [])


def test_a_damaged_file_is_refused_by_name() -> None:
    with pytest.raises(Unusable, match=r'x\.xlsx: found "a file that does not open"'):
        write_marked_workbook(b"PK\x03\x04 no", "x.xlsx", [])


def test_a_file_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(Unusable, match=r"MB when unpacked\", expected at most 0 MB"):
        write_marked_workbook(teams_workbook(), NAME, [], Limits(unpacked_bytes=1000))
