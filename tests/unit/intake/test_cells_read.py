"""One cell: a score, an answer, an amount, or a problem; never a guess."""

import pytest

from scoring.intake.scores import ScoreReader
from scoring.intake.values import Unreadable, answer_reader, read_money, read_number
from tests.layouts.build import FRAMEWORK, HEADER, NAMES, ROWS, read_rows, scores_of, texts

EXPECTED = "a whole number from 1 to 5"


def read(cell: object, criterion: str = "cost") -> object:
    return ScoreReader(FRAMEWORK.criterion(criterion)).read(cell)


@pytest.mark.parametrize(
    ("cell", "score"),
    [(4, 4), (4.0, 4), ("4", 4), ("4.0", 4), (" 4 ", 4), ("\u00a04\u00a0", 4), ("4 - minor gaps", 4),
     ("4: minor gaps", 4), ("4 (agreed 3 March)", 4), ("4 – Within existing budget", 4), ("4/5", 4),
     ("4 out of 5", 4), ("Score 4", 4), ("４", 4), (3.0000000000004, 3), ("5 = releases cash", 5)],
)  # fmt: skip
def test_a_score_written_in_many_ways(cell, score):
    assert read(cell) == score


@pytest.mark.parametrize("cell", ["", " ", "-", "–", "Not scored", "\u00a0", "\n"])
def test_a_blank_is_missing(cell):
    assert read(cell) is None


@pytest.mark.parametrize(
    "cell",
    [0, 6, 9, 4.5, -1, "9", "4.5", "TBC", "n/a", "?", "4?", "3-4", "3 or 4", "4 - 5", "4/10", "four",
     "80%", "4a", "TRUE", "2026-04-01", "H/M", "=4", "1e0x", float("inf"), "4 to 5", "x"],
)  # fmt: skip
def test_anything_else_is_said_and_not_guessed(cell):
    assert read(cell) == EXPECTED


@pytest.mark.parametrize(
    ("criterion", "word", "score"),
    [("impact", "High", 5), ("cost", "High", 1), ("cost", "low", 5), ("impact", "L", 1),
     ("cost", "h", 1), ("complexity", "M", 3), ("impact", "VH", 5), ("time", "Short", 5),
     ("effort", "Moderate", 3), ("strategic_alignment", "strong", 4),
     ("cost", "Releases cash this year", 5), ("time", "3 to 6 months", 4),
     ("time", "4 - 3 to 6 months", 4), ("impact", "High - 5", 5), ("impact", "High (5)", 5),
     ("resource_capacity", "4 minor gaps", 4)],
)  # fmt: skip
def test_words_and_anchors_by_criterion(criterion, word, score):
    assert read(word, criterion) == score


def test_a_letter_that_stands_for_two_levels_is_not_guessed():
    assert read("L", "time") == (f'{EXPECTED}; "L" could be long (1) or low (5): write the number')


def test_a_number_that_its_own_words_contradict_is_asked_about():
    assert (
        read("5 - high", "cost")
        == f"{EXPECTED}; the number and the words here say different things"
    )
    assert read("5 - high", "impact") == 5
    assert read("4 - Releases cash this year") != 4
    assert read("High - 4", "cost") == EXPECTED


def test_true_in_a_score_column_is_not_one():
    rows = [HEADER, [*ROWS[0][:4], True, *ROWS[0][5:]], *ROWS[1:]]
    intake = read_rows(rows)
    assert texts(intake) == [f'team.xlsx, Intentions!E2 (Cost): found "TRUE", expected {EXPECTED}.']


@pytest.mark.parametrize(
    ("cell", "pounds"),
    [("£1.2m", 1_200_000), ("£250k", 250_000), ("1,200,000", 1_200_000), ("(300)", -300),
     ("-£300", -300), (5000, 5000), ("£ 4.5 million", 4_500_000), ("TBC", None), ("", None),
     ("nil", 0), ("n/k", None), ("£1.2M pa", 1_200_000)],
)  # fmt: skip
def test_money(cell, pounds):
    assert read_money(cell) == pounds


@pytest.mark.parametrize(
    "cell", ["about a million", "£1m-£2m", "1,20", "£", "12 34", "(-3)", "1m2"]
)
def test_money_that_cannot_be_read_is_said(cell):
    assert isinstance(read_money(cell), Unreadable)


def test_the_headers_unit_holds_for_bare_numbers_only():
    assert read_money(250, "£k") == 250_000
    assert read_money("1.5", "£m") == 1_500_000
    assert read_money("£250", "£k") == 250_000
    assert read_money("£2m", "£k") == 2_000_000


@pytest.mark.parametrize(
    ("cell", "answer"),
    [("Y", "yes"), ("yes ", "yes"), ("TRUE", "yes"), ("N", "no"), ("No", "no"), ("TBC", None),
     ("?", None), ("n/k", None), ("", None)],
)  # fmt: skip
def test_yes_and_no(cell, answer):
    question = next(q for q in FRAMEWORK.questions if q.id == "business_as_usual")
    assert answer_reader(question)(cell) == answer


@pytest.mark.parametrize(
    ("cell", "answer"),
    [("provider", "provider"), ("Providers", "provider"), ("icb", "ICB"), ("the ICB", "ICB"),
     ("Both", "both"), ("tbc", None)],
)  # fmt: skip
def test_where_the_main_impact_falls(cell, answer):
    question = next(q for q in FRAMEWORK.questions if q.id == "main_impact")
    assert answer_reader(question)(cell) == answer


def test_an_answer_that_is_none_of_those_offered_is_said_and_left_open():
    intake = read_rows([[*HEADER, "BAU?"], [*ROWS[0], "perhaps"], [*ROWS[1], "n"]])
    assert intake.sheet.fields["business_as_usual"] == (None, "no")
    (problem,) = intake.problems
    assert (problem.where, problem.found, problem.kind) == (
        "team.xlsx, Intentions!J2", "perhaps", "answer",
    )  # fmt: skip


def test_money_in_thousands_by_its_header():
    intake = read_rows([[*HEADER, "Recurrent cost (£000s)"], [*ROWS[0], 250], [*ROWS[1], "lots"]])
    assert intake.sheet.fields["investment_recurrent"] == (250_000.0, None)
    assert [problem.kind for problem in intake.problems] == ["money"]


def test_staff_needed():
    assert read_number("2.5 WTE") == 2.5
    assert read_number(3) == 3.0
    assert isinstance(read_number("some"), Unreadable)


def test_words_in_a_whole_table():
    words = ["High", "M", "low", "L", "VH", "Medium", "short"]
    intake = read_rows([HEADER, ["A-1", "One", *words]])
    assert scores_of(intake) == [[5, 3, 5, 5, 5, 3, 5]]
    assert len(NAMES) == 7
