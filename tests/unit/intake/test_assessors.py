"""Assessors' own weights: what a sheet may look like, and what is named that cannot be used."""

from __future__ import annotations

import pytest

from scoring.intake.assessors import Assessors, read_assessors
from scoring.intake.result import Source
from scoring.problem import Unusable
from tests.layouts.build import FRAMEWORK, NAMES, Rows, workbook

EVEN = [1, 1, 1, 1, 1, 1, 1]


def read(*rows: list[object], sheets: dict[str, Rows] | None = None) -> Assessors:
    data = workbook(sheets or {"Panel": [["Assessor", *NAMES], *rows]})
    return read_assessors(Source("panel.xlsx", data), FRAMEWORK)


def test_one_row_an_assessor_comes_to_one_set_of_weights_each() -> None:
    read_ = read(["Ann", 25, 20, 15, 15, 10, 10, 5], ["Bob", 0, 1, 0, 0, 0, 0, 1])
    assert read_.problems == ()
    assert [one.name for one in read_.found] == ["Ann", "Bob"]
    assert read_.found[1].weights.percent["impact"] == 50
    assert read_.found[1].weights.percent["cost"] == 0


def test_the_header_may_stand_below_a_title_and_name_the_assessors_last() -> None:
    header = [*NAMES[::-1], "Name"]
    rows: Rows = [["Weights of the panel"], [], header, [*range(1, 8), "Ann"]]
    found = read(sheets={"Notes": [["Nothing here"]], "Panel": rows}).found
    assert found[0].name == "Ann"
    assert [float(w) for w in found[0].weights.values()] == [7, 6, 5, 4, 3, 2, 1]


def test_a_csv_with_percent_signs_is_read_and_a_nameless_one_gets_a_number() -> None:
    text = ",".join(["Assessor", *NAMES]) + "\n" + ",".join(["", *["14%"] * 7]) + "\n"
    (one,) = read_assessors(Source("panel.csv", text.encode()), FRAMEWORK).found
    assert one.name == "Assessor 1"
    assert one.weights.percent["time"] == pytest.approx(100 / 7)


def test_a_blank_a_word_and_a_minus_are_named_by_their_cells_and_the_others_are_used() -> None:
    read_ = read(["Ann", *EVEN], ["Bob", 1, None, "lots", 1, 1, 1, -1])
    assert [one.name for one in read_.found] == ["Ann"]
    assert [str(problem) for problem in read_.problems] == [
        "panel.xlsx, Panel!C3 (Bob, Impact): found nothing, expected a number from 0 to 1,000,000; "
        "0 where it should not count.",
        'panel.xlsx, Panel!D3 (Bob, Cost): found "lots", expected a number from 0 to 1,000,000; '
        "0 where it should not count.",
        'panel.xlsx, Panel!H3 (Bob, Time): found "-1", expected a number from 0 to 1,000,000; '
        "0 where it should not count.",
    ]


def test_an_assessor_given_twice_and_a_row_of_means_are_left_out_and_said() -> None:
    read_ = read(["Ann", *EVEN], ["ann", *EVEN], [], ["Mean", *EVEN])
    assert [one.name for one in read_.found] == ["Ann"]
    assert [problem.expected for problem in read_.problems] == [
        "each assessor once: the one at panel.xlsx, Panel!2 is used",
        "an assessor; a row of totals or means is left out",
    ]


def test_all_zero_weights_are_refused() -> None:
    with pytest.raises(Unusable, match="expected at least one weight above zero"):
        read(["Ann", *[0] * 7])


def test_a_criterion_without_a_column_is_named() -> None:
    with pytest.raises(Unusable, match='found "no column for Effort, Time"'):
        read(sheets={"Panel": [["Assessor", *NAMES[:5]], ["Ann", 1, 1, 1, 1, 1]]})


def test_a_file_without_any_such_table_says_what_is_wanted() -> None:
    with pytest.raises(Unusable, match="a column for each criterion: Strategic Alignment, Impact"):
        read_assessors(Source("notes.csv", b"Hello,world\n1,2\n"), FRAMEWORK)
