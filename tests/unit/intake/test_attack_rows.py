"""Cells, rows and tables that look like something else: never a wrong score, never a lost row."""

import pytest

from scoring.intake.scores import ScoreReader
from tests.layouts.build import FRAMEWORK, HEADER, ROWS, read_rows, scores_of, texts

EXPECTED = "a whole number from 1 to 5"


def read(cell: object, criterion: str) -> object:
    return ScoreReader(FRAMEWORK.criterion(criterion)).read(cell)


@pytest.mark.parametrize(
    ("criterion", "cell", "number"),
    [("time", "3 months", 3), ("time", "2 years", 2), ("time", "4 weeks", 4),
     ("time", "3-month pilot", 3), ("time", "2 (years)", 2), ("time", "3 - months", 3),
     ("complexity", "5 trusts", 5), ("complexity", "2 providers", 2),
     ("complexity", "4 ICBs and NHSE", 4), ("complexity", "5 - trusts", 5),
     ("cost", "1 million", 1), ("cost", "5 year plan", 5), ("cost", "4 not 3", 4),
     ("cost", "4 minor gaps", 4), ("cost", "4 out of 5 trusts", 4), ("effort", "4 days", 4)],
)  # fmt: skip
def test_a_number_run_on_into_words_is_asked_about_because_it_may_be_an_amount(
    criterion, cell, number
):
    assert read(cell, criterion) == f"{EXPECTED}; if {number} is the score, write it alone"


@pytest.mark.parametrize(
    "cell", ["²", "④", "4²", "⒋", "4e0", "1,000", "5,000", "4 (3)", "4 (out of 10)", "N"]
)
def test_what_only_resembles_a_score_is_none(cell):
    assert read(cell, "cost") == EXPECTED


@pytest.mark.parametrize(
    ("criterion", "cell"),
    [("cost", "4 - minor gaps"), ("cost", "4 – minor gaps"), ("cost", "4: text"), ("cost", "4.0"),
     ("cost", "4. minor gaps"), ("cost", "4 (was 3)"), ("cost", "4 = in budget"), ("cost", "4/5"),
     ("cost", "4 | agreed"), ("cost", "4\nagreed by the panel"), ("cost", "4,0"), ("cost", "4 - gap²"),
     ("resource_capacity", "4 Minor gaps"), ("resource_capacity", "4-minor gaps"),
     ("time", "4 (3 to 6 months)"), ("time", "4 3 to 6 months"), ("effort", "4 days a month"),
     ("complexity", "4 one organisation")],
)  # fmt: skip
def test_a_four_parted_from_its_note_or_before_its_own_anchor_is_a_four(criterion, cell):
    assert read(cell, criterion) == 4


def test_a_number_before_a_word_for_another_level_is_asked_about():
    said = f"{EXPECTED}; the number and the words here say different things"
    assert read("4 high", "impact") == said
    assert read("3 minor gaps", "resource_capacity") == said
    assert read("5 high", "impact") == 5


def test_a_duration_in_the_time_column_leaves_the_intention_unranked_and_said():
    intake = read_rows([HEADER, [*ROWS[0][:8], "3 months"], *ROWS[1:]])
    assert [row[6] for row in scores_of(intake)] == [None, 5, 2]
    assert texts(intake) == [
        'team.xlsx, Intentions!I2 (Time): found "3 months", expected a whole number from 1 to 5; '
        "if 3 is the score, write it alone."
    ]
