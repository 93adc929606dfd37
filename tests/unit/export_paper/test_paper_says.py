"""What the board paper says, from hand-checked figures."""

from dataclasses import replace

import numpy as np
import pytest

from scoring.analysis.assumptions import Assumptions
from scoring.analysis.draws import Within
from scoring.analysis.gates import is_settled
from scoring.analysis.score_draws import OffByOne
from scoring.export.paper import Choices
from scoring.export.paper.appendix import full_list, method
from scoring.export.paper.basis import criteria, segments
from scoring.export.paper.blocks import Grid, Picture, ToComplete
from scoring.export.paper.changes import changes
from scoring.export.paper.choices import Matter
from scoring.export.paper.decisions import gates, overrides
from scoring.export.paper.firmness import firmness
from scoring.export.paper.opening import front, process, purpose, recommendations
from scoring.export.paper.priorities import prioritised
from scoring.export.paper.write import paper_blocks
from scoring.framework import load_framework
from scoring.intake.result import LedgerLine
from scoring.problem import Unusable
from scoring.ranking import prioritise
from scoring.sheet import ScoreSheet
from tests.small_rounds import ranking as small_ranking
from tests.unit.export_paper.papers import ABOUT, grid, ranking, round_of_five, said


def matter(*, weights=None, override=False, baseline=False, **choices):
    """What a paper on the five is written from."""
    before = ranking() if baseline else None
    return Matter(ranking(weights, override=override), ABOUT, Choices(**choices), before)


def test_the_purpose_counts_what_was_submitted_and_names_who_is_first():
    text = said(purpose(matter()))
    assert "Six" not in text
    assert "6 intentions were submitted; 4 were scored on 7 criteria" in text
    assert "First is E (Epsilon), with a total of 100.0 out of 100." in text
    assert "1 is not ranked because a score is missing and 1 has no segment" in text


def test_a_shared_first_place_names_everyone_in_it():
    text = said(purpose(Matter(small_ranking([1, 1], [[4, 0], [0, 4], [1, 1]]), ABOUT, Choices())))
    assert (
        "A (Intention A) and B (Intention B) share first place, each with a total of 50.0" in text
    )


def test_a_round_in_which_nothing_is_ranked_says_so_and_has_no_list():
    empty = prioritise(ScoreSheet(load_framework("lsc-2025-26"), (), (), []))
    about = replace(ABOUT, ledger=())
    blocks = paper_blocks(Matter(empty, about, Choices()))
    assert "No intention could be ranked." in said(blocks)
    assert "The prioritised list" not in said(blocks)


def test_the_process_adds_up_to_what_was_submitted():
    blocks = process(matter())
    assert "6 submitted = 4 ranked + 1 not ranked + 1 refused." in said(blocks)
    refused = grid(blocks, "What was refused, and why").table
    assert refused.rows[0][-1] == "It has no title and no ref"


def test_who_was_merged_or_set_aside_is_named_in_the_process():
    ledger = (
        *ABOUT.ledger,
        LedgerLine("team.xlsx", "Round", 8, "merged", "F", "Zeta", "The same as A"),
        LedgerLine("team.xlsx", "Round", 9, "scored", "G", "Eta"),
    )
    about = replace(ABOUT, ledger=ledger, set_aside=(("G", "Deferred"),))
    blocks = process(Matter(ranking(), about, Choices()))
    assert "8 submitted = 4 ranked + 1 not ranked + 1 refused + 1 deferred + 1 merged." in said(
        blocks
    )
    aside = grid(blocks, "What was set aside by a person").table
    assert aside.rows == (("G", "Eta", "Deferred"),)
    merged = grid(blocks, "What was merged into another, and why").table
    assert "The same as A" in merged.rows[0]


def test_weights_that_nobody_saved_have_no_scenarios_name():
    about = replace(ABOUT, scenario="Changed weights")
    text = said(purpose(Matter(ranking({"impact": "30"}), about, Choices())))
    assert "The ranking uses changed weights, not the published ones." in text


def test_statuses_are_counted_and_a_blank_is_named():
    sheet = round_of_five(status=("Live", "Live", "Paused", None, "Live"))
    blocks = process(Matter(prioritise(sheet), ABOUT, Choices()))
    table = grid(blocks, "Intentions by status").table
    assert table.rows == (("Live", 3), ("Paused", 1), ("No status given", 1))


