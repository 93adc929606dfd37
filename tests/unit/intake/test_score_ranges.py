"""Ranges of scores: both layouts, and what is named that cannot be used."""

from __future__ import annotations

import pytest

from scoring.intake.result import Source
from scoring.intake.score_ranges import ScoreRange, ScoreRanges, read_ranges
from scoring.problem import Unusable
from tests.layouts.build import FRAMEWORK, Rows, workbook

REFS = ("A-01", "A-02")


def read(rows: Rows) -> ScoreRanges:
    data = workbook({"Ranges": rows})
    return read_ranges(Source("ranges.xlsx", data), FRAMEWORK, REFS)


def test_a_row_a_range_with_the_criterion_by_name_or_id_either_way_round() -> None:
    read_ = read([["Ref", "Criterion", "Low", "High"], ["A-01", "Impact", 2, 4],
                  ["A-02", "resource_capacity", 5, 3], ["A-02", "Time", None, None]])  # fmt: skip
    assert read_.problems == ()
    assert read_.found == (
        ScoreRange("A-01", "impact", 2, 4),
        ScoreRange("A-02", "resource_capacity", 3, 5),
    )


def test_two_columns_a_criterion_may_stand_beside_the_scores() -> None:
    header = ["Ref", "Title", "Impact", "Impact low", "Impact high", "Cost min", "Cost max"]
    rows: Rows = [
        header,
        ["A-01", "One", 3, 2, 4, None, None],
        ["A-02", "Two", 3, None, None, 1, 2],
    ]
    assert read(rows).found == (
        ScoreRange("A-01", "impact", 2, 4),
        ScoreRange("A-02", "cost", 1, 2),
    )


def test_what_cannot_be_used_is_named_by_its_cell() -> None:
    read_ = read([["Ref", "Criterion", "Low", "High"], ["A-01", "Impact", 0, 4.5],
                  ["A-09", "Beauty", 1, 2], ["A-01", "Cost", 1, None], ["A-02", "Time", 1, 2],
                  ["A-02", "Time", 2, 3]])  # fmt: skip
    assert read_.found == (ScoreRange("A-02", "time", 1, 2),)
    said = [str(problem) for problem in read_.problems]
    assert said[0] == (
        'ranges.xlsx, Ranges!C2 (A-01, Impact low): found "0", expected a whole number from 1 to 5.'
    )
    assert 'found "4.5", expected a whole number from 1 to 5' in said[1]
    assert '(ref): found "A-09", expected the ref of an intention of this round' in said[2]
    assert '(criterion): found "Beauty", expected one of Strategic Alignment, Impact' in said[3]
    assert "(A-01, Cost high): found nothing" in said[4]
    assert "one range for each intention and criterion: the first is used" in said[5]
    assert len(said) == 6


def test_a_file_without_ranges_says_what_is_wanted() -> None:
    with pytest.raises(Unusable, match='such as "Impact low" and "Impact high"'):
        read([["Ref", "Title", "Impact"], ["A-01", "One", 3]])
