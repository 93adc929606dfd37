"""One workbook for each layout that teams send, with answers known by hand."""

from datetime import datetime

import pytest

from scoring.export.about import About
from scoring.export.ranked_workbook import write_ranked_workbook
from scoring.export.template import write_template
from scoring.ranking import prioritise
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


def test_title_and_instruction_rows_above_the_table_are_left_out():
    intake = read_rows(
        [["Commissioning intentions 2026/27"], ["Score each from 1 to 5"], [], HEADER, *ROWS],
        ["A1:I1"],
    )
    assert_reads_the_three(intake)
    assert intake.tables[0].header_row == 4
    assert left_out(intake)["Score each from 1 to 5"] == "it stands above the table"


def test_a_table_that_starts_anywhere():
    shift = [[None] * 4 + list(row) for row in [HEADER, *ROWS]]
    intake = read_rows([[], [], [], [], [], *shift])
    assert_reads_the_three(intake)
    assert intake.sheet.where.cell(0, 0) == "team.xlsx, Intentions!G7"


def test_a_three_row_header_with_merged_groups_and_units():
    rows = [
        ["Identity", None, "Scores", None, None, None, None, None, None],
        ["Ref", "Title", "Value", None, "Delivery", None, None, None, None],
        [None, None, *NAMES],
        [None, None, "(1-5)", "(1-5)", "(1-5)", "(1-5)", "(1-5)", "(1-5)", "(1-5)"],
        *ROWS,
    ]
    merges = ["A1:B1", "C1:I1", "A2:A3", "B2:B3", "C2:D2", "E2:I2"]
    intake = read_rows(rows, merges)
    assert_reads_the_three(intake)
    assert intake.sheet.where.cell(2, 6) == "team.xlsx, Intentions!I7"


def test_a_two_row_header_with_score_and_rationale_under_each_criterion():
    top = ["Ref", "Title"] + [part for name in NAMES for part in (name, None)]
    below = [None, None] + ["Score", "Rationale"] * 7
    body = [[*row[:2], *[x for s in row[2:] for x in (s, "because 3 of 5 say so")]] for row in ROWS]
    spans = ["A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:H1", "I1:J1", "K1:L1", "M1:N1", "O1:P1"]
    intake = read_rows([top, below, *body], spans)
    assert_reads_the_three(intake)
    assert left_out(intake)['column "Cost Rationale"'] == "the reasoning beside the score for Cost"


def test_score_and_rationale_column_pairs():
    header = ["Ref", "Title"] + [
        x for name in NAMES for x in (f"{name} score", f"{name} rationale")
    ]
    body = [[*row[:2], *[x for s in row[2:] for x in (s, "4 is right")]] for row in ROWS]
    assert_reads_the_three(read_rows([header, *body]))


def test_pairs_in_which_every_second_header_says_only_rationale():
    header = ["Ref", "Title"] + [x for name in NAMES for x in (name, "Rationale")]
    body = [[*row[:2], *[x for s in row[2:] for x in (s, "as agreed")]] for row in ROWS]
    assert_reads_the_three(read_rows([header, *body]))


def test_weights_in_the_header_that_are_the_frameworks_are_no_problem():
    weighted = [f"{n} ({w}%)" for n, w in zip(NAMES, (25, 20, 15, 15, 10, 10, 5), strict=True)]
    intake = read_rows([["Ref", "Title", *weighted], *ROWS])
    assert_reads_the_three(intake)
    assert {k: int(v) for k, v in intake.tables[0].weights_found.items()} == {
        "strategic_alignment": 25, "impact": 20, "cost": 15, "complexity": 15,
        "resource_capacity": 10, "effort": 10, "time": 5,
    }  # fmt: skip


@pytest.mark.parametrize(
    "weights", [(25, 20, 15, 15, 10, 10, 5), (0.25, 0.2, 0.15, 0.15, 0.1, 0.1, 0.05)]
)
def test_a_row_of_weights_under_the_header(weights):
    intake = read_rows([HEADER, [None, "Weight", *weights], *ROWS])
    assert_reads_the_three(intake)
    assert int(intake.tables[0].weights_found["impact"]) == 20
    assert "the weights of the criteria" in left_out(intake).values()


def test_a_row_of_weights_without_a_label_under_the_header():
    rows = [HEADER, [None, None, 25, 20, 15, 15, 10, 10, 5], *ROWS]
    assert_reads_the_three(read_rows(rows))


