"""The accessible variant: one marked-up table a sheet, titles and notes above it, values only."""

from __future__ import annotations

import io

import openpyxl
import pytest

from scoring.export.accessible_workbook import write_accessible_workbook
from scoring.export.scenarios import side_by_side
from scoring.framework import Framework
from scoring.intake import Source, read_intentions
from scoring.ranking import prioritise
from tests.unit.export.rounds import ABOUT, round_of_four


@pytest.fixture(scope="module")
def data() -> bytes:
    ranking = prioritise(round_of_four(notes=("=1+1", None, "z" * 40_000, None)))
    return write_accessible_workbook(ranking, ABOUT, side_by_side(ranking, 2))


@pytest.fixture(scope="module")
def book(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_contents_come_first_and_link_to_every_sheet(book: openpyxl.Workbook) -> None:
    first = book.worksheets[0]
    assert first.title == "Contents"
    named = [row[0].value for row in first.iter_rows(min_row=5)]
    assert named == book.sheetnames[1:]
    assert first["A5"].hyperlink.location == "'Ranked list'!A1"


def test_every_sheet_is_one_table_under_a_title_and_a_note(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        (table,) = sheet.tables.values()
        assert table.ref.startswith("A4:"), sheet.title
        assert table.ref.endswith(str(sheet.max_row)), sheet.title
        assert all(sheet.cell(row, 1).value for row in (1, 2, 3)), sheet.title
        assert not sheet.merged_cells.ranges
        headers = [cell.value for cell in sheet[4]]
        assert all(headers), sheet.title
        assert len(set(headers)) == len(headers), sheet.title


def test_no_row_and_no_column_is_blank(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
        assert all(any(v is not None for v in row) for row in cells), sheet.title
        columns = list(zip(*cells, strict=True))
        assert all(any(v is not None for v in column) for column in columns), sheet.title


def test_empty_cells_are_explained_where_there_are_any(book: openpyxl.Workbook) -> None:
    assert (
        "An empty rank and total means that a score is missing" in book["Ranked list"]["A3"].value
    )
    assert "No cell is empty." in book["Weights"]["A3"].value
    assert "No cell is empty." in book["Segments"]["A3"].value


def test_nothing_is_a_formula_and_text_is_12_points(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", f"{sheet.title}!{cell.coordinate}"
                assert cell.value is None or cell.font.size >= 11
    assert book["Ranked list"]["A5"].font.size == 12


def test_what_did_not_fit_is_said(book: openpyxl.Workbook) -> None:
    says = {row[0].value: row[1].value for row in book["About"].iter_rows(min_row=5)}
    assert "Ranked list, row 7, Notes: cut after 32,767" in says["Changed to fit 1"]


def test_it_reads_back_without_a_question(data: bytes, lsc: Framework) -> None:
    intake = read_intentions([Source("accessible.xlsx", data)], lsc)
    assert intake.problems == ()
    assert sorted(intake.sheet.refs) == ["A", "B", "C", "D"]
    assert prioritise(intake.sheet).places.place.tolist() == [1, 2, 2, 0]
