"""A table of a page as .csv, .json and text to paste: the same figures, and text that stays text."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.export.shown_table import columns_of, plain_places, shown_csv, shown_json, shown_tsv
from scoring.export.text import plain_text

AT = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
ROWS = [
    {"Ref": "A-1", "Intention": "Midwives, at home", "Places": 3},
    {"Ref": "A-2", "Intention": '=HYPERLINK("http://x")', "Places": -2, "Note": "late"},
]


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_csv_has_every_column_of_any_row_and_blanks_where_there_is_none() -> None:
    assert columns_of(ROWS) == ("Ref", "Intention", "Places", "Note")
    assert read(shown_csv(ROWS)) == [
        ["Ref", "Intention", "Places", "Note"],
        ["A-1", "Midwives, at home", "3", ""],
        ["A-2", '\'=HYPERLINK("http://x")', "-2", "late"],
    ]


def test_excel_opens_the_csv_as_utf_8() -> None:
    assert shown_csv([{"Intention": "Naïve – £5"}]).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("text", ["-0.35", "+12.5%", "-1,200", "62.5", "-3"])
def test_a_number_that_begins_with_a_sign_stays_a_number(text: str) -> None:
    assert read(shown_csv([{"Change": text}]))[1] == [text]


@pytest.mark.parametrize("text", ["=1+1", "+1-1", "-1+1", "@SUM(A1)", "\tx", "\rx", "=6", "-", "+"])
def test_what_a_spreadsheet_would_run_has_an_apostrophe_in_front(text: str) -> None:
    assert read(shown_csv([{"=Header": text}])) == [["'=Header"], [f"'{text}"]]
    assert shown_tsv([{"Header": text}]).splitlines()[0] == "Header"
    assert list(csv.reader(io.StringIO(shown_tsv([{"H": text}]), newline=""), "excel-tab"))[1] == [
        f"'{text}"
    ]


def test_text_to_paste_has_a_tab_between_cells_and_quotes_what_holds_one() -> None:
    assert shown_tsv([{"A": "one\ttwo", "B": 1}, {"A": "three", "B": None}]) == (
        'A\tB\r\n"one\ttwo"\t1\r\nthree\t\r\n'
    )


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_any_text_comes_back_from_the_csv(texts: list[str]) -> None:
    said = [text.encode("utf-8", "replace").decode() for text in texts]
    clean = [text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd") for text in said]
    rows = read(shown_csv([{"x": text} for text in texts]))[1:]
    written = [plain_text(row[0]) if row else "" for row in rows]
    assert [text.replace("?", "\ufffd") for text in written] == [
        text.replace("?", "\ufffd") for text in clean
    ]


def test_json_says_what_the_table_is_and_keeps_text_as_it_is() -> None:
    found = json.loads(shown_json(ROWS, "The first two", "Round", AT))
    assert found == {
        "table": "The first two",
        "round": "Round",
        "made": "2026-11-22T15:30:00+00:00",
        "rows": ROWS,
    }


def test_a_shared_place_is_a_number_and_a_word_beside_it() -> None:
    rows = [
        {"Place": "1", "Ref": "=3", "Total": "90.0"},
        {"Place": "=2", "Ref": "B", "Total": "80.0"},
        {"Place": "not ranked", "Ref": "C", "Total": ""},
    ]
    taken = plain_places(rows, ("Place", "Total"))
    assert read(shown_csv(taken)) == [
        ["Place", "Place shared", "Ref", "Total"],
        ["1", "", "'=3", "90.0"],
        ["2", "yes", "B", "80.0"],
        ["not ranked", "", "C", ""],
    ]
    said = json.loads(shown_json(taken, "Places", "Round", AT))["rows"]
    assert [(row["Place"], row["Place shared"]) for row in said] == [
        (1, None),
        (2, "yes"),
        ("not ranked", None),
    ]


def test_a_table_in_which_no_place_is_shared_stays_as_it_is() -> None:
    rows = [{"Place": "1", "Ref": "A"}, {"Place": "2", "Ref": "B"}]
    assert plain_places(rows, ("Place",)) == rows
    assert plain_places([{"Ref": "=1"}], ()) == [{"Ref": "=1"}]