def test_weights_at_the_foot_that_differ_are_shown_beside_the_frameworks():
    rows = [HEADER, *ROWS, [], ["Weighting (%)", None, 30, 20, 10, 15, 10, 10, 5]]
    intake = read_rows(rows)
    assert scores_of(intake) == SCORES
    assert [problem.kind for problem in intake.problems] == ["weight"]
    assert intake.problems[0].where == "team.xlsx, Intentions!6"
    assert "Strategic Alignment 30%" in intake.problems[0].found
    assert "Strategic Alignment 25%" in intake.problems[0].expected


def test_scale_text_and_line_breaks_inside_the_header():
    told = [f"{i}. {name.upper()}\n(1 = worst, 5 = best)" for i, name in enumerate(NAMES, 1)]
    assert_reads_the_three(read_rows([["CI Ref", "Commissioning Intention", *told], *ROWS]))


def test_misspelt_and_shortened_headers():
    header = ["Ref.", "Tilte of intention", "Stategic Alignement", "Imapct", "Costs", "Complexitiy",
              "Res. Cap.", "Efort", "Timescale"]  # fmt: skip
    header[1] = "Intention title"
    intake = read_rows([header, *ROWS])
    assert_reads_the_three(intake)
    by_header = {column.header: column for column in intake.tables[0].columns}
    assert by_header["Imapct"].confidence == 0.8
    assert by_header["Imapct"].samples == ("4", "3", "5")


def test_another_order_and_other_names_on_each_sheet():
    other = ["Time to deliver", "Reference", "Scheme", "Effort required", "Capacity", "Difficulty",
             "Affordability", "Benefits", "Strategic fit"]  # fmt: skip
    order = [8, 0, 1, 7, 6, 5, 4, 3, 2]
    second = [[row[k] for k in order] for row in ROWS[1:]]
    intake = read_bytes(workbook({"Acute": [HEADER, ROWS[0]], "Mental Health": [other, *second]}))
    assert_reads_the_three(intake)
    assert intake.sheet.where.cell(1, 0) == "team.xlsx, Mental Health!I2"


def test_cover_guidance_lookup_and_hidden_sheets_beside_the_data():
    data = workbook(
        {
            "Cover": [["Commissioning intentions"], ["Team", "Planned care"], ["Date", "1 May"]],
            "Guidance": [["Criterion", 1, 2, 3, 4, 5],
                         *[[c, "none", "little", "some", "much", "most"] for c in NAMES]],
            "Lookups": [["Function", "Code"], ["Acute", "A"], ["LDA", "L"]],
            "Intentions": [HEADER, *ROWS],
            "Old": [HEADER, ["OLD-1", "Gone", 1, 1, 1, 1, 1, 1, 1]],
        },
        hidden=["Old"],
    )  # fmt: skip
    intake = read_bytes(data)
    assert_reads_the_three(intake)
    assert {sheet.sheet for sheet in intake.sheets if sheet.used} == {"Intentions"}
    hidden = next(sheet for sheet in intake.sheets if sheet.hidden)
    assert hidden.why == "it is hidden; name it with --sheet to read it"
    assert read_bytes(data, sheets=("Old",)).sheet.refs == ("OLD-1",)


@pytest.mark.parametrize("merges", [[], ["A2:I2", "A5:I5"]])
def test_section_rows_name_the_function_of_the_rows_below(merges):
    rows = [HEADER, ["Mental Health"], ROWS[0], ROWS[1], ["Prescribing:"], ROWS[2]]
    intake = read_rows(rows, merges)
    assert_reads_the_three(intake)
    assert intake.sheet.fields["function"] == ("Mental Health", "Mental Health", "Prescribing")


def test_section_rows_in_a_table_without_refs():
    rows = [HEADER[1:], ["Mental Health"], ROWS[0][1:], ROWS[1][1:], ["Acute"], ROWS[2][1:]]
    intake = read_rows(rows)
    assert scores_of(intake) == SCORES
    assert intake.sheet.fields["function"] == ("Mental Health", "Mental Health", "Acute")
    assert intake.sheet.refs == ("Intentions-3", "Intentions-4", "Intentions-6")
    assert [problem.label for problem in intake.problems] == ["Ref"]


def test_blank_separator_rows_and_columns():
    wide = [[*row[:2], None, *row[2:5], None, *row[5:]] for row in [HEADER, *ROWS]]
    assert_reads_the_three(read_rows([wide[0], [], wide[1], [], [], wide[2], wide[3]]))


