"""Headers that a hostile or hurried hand writes: read right, or asked about; never guessed."""

import pytest

from scoring.framework import Criterion, framework_to_toml, parse_framework
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
)

COLUMN = {
    "Strategic Alignment": 2,
    "Impact": 3,
    "Cost": 4,
    "Complexity": 5,
    "Resource Capacity": 6,
    "Effort": 7,
    "Time": 8,
}


def renamed(criterion: str, header: str) -> list[str]:
    return [header if name == criterion else name for name in HEADER]


def with_cells(criterion: str, header: str, *cells: object) -> list[list[object]]:
    """The three rows, with another header and other cells for one criterion."""
    at = COLUMN[criterion]
    body = [[*row[:at], cell, *row[at + 1 :]] for row, cell in zip(ROWS, cells, strict=True)]
    return [renamed(criterion, header), *body]


def scores_under(intake, criterion: str) -> list[float | None]:
    return [row[COLUMN[criterion] - 2] for row in scores_of(intake)]


@pytest.mark.parametrize(
    ("criterion", "header"),
    [
        ("Cost", "Affordability"),
        ("Cost", "Affordabilty"),
        ("Cost", "Affordability score"),
        ("Complexity", "Ease of implementation"),
        ("Time", "Speed"),
        ("Time", "Pace of delivery"),
    ],
)
def test_high_is_the_best_under_a_header_that_names_the_good_of_a_criterion(criterion, header):
    intake = read_rows(with_cells(criterion, header, "High", "Medium", "L"))
    assert texts(intake) == []
    assert scores_under(intake, criterion) == [5, 3, 1]


@pytest.mark.parametrize("criterion", ["Cost", "Complexity", "Time"])
def test_high_is_the_worst_under_the_criterions_own_name(criterion):
    intake = read_rows(with_cells(criterion, criterion, "High", "Medium", "Low"))
    assert scores_under(intake, criterion) == [1, 3, 5]


def test_numbers_mean_the_same_under_affordability_and_under_cost():
    intake = read_rows([renamed("Cost", "Affordability"), *ROWS])
    assert scores_of(intake) == SCORES


def test_words_for_an_amount_are_asked_about_where_a_header_says_both_good_and_bad():
    intake = read_rows(with_cells("Cost", "Cost / affordability", "High", 3, 4))
    assert scores_under(intake, "Cost") == [None, 3, 4]
    assert len(intake.problems) == 1


def test_words_for_an_amount_are_asked_about_under_a_header_that_only_a_person_understood():
    rows = with_cells("Complexity", "Ease of doing it", "High", "Low", 4)
    intake = read_rows(rows, columns={"Ease of doing it": "complexity"})
    assert scores_under(intake, "Complexity") == [None, None, 4]
    assert [problem.found for problem in intake.problems] == ["High", "Low"]


def test_a_name_cannot_be_both_the_good_of_a_criterion_and_the_criterion():
    text = framework_to_toml(FRAMEWORK).replace('"affordability",', '"affordability", "COSTS",')
    assert '"COSTS"' in text
    with pytest.raises(Unusable, match='"costs" stands in also_called and in also_called_favour'):
        parse_framework(text.encode(), "mine.toml")


def test_the_good_of_a_criterion_needs_a_scale_on_which_high_is_better():
    cost = FRAMEWORK.criterion("cost").model_dump()
    cost["scale"]["better"] = "low"
    with pytest.raises(ValueError, match="also_called_favourably needs a scale on which high"):
        Criterion.model_validate(cost)


def test_favourable_names_survive_being_written_and_read():
    again = parse_framework(framework_to_toml(FRAMEWORK).encode(), "mine.toml")
    assert again == FRAMEWORK
    assert "affordability" in again.criterion("cost").also_called_favourably


