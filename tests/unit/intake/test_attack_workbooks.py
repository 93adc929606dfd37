"""Whole workbooks as teams send them: a score read right or asked about, never a row lost."""

import datetime
import io

import openpyxl
import pytest
from openpyxl.styles import Font

from tests.layouts.build import (
    FRAMEWORK,
    HEADER,
    NAMES,
    ROWS,
    SCORES,
    assert_reads_the_three,
    left_out,
    read_bytes,
    read_rows,
    scores_of,
    texts,
    workbook,
)


def scored(cells):
    """The three intentions, each score put through `cells`."""
    return [[ref, title, *map(cells, scores)] for ref, title, *scores in ROWS]


def test_scores_as_percentages_are_not_used_because_one_is_all_of_five():
    intake = read_rows([HEADER, *scored(lambda score: score / 5)])
    assert scores_of(intake) == [[None] * 7] * 3
    assert texts(intake)[0] == (
        'team.xlsx, Intentions!C1 (Strategic Alignment): found "1, 0.8, 0.6 (first at C2); 3 of 3 '
        'cells", expected a whole number from 1 to 5 in every cell; these are percentages or shares '
        "of 1, so none of this column's scores is used until it is put on that scale."
    )
    assert len(texts(intake)) == 7


def test_a_column_of_ones_beside_percentages_is_one_of_them():
    rows = [[*row[:2], 1, 0.8, *row[4:]] for row in ROWS]
    intake = read_rows([HEADER, *rows])
    assert [row[:3] for row in scores_of(intake)] == [[None, None, row[2]] for row in SCORES]
    assert len(texts(intake)) == 2


def test_one_score_mistyped_as_a_share_leaves_its_column_in_use():
    intake = read_rows([HEADER, *ROWS, ["PLC-04", "One more", 0.5, 4, 3, 2, 3, 2, 4]])
    assert scores_of(intake) == [*SCORES, [None, 4, 3, 2, 3, 2, 4]]
    assert len(texts(intake)) == 1


def test_a_score_that_excel_made_a_date_says_so():
    rows = [list(row) for row in ROWS]
    rows[0][3] = datetime.datetime(2026, 5, 3)
    intake = read_rows([HEADER, *rows])
    assert scores_of(intake)[0][1] is None
    assert texts(intake) == [
        'team.xlsx, Intentions!D2 (Impact): found "2026-05-03", expected a whole number from 1 to 5; '
        "this cell is a date, which is what Excel makes of 3/5 or of a cell with a date's format: "
        "format it as a number and type the score again."
    ]


@pytest.mark.parametrize("written", ["4\u200b", "\ufeff4", "4\ufe0e", "'4", "\u200e4"])
def test_characters_that_show_nothing_hide_no_score(written):
    rows = [list(row) for row in ROWS]
    rows[0][3] = written
    assert_reads_the_three(read_rows([HEADER, *rows]))


@pytest.mark.parametrize(
    "again", ["plc-01", "PLC\u201101", "PLC - 01", "PLC-01\u200b", "ＰＬＣ-01"]
)
def test_a_ref_that_looks_the_same_is_the_same(again):
    intake = read_rows([HEADER, *ROWS, [again, "Another", 1, 1, 1, 1, 1, 1, 1]])
    assert list(intake.sheet.refs) == ["PLC-01", "PLC-02", "PLC-03"]
    assert intake.count("refused") == 1
    assert "the ref PLC-01 is already used at team.xlsx, Intentions!2" in texts(intake)[0]


def test_an_n_among_answers_makes_no_row_a_count():
    header = [*HEADER, "Business as usual"]
    rows = [[*row, "yes"] for row in ROWS]
    intake = read_rows([header, *rows, [None, None, 4, 4, 4, 4, 4, 4, None, "N"]])
    assert (intake.count(), intake.count("refused")) == (4, 1)
    assert "it has neither a title nor a ref" in texts(intake)[0]


def test_a_total_labelled_left_of_the_table_is_a_total():
    rows = [[None, *HEADER], *([None, *row] for row in ROWS), ["Total", None, None, *[12] * 7]]
    intake = read_rows(rows)
    assert_reads_the_three(intake)
    assert "totals or averages, not an intention" in left_out(intake).values()


def test_a_row_that_says_who_scores_what_is_no_second_header():
    who = [None, "Lead:", "Strategy", "BI", "Finance", "PMO", "HR", "PMO", "PMO"]
    assert_reads_the_three(read_rows([HEADER, who, *ROWS]))


