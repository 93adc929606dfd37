"""What cannot be decided is asked, with what would settle it; nothing is guessed meanwhile."""

import pytest

from scoring.intake import Correction, ReadingOptions, Source, read_intentions
from scoring.problem import Unusable
from tests.layouts.build import (
    FRAMEWORK,
    HEADER,
    NAMES,
    ROWS,
    SCORES,
    assert_reads_the_three,
    read_bytes,
    read_rows,
    scores_of,
    texts,
    workbook,
)


def with_header(**changes: str) -> list[str]:
    return [changes.get(name.lower().replace(" ", "_"), name) for name in HEADER]


def test_two_columns_that_fit_one_criterion():
    rows = [[*HEADER, "Affordability"], *[[*row, 2] for row in ROWS]]
    intake = read_rows(rows)
    assert [row[2] for row in scores_of(intake)] == [None, None, None]
    (problem,) = intake.problems
    assert problem.kind == "column"
    assert '--map "Cost=cost"' in problem.expected
    assert '--map "Affordability=cost"' in problem.expected
    settled = read_rows(rows, columns={"affordability": "cost"})
    assert [row[2] for row in scores_of(settled)] == [2, 2, 2]
    assert texts(settled) == []


def test_of_a_column_of_words_and_one_of_scores_the_scores_are_read():
    header = [*HEADER[:3], "Impact", "Impact score", *HEADER[4:]]
    rows = [[*r[:3], "helps many patients", *r[3:]] for r in ROWS]
    assert_reads_the_three(read_rows([header, *rows]))


def test_two_assessors_side_by_side_are_asked_about():
    top = ["", "", "Assessor A", *[None] * 6, "Assessor B", *[None] * 6]
    rows = [top, [*HEADER, *NAMES], *[[*row, *row[2:]] for row in ROWS]]
    intake = read_rows(rows, ["C1:I1", "J1:P1"])
    assert all(value is None for row in scores_of(intake) for value in row)
    assert len(intake.problems) == 7
    assert '--map "Assessor A Cost=cost"' in texts(intake)[2]


def test_a_criterion_with_no_column_is_said_once():
    rows = [row[:-1] for row in [HEADER, *ROWS]]
    intake = read_rows(rows)
    assert intake.count("incomplete") == 3
    (problem,) = intake.problems
    assert problem.label == "Time"
    assert '--map "its header=time"' in problem.expected
    assert intake.ledger[0].why == "no score for Time"


def test_a_header_that_fits_nothing_but_holds_scores():
    rows = [with_header(cost="Value for money"), *ROWS]
    intake = read_rows(rows)
    unknown, missing = intake.problems
    assert unknown.where == "team.xlsx, Intentions!E1"
    assert "could be scores" in unknown.expected
    assert '--map "Value for money=ignore"' in unknown.expected
    assert missing.label == "Cost"
    assert_reads_the_three(read_rows(rows, columns={"Value for  Money": "cost"}))


def test_a_header_that_fits_two_fields():
    intake = read_rows([with_header(time="Time / effort"), *ROWS])
    (problem,) = [p for p in intake.problems if p.where.endswith("!I1")]
    assert '--map "Time / effort=time"' in problem.expected
    assert '--map "Time / effort=effort"' in problem.expected
    assert [row[6] for row in scores_of(intake)] == [None, None, None]


@pytest.mark.parametrize("header", ["Cost (£)", "Cost £k"])
def test_a_cost_in_pounds_is_not_a_score_of_cost(header):
    rows = [with_header(cost=header), *[[*r[:4], 250_000 * r[4], *r[5:]] for r in ROWS]]
    intake = read_rows(rows)
    assert [row[2] for row in scores_of(intake)] == [None, None, None]
    assert any("it holds numbers from 250000 to 1250000" in text for text in texts(intake))


def test_main_impact_is_a_question_and_impact_a_criterion():
    rows = [[*HEADER, "Main impact", "Recurrent cost (£)"], *[[*r, "ICB", 1000] for r in ROWS]]
    intake = read_rows(rows)
    assert_reads_the_three(intake)
    assert intake.sheet.fields["main_impact"] == ("ICB", "ICB", "ICB")
    assert intake.sheet.fields["investment_recurrent"] == (1000.0, 1000.0, 1000.0)


def test_two_sheets_with_the_same_intentions_are_asked_about_and_neither_is_read():
    other = [[*row[:2], 1, 1, 1, 1, 1, 1, 1] for row in ROWS]
    data = workbook({"Panel": [HEADER, *ROWS], "Chair": [HEADER, *other]})
    intake = read_bytes(data)
    assert (intake.count(), intake.count("refused"), len(intake.sheet)) == (6, 6, 0)
    (problem,) = intake.problems
    assert problem.kind == "table"
    assert '--sheet "Panel" or --sheet "Chair"' in problem.expected
    assert_reads_the_three(read_bytes(data, sheets=("panel",)))