def test_recommendations_leave_the_decision_to_the_author():
    blocks = recommendations(matter())
    spaces = [block for block in blocks if isinstance(block, ToComplete)]
    assert [space.what for space in spaces] == [
        "what the committee is asked to approve or support",
        "what follows from it: by whom and by when",
    ]
    assert "that every intention submitted is accounted for" in said(blocks)


def test_a_section_left_out_is_not_referred_to_in_the_recommendations():
    assert "how firm" not in said(recommendations(matter(sections=("recommendations", "list"))))


def test_changed_weights_stand_beside_the_published_ones():
    table = grid(
        criteria(matter(weights={"impact": "30", "cost": "5"})), "Criteria and weights"
    ).table
    impact = next(row for row in table.rows if row[0] == "Impact")
    assert impact[3:] == (30.0, 20.0)
    assert [column.header for column in table.columns][3:] == [
        "Weight used (%)",
        "Published weight (%)",
    ]


def test_segments_have_counts_and_routes_and_no_column_of_overrides_without_any():
    table = grid(segments(matter()), "Segments, what is in them and where they go").table
    assert [column.id for column in table.columns] == [
        "segment",
        "definition",
        "route",
        "intentions",
    ]
    counts = {row[0]: row[-1] for row in table.rows}
    assert counts["Segment 2: efficiency or improvement, ICB"] == 2
    assert counts["Unassigned"] == 1


def test_the_list_is_by_segment_with_the_place_there_and_overall():
    blocks = prioritised(matter())
    name = "Prioritised list: Segment 2: efficiency or improvement, ICB"
    rows = grid(blocks, name).table.rows
    assert rows == (("1", "1", "E", "Epsilon", 100.0), ("2", "2", "A", "Alpha", 62.5))


def test_a_tie_is_never_cut_by_the_top_n():
    blocks = prioritised(matter(top=1))
    rows = grid(
        blocks, "Prioritised list: Segment 2: efficiency or improvement, provider"
    ).table.rows
    assert [row[:3] for row in rows] == [("=1", "=3", "B"), ("=1", "=3", "C")]


def test_what_leaves_an_intention_unassigned_is_asked():
    asked = grid(prioritised(matter()), "What has to be answered first").table
    assert asked.rows[0][0] == "D"
    assert "To answer: Is it business as usual" in str(asked.rows[0][2])


def with_a_must_do(line: int = 2, must_dos: str = "counted") -> Matter:
    """E 100; A 62.5; B and C tie on 50; C is a must-do; D is not ranked."""
    sheet = round_of_five(must_do=(None, None, "National requirement", "no", None))
    return Matter(prioritise(sheet), ABOUT, Choices(line=line, must_dos=must_dos))


def test_must_dos_are_listed_with_their_reason_and_their_place():
    blocks = prioritised(with_a_must_do())
    assert grid(blocks, "Must-dos").table.rows == (("C", "Gamma", "National requirement", "=3"),)


def test_a_must_do_that_counts_takes_a_place_above_the_line():
    blocks = prioritised(with_a_must_do())
    assert (
        "The line is drawn after 2 intentions. 1 must-do takes one of these places, which leaves room "
        "for 1 other." in said(blocks)
    )
    table = grid(blocks, "Above the line, must-dos apart").table
    assert [row[:3] for row in table.rows] == [("1", "E", "Epsilon")]


def test_a_must_do_that_does_not_count_leaves_every_place_to_the_others():
    blocks = prioritised(with_a_must_do(must_dos="extra"))
    assert "1 must-do is done besides and take none" not in said(blocks)
    assert "1 must-do is done besides and takes none of these places." in said(blocks)
    table = grid(blocks, "Above the line, must-dos apart").table
    assert [row[1] for row in table.rows] == ["E", "A"]


def test_a_must_do_that_is_ranked_stands_among_the_others():
    blocks = prioritised(with_a_must_do(line=3, must_dos="ranked"))
    table = grid(blocks, "Above the line and level with it").table
    assert [(row[1], row[-1]) for row in table.rows] == [
        ("E", "above"), ("A", "above"), ("B", "tied at it"), ("C", "tied at it"),
    ]  # fmt: skip
    provider = "Prioritised list: Segment 2: efficiency or improvement, provider"
    assert [row[:3] for row in grid(blocks, provider).table.rows] == [
        ("=1", "=3", "B"), ("=1", "=3", "C"),
    ]  # fmt: skip