@pytest.mark.parametrize("gap", [[[]], [[], ["Risks"]]])
@pytest.mark.parametrize("names", [["Ref", "Risk"], ["Ref", "Title"]])
def test_a_risk_log_below_the_table_holds_no_intentions(gap, names):
    log = [[*names, "Likelihood", "Impact", "Score"], ["R1", "Staff leave", 4, 5, 20],
           ["R2", "Estate", 3, 3, 9]]  # fmt: skip
    intake = read_rows([HEADER, *ROWS, *gap, *log])
    assert list(intake.sheet.refs) == ["PLC-01", "PLC-02", "PLC-03"]
    assert scores_of(intake) == SCORES
    row = 5 + len(gap)
    assert texts(intake) == [
        f'team.xlsx, Intentions!{row} (table): found "2 rows with Impact and no other criterion", '
        "expected a title and every criterion for each, if these are intentions: they were taken for "
        "a risk log or the like and left out."
    ]


def test_a_ticked_level_is_no_score_and_its_intention_is_not_lost():
    ticks = [["x" if score == level else None for score in row for level in range(1, 6)]
             for row in SCORES]  # fmt: skip
    groups = [None, None, *(cell for name in NAMES for cell in (name, *[None] * 4))]
    rows = [groups, ["Ref", "Title", *[1, 2, 3, 4, 5] * 7]]
    rows += [[*row[:2], *tick] for row, tick in zip(ROWS, ticks, strict=True)]
    merges = ["C1:G1", "H1:L1", "M1:Q1", "R1:V1", "W1:AA1", "AB1:AF1", "AG1:AK1"]
    intake = read_rows(rows, merges)
    assert list(intake.sheet.refs) == ["PLC-01", "PLC-02", "PLC-03"]
    assert scores_of(intake) == [[None] * 7] * 3
    assert len(texts(intake)) == 7


def test_a_table_on_its_side_with_weights_beside_its_criteria_has_refs():
    rows = [
        ["Criterion", "Weight", *(row[0] for row in ROWS)],
        ["Title", None, *(r[1] for r in ROWS)],
    ]
    weights = ["25%", "20%", "15%", "15%", "10%", "10%", "5%"]
    rows += [[name, weights[k], *(row[k] for row in SCORES)] for k, name in enumerate(NAMES)]
    assert_reads_the_three(read_rows(rows))


def test_reasons_between_the_columns_of_a_table_on_its_side_are_no_intentions():
    header = ["Criterion"]
    for ref, *_ in ROWS:
        header += [ref, f"{ref} rationale"]
    rows = [header]
    for k, name in enumerate(NAMES):
        rows.append([name, *(cell for row in SCORES for cell in (row[k], "as the panel said"))])
    intake = read_rows(rows)
    assert scores_of(intake) == SCORES
    assert intake.count() == 3


def test_an_intention_on_its_side_that_is_called_evidence_is_one():
    header = ["Criterion", "Digital notes", "Better evidence", "Frailty"]
    rows = [[name, "M", "M", "M"] for name in NAMES]
    assert read_rows([header, *rows]).count() == 3


def with_guide(*rows, name="How to score"):
    return read_bytes(workbook({"Intentions": [HEADER, *ROWS], name: rows}))


BLOCKED = [
    ("Cost", [["Criterion", 1, 5], ["Cost", "Lowest cost", "Highest cost"]], "5 = highest cost"),
    ("Cost", [["Cost: 1 = low cost, 5 = high cost"]], "5 = high cost"),
    ("Cost", [["Criterion", "Score", "Meaning"], ["Cost", 1, "Lowest cost"],
              [None, 5, "Highest cost"]], "5 = highest cost"),
    ("Cost", [["Cost"], ["1 - No additional cost"], ["5 - Significant additional cost"]],
     "5 = significant additional cost"),
    ("Time", [["Criterion", "1", "3", "5"], ["Time", "<3 months", "6-12 months", ">24 months"]],
     "1 = <3 months"),
    ("Effort", [["Criterion", "Weight", "Scoring"],
                ["Effort", "10%", "1 = little effort, 5 = most effort"]], "5 = most effort"),
]  # fmt: skip


