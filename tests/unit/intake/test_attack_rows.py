"""Cells, rows and tables that look like something else: never a wrong score, never a lost row."""

import pytest

from scoring.intake import Source, read_intentions
from scoring.intake.scores import ScoreReader
from tests.layouts.build import (
    FRAMEWORK,
    HEADER,
    ROWS,
    SCORES,
    left_out,
    read_bytes,
    read_rows,
    scores_of,
    texts,
    workbook,
)

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


# Rows that are no intentions

THREES = [3, 3, 3, 3, 3, 3, 3]


def left_out_with(label: str, numbers: list[object], where: int = 4) -> dict[str, str]:
    """What is left out of the three intentions, read whole, with a row more; all as expected."""
    rows = [*ROWS]
    rows.insert(where, [None, label, *numbers])
    intake = read_rows([HEADER, *rows])
    assert list(intake.sheet.refs) == ["PLC-01", "PLC-02", "PLC-03"]
    assert (intake.count(), intake.count("scored")) == (3, 3)
    return left_out(intake)


@pytest.mark.parametrize(
    "label",
    ["Std dev", "TOTAL (6 schemes)", "Panel average", "Sub-total Mental Health", "Total", "n",
     "Average for LDA", "Mental Health total", "Standard deviation", "Total: Mental Health"],
)  # fmt: skip
@pytest.mark.parametrize("numbers", [THREES, [12, 12, 9, 8, 9, 7, 11], [4, 4, 3, 2.7, 3, 2.3, 3.7]])
def test_a_summary_row_with_its_label_in_the_title_column_is_not_ranked(label, numbers):
    assert "totals or averages, not an intention" in left_out_with(label, numbers).values()


@pytest.mark.parametrize("label", ["Weighting factor", "Multiplier", "Weight"])
def test_multipliers_under_the_header_are_weights_and_no_intention(label):
    assert "the weights of the criteria" in left_out_with(label, [3, 2, 2, 1, 1, 1, 1], 0).values()


def test_a_row_left_out_although_it_could_be_scored_is_also_a_problem():
    intake = read_rows([HEADER, *ROWS, [None, "Panel average", *THREES]])
    assert texts(intake) == [
        'team.xlsx, Intentions!5 (Ref): found "Panel average | 3 | 3 | 3", expected a ref of its own '
        "and a title, if it is an intention: it has scores, but was left out (totals or averages, "
        "not an intention)."
    ]
    assert texts(read_rows([HEADER, *ROWS, [None, "Total", 12, 12, 9, 8, 9, 7, 11]])) == []


@pytest.mark.parametrize("row", [["n", 3], ["n =", None, 3, 3, 3, 3, 3, 3, 3]])
def test_a_count_at_the_foot_is_no_intention(row):
    assert read_rows([HEADER, *ROWS, row]).count() == 3


def test_an_intention_whose_ref_is_the_letter_n_is_one():
    rows = [[letter, *row[1:]] for letter, row in zip("MNO", ROWS, strict=True)]
    assert_same_three(read_rows([HEADER, *rows]))


def assert_same_three(intake):
    assert scores_of(intake) == SCORES
    assert texts(intake) == []


GUIDANCE = ["1-5", "1-5", "5=cheap", "5=simple", "1-5", "1-5", "1-5"]


@pytest.mark.parametrize(
    "names", [[None, None], ["Unique ref", "Short name"], [None, "Scoring guidance"]]
)
def test_guidance_under_the_header_gives_no_scores(names):
    intake = read_rows([HEADER, [*names, *GUIDANCE], *ROWS])
    assert_same_three(intake)
    assert "units or guidance below the header" in left_out(intake).values()


@pytest.mark.parametrize("ref", ["e.g.", "E.g. MH-01", "eg.", "Example", "EXAMPLE 2"])
def test_a_row_with_the_ref_of_an_example_is_left_out(ref):
    intake = read_rows([HEADER, [ref, "Example: new clinic", *THREES], *ROWS])
    assert_same_three(intake)
    assert "the example row" in left_out(intake).values()


def test_an_example_that_only_its_title_tells_is_left_out_and_said():
    intake = read_rows([HEADER, [None, "e.g. new clinic", *THREES], *ROWS])
    assert scores_of(intake) == SCORES
    (problem,) = intake.problems
    assert (problem.where, problem.kind) == ("team.xlsx, Intentions!2", "ref")
    assert problem.expected.endswith("it has scores, but was left out (the example row)")


def test_refs_and_titles_that_only_begin_like_an_example_are_intentions():
    rows = [
        ["EG-01", "Elective gynaecology", *THREES],
        ["MH-09", "Example-based training", *THREES],
    ]
    assert read_rows([HEADER, *rows]).sheet.refs == ("EG-01", "MH-09")