def test_places_inside_a_segment_count_must_dos_as_overall_places_do():
    blocks = prioritised(with_a_must_do())
    provider = "Prioritised list: Segment 2: efficiency or improvement, provider"
    assert [row[:3] for row in grid(blocks, provider).table.rows] == [("=1", "=3", "B")]
    assert "2 intentions, of which 1 is a must-do." in said(blocks)


def test_recommendations_and_gates_are_about_the_same_set():
    found = with_a_must_do()
    assert "that 1 must-do and 1 other stand above a line after 2" in said(recommendations(found))
    table = grid(gates(found), "Gates open above the line, must-dos included").table
    assert [row[1] for row in table.rows] == ["C"]  # E's is approved; A and B are below


def test_the_full_list_says_on_which_side_of_the_line_each_stands():
    blocks = full_list(with_a_must_do())
    table = grid(blocks, "Every ranked intention, with its scores").table
    assert [(row[1], row[-1]) for row in table.rows] == [
        ("E", "above"), ("A", "below"), ("B", "below"), ("C", "must-do"),
    ]  # fmt: skip


def test_how_firm_leaves_must_dos_out():
    # With C taking a place, the line is between E and A; without, between A and B.
    counted = said(firmness(with_a_must_do()))
    assert "1 intention is above the line or level with it today, must-dos apart." in counted
    extra = said(firmness(with_a_must_do(must_dos="extra")))
    assert "2 intentions are above the line or level with it today, must-dos apart." in extra


def test_what_changed_at_the_line_leaves_must_dos_out():
    # A: 75 then 25; B: 25 then 75; C, the must-do: 50 in both.
    before = small_ranking([3, 1], [[4, 0], [0, 4], [2, 2]])
    sheet = replace(before.sheet, fields={"must_do": (None, None, "yes")})
    before = prioritise(sheet)
    after = prioritise(sheet, sheet.framework.weights_with({"alpha": 1, "beta": 3}))
    text = said(changes(Matter(after, ABOUT, Choices(line=2), before)))
    assert "Now above the line and not before: B." in text
    assert "Above the line before and not now: A." in text


def test_the_recommendations_name_no_list_and_no_firmness_where_there_is_none():
    nothing = small_ranking([1], [[np.nan], [np.nan]])
    text = said(recommendations(Matter(nothing, ABOUT, Choices())))
    assert "prioritised list" not in text
    assert "how firm" not in text
    alone = said(recommendations(Matter(small_ranking([1], [[2]]), ABOUT, Choices())))
    assert "the prioritised list and the weights that gave it" in alone
    assert "how firm" not in alone


def test_the_method_speaks_of_segments_only_where_the_framework_has_any():
    assert "Segment: the questions" in said(method(matter()))
    bare = Matter(small_ranking([1, 1], [[4, 0], [0, 3]]), ABOUT, Choices())
    assert "Segment: the questions" not in said(method(bare))


def test_how_firm_says_why_a_long_round_has_nothing_on_what_would_lift_the_first_below_the_line():
    scores = [[4, 0]] + [[3, 1]] + [[2, 1]] * 1_000
    large = Matter(small_ranking([3, 1], scores), ABOUT, Choices(line=1))
    text = said(firmness(large))
    assert "What would lift the first below the line" in text
    assert "with more than 1,000 ranked intentions it takes too long for a paper" in text


def test_how_firm_says_what_would_lift_the_first_below_the_line():
    # 3 on both against A's 4 on both: no weights lift B, two steps up do.
    ranked = small_ranking([1, 1], [[4, 4], [3, 3], [0, 0]])
    text = said(firmness(Matter(ranked, ABOUT, Choices(line=1))))
    assert "B is below the line, at place 2." in text
    assert "By weights alone." in text
    assert "By its scores alone." in text


def test_what_no_single_weight_can_change_is_said_once_and_not_drawn():
    # A is better than B on everything, whatever the weights.
    blocks = firmness(Matter(small_ranking([1, 1], [[4, 4], [3, 3]]), ABOUT, Choices(line=1)))
    text = said(blocks)
    assert text.count("The one above the line stays the same whatever the weight of any one") == 1
    assert text.count("A stays first whatever the weight of any one criterion.") == 1
    assert not any(isinstance(block, Picture) for block in blocks)


