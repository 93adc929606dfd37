"""The same table from every kind of file."""

import io
import random

import pytest
import xlsxwriter

from scoring.intake.binary_faults import faults_of
from scoring.problem import Unusable
from tests.layouts.binary import binary_workbook
from tests.layouts.build import (
    HEADER,
    ROWS,
    SCORES,
    assert_reads_the_three,
    read_bytes,
    scores_of,
    texts,
    workbook,
)
from tests.layouts.open_document import open_document


def text_table(separator: str, end: str = "\r\n") -> str:
    return end.join(separator.join(str(cell) for cell in row) for row in [HEADER, *ROWS]) + end


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_tables(separator, encoding):
    intake = read_bytes(text_table(separator).encode(encoding), "team.csv")
    assert_reads_the_three(intake)
    assert intake.sheet.where.cell(0, 0) == "team.csv, C2"
    assert intake.sheet.where.row(0) == "team.csv, 2"


def test_windows_characters_in_a_text_table():
    table = "Ref,Title,Impact\nA-1,Café – “new” £2m,4\n"
    intake = read_bytes(table.encode("cp1252"), "team.csv")
    assert intake.sheet.titles == ("Café – “new” £2m",)


def test_quoted_line_breaks_and_separators_keep_the_row_number():
    table = 'Team list\n\nRef;Title;Impact\nA-1;"one;\ntwo";4\nA-2;three;9\n'
    intake = read_bytes(table.encode(), "team.csv")
    assert intake.sheet.titles == ("one; two", "three")
    assert intake.problems[0].where == "team.csv, C5"


def test_rows_of_different_lengths():
    table = "Ref,Title,Impact,Time\nA-1,One\nA-2,Two,4,3,,,\n"
    assert scores_of(read_bytes(table.encode(), "t.csv"))[1][1] == 4


def test_a_quotation_mark_that_is_never_closed_is_said():
    table = "Ref,Title,Impact\n" + 'A-1,"One,4\n' + "A-2,Two,4\n" * 60_000
    with pytest.raises(Unusable, match="quotation mark that is never closed"):
        read_bytes(table.encode(), "t.csv")


def test_a_binary_workbook():
    intake = read_bytes(binary_workbook([["Title above"], HEADER, *ROWS]), "team.xlsb")
    assert_reads_the_three(intake)
    assert intake.sheet.where.cell(0, 0) == "team.xlsb, Intentions!C3"


def test_a_file_is_read_by_its_content_and_not_by_its_name():
    data = workbook({"Intentions": [HEADER, *ROWS]})
    assert_reads_the_three(read_bytes(data, "team.csv"))


def formulas(**cells: tuple[str, object]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("Intentions")
    for i, row in enumerate([HEADER, *ROWS]):
        sheet.write_row(i, 0, row)
    for at, (formula, value) in cells.items():
        sheet.write_formula(at, formula, None, value)
    book.close()
    return file.getvalue()


def test_a_formulas_stored_value_is_read():
    intake = read_bytes(formulas(E2=("=1+2", 3)))
    assert_reads_the_three(intake)


def test_a_formula_without_a_stored_value_is_named_with_what_to_do():
    rows = [HEADER, [*ROWS[0][:8], "=SUM(1,3)"], *ROWS[1:]]
    intake = read_bytes(workbook({"Intentions": rows}))
    (problem,) = intake.problems
    assert (problem.where, problem.found) == ("team.xlsx, Intentions!I2", "=SUM(1,3)")
    assert "let it calculate, and save it again" in problem.expected
    assert scores_of(intake)[0][6] is None


def test_a_cell_that_shows_an_error_is_said():
    intake = read_bytes(formulas(E3=("=1/0", "#DIV/0!")))
    assert texts(intake) == [
        'team.xlsx, Intentions!E3 (Cost): found "#DIV/0!", expected a whole number from 1 to 5; '
        "the formula in this cell fails."
    ]


def test_formulas_at_the_edge_of_a_sheet():
    rows = [HEADER, *ROWS, ["PLC-04", "=A2", 1, 1, 1, 1, 1, 1, "=I2"]]
    intake = read_bytes(workbook({"Intentions": rows}))
    assert intake.count() == 4
    assert [p.where for p in intake.problems if p.kind == "score"] == ["team.xlsx, Intentions!I5"]


def test_a_cell_of_a_binary_workbook_that_shows_an_error_is_said():
    first = [*ROWS[0][:2], b"\x07", *ROWS[0][3:]]
    intake = read_bytes(binary_workbook([["Title above"], HEADER, first, *ROWS[1:]]), "team.xlsb")
    assert texts(intake) == [
        'team.xlsb, Intentions!C3 (Strategic Alignment): found "#DIV/0!", expected a whole number '
        "from 1 to 5; the formula in this cell fails."
    ]
    assert scores_of(intake)[1:] == SCORES[1:]


def test_a_formula_without_a_stored_value_in_an_open_document_is_named_with_what_to_do():
    first = [*ROWS[0][:2], "=1+4", *ROWS[0][3:]]
    data = open_document([[None], [None, *HEADER], [None, *first], *([None, *r] for r in ROWS[1:])])
    intake = read_bytes(data, "team.ods")
    assert texts(intake) == [
        'team.ods, Intentions!D3 (Strategic Alignment): found "=1+4", expected a whole number from '
        "1 to 5; open the file in Excel, let it calculate, and save it again."
    ]
    assert scores_of(intake)[1:] == SCORES[1:]


def test_faults_of_a_file_that_cannot_be_followed_are_none():
    rng = random.Random(5)
    whole = [binary_workbook([HEADER, *ROWS]), open_document([HEADER, *ROWS, ["=1"]])]
    whole.append(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(22) + b"\x09\x00" + rng.randbytes(4000)
    )
    for data in whole:
        for _ in range(60):
            changed = bytearray(data)
            for _ in range(rng.randint(1, 5)):
                changed[rng.randrange(8, len(changed))] = rng.randrange(256)
            assert isinstance(faults_of(bytes(changed)), dict)
