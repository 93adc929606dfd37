"""Weights listed apart from the intentions are held against the framework's, and never used unasked."""

from __future__ import annotations

from decimal import Decimal

from tests.layouts.build import HEADER, ROWS, SCORES, read_bytes, read_rows, scores_of, workbook

NAMES = HEADER[2:]
OURS = [25, 20, 15, 15, 10, 10, 5]
OTHERS = [10, 10, 10, 10, 20, 20, 20]
LIST = [["Criterion", "Weight (%)"], *([n, w] for n, w in zip(NAMES, OTHERS, strict=True))]


def said(intake) -> list[str]:
    return [str(problem) for problem in intake.problems if problem.kind == "weight"]


def test_a_sheet_of_other_weights_is_shown_beside_the_frameworks():
    intake = read_bytes(workbook({"Scores": [HEADER, *ROWS], "Weights": LIST}))
    assert scores_of(intake) == SCORES
    assert len(intake.problems) == len(said(intake)) == 1
    assert 'Weights!B1 (weights): found "Strategic Alignment 10%, Impact 10%' in said(intake)[0]
    assert "(Strategic Alignment 25%, Impact 20%" in said(intake)[0]
    assert list(intake.tables[0].weights_found.values()) == [Decimal(w) for w in OTHERS]


def test_a_sheet_of_the_frameworks_weights_is_no_problem_whatever_they_add_to():
    for unit, name in ((1, "Weight"), (0.01, "Weighting"), (0.2, "Agreed weights")):
        rows = [["Criterion", name], *([n, w * unit] for n, w in zip(NAMES, OURS, strict=True))]
        rows.append(["Total", 100 * unit])
        intake = read_bytes(workbook({"Scores": [HEADER, *ROWS], "Weights": rows}))
        assert intake.problems == ()
        assert intake.tables[0].weights_found == {}


def test_weights_above_a_table_or_beside_it_are_said_once_and_their_columns_not_asked_about():
    above = [["Criterion", *NAMES], ["Weight", *OTHERS], [], HEADER, *ROWS]
    listed = [[None, *line] for line in LIST]
    beside = [
        [*row, *more] for row, more in zip([HEADER, *ROWS, *[[None] * 9] * 4], listed, strict=True)
    ]
    for rows in (above, beside):
        intake = read_rows(rows)
        assert scores_of(intake) == SCORES
        assert len(said(intake)) == len(intake.problems) == 1
        assert "Strategic Alignment 10%" in said(intake)[0]


def test_two_lists_that_differ_are_both_said_and_neither_is_offered():
    last_year = [["Criterion", "Weight"], *([n, 30 if k else 40] for k, n in enumerate(NAMES[:3]))]
    sheets = {"Scores": [HEADER, *ROWS], "Weights": LIST, "2025": last_year}
    intake = read_bytes(workbook(sheets))
    assert len(said(intake)) == 2
    assert intake.tables[0].weights_found == {}


def test_a_weight_of_something_else_is_no_list_of_weights():
    equipment = [["Item", "Weight"], ["Bed", 90], ["Hoist", 40], ["Chair", 12], ["Impact", 3]]
    intake = read_bytes(workbook({"Scores": [HEADER, *ROWS], "Equipment": equipment}))
    assert intake.problems == ()