@pytest.mark.parametrize(
    ("criterion", "header"),
    [
        ("Strategic Alignment", "Stratgic Alignment"),
        ("Strategic Alignment", "Stategic Alignment"),
        ("Strategic Alignment", "Strat. alignment"),
        ("Strategic Alignment", "Alignment w/ strategy"),
        ("Strategic Alignment", "Fit with ICB strategy"),
        ("Resource Capacity", "Resorce Capacity"),
        ("Resource Capacity", "Resource Capcity"),
        ("Resource Capacity", "Ressource Capacity"),
        ("Resource Capacity", "Res. capacity"),
        ("Impact", "Impact raw score"),
        ("Effort", "Effort required"),
        ("Time", "Tme"),
        ("Time", "Timing"),
        ("Cost", "Cst"),
    ],
)
def test_a_header_misspelt_or_shortened_is_read(criterion, header):
    assert_reads_the_three(read_rows([renamed(criterion, header), *ROWS]))


@pytest.mark.parametrize(
    ("criterion", "header", "says"),
    [
        ("Complexity", "Compl.", "it looks like Complexity, shortened"),
        ("Cost", "Unaffordability", 'it seems to say the opposite of "affordability"'),
        ("Strategic Alignment", "Strategic misalignment",
         'it seems to say the opposite of "strategic alignment"'),
        ("Resource Capacity", "Resource required", "it names a criterion among other words"),
        ("Resource Capacity", "Resources needed", "it names a criterion among other words"),
        ("Resource Capacity", "Capacity required", "it names a criterion among other words"),
        ("Time", "Time available", "it names a criterion among other words"),
    ],
)  # fmt: skip
def test_a_header_that_may_mean_the_opposite_is_asked_about(criterion, header, says):
    intake = read_rows([renamed(criterion, header), *ROWS])
    assert scores_under(intake, criterion) == [None, None, None]
    (problem,) = intake.problems
    assert says in problem.expected
    assert f'--map "{header}={criterion.lower().replace(" ", "_")}"' in problem.expected
    assert "only if 5 is best, 1 is worst" in problem.expected or "shortened" in problem.expected


OPPOSITE = [
    ("Cost", "Cost (5 = most expensive)", "5 = most expensive"),
    ("Cost", "Cost rating (high is bad)", "high is bad"),
    ("Cost", "Cost (High=5)", "5 = high"),
    ("Cost", "Cost (reverse scored)", "reverse"),
    ("Cost", "Cost (1=cheap, 5=expensive)", "1 = cheap"),
    ("Cost", "Cost 1 (low) to 5 (high)", "1 = low"),
    ("Cost", "Cost (1 = best)", "1 = best"),
    ("Cost", "Cost\n(1 = low, 5 = high)", "1 = low"),
    ("Complexity", "Complexity 1 low | 5 high", "1 = low"),
    ("Complexity", "Complexity (1 simple, 5 very complex)", "1 = simple"),
    ("Effort", "Effort 1-low 5-high", "1 = low"),
    ("Time", "Time (1 = quick, 5 = slow)", "1 = quick"),
    ("Time", "Time: 1 short, 5 long", "1 = short"),
    ("Time", "Time (1 = under 3 months, 5 = over 24 months)", "1 = under"),
    ("Time", "Time (1 = <3 months, 5 = >2 years)", "5 = >2 year"),
    ("Time", "Time (1 = 3 months; 5 = 24 months)", "5 = 24 month"),
    ("Time", "Time (1: immediate, 5: 2+ years)", "1 = immediate"),
    ("Effort", "Effort: 1 is 2 days, 5 is 3 months", "5 is 3 month"),
    ("Impact", "Impact (inverse)", "inverse"),
    ("Impact", "Impact (1 = high, 5 = low)", "1 = high"),
    ("Impact", "Impact (lower is better)", "lower is better"),
]


@pytest.mark.parametrize(("criterion", "header", "found"), OPPOSITE)
def test_a_header_that_states_the_opposite_direction_is_not_used_until_it_is_settled(
    criterion, header, found
):
    rows = [renamed(criterion, header), *ROWS]
    intake = read_rows(rows)
    assert scores_under(intake, criterion) == [None, None, None]
    (problem,) = intake.problems
    assert (problem.kind, problem.label, problem.found) == ("direction", criterion, found)
    map_ = f"{' '.join(header.split())}={criterion.lower()}"
    assert f'--map "{map_}"' in problem.expected
    assert_reads_the_three(read_rows(rows, columns={header: criterion.lower()}))


