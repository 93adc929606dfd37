"""Reach by hand, and against everything that could be tried on small rounds."""

from __future__ import annotations

import itertools
from threading import Event

import numpy as np
import pytest
from scipy.optimize import linprog

from scoring.analysis.progress import Stopped
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
    assert str(NoWeights(("A",))) == "No weights can: A scores at least as well on everything."


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


def nearest_of_all(ranked: Ranking, ref: str, line: int) -> float:
    """The smallest change, from a linear programme for every set of others that may stay ahead."""
    scores, i = ranked.sheet.scores / 4, ranked.sheet.index(ref)
    others = np.delete(scores - scores[i], i, axis=0)
    today = np.array(list(ranked.weights.percent.values())) / 100
    size, best = len(today), np.inf
    for stay in itertools.combinations(range(len(others)), line - 1):
        passed = np.delete(others, stay, axis=0)
        change = linprog(
            np.ones(2 * size),
            A_ub=np.hstack([passed, -passed]),
            b_ub=-1e-5 - passed @ today,
            A_eq=[[1] * size + [-1] * size],
            b_eq=[0],
            bounds=[(0, 1)] * size + [(0, share) for share in today],
        )
        if change.status == 0:
            best = min(best, 100 * change.fun)
    return float(best)


@pytest.mark.parametrize("weights", [(50, 30, 20), (40, 30, 30, 0), (25, 20, 20, 20, 15)])
def test_the_smallest_change_is_that_of_trying_every_set_of_others(weights: tuple[int, ...]):
    rng, lifted = np.random.default_rng(len(weights)), 0
    for _ in range(70):
        rows = rng.integers(0, 5, (7, len(weights))).tolist()
        ranked, line = ranking(weights, rows), int(rng.integers(1, 4))
        ref = ranked.sheet.refs[int(ranked.places.order[-int(rng.integers(1, 3))])]
        if stands_alone_above(ranked, ref, line):
            continue
        answer, smallest = weight_change(ranked, ref, line), nearest_of_all(ranked, ref, line)
        if isinstance(answer, NoWeights):
            assert answer.settled
            assert smallest == np.inf
        else:
            lifted += 1
            assert answer.proved
            assert answer.change == pytest.approx(smallest, abs=0.006)
            assert answer.at_least <= smallest + 1e-6
            assert stands_alone_above(prioritise(ranked.sheet, answer.weights), ref, line)
    assert lifted > 10


def made_up(n: int, seed: int = 1) -> Ranking:
    """A round of `n` intentions on seven criteria."""
    scores = np.random.default_rng(seed).integers(0, 5, (n, 7)).tolist()
    return ranking((25, 20, 15, 15, 10, 10, 5), scores)


def test_among_a_thousand_the_smallest_change_is_proved_and_confirmed_by_ranking_again():
    ranked = made_up(1_000)
    ref = ranked.sheet.refs[int(ranked.places.order[60])]
    change = found(weight_change(ranked, ref, 30))
    assert change.proved
    assert 0 < change.change - 0.051 <= change.at_least <= change.change
    assert stands_alone_above(prioritise(ranked.sheet, change.weights), ref, 30)


def test_a_search_that_stops_early_says_what_is_known(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("scoring.analysis.weight_change._QUICK", 1.0)
    monkeypatch.setattr("scoring.analysis.weight_change._LONG", 1.0)
    monkeypatch.setattr("scoring.analysis.weight_change._FEW", 0)
    ranked = made_up(400)
    change = found(weight_change(ranked, ranked.sheet.refs[int(ranked.places.order[60])], 30))
    assert not change.proved
    assert 0 < change.at_least < change.change
    known = f"at least {np.floor(10 * change.at_least) / 10:.1f} are needed"
    assert str(change).startswith(f"At most {change.change:.1f} points of change are needed in all")
    assert f"({known}, and whether fewer do is not proved): " in str(change)


def test_a_search_given_up_without_weights_says_so():
    assert str(NoWeights((), False, 12.34)) == (
        "No weights were found that do it, and it is not proved that there are none (none below "
        "12.3 points of change)."
    )


def test_whoever_hears_of_the_search_hears_more_and_more_and_can_stop_it():
    ranked, told = made_up(182), []
    ref = ranked.sheet.refs[int(ranked.places.order[60])]
    reach(ranked, ref, 30, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1

    def stop(done: float) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        reach(ranked, ref, 30, progress=stop)


def test_more_criteria_than_can_be_searched_whole_go_to_the_programme(
    monkeypatch: pytest.MonkeyPatch,
):
    rng = np.random.default_rng(4)
    ranked = ranking((25, 20, 15, 15, 10, 10, 5), rng.integers(0, 5, (9, 7)).tolist())
    ref = ranked.sheet.refs[int(ranked.places.order[-1])]
    monkeypatch.setattr("scoring.analysis.weight_search._ALL_DIRECTIONS", 4)
    change = found(weight_change(ranked, ref, 3))
    assert change.proved
    assert change.change == pytest.approx(nearest_of_all(ranked, ref, 3), abs=0.006)


def test_a_search_can_be_given_up_while_its_programme_is_being_solved(
    monkeypatch: pytest.MonkeyPatch,
):
    # A solver that waits stands for one that takes long.
    asked, go = Event(), Event()

    def waits(*given: object, **options: object) -> None:
        asked.set()
        go.wait(30)

    rng = np.random.default_rng(4)
    ranked = ranking((25, 20, 15, 15, 10, 10, 5), rng.integers(0, 5, (9, 7)).tolist())
    ref = ranked.sheet.refs[int(ranked.places.order[-1])]
    monkeypatch.setattr("scoring.analysis.weight_search._ALL_DIRECTIONS", 4)
    monkeypatch.setattr("scipy.optimize.milp", waits)

    def stop(share: float) -> None:
        if asked.is_set():
            raise Stopped

    with pytest.raises(Stopped):
        weight_change(ranked, ref, 3, progress=stop)
    go.set()


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