def test_total_average_and_sum_rows_and_computed_columns():
    rows = [
        [*HEADER, "Total", "Weighted score", "Rank"],
        *[[*row, 23, 62.5, 1] for row in ROWS],
        ["Total", None, 12, 12, 9, 8, 9, 7, 11],
        [None, "Average score", 4, 4, 3, 2.7, 3, 2.3, 3.7],
        ["Sum of scores", None, 12],
    ]
    intake = read_rows(rows)
    assert_reads_the_three(intake)
    assert left_out(intake)['column "Weighted score"'] == "worked out from the scores"


def test_an_intention_whose_title_begins_with_total_is_an_intention():
    rows = [HEADER, ["A-1", "Total hip replacement pathway", 1, 2, 3, 4, 5, 1, 2],
            ["A-2", "Average length of stay reduction", 1, 2, 3, 4, 5, 1, 2],
            ["A-3", "Key worker scheme", 1, 2, 3, 4, 5, 1, 2]]  # fmt: skip
    assert read_rows(rows).sheet.refs == ("A-1", "A-2", "A-3")


def test_a_second_unrelated_table_below():
    rows = [HEADER, *ROWS, [], ["Provider contacts"], ["Provider", "Lead", "Phone", "Ext"],
            ["ELHT", "Ann", "x1", 3], ["LTHTR", "Bob", "x2", 4]]  # fmt: skip
    intake = read_rows(rows)
    assert_reads_the_three(intake)
    assert intake.tables[0].left_out[-1].why == "part of another table or key below this one"


def test_a_second_unrelated_table_with_numbers_below():
    rows = [HEADER, *ROWS, [], ["Function", "Target", "Identified", "Gap"], ["Acute", "x", 4, 2],
            ["LDA", "y", 5, 3]]  # fmt: skip
    assert_reads_the_three(read_rows(rows))


def test_a_second_unrelated_table_beside():
    side = [["Score", "Meaning"], [5, "best"], [4, "good"], [1, "worst"]]
    rows = [[*a, None, *b] for a, b in zip([HEADER, *ROWS], side, strict=True)]
    intake = read_rows(rows)
    assert scores_of(intake) == SCORES
    assert intake.count() == 3


def test_a_key_below_the_table():
    rows = [
        HEADER,
        *ROWS,
        [],
        ["Key"],
        [1, "No link"],
        [3, "Supports one"],
        [5, "Delivers several"],
    ]
    assert_reads_the_three(read_rows(rows))


def test_notes_below_the_table():
    rows = [HEADER, *ROWS, ["Note: scores agreed on 3 March"], [], ["Prepared by the PMO"]]
    assert_reads_the_three(read_rows(rows))


def test_an_item_that_spans_merged_rows_is_one_intention():
    first = [*ROWS[0], "ELHT"]
    rows = [
        [*HEADER, "Provider"],
        first,
        [*[None] * 9, "LTHTR"],
        [*ROWS[1], "UHMB"],
        [*ROWS[2], None],
    ]
    intake = read_rows(rows, [f"{letter}2:{letter}3" for letter in "ABCDEFGHI"])
    assert_reads_the_three(intake)
    assert intake.sheet.fields["provider"] == ("ELHT; LTHTR", "UHMB", None)
    assert "part of the merged intention in row 2" in left_out(intake).values()


def test_two_scores_in_the_rows_of_one_merged_intention_are_not_guessed_between():
    rows = [HEADER, ROWS[0], [None, None, 2, None], ROWS[1], ROWS[2]]
    intake = read_rows(rows, ["A2:A3", "B2:B3"])
    assert scores_of(intake)[0] == [None, *SCORES[0][1:]]
    assert intake.problems[0].where == "team.xlsx, Intentions!C2"
    assert intake.problems[0].found == "5 and 2"


def test_a_score_merged_over_two_intentions_belongs_to_neither():
    rows = [HEADER, ROWS[0], [*ROWS[1][:4], None, *ROWS[1][5:]], ROWS[2]]
    intake = read_rows(rows, ["E2:E3"])
    assert [row[2] for row in scores_of(intake)] == [None, None, 1]
    assert [problem.where for problem in intake.problems] == [
        "team.xlsx, Intentions!E2", "team.xlsx, Intentions!E3",
    ]  # fmt: skip
    assert "unmerge the cell" in intake.problems[0].expected


