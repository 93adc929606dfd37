"""Scenarios side by side: places, moves, who is in and out at each scenario's own line."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import openpyxl
import pytest

from scoring.export import write_ranked_workbook
from scoring.export.accessible_workbook import write_accessible_workbook
from scoring.export.scenarios import SideBySide, compared_table, scenarios_table, side_by_side
from scoring.framework import Weights
from scoring.intake import Source, read_intentions
from scoring.ranking import Ranking, prioritise
from scoring.scenario import Scenario
from tests import small_rounds
from tests.unit.export.rounds import ABOUT, sheet_rows

ALPHA_FIRST = Weights.of({"alpha": 75, "beta": 25})
JO = Scenario(
    "Alpha first", ALPHA_FIRST, 2, "Alpha matters", "Jo", datetime(2026, 11, 12, 14, 2, tzinfo=UTC)
)


@pytest.fixture
def ranking() -> Ranking:
    """50/50: A, B and C tie on 50, D has 37.5; E lacks a score."""
    return small_rounds.ranking([50, 50], [(4, 0), (0, 4), (2, 2), (3, 0), (4, float("nan"))])


def column(side: SideBySide, ranking: Ranking, header: str) -> list[object]:
    table = compared_table(ranking, side)
    k = [c.header for c in table.columns].index(header)
    return [row[k] for row in table.rows]


def test_places_totals_and_moves_stand_side_by_side(ranking: Ranking) -> None:
    # Alpha first: A 75, D 56.25, C 50, B 25.
    side = side_by_side(ranking, 2, [JO])
    assert column(side, ranking, "Ref") == ["A", "B", "C", "D", "E"]
    assert column(side, ranking, "Rank: Published weights") == [1, 1, 1, 4, None]
    assert column(side, ranking, "Rank: Alpha first") == [1, 4, 3, 2, None]
    assert column(side, ranking, "Places up: Alpha first") == [0, -3, -2, 2, None]
    assert column(side, ranking, "Total: Alpha first") == [75, 25, 50, 56.25, None]
    assert column(side, ranking, "Places up: Current weights") == [0, 0, 0, 0, None]


def test_in_and_out_are_of_each_scenarios_own_line(ranking: Ranking) -> None:
    side = side_by_side(ranking, 3, [JO, replace(JO, name="None cut", line=0)])
    assert column(side, ranking, "Line: Published weights") == ["in"] * 3 + ["out", "not ranked"]
    assert column(side, ranking, "Line: Alpha first") == ["in", "out", "out", "in", "not ranked"]
    assert column(side, ranking, "Line: None cut") == [None] * 5


def test_a_line_inside_a_tie_says_so_and_must_dos_take_their_places(ranking: Ranking) -> None:
    must = [True, False, False, False, False]
    side = side_by_side(ranking, 2, [JO], must)
    tied = "tied at the line"
    assert column(side, ranking, "Line: Published weights") == [
        "must-do", tied, tied, "out", "not ranked",
    ]  # fmt: skip
    assert column(side, ranking, "Line: Alpha first") == [
        "must-do", "out", "out", "in", "not ranked",
    ]  # fmt: skip
    extra = side_by_side(ranking, 2, [JO], must, counted=False)
    assert column(extra, ranking, "Line: Published weights")[1:3] == ["in", "in"]


def test_each_scenario_has_its_weights_line_and_who_set_it(ranking: Ranking) -> None:
    table = scenarios_table(side_by_side(ranking, 2, [JO]))
    assert [c.header for c in table.columns[1:]] == [
        "Published weights", "Current weights", "Alpha first",
    ]  # fmt: skip
    said = {row[0]: row[1:] for row in table.rows}
    assert said["Weight of Alpha (%)"] == (50, 50, 75)
    assert said["Funding line after place"] == (2, 2, 2)
    # B and C fall, D rises; A and D come in, since three tied across the published line.
    assert said["Intentions that move"] == (None, 0, 3)
    assert said["Intentions that come in"] == (None, 0, 2)
    assert said["Intentions that go out"] == (None, 0, 0)
    assert said["Why"][2] == "Alpha matters"
    assert said["Set by"] == (None, None, "Jo")
    assert said["Set at"] == (None, None, "12 November 2026, 14:02")


def test_without_a_line_nobody_is_in_or_out(ranking: Ranking) -> None:
    side = side_by_side(ranking, 0)
    headers = [c.header for c in compared_table(ranking, side).columns]
    assert not any(header.startswith("Line") for header in headers)
    rows = [row[0] for row in scenarios_table(side).rows]
    assert rows == [
        "Weight of Alpha (%)", "Weight of Beta (%)", "Intentions that move", "Why",
    ]  # fmt: skip


def test_scenarios_of_one_name_are_told_apart(ranking: Ranking) -> None:
    side = side_by_side(ranking, 2, [JO, replace(JO, name="ALPHA FIRST")])
    assert side.names[2:] == ("Alpha first", "ALPHA FIRST (2)")
    headers = [c.header.casefold() for c in compared_table(ranking, side).columns]
    assert len(headers) == len(set(headers))


def test_only_the_current_weights_columns_are_formulas(ranking: Ranking) -> None:
    data = write_ranked_workbook(ranking, ABOUT, side_by_side(ranking, 2, [JO]))
    page = openpyxl.load_workbook(io.BytesIO(data))["Scenarios compared"]
    live = {
        str(cells[0].value)
        for cells in page.iter_cols()
        if str(cells[1].value).startswith("=")
    }  # fmt: skip
    assert live == {
        "Rank: Current weights", "Places up: Current weights", "Line: Current weights",
        "Total: Current weights", "Row in Ranked list",
    }  # fmt: skip
    rows = sheet_rows(data, "Scenarios compared")
    assert [row["Rank: Alpha first"] for row in rows] == [1, 4, 3, 2, ""]


def test_a_saved_scenario_is_never_read_as_an_intention() -> None:
    # Weights that could pass for scores on a scale to 100.
    ranking = small_rounds.ranking([60, 40], [(80, 20), (10, 90), (55, 45)], best=100)
    side = side_by_side(ranking, 2, [replace(JO, weights=Weights.of({"alpha": 1, "beta": 3}))])
    for name, data in (
        ("ranked.xlsx", write_ranked_workbook(ranking, ABOUT, side)),
        ("accessible.xlsx", write_accessible_workbook(ranking, ABOUT, side)),
    ):
        back = read_intentions([Source(name, data)], ranking.sheet.framework)
        assert (back.problems, sorted(back.sheet.refs)) == ((), ["A", "B", "C"])


def test_the_published_ranking_is_not_worked_out_twice(ranking: Ranking) -> None:
    side = side_by_side(ranking, 2)
    assert side.scenarios[0].ranking is ranking
    other = prioritise(ranking.sheet, ALPHA_FIRST)
    assert side_by_side(other, 2).scenarios[0].ranking is not other