@pytest.mark.parametrize(
    "lines",
    [[["Completed by: J Smith"], ["Date", "12/11/2025"]],
     [[], ["Completed by:", "J Smith"], ["Signed off by", None, "A Jones"]],
     [[None, "Approved by: the panel"], ["Name:", "J Smith"], ["Date of meeting", "1 May"]]],
)  # fmt: skip
def test_sign_off_lines_are_no_intentions(lines):
    intake = read_rows([HEADER, *ROWS, *lines])
    assert_same_three(intake)
    assert intake.count() == 3


@pytest.mark.parametrize(
    "title",
    ["Sum of all parts", "Count of falls", "Sum of parts: integrated hub", "Totals of need",
     "Total hip replacement", "Number of beds", "Date of discharge planning"],
)  # fmt: skip
def test_an_intention_without_a_ref_whose_title_begins_like_a_total_is_read(title):
    intake = read_rows([HEADER, *ROWS, [None, title, *THREES]])
    assert intake.sheet.titles[3] == title
    assert scores_of(intake)[3] == THREES
    assert texts(intake) == [
        'team.xlsx, Intentions!5 (Ref): found "no ref", expected a ref; Intentions-5 was made from '
        "its sheet and row."
    ]


def test_section_rows_in_the_title_column_name_the_function_of_the_rows_below():
    intake = read_rows(
        [HEADER, [None, "Mental Health"], ROWS[0], ROWS[1], [None, "Acute:"], ROWS[2]]
    )
    assert_same_three(intake)
    assert intake.count() == 3
    assert intake.sheet.fields["function"] == ("Mental Health", "Mental Health", "Acute")


def test_a_title_alone_between_intentions_is_taken_as_a_heading_and_said():
    intake = read_rows([HEADER, *ROWS[:2], [None, "Acute"], ROWS[2]])
    assert intake.sheet.fields["function"] == (None, None, "Acute")
    assert texts(intake) == [
        'team.xlsx, Intentions!4 (Title): found "Acute", expected a ref and scores, if these are '
        "intentions: they were taken as headings, which name the function of the rows below."
    ]


def test_a_title_alone_below_the_intentions_is_one_not_scored_yet():
    intake = read_rows([HEADER, [None, "Acute"], *ROWS, [None, "New idea"]])
    assert intake.sheet.titles[3] == "New idea"
    assert (intake.count(), intake.count("incomplete")) == (4, 1)


# Scores that are not known yet

TEN = [[f"A-{k}", f"Idea {k}", *THREES] for k in range(10)]


@pytest.mark.parametrize("words", ["TBC", "N/A", "n/k", "Pending"])
def test_scores_not_known_yet_leave_the_others_of_their_column_in_use(words):
    rows = [[*row[:4], words if k < 6 else 4, *row[5:]] for k, row in enumerate(TEN)]
    intake = read_rows([HEADER, *rows])
    assert [row[2] for row in scores_of(intake)] == [None] * 6 + [4] * 4
    assert texts(intake) == [
        f'team.xlsx, Intentions!E1 (Cost): found "{words} (first at E2); 6 of 10 cells", expected a '
        "whole number from 1 to 5, once it is known; these intentions have no score for Cost until "
        "then."
    ]


def test_a_few_scores_not_known_yet_are_said_cell_by_cell():
    rows = [[*row[:4], "TBC" if k < 2 else 4, *row[5:]] for k, row in enumerate(TEN)]
    intake = read_rows([HEADER, *rows])
    assert [problem.where[-2:] for problem in intake.problems] == ["E2", "E3"]
    assert scores_of(intake)[2] == [3, 3, 4, 3, 3, 3, 3]


def test_noughts_beside_scores_may_be_another_scale_so_the_column_is_not_used():
    rows = [[*row[:4], 0 if k < 6 else 4, *row[5:]] for k, row in enumerate(TEN)]
    intake = read_rows([HEADER, *rows])
    assert [row[2] for row in scores_of(intake)] == [None] * 10
    (problem,) = intake.problems
    assert "none of this column's scores is used" in problem.expected


def test_a_column_on_another_scale_is_asked_about_once_beside_scores_not_known():
    rows = [[*row[:4], "TBC" if k < 3 else 10 * k, *row[5:]] for k, row in enumerate(TEN)]
    intake = read_rows([HEADER, *rows])
    assert [row[2] for row in scores_of(intake)] == [None] * 10
    assert [problem.found for problem in intake.problems] == [
        "30, 40, 50 (first at E5); 7 of 10 cells",
        *["TBC"] * 3,
    ]


# Sheets and files

OTHER = [[row[0], title, *THREES] for row, title in
         zip(ROWS, ("Leg ulcer clinics", "Falls pick-up", "Virtual ward"), strict=True)]  # fmt: skip


def two_sheets(first, second):
    return workbook({"MH": [HEADER, *first], "Comm": [HEADER, *second]})


def numbered(rows):
    return [[k, *row[1:]] for k, row in enumerate(rows, 1)]