def test_a_function_merged_down_its_rows_holds_for_each():
    rows = [["Function", *HEADER], ["LDA", *ROWS[0]], [None, *ROWS[1]], ["Acute", *ROWS[2]]]
    intake = read_rows(rows, ["A2:A3"])
    assert_reads_the_three(intake)
    assert intake.sheet.fields["function"] == ("LDA", "LDA", "Acute")


def test_criteria_as_rows_and_intentions_as_columns():
    turned = [list(column) for column in zip(HEADER, *ROWS, strict=True)]
    intake = read_rows([["Scores by intention"], [], *turned])
    assert_reads_the_three(intake)
    assert intake.tables[0].transposed
    assert intake.sheet.where.cell(1, 2) == "team.xlsx, Intentions!C7"


def test_criteria_as_rows_under_titles_with_no_label():
    turned = [
        list(column) for column in zip(["Criterion", *NAMES], *[r[1:] for r in ROWS], strict=True)
    ]
    turned = [[row[0], weight, *row[1:]] for row, weight in
              zip(turned, ["Weight", 25, 20, 15, 15, 10, 10, 5], strict=True)]  # fmt: skip
    intake = read_rows(turned)
    assert intake.sheet.titles == tuple(row[1] for row in ROWS)
    assert scores_of(intake) == SCORES
    assert int(intake.tables[0].weights_found["time"]) == 5


def test_a_header_repeated_down_the_sheet_is_not_an_intention():
    rows = [["Acute"], HEADER, ROWS[0], [], ["LDA"], HEADER, ROWS[1], ROWS[2]]
    intake = read_rows(rows)
    assert_reads_the_three(intake)
    assert "the header again" in left_out(intake).values()


def test_an_example_row_is_left_out():
    rows = [HEADER, ["EXAMPLE-1", "An example", 5, 5, 5, 5, 5, 5, 5], *ROWS]
    intake = read_rows(rows)
    assert_reads_the_three(intake)
    assert "the example row" in left_out(intake).values()


def test_a_table_of_lists_without_scores_beside_the_data_is_not_read():
    rows = [["Ref", "Title", "Lead"], *[[row[0], row[1], "Jo"] for row in ROWS]]
    intake = read_bytes(workbook({"Scores": [HEADER, *ROWS], "Leads": rows}))
    assert scores_of(intake) == SCORES
    assert intake.count() == 3
    assert texts(intake) == []


def test_a_row_of_scale_text_under_the_header_is_guidance():
    told = ["1 = none, 5 = many", "1 = low, 5 = high", *["1-5"] * 5]
    intake = read_rows([HEADER, [None, None, *told], *ROWS])
    assert_reads_the_three(intake)
    assert "units or guidance below the header" in left_out(intake).values()


def test_a_key_beside_the_table():
    rows = [
        [*HEADER, None, "Key"],
        [*ROWS[0], None, 1, "Low"],
        [*ROWS[1], None, 5, "High"],
        ROWS[2],
    ]
    intake = read_rows(rows)
    assert_reads_the_three(intake)
    assert left_out(intake)['column "Key"'] == "a key beside the table"


def test_two_tables_of_one_sheet_in_different_orders():
    turned = ["Title", "Ref", *NAMES[::-1]]
    below = [[row[1], row[0], *row[:1:-1]] for row in ROWS[1:]]
    intake = read_rows([["Acute"], HEADER, ROWS[0], [], ["Mental Health"], turned, *below])
    assert_reads_the_three(intake)
    assert [table.header_row for table in intake.tables] == [2, 6]


def test_row_numbers_are_refs_where_there_is_no_other():
    rows = [["No.", "Intention", *NAMES], *[[k, *row[1:]] for k, row in enumerate(ROWS, 1)]]
    intake = read_rows(rows)
    assert intake.sheet.refs == ("1", "2", "3")
    assert texts(intake) == []


def test_the_tools_own_export_reads_back_to_the_same_refs_and_scores():
    first = read_rows([HEADER, *ROWS, ["PLC-04", "Half scored", 3, 3]])
    about = About("Round", "A test", datetime(2026, 4, 1))
    exported = write_ranked_workbook(prioritise(first.sheet), about)
    again = read_bytes(exported, "ranked.xlsx")
    assert texts(again) == []
    by_ref = dict(zip(again.sheet.refs, scores_of(again), strict=True))
    assert by_ref == dict(zip(first.sheet.refs, scores_of(first), strict=True))


def test_the_empty_template_reads_with_no_questions():
    intake = read_bytes(write_template(FRAMEWORK), "template.xlsx")
    assert (intake.count(), texts(intake)) == (0, [])