def test_a_caption_keeps_the_capitals_of_a_ref():
    ranked = small_ranking([9, 1], [[4, 0], [0, 4], [3, 3]])
    drawn = [b for b in firmness(Matter(ranked, ABOUT, Choices(line=2))) if isinstance(b, Picture)]
    assert any("alone, while A stays first" in picture.caption for picture in drawn)


def test_how_firm_says_whether_other_methods_agree():
    ranked = small_ranking([1, 1], [[4, 4], [3, 3], [0, 0]])
    text = said(firmness(Matter(ranked, ABOUT, Choices(line=1))))
    assert "All 5 other methods put the same one above the line." in text


def test_what_changed_is_left_out_when_the_weights_are_the_baselines():
    assert changes(matter(baseline=True)) == ()
    assert changes(matter(weights={"impact": "30"})) == ()


def test_what_changed_names_the_weights_and_the_moves():
    before = small_ranking([3, 1], [[4, 0], [0, 4], [2, 2]])
    after = prioritise(before.sheet, before.sheet.framework.weights_with({"alpha": 1, "beta": 3}))
    blocks = changes(Matter(after, ABOUT, Choices(line=1), before))
    weights = grid(blocks, "Weights that changed from the published weights").table
    assert weights.rows == (("Alpha", 75.0, 25.0, -50.0), ("Beta", 25.0, 75.0, 50.0))
    moves = grid(blocks, "The largest moves").table
    assert [row[:4] for row in moves.rows] == [
        ("B", "Intention B", "3", "1"),
        ("A", "Intention A", "1", "3"),
    ]
    assert "The line is drawn after 1 intention." in said(blocks)
    assert "Now above the line and not before: B." in said(blocks)
    assert "1 of 3 ranked intentions rose, 1 fell and 1 kept their place" in said(blocks)


def test_what_changed_since_another_round_is_said_by_ref():
    before = small_ranking([1, 1], [[4, 4], [3, 3], [2, 2], [1, 1]])
    sheet = before.sheet.take([3, 1, 0])
    scores = np.array([[4.0, 4], [3, 3], [0, 1]])
    after = prioritise(replace(sheet, scores=scores, refs=("D", "B", "Z")))
    choices = Choices(line=2, baseline="the previous round")
    blocks = changes(Matter(after, ABOUT, choices, before))
    text = said(blocks)
    assert "1 intention is new and 2 intentions are no longer in it" in text
    assert "Of the 2 ranked in both, 1 rose, 0 fell and 1 kept their place." in text
    assert "Now above the line and not before: D." in text
    assert "Above the line before and not now: A." in text
    assert grid(blocks, "The largest moves").table.rows == (("D", "Intention D", 4, 1, 3),)
    gone = grid(blocks, "In the previous round and not in this one").table
    assert [row[0] for row in gone.rows] == ["A", "C"]
    assert gone.rows[0][2] == "1"


def test_how_firm_gives_the_exact_limits_of_each_weight():
    # A leads by 4 x alpha, B by 4 x beta, C has 3 on both: A stays first down to alpha 75%.
    ranked = small_ranking([9, 1], [[4, 0], [0, 4], [3, 3]])
    text = said(firmness(Matter(ranked, ABOUT, Choices(line=2))))
    assert "A stays first for any Alpha weight of 75.0% or more" in text
    assert "Who is above the line" in text


def test_how_firm_gives_the_chances_of_staying_above_the_line():
    # A is better than the others on everything, so in all draws; B and C change by the weights.
    ranked = small_ranking([1, 1], [[4, 4], [3, 1], [1, 3], [0, 0]])
    blocks = firmness(Matter(ranked, ABOUT, Choices(line=2)))
    text = said(blocks)
    assert "drawn 10,000 times and the intentions ranked each time: weights around today's" in text
    assert "95 times in 100 a chance is within 1.0 percentage points" in text
    assert "3 intentions are above the line or level with it today." in text
    assert "Of these 1 is there in at least 90% of the draws, and 2 are borderline." in text
    caption = "Borderline: neither nearly always above the line nor nearly always below"
    rows = grid(blocks, caption).table.rows
    assert {row[1] for row in rows} == {"B", "C"}
    assert sum(row[3] for row in rows) == pytest.approx(100)
    assert all(45 < row[3] < 55 for row in rows)