@pytest.mark.parametrize(
    ("criterion", "header"),
    [
        ("Impact", "Impact 1 low | 5 high"),
        ("Strategic Alignment", "Strategic Alignment (1 = poor, 5 = good)"),
        ("Resource Capacity", "Resource Capacity\n1 low | 5 high"),
        ("Resource Capacity", "Resource Capacity (1 = major gaps, 5 = all in place)"),
        ("Cost", "Cost (5 = cheap)"),
        ("Cost", "Cost (1 = high cost, 5 = low cost)"),
        ("Cost", "Cost (5 = least expensive)"),
        ("Cost", "Affordability (1 low, 5 high)"),
        ("Cost", "Cost (higher is better)"),
        ("Effort", "Effort (1 = a lot, 5 = minimal effort)"),
        ("Time", "Time (1 = over 24 months, 5 = under 3 months)"),
        ("Time", "Time (1 = 24 months; 5 = 3 months)"),
        ("Cost", "Cost (weight 15)"),
        ("Complexity", "Complexity (5 is best)"),
    ],
)
def test_a_header_that_states_the_frameworks_direction_is_read(criterion, header):
    assert_reads_the_three(read_rows([renamed(criterion, header), *ROWS]))


@pytest.mark.parametrize("criterion", FRAMEWORK.criteria, ids=lambda one: one.id)
def test_a_criterions_own_anchors_in_its_header_are_no_objection(criterion):
    anchors = "\n".join(f"{level} = {text}" for level, text in criterion.anchors.items())
    header = f"{criterion.name}\n{anchors}"
    assert_reads_the_three(read_rows([renamed(criterion.name, header), *ROWS]))


def test_a_capacity_on_which_five_is_the_greatest_need_is_asked_about():
    intake = read_rows([renamed("Resource Capacity", "Resource Capacity (5 = high demand)"), *ROWS])
    assert scores_under(intake, "Resource Capacity") == [None, None, None]
    assert [problem.kind for problem in intake.problems] == ["direction"]


def test_words_are_still_asked_about_when_a_person_keeps_a_header_that_says_the_opposite():
    rows = with_cells("Cost", "Cost (High=5)", "High", 3, 4)
    intake = read_rows(rows, columns={"Cost (High=5)": "cost"})
    assert scores_under(intake, "Cost") == [None, 3, 4]
    assert [problem.found for problem in intake.problems] == ["High"]


def test_words_are_asked_about_where_the_header_says_that_high_is_good():
    intake = read_rows(with_cells("Cost", "Cost (high is good)", "High", 3, 4))
    assert scores_under(intake, "Cost") == [None, 3, 4]


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("Impact (1-3)", "1-3"),
        ("Impact (0-10)", "0-10"),
        ("Impact 0 to 10", "0 to 10"),
        ("Impact /10", "/10"),
        ("Impact (out of 10)", "out of 10"),
        ("Impact score out of 25", "out of 25"),
        ("Impact (1–10)", "1–10"),
        ("Impact (1-4)", "1-4"),
        ("Impact (0-5)", "0-5"),
        ("Impact (max 10)", "max 10"),
        ("Impact (1 low, 10 high)", "10 = high"),
        ("Impact (1 = low, 3 = high)", "3 = high"),
    ],
)
def test_a_header_that_states_another_scale_is_not_used_until_it_is_settled(header, found):
    rows = [renamed("Impact", header), *ROWS]
    intake = read_rows(rows)
    assert scores_under(intake, "Impact") == [None, None, None]
    (problem,) = intake.problems
    assert (problem.kind, problem.label, problem.found) == ("column", "Impact", found)
    assert f'--map "{header}=impact"' in problem.expected
    assert_reads_the_three(read_rows(rows, columns={header: "impact"}))


@pytest.mark.parametrize(
    "header", ["Impact (1-5)", "Impact /5", "Impact out of 5", "Impact 1 to 5"]
)
def test_a_header_that_states_the_frameworks_scale_is_read(header):
    assert_reads_the_three(read_rows([renamed("Impact", header), *ROWS]))