def test_a_cost_score_that_rises_with_its_pounds_is_asked_about_and_used():
    header = [*HEADER, "Recurrent investment (£)"]
    rows = [[f"A-{i}", f"Idea {i}", 3, 3, 1 + i // 2, 3, 3, 3, 3, 10_000 * i] for i in range(10)]
    intake = read_rows([header, *rows])
    (problem,) = intake.problems
    assert problem.kind == "direction"
    assert problem.where == "team.xlsx, Intentions!E1"
    assert "5 is best, 1 is worst" in problem.expected
    assert [row[2] for row in scores_of(intake)] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_a_cost_score_that_falls_with_its_pounds_is_right():
    header = [*HEADER, "Recurrent investment (£)"]
    rows = [[f"A-{i}", f"Idea {i}", 3, 3, 5 - i // 2, 3, 3, 3, 3, 10_000 * i] for i in range(10)]
    assert texts(read_rows([header, *rows])) == []


def test_a_header_that_says_five_is_high_cost_is_asked_about_and_not_used():
    header = "Cost\n1 low | 5 high"
    rows = [with_header(cost=header, impact="Impact\n1 low | 5 high"), *ROWS]
    intake = read_rows(rows)
    (problem,) = intake.problems
    assert (problem.kind, problem.label) == ("direction", "Cost")
    assert '--map "Cost 1 low | 5 high=cost"' in problem.expected
    assert "6 less each score" in problem.expected
    assert [row[2] for row in scores_of(intake)] == [None, None, None]
    assert [row[1] for row in scores_of(intake)] == [row[1] for row in SCORES]
    assert_reads_the_three(read_rows(rows, columns={header: "cost"}))


def test_a_column_on_another_scale_is_said_once_and_none_of_it_is_used():
    rows = [[f"A-{i}", f"Idea {i}", 3, 3, i % 11, 3, 3, 3, 3] for i in range(700)]
    intake = read_rows([HEADER, *rows])
    (problem,) = intake.problems
    assert problem.where == "team.xlsx, Intentions!E1"
    assert "of 700 cells" in problem.found
    assert intake.count("incomplete") == 700


def test_a_few_mistyped_scores_are_said_one_by_one():
    rows = [[f"A-{i}", f"Idea {i}", 3, 3, 9 if i in (4, 8) else 3, 3, 3, 3, 3] for i in range(20)]
    intake = read_rows([HEADER, *rows])
    assert texts(intake) == [
        'team.xlsx, Intentions!E6 (Cost): found "9", expected a whole number from 1 to 5.',
        'team.xlsx, Intentions!E10 (Cost): found "9", expected a whole number from 1 to 5.',
    ]
    assert (intake.problems[0].ref, intake.problems[0].title) == ("A-4", "Idea 4")


def test_no_criterion_columns_at_all_is_unusable_where_scores_are_needed():
    rows = [["Ref", "Title", "Lead"], ["A-1", "One", "Jo"]]
    with pytest.raises(Unusable, match="no criterion columns among: Ref, Title, Lead"):
        read_rows(rows)
    intake = read_rows(rows, need_scores=False)
    assert intake.sheet.refs == ("A-1",)


def test_an_unknown_field_in_map_is_unusable_and_names_close_ones():
    with pytest.raises(Unusable, match=r'found "costs".*cost'):
        read_rows([HEADER, *ROWS], columns={"Cost": "costs"})


def test_an_unknown_header_in_map_is_unusable_and_names_close_ones():
    with pytest.raises(Unusable, match=r'--map \(header\): found "Csot".*close to it: Cost'):
        read_rows([HEADER, *ROWS], columns={"Csot": "cost"})


def test_an_unknown_sheet_is_unusable_and_names_those_there_are():
    with pytest.raises(Unusable, match=r'found "Scores", expected one of its sheets: Intentions'):
        read_rows([HEADER, *ROWS], sheets=("Scores",))


def test_a_column_that_a_person_ignores_is_no_problem():
    rows = [[*HEADER, "Lead officer"], *[[*row, "Jo"] for row in ROWS]]
    assert len(read_rows(rows).problems) == 1
    assert_reads_the_three(read_rows(rows, columns={"lead OFFICER": "ignore"}))


def test_a_correction_of_columns_and_of_the_header_row():
    rows = [["Something", "odd"], with_header(cost="Value for money"), *ROWS]
    fix = Correction("team.xlsx", "Intentions", header_row=2, columns={5: "cost"})
    assert_reads_the_three(read_rows(rows, corrections=(fix,)))


def test_a_correction_that_leaves_a_sheet_out():
    data = workbook({"A": [HEADER, *ROWS], "B": [HEADER, ["Z-1", "Other", 1, 1, 1, 1, 1, 1, 1]]})
    assert read_bytes(data).count() == 4
    fix = Correction("team.xlsx", "B", leave_out=True)
    assert_reads_the_three(read_bytes(data, corrections=(fix,)))


def test_every_unusable_file_is_named_in_one_go():
    good = Source("good.xlsx", workbook({"Intentions": [HEADER, *ROWS]}))
    with pytest.raises(Unusable) as error:
        read_intentions(
            [Source("a.xlsx", b"PK nonsense"), good, Source("b.csv", b"")], FRAMEWORK,
            ReadingOptions(),
        )  # fmt: skip
    assert [problem.where for problem in error.value.problems] == ["a.xlsx", "b.csv"]
