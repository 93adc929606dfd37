"""The matrix puts each intention in one cell, by its scores alone."""

import numpy as np

from scoring.analysis.matrix import matrix
from scoring.framework import Framework, load_framework
from scoring.sheet import ScoreSheet


def test_impact_5_and_cost_1_stand_in_the_top_left_cell(lsc: Framework) -> None:
    rows = np.array([[3, 5, 1, 3, 3, 3, 3], [3, 2, 4, 3, 3, 3, 3], [3, np.nan, 4, 3, 3, 3, 3]])
    found = matrix(ScoreSheet(lsc, tuple("ABC"), tuple("abc"), rows), "cost", "impact")
    assert found.across_levels == ("1", "2", "3", "4", "5")
    assert found.cells[4][0] == ("A",)
    assert found.cells[1][3] == ("B",)
    assert found.left_out == ("C",)


def test_a_scale_of_a_hundred_levels_is_cut_into_four_bands() -> None:
    framework = load_framework("mhin-2023")
    rows = np.array([[0, 100, 0, 0, 0], [25, 24, 0, 0, 0]])
    found = matrix(
        ScoreSheet(framework, ("A", "B"), ("a", "b"), rows),
        "clinically_effective",
        "patients_involved",
    )
    assert found.across_levels == ("0 to 25", "25 to 50", "50 to 75", "75 to 100")
    assert found.cells[3][0] == ("A",)
    assert found.cells[0][1] == ("B",)


def test_everyone_is_in_one_cell_or_left_out(five: ScoreSheet) -> None:
    found = matrix(five, "cost", "impact")
    placed = [ref for row in found.cells for cell in row for ref in cell]
    assert sorted([*placed, *found.left_out]) == list("ABCDE")
