"""The ranked .csv: columns, order, byte order mark, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io

import pytest

from scoring.export import write_ranked_csv
from scoring.ranking import prioritise
from scoring.sheet import ScoreSheet
from tests.unit.export.rounds import ABOUT, round_of_four


def rows_of(sheet: ScoreSheet) -> list[dict[str, str]]:
    text = write_ranked_csv(prioritise(sheet), ABOUT).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_rows_come_in_rank_order_and_an_incomplete_one_last_without_rank() -> None:
    rows = rows_of(round_of_four())
    assert [(row["Rank"], row["Ref"], row["Total"]) for row in rows] == [
        ("1", "A", "62.5"), ("2", "B", "50"), ("2", "C", "50"), ("", "D", ""),
    ]  # fmt: skip


def test_scores_points_segment_rule_and_source_stand_in_their_columns() -> None:
    first, *_, last = rows_of(round_of_four(saving=(2500.0, None, None, None)))
    assert (first["Impact"], first["Impact points"], first["Saving (£)"]) == ("4", "15", "2500")
    assert first["Segment"] == "Segment 2: efficiency or improvement, ICB"
    assert first["Segment rule"].startswith("Rule 4: An efficiency or service improvement")
    assert first["Source"] == "team.xlsx, Round!2"
    assert (last["Cost"], last["Cost points"], last["Segment"]) == ("", "", "Unassigned")


def test_every_row_says_what_it_was_ranked_by() -> None:
    assert {row["Ranked by"] for row in rows_of(round_of_four())} == {
        "lsc-2025-26; Strategic Alignment 25.0%, Impact 20.0%, Cost 15.0%, Complexity 15.0%, "
        "Resource Capacity 10.0%, Effort 10.0%, Time 5.0%; missing scores: unranked; "
        "made 2026-11-22T15:30:00; All scores are illustrative"
    }


def test_the_bytes_begin_with_the_mark_that_excel_wants() -> None:
    data = write_ranked_csv(prioritise(round_of_four()), ABOUT)
    assert data.startswith(b"\xef\xbb\xbfRank,Ref,Title,")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_text_that_would_run_gets_an_apostrophe(text: str) -> None:
    first, *_ = rows_of(round_of_four(notes=(text, None, None, None)))
    assert first["Notes"] == "'" + text
