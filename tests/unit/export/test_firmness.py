"""How firm the ranking is, in the workbook: chances and limits as exported, and what they rest on."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from scoring.analysis.limits import top_limits
from scoring.analysis.simulate import simulate
from scoring.export.accessible_workbook import write_accessible_workbook
from scoring.export.firmness import assess, firmness_in_words, firmness_tables
from scoring.export.ranked_workbook import write_ranked_workbook
from scoring.export.scenarios import side_by_side
from scoring.framework import Framework
from scoring.intake import Source, read_intentions
from scoring.ranking import Ranking, prioritise
from scoring.sheet import ScoreSheet
from tests.unit.export.rounds import ABOUT, round_of_four, sheet_rows

SAMPLE = Path(__file__).parents[3] / "data" / "sample-round.xlsx"


@pytest.fixture(scope="module")
def ranking() -> Ranking:
    """A is better than B and C, which are alike; D has no Cost score."""
    return prioritise(round_of_four())


@pytest.fixture(scope="module")
def data(ranking: Ranking) -> bytes:
    return write_ranked_workbook(
        ranking, ABOUT, side_by_side(ranking, 2), firmness=assess(ranking, 2)
    )


def test_each_intention_has_its_chance_its_verdict_and_its_places(
    data: bytes, ranking: Ranking
) -> None:
    rows = sheet_rows(data, "How firm")
    assert [row["Ref"] for row in rows] == ["A", "B", "C", "D"]
    found = simulate(ranking, 2)
    for k, row in enumerate(rows):
        chance = row["Chance of being above the line (%)"]
        assert chance == pytest.approx(100 * found.above[k])
        assert row["Verdict"] == found.verdicts[k]
        assert row["Mean place"] == pytest.approx(found.expected_place[k], abs=1e-4)
        assert row["Best place in 9 draws of 10"] == found.low_place[k]
        assert row["Worst place in 9 draws of 10"] == found.high_place[k]
    assert [row["Side of the line"] for row in rows] == ["above", "above", "above", "not ranked"]
    assert [row["Rank as exported"] for row in rows] == [1, 2, 2, ""]
    # B and C have the same scores, so they have the same chance of the places there are.
    by_ref = {row["Ref"]: row["Chance of being above the line (%)"] for row in rows}
    assert by_ref["B"] == by_ref["C"]
    assert sum(map(float, map(str, by_ref.values()))) == pytest.approx(200)


def test_each_weight_has_its_limits_and_the_sentence(lsc: Framework) -> None:
    intake = read_intentions([Source(SAMPLE.name, SAMPLE.read_bytes())], lsc)
    ranking = prioritise(intake.sheet)
    limits = top_limits(ranking, 30)
    book = write_ranked_workbook(ranking, ABOUT, firmness=assess(ranking, 30))
    rows = sheet_rows(book, "Weight limits")
    assert [row["Criterion"] for row in rows] == [c.name for c in lsc.criteria]
    for row, limit in zip(rows, limits.by_criterion, strict=True):
        assert row["Share as exported (%)"] == pytest.approx(float(limit.today))
        assert row["Lowest (%)"] == pytest.approx(float(limit.low))
        assert row["Highest (%)"] == pytest.approx(float(limit.high))
        assert row["In words"] == limits.sentence(limit)
        assert float(str(row["Lowest (%)"])) <= float(str(row["Highest (%)"]))


def test_about_says_draws_seed_and_that_nothing_recalculates(data: bytes) -> None:
    says = {str(row["What"]): str(row["Says"]) for row in sheet_rows(data, "About")}
    assert says["How firm"].startswith("For a line after 2: ")
    drawn = says["How the chances were drawn"]
    assert drawn.startswith("Weights around today's, somewhat unsure of them; scores as given.")
    assert "From 10,000 draws, seed 20260401" in drawn
    assert "1 intention with a missing score is drawn over the whole scale there." in drawn
    assert drawn.endswith("As exported; it does not recalculate.")
    assert "nothing is sampled" in says["How far a weight may go"]


def test_must_dos_are_not_listed_and_take_their_places(ranking: Ranking) -> None:
    must_do = np.array([True, False, False, False])
    found = assess(ranking, 2, must_do)
    chances, _ = firmness_tables(ranking, found)
    assert [row[0] for row in chances.rows] == ["B", "C", "D"]
    assert sum(float(row[4] or 0) for row in chances.rows) == pytest.approx(100)
    extra, _ = firmness_tables(ranking, assess(ranking, 2, must_do, counted=False))
    assert sum(float(row[4] or 0) for row in extra.rows) == pytest.approx(200)


def test_what_cannot_be_given_is_said() -> None:
    ranking = prioritise(round_of_four(), missing="renormalise")
    found = assess(ranking, 2)
    assert found.limits is None
    assert [table.name for table in firmness_tables(ranking, found)] == ["How firm"]
    assert "No limits can be given. missing scores: found" in firmness_in_words(found)[-1][1]


def test_a_line_below_one_is_a_mistake_of_ours(ranking: Ranking) -> None:
    with pytest.raises(ValueError, match="place 1 or later"):
        assess(ranking, 0)


def test_with_very_many_intentions_only_the_line_is_counted(lsc: Framework) -> None:
    count = 2_001
    scores = np.random.default_rng(7).integers(1, 6, (count, 7)).astype(float)
    refs = tuple(f"R-{k}" for k in range(count))
    ranking = prioritise(ScoreSheet(lsc, refs, refs, scores))
    table = firmness_tables(ranking, assess(ranking, 30))[0]
    assert [column.id for column in table.columns][-1] == "verdict"
    assert table.note.endswith("With more than 2,000 intentions only the line is counted.")


def test_the_accessible_workbook_has_both_sheets_with_their_notes(ranking: Ranking) -> None:
    data = write_accessible_workbook(ranking, ABOUT, firmness=assess(ranking, 2))
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert [row[0].value for row in book["Contents"].iter_rows(min_row=5)] == book.sheetnames[1:]
    assert "seed 20260401" in book["How firm"]["A3"].value
    assert "An empty rank means that a score is missing." in book["How firm"]["A3"].value
    assert book["Weight limits"]["A3"].value.endswith("recalculate. No cell is empty.")


def test_without_a_line_there_is_no_such_sheet(ranking: Ranking) -> None:
    names = openpyxl.load_workbook(io.BytesIO(write_ranked_workbook(ranking, ABOUT))).sheetnames
    assert not {"How firm", "Weight limits"} & set(names)


def test_the_same_round_and_line_give_the_same_bytes(data: bytes, ranking: Ranking) -> None:
    again = write_ranked_workbook(
        ranking, ABOUT, side_by_side(ranking, 2), firmness=assess(ranking, 2)
    )
    assert again == data


def test_every_sheet_is_one_marked_up_table(data: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert {"How firm", "Weight limits"} <= set(book.sheetnames)
    assert all(len(sheet.tables) == 1 for sheet in book.worksheets)