@pytest.mark.parametrize(("criterion", "guide", "found"), BLOCKED)
def test_a_guide_on_another_sheet_that_states_the_opposite_is_heeded(criterion, guide, found):
    intake = with_guide(*guide)
    at = NAMES.index(criterion)
    assert [row[at] for row in scores_of(intake)] == [None, None, None]
    (problem,) = intake.problems
    assert (problem.kind, problem.label) == ("direction", criterion)
    assert problem.where.startswith("team.xlsx, How to score!")
    assert f'--map "{criterion}={criterion.lower()}"' in problem.expected


@pytest.mark.parametrize(
    "guide",
    [
        [["Criterion", 1, 5], ["Cost", "High cost", "Releases cash"], ["Time", "Long", "Short"]],
        [["Cost: 5 = over £1m saving; 1 = no saving"]],
        [["Score", "Meaning"], [1, "Low"], [3, "Medium"], [5, "High"]],
        [["Score each criterion from 1 (low) to 5 (high)"]],
        [["Likelihood", "Impact"], ["1 = rare", "1 = negligible"], ["5 = certain", "5 = high"]],
        [["Score", *NAMES], [1, *["none"] * 7], [3, *["some"] * 7], [5, *["a lot"] * 7]],
    ],
)
def test_a_guide_on_another_sheet_that_states_nothing_against_it_changes_nothing(guide):
    assert_reads_the_three(with_guide(*guide))


def test_a_guide_with_criteria_across_the_top_is_no_table_of_intentions():
    low = ["No link", "None", "Lowest cost", "Simple", "No staff", "Little effort", "Over 2 years"]
    high = ["Several", "Wide", "Highest cost", "Very complex", "In place", "Most effort", "Weeks"]
    intake = with_guide(["Score", *NAMES], [1, *low], [5, *high])
    assert (intake.count(), intake.count("refused")) == (3, 0)
    assert {problem.label for problem in intake.problems} == {"Cost", "Complexity", "Effort"}


def test_words_that_a_guide_has_for_every_criterion_alike_are_said_and_the_scores_used():
    guide = [["Criterion", 1, 5], *([name, "Low", "High"] for name in NAMES)]
    intake = with_guide(*guide)
    assert scores_of(intake) == SCORES
    (problem,) = intake.problems
    assert problem.label == "Cost, Complexity, Effort, Time"
    assert "they are used as they stand" in problem.expected


def crossed_out(*places):
    book = openpyxl.load_workbook(io.BytesIO(workbook({"Intentions": [HEADER, *ROWS]})))
    for place in places:
        book["Intentions"][place].font = Font(strike=True)
    book["Intentions"]["B4"].font = Font(bold=True, strike=False)
    file = io.BytesIO()
    book.save(file)
    return read_bytes(file.getvalue())


def test_a_row_that_is_crossed_out_is_read_and_said():
    intake = crossed_out("A3", "B3", "C3")
    assert scores_of(intake) == SCORES
    assert texts(intake) == [
        'team.xlsx, Intentions!3: found "a row crossed out", expected only what counts; it is read as '
        "it stands: delete it if it was withdrawn."
    ]
    assert intake.problems[0].ref == "PLC-02"


def test_a_score_that_is_crossed_out_is_read_and_said():
    intake = crossed_out("D4")
    assert scores_of(intake) == SCORES
    assert [p.where for p in intake.problems] == ["team.xlsx, Intentions!D4"]
    assert intake.problems[0].found == "a score crossed out"


def read_text(*lines):
    text = "\n".join([",".join(HEADER), *lines, *(",".join(map(str, row)) for row in ROWS)])
    return read_bytes(text.encode(), "team.csv")


def test_a_comma_in_a_title_without_quotation_marks_refuses_the_row_and_shifts_no_score():
    intake = read_text("PLC-04,Crisis cafes, phase 2,5,4,3,2,3,2,4")
    assert scores_of(intake) == SCORES
    assert (intake.count(), intake.count("refused")) == (4, 1)
    assert texts(intake) == [
        'team.csv, 2 (Row): found "10 cells under 9 headers", expected 9 cells: text with a separator '
        "in it needs quotation marks round it; the row is refused."
    ]


def test_a_shifted_row_is_known_where_its_last_cell_is_empty():
    assert read_text("PLC-04,Crisis cafes, phase 2,5,4,3,2,3,2,").count("refused") == 1


def test_commas_at_the_end_of_every_row_but_the_header_are_loose_ends():
    lines = [",".join(HEADER), *(",".join(map(str, row)) + "," for row in ROWS)]
    assert_reads_the_three(read_bytes("\n".join(lines).encode(), "team.csv"))


