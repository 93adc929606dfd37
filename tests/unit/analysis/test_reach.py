"""Reach by hand, and against everything that could be tried on small rounds."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from scoring.analysis.reach import reach
from scoring.analysis.score_steps import score_steps
from scoring.analysis.weight_change import NoWeights, WeightChange, weight_change
from scoring.framework import Weights
from scoring.problem import Unusable
from scoring.ranking import Ranking, prioritise
from scoring.sheet import ScoreSheet
from tests.small_rounds import ranking, sheet

# Alpha and Beta weigh 60 and 40 on scales of 0 to 4. A = (4, 1) has 280 of 400, B = (1, 4) 220.
TWO = ((4, 1), (1, 4))


def found(change: WeightChange | NoWeights | None) -> WeightChange:
    assert isinstance(change, WeightChange)
    return change


def stands_alone_above(ranked: Ranking, ref: str, line: int) -> bool:
    keys = ranked.totals.keys
    return int((keys >= keys[ranked.sheet.index(ref)]).sum()) <= line


def test_two_intentions_change_places_when_ten_points_move_from_one_weight_to_the_other():
    # They are level at 50/50: ten points off Alpha and ten onto Beta, 20 points in all.
    change = found(weight_change(ranking((60, 40), TWO), "B", 1))
    assert change.proved
    assert change.change == pytest.approx(20, abs=0.01)
    assert (change.enters, change.leaves) == (("B",), ("A",))
    assert str(change) == (
        "The smallest change of weights that does it is 20.0 points in all: "
        "Alpha from 60.0% to 50.0% and Beta from 40.0% to 50.0%."
    )
    assert change.others_in_words == "With those weights B would come in and A would go out."


def test_the_weights_found_are_ranked_again_and_put_it_clearly_above():
    ranked = ranking((60, 40), TWO)
    change = found(weight_change(ranked, "B", 1))
    assert stands_alone_above(prioritise(ranked.sheet, change.weights), "B", 1)


def test_no_weights_can_is_said_with_the_names_of_those_at_least_as_good_everywhere():
    scores = ((4, 4), (3, 3), (2, 2), (4, 0))
    answer = weight_change(ranking((60, 40), scores), "C", 2)
    assert isinstance(answer, NoWeights)
    assert answer.blockers == ("A", "B")
    assert str(answer) == ("No weights can: these 2 score at least as well on everything: A, B.")


def test_twins_cannot_be_parted_by_any_weights():
    answer = weight_change(ranking((60, 40), ((3, 3), (3, 3), (0, 4))), "B", 1)
    assert isinstance(answer, NoWeights)
    assert answer.blockers == ("A",)


def test_no_weights_can_although_nobody_is_better_everywhere():
    # C = (1, 1) is under the straight line from A = (4, 0) to B = (0, 4): one is always ahead.
    answer = weight_change(ranking((60, 40), ((4, 0), (0, 4), (1, 1))), "C", 1)
    assert isinstance(answer, NoWeights)
    assert answer.blockers == ()
    assert "not always the same ones" in str(answer)


def test_a_place_below_the_line_is_taken_from_whoever_is_cheapest_to_pass():
    # C = (0, 4) needs to pass only one of A = (4, 2) and B = (3, 3) for a line of 2.
    # C reaches B where 3 = 4b, b = 3/4 of all weight on Beta; A at 4a + 2b = 4b: b = 2/3.
    change = found(weight_change(ranking((60, 40), ((4, 2), (3, 3), (0, 4))), "C", 2))
    assert change.change == pytest.approx(2 * (100 * 2 / 3 - 40), abs=0.01)
    assert change.leaves == ("A",)


def test_a_tie_across_the_line_is_parted_by_the_slightest_change():
    answer = reach(ranking((50, 50), ((4, 0), (0, 4))), "B", 1)
    assert answer.sentences[0].startswith("B shares place 1 with others across the line")
    assert answer.sentences[1] == (
        "By weights alone. The slightest change does it: a little more weight on Beta, "
        "as much less on Alpha."
    )


def test_a_criterion_without_weight_can_be_given_some():
    change = found(weight_change(ranking((60, 40, 0), ((4, 4, 0), (3, 4, 4))), "B", 1))
    # 0.6a... A leads by 1 step of Alpha; moving x from Alpha to Gamma: (60 - x) < 4x, x = 12.
    assert change.change == pytest.approx(24, abs=0.01)
    assert [move.name for move in change.moves] == ["Alpha", "Gamma"]


def tried(ranked: Ranking, ref: str, line: int, grid: int = 20) -> float:
    """The smallest change among all weights in steps of 5%, that puts it clearly above."""
    names, today = tuple(ranked.weights), ranked.weights.percent
    best = np.inf
    for cut in itertools.combinations(range(1, grid + len(names)), len(names) - 1):
        parts = np.diff((0, *cut, grid + len(names))) - 1
        if parts.sum() != grid:
            continue
        given = dict(zip(names, (int(p) for p in parts), strict=True))
        if stands_alone_above(prioritise(ranked.sheet, Weights.of(given)), ref, line):
            best = min(best, sum(abs(100 * given[n] / grid - today[n]) for n in names))
    return float(best)


def test_no_weights_on_a_grid_do_it_with_less_change():
    rng = np.random.default_rng(7)
    for _ in range(12):
        ranked = ranking((50, 30, 20), rng.integers(0, 5, (7, 3)).tolist())
        ref = ranked.sheet.refs[int(ranked.places.order[-2])]
        answer, grid = weight_change(ranked, ref, 2), tried(ranked, ref, 2)
        if isinstance(answer, NoWeights):
            assert grid == np.inf
        else:
            assert answer.change <= grid + 1e-6
            assert stands_alone_above(prioritise(ranked.sheet, answer.weights), ref, 2)


def test_the_fewest_score_steps_use_the_worthiest_criterion_first():
    # B needs more than 60 points of 400: one Alpha step is 60 (level, not above), so two steps.
    steps = score_steps(ranking((60, 40), TWO), "B", 1)
    assert steps.steps == 2
    assert str(steps) == "2 score steps would do it: Alpha 3 instead of 1."


def test_one_step_is_one_step():
    steps = score_steps(ranking((60, 40), ((4, 2), (3, 3))), "B", 1)
    # A 320, B 300: a step on either criterion passes it.
    assert str(steps) == (
        "One score step would do it: Alpha 4 instead of 3. Or: Beta 4 instead of 3."
    )


def test_where_even_the_best_scores_are_only_level_no_scores_can():
    steps = score_steps(ranking((60, 40), ((4, 4), (1, 1))), "B", 1)
    assert steps.steps == 0
    assert str(steps).startswith("No scores can")


def every_way(ranked: Ranking, ref: str, line: int) -> int:
    """The fewest steps, by trying every better row of scores."""
    built = ranked.sheet
    i, fewest = built.index(ref), 99
    for row in itertools.product(*(range(int(s), 5) for s in built.scores[i])):
        scores = built.scores.copy()
        scores[i] = row
        again = prioritise(ScoreSheet(built.framework, built.refs, built.titles, scores))
        if stands_alone_above(again, ref, line):
            fewest = min(fewest, int(sum(row) - built.scores[i].sum()))
    return fewest


def test_the_fewest_score_steps_are_those_of_trying_every_score():
    rng = np.random.default_rng(3)
    for _ in range(8):
        ranked = ranking((50, 30, 20), rng.integers(0, 5, (6, 3)).tolist())
        for ref in ranked.sheet.refs:
            if reach(ranked, ref, 2).by_scores is not None:
                steps = score_steps(ranked, ref, 2)
                assert (steps.steps or 99) == every_way(ranked, ref, 2)
                assert all(sum(m.steps for m in way) == steps.steps for way in steps.ways)


def test_who_is_above_already_or_out_of_the_running_is_told_so():
    ranked = ranking((60, 40), TWO)
    assert reach(ranked, "A", 1).sentences == ("A is above the line already, at place 1.",)
    must_do = [False, True]
    assert reach(ranked, "B", 1, must_do).sentences == (
        "B is a must-do: it is done whatever its place.",
    )
    assert reach(ranked, "A", 1, must_do).sentences == (
        "Must-dos take every place above the line: none is left for others.",
    )
    gap = prioritise(sheet((60, 40), ((4, 1), (1, np.nan))))
    assert reach(gap, "B", 1).sentences == ("B is not ranked: Beta not scored.",)


def test_a_missing_score_that_counts_as_the_worst_can_be_scored():
    gap = prioritise(sheet((60, 40), ((4, 1), (4, np.nan))), missing="worst")
    # A 280, B 240: one Beta step is level, two are above.
    assert str(reach(gap, "B", 1).by_scores) == (
        "2 score steps would do it: Beta 2 instead of not scored."
    )


def test_rescaled_gaps_are_refused_because_the_totals_are_no_one_weighted_sum():
    gap = prioritise(sheet((60, 40), ((4, 1), (4, np.nan))), missing="renormalise")
    with pytest.raises(Unusable, match="leave incomplete ones unranked"):
        reach(gap, "B", 1)