def test_a_line_above_that_states_the_opposite_of_criteria_it_names_is_asked_about():
    line = "Scoring: 1 = low, 5 = high for every criterion (5 = highest cost, most complex)"
    rows = [[line], HEADER, *ROWS]
    intake = read_rows(rows)
    assert {problem.label for problem in intake.problems} == {
        "Cost", "Complexity", "Effort", "Time",
    }  # fmt: skip
    assert {(problem.kind, problem.where) for problem in intake.problems} == {
        ("direction", "team.xlsx, Intentions!A1")
    }
    assert scores_of(intake)[0] == [5, 4, None, None, 3, None, None]
    settled = {name: name.lower() for name in ("Cost", "Complexity", "Effort", "Time")}
    assert_reads_the_three(read_rows(rows, columns=settled))


def test_a_general_line_above_is_asked_about_and_the_scores_are_used():
    rows = [["Score from 1 (low) to 5 (high)"], HEADER, *ROWS]
    intake = read_rows(rows)
    (problem,) = intake.problems
    assert (problem.kind, problem.label) == ("direction", "Cost, Complexity, Effort, Time")
    assert "used as they stand" in problem.expected
    assert '--map "Time=time"' in problem.expected
    assert scores_of(intake) == SCORES


def test_a_line_above_that_says_five_is_best_is_no_objection():
    for line in ("Score from 1 (worst) to 5 (best)", "Cost: 1 = expensive, 5 = cheap"):
        assert_reads_the_three(read_rows([[line], HEADER, *ROWS]))


@pytest.mark.parametrize(
    "key",
    [
        ["Cost score key", "1 Low cost", "5 High cost"],
        ["Cost: 1 = low, 5 = high"],
        ["Key", "Cost 1 low 5 high", None],
    ],
)
def test_a_key_beside_the_table_that_states_the_opposite_is_asked_about(key):
    column = [*key, *[None] * 4][:4]
    rows = [[*row, None, cell] for row, cell in zip([HEADER, *ROWS], column, strict=True)]
    intake = read_rows(rows)
    assert scores_under(intake, "Cost") == [None, None, None]
    (problem,) = intake.problems
    assert (problem.kind, problem.label) == ("direction", "Cost")
    assert '--map "Cost=cost"' in problem.expected


def test_a_key_in_two_columns_beside_the_table_is_read_as_one():
    beside = [["Cost key", None], [1, "Low cost"], [3, "Middling"], [5, "High cost"]]
    rows = [[*row, None, *cells] for row, cells in zip([HEADER, *ROWS], beside, strict=True)]
    assert scores_under(read_rows(rows), "Cost") == [None, None, None]


def test_remarks_beside_the_table_are_no_key():
    remarks = [None, "3 high cost sites", "2 low risk", "see note 4"]
    rows = [[*row, None, cell] for row, cell in zip([HEADER, *ROWS], remarks, strict=True)]
    assert scores_of(read_rows(rows)) == SCORES


@pytest.mark.parametrize(
    ("criterion", "header", "says"),
    [
        ("Effort", "Effort (days per month)", "it names Effort but is in days: not a score"),
        ("Effort", "Effort (no. of staff)", "it names Effort but is a count: not a score"),
        ("Complexity", "Complexity (number of organisations)", "is a count: not a score"),
        ("Cost", "Cost (in millions)", "it names Cost but is in £m: not a score"),
        ("Cost", "Cost (pounds)", "it names Cost but is in £: not a score"),
        ("Time", "Time (to deliver, months)", "it names Time but is in months: not a score"),
    ],
)
def test_a_quantity_is_no_score(criterion, header, says):
    intake = read_rows([renamed(criterion, header), *ROWS])
    assert scores_under(intake, criterion) == [None, None, None]
    assert says in intake.problems[0].expected


@pytest.mark.parametrize(
    "header",
    ["Scheme ID", "CI No.", "URN", "Unique Reference Number", "Intention ID", "Project no"],
)
def test_other_names_for_a_ref(header):
    assert_reads_the_three(read_rows([renamed("Ref", header), *ROWS]))


@pytest.mark.parametrize(
    "header",
    ["Name of proposal", "Initiative", "Proposed change", "Intention description",
     "What do we want to do?"],
)  # fmt: skip
def test_other_names_for_a_title(header):
    intake = read_rows([renamed("Title", header), *ROWS])
    assert texts(intake) == []
    assert list(intake.sheet.titles) == [row[1] for row in ROWS]