def test_a_row_that_says_out_of_how_much_is_guidance():
    assert_reads_the_three(read_rows([HEADER, [None, None, *["/5"] * 7], *ROWS]))


def test_a_last_column_without_a_name_shifts_nothing():
    lines = [",".join(HEADER), *(",".join(map(str, row)) + ",agreed" for row in ROWS)]
    assert_reads_the_three(read_bytes("\n".join(lines).encode(), "team.csv"))


def test_two_kinds_of_capacity_are_asked_about_and_neither_is_used():
    header = [*HEADER[:6], "Workforce capacity", *HEADER[7:], "Estates capacity"]
    intake = read_rows([header, *([*row, 2] for row in ROWS)])
    assert [row[4] for row in scores_of(intake)] == [None, None, None]
    (problem,) = intake.problems
    assert problem.found == "Workforce capacity in G1 and Estates capacity in J1"
    assert '--map "Workforce capacity=resource_capacity"' in problem.expected


def test_a_criterion_by_its_own_name_is_used_beside_one_among_other_words():
    intake = read_rows([[*HEADER, "Impact on quality"], *([*row, 2] for row in ROWS)])
    assert scores_of(intake) == SCORES
    (problem,) = intake.problems
    assert (problem.found, problem.where) == ("Impact on quality", "team.xlsx, Intentions!J1")


@pytest.mark.parametrize("header", ["ICB ref", "LSC reference", "Local scheme ref"])
def test_the_only_column_called_some_kind_of_ref_is_the_ref(header):
    assert_reads_the_three(read_rows([[header, *HEADER[1:]], *ROWS]))


def test_of_two_kinds_of_ref_the_first_is_used_and_that_is_said():
    rows = [[*row[:1], f"T{k}", *row[1:]] for k, row in enumerate(ROWS)]
    intake = read_rows([["ICB ref", "Trust ref", *HEADER[1:]], *rows])
    assert scores_of(intake) == SCORES
    assert list(intake.sheet.refs) == [row[0] for row in ROWS]
    assert [p.found for p in intake.problems] == ["ICB ref and Trust ref"]
    assert '"ICB ref" is used. For another, use --map "Trust ref=ref"' in str(intake.problems[0])


def test_of_two_kinds_of_ref_the_one_that_tells_all_intentions_apart_is_used():
    rows = [["RXR", *row] for row in ROWS]
    intake = read_rows([["Trust ref", "ICB ref", *HEADER[1:]], *rows])
    assert list(intake.sheet.refs) == [row[0] for row in ROWS]
    assert '"ICB ref" is used' in str(intake.problems[0])


def test_numbered_rows_of_words_without_a_title_are_no_guide():
    rows = [["No.", None, *NAMES], [1, "Crisis cafes", *"HHLLHL", "Short"],
            [2, "Perinatal", *"MMMMMM", "Medium"]]  # fmt: skip
    intake = read_rows(rows)
    assert list(intake.sheet.refs) == ["1", "2"]
    assert scores_of(intake) == [[5, 5, 5, 5, 5, 5, 5], [3] * 7]


def test_the_frameworks_own_anchors_by_level_are_a_guide():
    anchors = [[level, *(c.anchors[level] for c in FRAMEWORK.criteria)] for level in "12345"]
    assert_reads_the_three(with_guide(["Score", *NAMES], *anchors))


def test_an_outcome_in_words_on_another_sheet_makes_no_intentions_of_its_rows():
    old = [["Ref", "Title", "Outcome"], ["OLD-1", "Last year's clinic", "Approved"]]
    intake = read_bytes(workbook({"Intentions": [HEADER, *ROWS], "2025-26": old}))
    assert scores_of(intake) == SCORES
    (problem,) = intake.problems
    assert problem.found == "1 row with no criterion columns"


def test_a_guide_that_gives_more_pounds_to_a_better_cost_is_heeded():
    bands = ["<£10k", "£10k-£100k", "£100k-£500k", "£500k-£1m", ">£1m"]
    intake = with_guide(["Criterion", 1, 2, 3, 4, 5], ["Cost", *bands])
    assert [row[2] for row in scores_of(intake)] == [None, None, None]
    assert_reads_the_three(with_guide(["Criterion", 5, 4, 3, 2, 1], ["Cost", *bands]))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_text_in_utf_16_without_its_mark_is_read(encoding):
    lines = ["\t".join(map(str, row)) for row in (HEADER, *ROWS)]
    assert_reads_the_three(read_bytes("\r\n".join(lines).encode(encoding), "team.txt"))
