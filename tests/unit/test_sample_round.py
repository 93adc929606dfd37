"""The sample round is what its script makes, and has something to show on every page."""

import io
import re

import openpyxl

from data import make_sample_round
from scoring.framework import Framework
from scoring.intake import read_intentions
from scoring.intake.result import Source
from scoring.ranking import prioritise


def cells(data: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_the_committed_workbook_is_what_the_script_makes() -> None:
    assert cells(make_sample_round.WORKBOOK.read_bytes()) == cells(make_sample_round.make())


def test_it_holds_84_real_titles_and_ten_invented_ones_and_says_they_are_illustrative() -> None:
    rows = make_sample_round.rows()
    invented = [row for row in rows if str(row[0]).startswith("INV-")]
    assert (len(rows), len(invented)) == (94, 10)
    assert "illustrative" in str(cells(make_sample_round.make())["Intentions"][1][0])


def test_it_reads_without_a_question_and_every_row_is_accounted_for(lsc: Framework) -> None:
    name, data = make_sample_round.WORKBOOK.name, make_sample_round.WORKBOOK.read_bytes()
    intake = read_intentions([Source(name, data)], lsc)
    assert [str(problem) for problem in intake.problems] == []
    assert (intake.count(), intake.count("scored"), intake.count("incomplete")) == (94, 88, 6)


def test_every_segment_has_someone_in_it_and_some_questions_are_open(lsc: Framework) -> None:
    name, data = make_sample_round.WORKBOOK.name, make_sample_round.WORKBOOK.read_bytes()
    ranking = prioritise(read_intentions([Source(name, data)], lsc).sheet)
    assert all(count > 0 for count in ranking.segments.counts().values())
    assert any(assignment.flag for assignment in ranking.segments.assignments)
    assert ranking.places.tied.any()


def test_its_titles_name_no_web_address() -> None:
    assert not any(re.search(r"https?:", str(row)) for row in make_sample_round.rows())