@pytest.mark.parametrize("header", ["SA", "CI", "S/N", "Ease of delivery", "Lead GP"])
def test_no_field_is_suggested_for_a_header_that_is_like_none(header):
    rows = [[*HEADER, header], *[[*row, 3] for row in ROWS]]
    (problem,) = read_rows(rows).problems
    assert f'--map "{header}=FIELD" or --map "{header}=ignore"' in problem.expected


def test_why_this_cost_score_is_the_reasoning_beside_it():
    rows = [[*HEADER, "Why this cost score?"], *[[*row, "3 quotes"] for row in ROWS]]
    assert_reads_the_three(read_rows(rows))


@pytest.mark.parametrize("header", ["Ease of delivery", "Phase of delivery"])
def test_another_word_is_no_misspelling(header):
    intake = read_rows([renamed("Time", header), *ROWS])
    assert scores_under(intake, "Time") == [None, None, None]


@pytest.mark.parametrize("header", ["Total cost £000", "Recurrent investment (£)"])
def test_six_costs_scored_higher_the_more_they_cost_are_asked_about(header):
    rows = [[f"A-{i}", f"Idea {i}", 3, 3, 1 + i, 3, 3, 3, 3, 10 * i] for i in range(5)]
    rows += [["A-5", "Idea 5", 3, 3, 5, 3, 3, 3, 3, 60]]
    intake = read_rows([[*HEADER, header], *rows])
    (problem,) = intake.problems
    assert (problem.kind, problem.label) == ("direction", "Cost")
    assert "6 rows" in problem.found
    assert "used as they stand" in problem.expected
    assert scores_under(intake, "Cost") == [1, 2, 3, 4, 5, 5]
    assert texts(read_rows([[*HEADER, header], *rows], columns={"Cost": "cost"})) == []


