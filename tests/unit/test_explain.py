"""An explanation leads back to the cell."""

import numpy as np

from scoring.explain import explain
from scoring.framework import Framework
from scoring.ranking import prioritise
from scoring.sheet import Origins, ScoreSheet


def test_points_are_explained_by_the_cell_that_was_read(lsc: Framework) -> None:
    origins = Origins(
        (("team.xlsx", "Intentions"),),
        np.array([0]), np.array([2]), np.full((1, 7), 2), np.arange(2, 9).reshape(1, 7),
    )  # fmt: skip
    sheet = ScoreSheet(lsc, ("A",), ("a",), np.array([[4, 4, 3, 2, 3, 2, 4]]), {}, origins)
    explanation = explain(prioritise(sheet), "A")
    assert str(explanation.lines[0]) == (
        "Strategic Alignment: 18.75 points because team.xlsx, Intentions!B2 says 4 "
        "(value 0.75 x weight 25%)"
    )
    assert explanation.lines[0].anchor == "Directly delivers one priority"
    assert explanation.source == "team.xlsx, Intentions!2"


def test_a_place_and_a_total_are_said_in_a_sentence(five: ScoreSheet) -> None:
    ranking = prioritise(five)
    assert explain(ranking, "A").headline == "A is placed 2 of 4, with a total of 62.5 out of 100."
    assert (
        explain(ranking, "B").headline == "B shares place 3 of 4, with a total of 50.0 out of 100."
    )


def test_what_is_missing_and_what_it_could_come_to_are_said(five: ScoreSheet) -> None:
    explanation = explain(prioritise(five), "D")
    assert explanation.headline == (
        "D is not ranked: Cost not scored. Its total could be 63.8 to 78.8, its place 2 to 2."
    )
    assert "Cost: not scored (no cell)" in str(explanation)