def test_how_firm_goes_by_what_was_taken_for_unsure():
    ranked = small_ranking([1, 1], [[4, 4], [3, 1], [1, 3], [0, 0]])
    asked = Assumptions(Within(5), OffByOne(0.1), 0.8, 0.1)
    text = said(firmness(Matter(ranked, ABOUT, Choices(line=2, assumptions=asked))))
    assert "each weight at most 5 points from today's; each score one step off" in text
    assert "All draws keep each weight within: Alpha 45.0% to 55.0%" in text
    assert "there in at least 80% of the draws" in text


def test_how_firm_says_why_it_cannot_when_gaps_are_rescaled():
    ranked = prioritise(round_of_five(), missing="renormalise")
    text = said(firmness(Matter(ranked, ABOUT, Choices(line=2))))
    assert "No exact limit can be given for 1 intention ranked on the criteria it has." in text


def test_overrides_come_with_reason_name_and_date_and_without_any_the_section_goes():
    assert overrides(matter()) == ()
    table = grid(overrides(matter(override=True)), "Overrides and their reasons").table
    assert table.rows == (
        (
            "B",
            "Beta",
            "Segment 2: efficiency or improvement, provider",
            "Segment 1: a trust can act alone",
            "The trust has agreed to do it alone.",
            "Dr Jane Smith, 01/11/2026",
        ),
    )


def test_a_gate_is_open_until_what_is_recorded_lets_it_pass():
    assert is_settled(" Not  required. ")
    assert not is_settled("")
    assert not is_settled("Not approved")
    assert not is_settled("Approved in principle")


def test_gates_outstanding_count_blanks_as_open():
    blocks = gates(matter())
    assert "3 intentions of 5 are waiting at one gate or more" in said(blocks)
    table = grid(blocks, "Gates open above the line").table
    assert table.rows == (("=3", "B", "Beta", "Drafted"), ("=3", "C", "Gamma", "Nothing recorded"))


def test_a_blank_business_case_without_new_money_is_not_waited_for():
    fields = {
        "business_case": ("Drafted", None, None, None, None),
        "investment_recurrent": (5000.0, 0.0, -200.0, None, 0.0),
    }
    sheet = replace(round_of_five(), fields=fields)
    blocks = gates(Matter(prioritise(sheet), ABOUT, Choices()))
    assert "2 intentions of 5 are waiting at one gate or more" in said(blocks)
    assert grid(blocks, "Gates by what is recorded").table.rows == (
        ("Business case", "Nothing recorded", "Passed", 3),
        ("Business case", "Drafted", "Open", 1),
        ("Business case", "Nothing recorded", "Open", 1),
    )


def test_gates_are_left_out_when_nothing_at_all_is_recorded():
    sheet = replace(round_of_five(), fields={})
    assert gates(Matter(prioritise(sheet), ABOUT, Choices())) == ()


def test_illustrative_scores_are_said_on_the_first_page():
    blocks = front(Matter(ranking(), replace(ABOUT, illustrative="All invented"), Choices()))
    assert blocks[-1].text == "All invented."


def test_only_the_chosen_sections_are_written():
    blocks = paper_blocks(matter(sections=("criteria",)))
    assert said(blocks).startswith("Criteria and weights")
    assert "Purpose" not in said(blocks)


def test_an_unknown_section_and_a_line_of_zero_are_refused_together():
    with pytest.raises(Unusable) as refused:
        Choices(sections=("purpose", "poem"), top=201, line=0)
    assert [problem.found for problem in refused.value.problems] == ["poem", "201", "0"]


def test_a_framework_without_segments_has_one_list_and_no_segments_section():
    ranked = small_ranking([1, 1], [[4, 0], [0, 3], [1, 1]])
    assert segments(Matter(ranked, ABOUT, Choices())) == ()
    rows = grid(prioritised(Matter(ranked, ABOUT, Choices())), "Prioritised list: the whole list")
    assert [row[0] for row in rows.table.rows] == ["1", "2", "3"]


def test_every_table_has_a_caption_and_every_chart_says_what_it_shows():
    blocks = paper_blocks(matter(weights={"impact": "45"}, override=True, baseline=True, line=2))
    grids = [block for block in blocks if isinstance(block, Grid)]
    pictures = [block for block in blocks if isinstance(block, Picture)]
    assert len(grids) >= 8
    assert all(block.caption for block in grids)
    assert len(pictures) >= 3
    assert all(len(picture.alternative) > 40 for picture in pictures)