def test_two_sheets_that_number_their_own_intentions_alike_are_both_read_and_kept_apart():
    data = two_sheets(numbered(ROWS), numbered(OTHER))
    for sheets in ((), ("MH", "Comm")):
        intake = read_bytes(data, sheets=sheets)
        assert list(intake.sheet.refs) == [
            "1 (MH)", "2 (MH)", "3 (MH)", "1 (Comm)", "2 (Comm)", "3 (Comm)",
        ]  # fmt: skip
        assert scores_of(intake) == [*SCORES, THREES, THREES, THREES]
        assert [line.ref for line in intake.ledger] == list(intake.sheet.refs)
        assert intake.count("refused") == 0
        assert len(intake.problems) == 6
        assert texts(intake)[1] == (
            'team.xlsx, Comm!2 (Ref): found "1", expected a ref that no other sheet uses (MH, Comm); '
            "it is called 1 (Comm) here."
        )


def test_one_ref_on_two_sheets_is_kept_apart_where_the_titles_differ_and_refused_where_not():
    both = read_bytes(two_sheets(ROWS, [OTHER[0], ["Q-1", "Quite another", *THREES]]))
    assert list(both.sheet.refs) == ["PLC-01 (MH)", "PLC-02", "PLC-03", "PLC-01 (Comm)", "Q-1"]
    again = ["PLC-01", "Move spirometry to hubs (revised)", *THREES]
    more = [[f"Q-{k}", f"Quite another {k}", *THREES] for k in (1, 2)]
    twice = read_bytes(two_sheets(ROWS, [again, *more]))
    assert list(twice.sheet.refs) == ["PLC-01", "PLC-02", "PLC-03", "Q-1", "Q-2"]
    assert twice.count("refused") == 1


def test_problems_of_an_intention_whose_ref_is_kept_apart_name_its_new_ref():
    bad = [[*ROWS[0][:8], 9], *ROWS[1:]]
    intake = read_bytes(two_sheets(bad, [[*OTHER[0][:8], 8], *OTHER[1:]]))
    scores = {p.where: p.ref for p in intake.problems if p.kind == "score"}
    assert scores == {"team.xlsx, MH!I2": "PLC-01 (MH)", "team.xlsx, Comm!I2": "PLC-01 (Comm)"}


def test_two_sheets_with_the_same_refs_and_reworded_titles_are_still_asked_about():
    reworded = [[row[0], f"{row[1]} v2", *THREES] for row in ROWS]
    intake = read_bytes(two_sheets(ROWS, reworded))
    assert (intake.count(), intake.count("refused")) == (6, 6)


def test_a_file_given_twice_is_read_once_and_said():
    data = workbook({"Intentions": [HEADER, *ROWS]})
    for second in ("team.xlsx", "copy of team.xlsx"):
        intake = read_intentions([Source("team.xlsx", data), Source(second, data)], FRAMEWORK)
        assert list(intake.sheet.refs) == ["PLC-01", "PLC-02", "PLC-03"]
        assert [file.name for file in intake.files] == ["team.xlsx"]
        assert intake.count() == 3
        name = "team.xlsx (2)" if second == "team.xlsx" else second
        assert texts(intake) == [
            f'{name} (file): found "the same file as team.xlsx (equal SHA-256)", expected each file '
            "once; it was read once."
        ]


def test_scored_rows_of_another_table_below_are_left_out_and_said():
    below = [[], ["Code", "Name", *"ABCDEFG"], ["X1", "Old one", *THREES]]
    intake = read_rows([HEADER, *ROWS, *below])
    assert intake.count() == 3
    (problem,) = intake.problems
    assert problem.where == "team.xlsx, Intentions!7"
    assert "part of another table or key below this one" in problem.expected


def test_an_intention_below_a_gap_that_has_no_ref_is_read():
    intake = read_rows([HEADER, *ROWS, [], [None, "New falls service", *THREES]])
    assert (intake.sheet.titles[3], intake.count("scored")) == ("New falls service", 4)


def test_a_row_of_reasons_under_each_intention_is_no_intention():
    rows = []
    for row in ROWS:
        rows += [row, [None, "Rationale", "fits", "good", "cheap", "hard", "some", "lots", "soon"]]
    intake = read_rows([HEADER, *rows])
    assert scores_of(intake) == SCORES
    assert intake.problems == ()
    why = [left.why for table in intake.tables for left in table.left_out]
    assert why == ["the reasons for the scores above it"] * len(ROWS)


def test_a_row_for_each_assessor_ranks_by_the_first_and_says_so_once():
    head = ["Assessor", *HEADER]
    rows = [[who, *row[:2], *(1 if who == "Bo" else s for s in row[2:])]
            for who in ("Ann", "Bo") for row in ROWS]  # fmt: skip
    intake = read_rows([head, *rows])
    assert scores_of(intake) == SCORES
    assert intake.count("refused") == len(ROWS)
    assert (
        sum(text.startswith("team.xlsx, Intentions!A1 (Assessor)") for text in texts(intake)) == 1
    )
    assert "only the first row of each is used (Ann)" in "".join(texts(intake))
    assert texts(read_rows([head, *rows[:3]])) == []