def test_six_costs_that_fall_with_the_money_are_right():
    rows = [[f"A-{i}", f"Idea {i}", 3, 3, 5 - i // 2, 3, 3, 3, 3, 10 * i] for i in range(6)]
    assert texts(read_rows([[*HEADER, "Total cost £000"], *rows])) == []


def test_weights_that_do_not_come_to_100_are_shown_with_their_shares():
    header = [
        *HEADER[:2],
        *(f"{n} (x{w})" for n, w in zip(NAMES, [3, 2, 1, 1, 1, 1, 1], strict=True)),
    ]
    (problem,) = read_rows([header, *ROWS]).problems
    assert problem.kind == "weight"
    assert problem.found.startswith(
        "Strategic Alignment 3 (30.0%), Impact 2 (20.0%), Cost 1 (10.0%)"
    )


def test_one_criterion_that_counts_five_times_is_no_five_percent():
    intake = read_rows([renamed("Cost", "Cost (x5)"), *ROWS])
    (problem,) = intake.problems
    assert problem.found == "Cost ×5"
    assert "says nothing until every criterion has one" in problem.expected
    assert intake.tables[0].weights_found == {}
    assert scores_of(intake) == SCORES


def test_a_weight_in_percent_is_still_one():
    (problem,) = read_rows([renamed("Cost", "Cost (20%)"), *ROWS]).problems
    assert problem.found == "Cost 20%"


def turned(*columns: list[object]) -> list[list[object]]:
    """Criteria as rows: each argument is one column of the sheet."""
    return [list(row) for row in zip(*columns, strict=True)]


@pytest.mark.parametrize("corner", ["Criteria", "", "Criterion", "Ref"])
def test_refs_across_the_top_of_a_table_on_its_side_are_refs(corner):
    rows = turned([corner, *NAMES], *[[row[0], *row[2:]] for row in ROWS])
    intake = read_rows(rows)
    assert list(intake.sheet.refs) == ["PLC-01", "PLC-02", "PLC-03"]
    assert scores_of(intake) == SCORES
    assert [problem.kind for problem in intake.problems] == ["title"]


def test_refs_over_titles_in_a_table_on_its_side():
    rows = turned(["Criteria", "Title", *NAMES], *ROWS)
    assert_reads_the_three(read_rows(rows))


def test_titles_across_the_top_of_a_table_on_its_side_are_titles():
    intake = read_rows(turned(["Criteria", *NAMES], *[row[1:] for row in ROWS]))
    assert list(intake.sheet.titles) == [row[1] for row in ROWS]


def test_columns_that_say_what_a_level_means_are_no_intentions():
    guides = [["1 means", *["worst of all"] * 7], ["5 means", *["best of all"] * 7]]
    rows = turned(["Criteria", *NAMES], *guides, *[[row[0], *row[2:]] for row in ROWS])
    intake = read_rows(rows)
    assert list(intake.sheet.refs) == ["PLC-01", "PLC-02", "PLC-03"]
    assert scores_of(intake) == SCORES
    assert intake.count() == 3
    assert [left.why for left in intake.tables[0].left_out] == [
        "a guide to the scale, or reasons for the scores"
    ] * 2


def test_a_row_of_guidance_under_the_header_states_the_direction_of_each_column():
    guide = [None, None, *["1 = low, 5 = high"] * 3, *["1 = hard, 5 = easy"] * 2, None, None]
    rows = [HEADER, guide, *ROWS]
    intake = read_rows(rows)
    assert scores_under(intake, "Cost")[-3:] == [None, None, None]
    assert scores_under(intake, "Complexity")[-3:] == [2, 5, 1]
    assert [p.label for p in intake.problems if p.kind == "direction"] == ["Cost"]


def test_a_key_above_in_rows_that_each_name_a_criterion():
    for said, cost in (("5 = cheap", [3, 5, 1]), ("5 = expensive", [None, None, None])):
        rows = [["Cost", said], ["Impact", "1 = low", "5 = high"], [], HEADER, *ROWS]
        assert scores_under(read_rows(rows), "Cost") == cost


def test_a_key_below_the_table_is_heeded():
    intake = read_rows([HEADER, *ROWS, [], ["Key: 1 = low cost, 5 = high cost"]])
    assert scores_under(intake, "Cost") == [None, None, None]
    general = read_rows([HEADER, *ROWS, [], ["Key"], ["1 = low"], ["5 = high"]])
    assert [problem.kind for problem in general.problems] == ["direction"]
    assert scores_of(general) == SCORES


def test_a_header_that_says_how_far_the_scale_goes_says_nothing_of_its_direction():
    for said in ("(max 5)", "(maximum score of 5)", "- max. 5 points", "(min 1, max 5)"):
        intake = read_rows([["Ref", "Title", *(f"{name} {said}" for name in NAMES)], *ROWS])
        assert scores_of(intake) == SCORES
        assert intake.problems == ()


def test_an_earlier_cost_beside_the_cost_is_asked_about_and_not_used():
    rows = [[*row, 1] for row in ROWS]
    for said in ("Cost (old)", "Cost - previous", "Cost (original)"):
        intake = read_rows([["Ref", "Title", *NAMES, said], *rows])
        assert scores_of(intake) == SCORES
        assert [p.found for p in intake.problems] == [said]
        assert f'--map "{said}=ignore"' in str(intake.problems[0])


def test_under_affordability_a_low_cost_is_good_and_low_alone_is_not():
    for said in ("5 = no cost", "1 = high cost, 5 = low cost", "1 low, 5 high"):
        intake = read_rows(
            [["Ref", "Title", *NAMES[:2], f"Affordability ({said})", *NAMES[3:]], *ROWS]
        )
        assert scores_of(intake) == SCORES, said
        assert intake.problems == ()
    for said in ("1 = low cost, 5 = high cost", "1 high, 5 low"):
        intake = read_rows(
            [["Ref", "Title", *NAMES[:2], f"Affordability ({said})", *NAMES[3:]], *ROWS]
        )
        assert [row[2] for row in scores_of(intake)] == [None, None, None], said
        assert "this header says the opposite" in str(intake.problems[0])


def test_numbers_under_a_header_that_fits_nothing_are_told_in_a_text_table_too():
    text = "\n".join(
        ",".join(map(str, row)) for row in [[*HEADER, "Prize"], *[[*r, 4] for r in ROWS]]
    )
    (problem,) = read_bytes(text.encode(), "team.csv").problems
    assert "it holds numbers from 4 to 4, which could be scores" in str(problem)
