"""Chances worked out by hand; verdicts and sentences; the same answer whoever does the work."""

from __future__ import annotations

from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest

from scoring.analysis import counting, sorter, tally
from scoring.analysis.confidence import confidence_factors
from scoring.analysis.draws import Anywhere, FromAssessors, InOrder, Within
from scoring.analysis.progress import Stopped
from scoring.analysis.score_draws import AsGiven, FromSamples, OffByOne
from scoring.analysis.simulate import simulate
from scoring.analysis.simulation import Simulation
from scoring.framework import Criterion, Framework, Scale, Weights
from scoring.problem import Unusable
from scoring.ranking import Ranking, prioritise
from scoring.score import Missing
from scoring.sheet import ScoreSheet
from tests.small_rounds import ranking, sheet

NAN = float("nan")


def thirty(rows: int = 30, missing: Missing = "unranked", gap: bool = False) -> Ranking:
    """Intentions with scores from 0 to 4 on three criteria; with a gap if wanted."""
    scores = np.random.default_rng(7).integers(0, 5, (rows, 3)).astype(float)
    if gap:
        scores[4, 1] = NAN
    return prioritise(sheet((5, 3, 2), scores.tolist()), missing=missing)


def assert_same(a: Simulation, b: Simulation) -> None:
    assert a.refs == b.refs
    for name in ("above", "first", "central_weights", "expected_place", "low_place", "high_place"):
        np.testing.assert_array_equal(getattr(a, name), getattr(b, name))
    assert (a.acceptability is None) == (b.acceptability is None)
    if a.acceptability is not None and b.acceptability is not None:
        np.testing.assert_array_equal(a.acceptability, b.acceptability)


def test_weights_as_they_are_give_todays_places_for_certain() -> None:
    found = simulate(ranking((5, 3, 2), [(4, 0, 0), (0, 4, 0), (0, 0, 4)]), 2, Within(0))
    assert found.above.tolist() == [1, 1, 0]
    assert found.acceptability is not None
    assert found.acceptability.tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert found.expected_place.tolist() == [1, 2, 3]
    assert (found.low_place.tolist(), found.high_place.tolist()) == ([1, 2, 3], [1, 2, 3])
    assert found.verdicts == ("firm in", "firm in", "firm out")
    assert found.standard_error.tolist() == [0, 0, 0]


def test_twins_share_their_places_exactly() -> None:
    found = simulate(ranking((1, 1), [(4, 4), (2, 1), (2, 1), (0, 0)]), 2)
    assert found.above.tolist() == [1, 0.5, 0.5, 0]
    assert found.acceptability is not None
    assert found.acceptability.tolist() == [
        [1, 0, 0, 0], [0, 0.5, 0.5, 0], [0, 0.5, 0.5, 0], [0, 0, 0, 1],
    ]  # fmt: skip
    assert found.expected_place.tolist() == [1, 2.5, 2.5, 4]


def test_intentions_that_differ_on_a_dropped_criterion_only_are_twins_around_today() -> None:
    round_ = ranking((1, 0), [(2, 4), (2, 0)])
    assert simulate(round_, 1).above.tolist() == [0.5, 0.5]
    assert simulate(round_, 1, Anywhere()).above.tolist() == [1, 0]


def test_a_tie_by_listed_weights_is_settled_by_lot() -> None:
    found = simulate(ranking((1, 1), [(4, 0), (0, 4), (2, 2)]), 1, Within(0))
    assert found.above.sum() == 1
    assert found.above == pytest.approx([1 / 3] * 3, abs=0.02)


def test_two_assessors_who_disagree_make_a_fair_coin() -> None:
    by = FromAssessors((Weights.of({"alpha": 3, "beta": 1}), Weights.of({"alpha": 1, "beta": 3})))
    found = simulate(ranking((1, 1), [(4, 0), (0, 4)]), 1, by)
    assert found.above == pytest.approx([0.5, 0.5], abs=0.02)
    # First only by the first assessor's weights, so those are its central weights.
    np.testing.assert_allclose(found.central_weights, [[0.75, 0.25], [0.25, 0.75]])


def test_a_score_off_by_one_one_time_in_five_overtakes_as_worked_out_by_hand() -> None:
    # 3 against 2. Level, a lot each: 3 falls and 2 stays (0.1 x 0.8), or 3 stays and 2 rises
    # (0.8 x 0.1). Behind: 3 falls and 2 rises (0.1 x 0.1).
    found = simulate(ranking((1,), [(3,), (2,)]), 1, scores=OffByOne(0.2), draws=40_000)
    behind = (0.08 + 0.08) / 2 + 0.01
    assert found.above == pytest.approx([1 - behind, behind], abs=0.006)


def test_a_missing_score_beats_a_three_one_time_in_five_and_ties_with_it_as_often() -> None:
    found = simulate(ranking((1,), [(3,), (NAN,)]), 1, draws=40_000)
    assert found.above == pytest.approx([0.7, 0.3], abs=0.01)
    assert found.incomplete == 1
    assert found.standing.tolist() == [True, False]
    assert found.sentence == (
        "The one above the line is borderline; 1 not ranked for want of scores could be above it."
    )


def test_a_missing_score_that_counts_as_the_worst_is_not_drawn() -> None:
    worst = prioritise(sheet((1,), [(1,), (NAN,)]), missing="worst")
    found = simulate(worst, 1)
    assert found.above.tolist() == [1, 0]
    assert found.incomplete == 0


def test_samples_are_drawn_as_they_are_given_each_as_likely() -> None:
    # In one sample of four B is ahead; 0.4 is nearest to 0 and 9 counts as the best, 4.
    samples = np.array([[(3,), (2,)], [(3,), (0.4,)], [(9,), (3,)], [(1,), (2,)]], float)
    by_samples = FromSamples(samples)
    found = simulate(ranking((1,), [(3,), (2,)]), 1, scores=by_samples, draws=40_000)
    assert found.above == pytest.approx([0.75, 0.25], abs=0.012)
    assert str(by_samples) == "scores from 4 samples, each as likely"
    assert simulate(ranking((1,), [(0,), (4,)]), 1, scores=FromSamples(samples[:1])).above[0] == 1


def test_the_same_scores_in_every_sample_make_twins() -> None:
    samples = np.array([[(1, 2), (1, 2), (4, 0)], [(0, 3), (0, 3), (0, 0)]], float)
    round_ = ranking((1, 1), [(0, 0)] * 3)
    found = simulate(round_, 1, Anywhere(), FromSamples(samples), draws=2_000)
    assert found.above[0] == found.above[1]
    assert found.above.sum() == pytest.approx(1)


def test_samples_of_another_shape_or_with_a_gap_are_errors() -> None:
    round_ = ranking((1,), [(3,), (2,)])
    for samples, message in (
        (np.zeros((5, 3, 1)), "one score for each score"),
        (np.zeros((0, 2, 1)), "there must be samples"),
        (np.full((1, 2, 1), NAN), "a number for every score"),
    ):
        with pytest.raises(ValueError, match=message):
            simulate(round_, 1, scores=FromSamples(samples))


def test_must_dos_take_places_above_the_line_and_are_left_out() -> None:
    scores = [(4, 4), (3, 3), (2, 2), (1, 1)]
    must_do = [False, True, False, False]
    found = simulate(ranking((1, 1), scores), 2, must_do=must_do)
    assert found.refs == ("A", "C", "D")
    assert (found.line, found.room) == (2, 1)
    assert found.above.tolist() == [1, 0, 0]
    assert found.expected_place.tolist() == [1, 2, 3]
    beside = simulate(ranking((1, 1), scores), 2, must_do=must_do, counted=False)
    assert beside.above.tolist() == [1, 1, 0]


def test_must_dos_that_take_every_place_leave_no_chance_to_the_others() -> None:
    round_ = ranking((1, 1), [(4, 4), (0, 0)])
    found = simulate(round_, 1, must_do=[False, True])
    assert found.above.tolist() == [0]
    assert found.first.tolist() == [1]
    assert found.sentence == (
        "Must-dos take every place above the line, so nothing there can change."
    )
    assert simulate(round_, 1, must_do=[False, True], full=False).first.tolist() == [1]


def test_central_weights_of_one_who_is_never_first_are_not_a_number() -> None:
    found = simulate(ranking((1, 1), [(4, 4), (1, 2)]), 1, Anywhere())
    assert found.first.tolist() == [1, 0]
    assert found.central_weights[0] == pytest.approx([0.5, 0.5], abs=0.01)
    assert np.isnan(found.central_weights[1]).all()


def test_only_the_line_gives_the_same_chances_without_places() -> None:
    everything, line = simulate(thirty(), 10), simulate(thirty(), 10, full=False)
    np.testing.assert_array_equal(everything.above, line.above)
    np.testing.assert_array_equal(everything.first, line.first)
    np.testing.assert_array_equal(everything.central_weights, line.central_weights)
    assert line.acceptability is None
    assert np.isnan(line.expected_place).all()


def test_a_line_beyond_the_last_intention_has_everyone_above_it() -> None:
    for full in (True, False):
        assert simulate(thirty(5), 9, full=full).above.tolist() == [1] * 5


def test_no_intentions_give_no_chances() -> None:
    found = simulate(ranking((1, 1), []), 3)
    assert found.refs == ()
    assert found.above.shape == (0,)
    assert found.expected_place.shape == (0,)
    assert found.error_in_words == "Nothing was drawn."


def test_the_same_seed_gives_the_same_answer_and_another_one_another() -> None:
    assert_same(simulate(thirty(), 10, seed=5), simulate(thirty(), 10, seed=5))
    assert (simulate(thirty(), 10, seed=5).above != simulate(thirty(), 10, seed=6).above).any()


@pytest.mark.parametrize(("scores", "gap"), [(AsGiven(), False), (OffByOne(0.3), True)])
@pytest.mark.parametrize("full", [True, False])
def test_the_answer_is_the_same_whatever_the_batch_size(
    monkeypatch: pytest.MonkeyPatch, scores: AsGiven | OffByOne, gap: bool, full: bool
) -> None:
    expected = simulate(thirty(gap=gap), 10, scores=scores, draws=3_000, full=full)
    for in_cache, kept, counted, multiplied, sorted_, firsts in (
        (0, 1, 1, 1, 1, 1),
        (0, 10**9, 31, 600, 7, 2_000),
        (10**9, 1, 1, 10**9, 10**9, 10**9),
    ):
        monkeypatch.setattr(counting, "_IN_CACHE", in_cache)
        monkeypatch.setattr(counting, "_KEPT", kept)
        monkeypatch.setattr(counting, "_COUNTED", counted)
        monkeypatch.setattr(sorter, "_MULTIPLIED", multiplied)
        monkeypatch.setattr(sorter, "_SORTED", sorted_)
        monkeypatch.setattr(tally, "_FIRSTS", firsts)
        assert_same(simulate(thirty(gap=gap), 10, scores=scores, draws=3_000, full=full), expected)


def work_on_it(executor: Executor, tasks: int) -> None:
    for scores, gap in ((AsGiven(), False), (OffByOne(0.3), True)):
        round_ = thirty(gap=gap)
        alone = simulate(round_, 10, scores=scores)
        assert_same(simulate(round_, 10, scores=scores, executor=executor, tasks=tasks), alone)


def test_two_processes_give_the_answer_of_one() -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        work_on_it(pool, 5)


def test_threads_give_the_answer_of_one_process() -> None:
    with ThreadPoolExecutor(3) as pool:
        work_on_it(pool, 100)


def test_a_dask_cluster_of_two_gives_the_answer_of_one_process() -> None:
    dask, distributed = pytest.importorskip("dask"), pytest.importorskip("distributed")
    patience = {f"distributed.comm.timeouts.{what}": "180s" for what in ("connect", "tcp")}
    with (
        dask.config.set(patience),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        work_on_it(client.get_executor(), 4)


def test_more_draws_only_add_to_the_ones_before() -> None:
    few, more = simulate(thirty(), 10, draws=700), simulate(thirty(), 10, draws=1_000)
    gained = np.rint(more.above * 1_000) - np.rint(few.above * 700)
    assert gained.min() >= 0
    assert gained.max() <= 300


def test_what_is_told_ends_at_all_of_it() -> None:
    told: list[float] = []
    simulate(thirty(), 10, draws=200_000, full=False, progress=told.append)
    assert told == sorted(told)
    assert len(told) > 1
    assert told[-1] == 1


def test_pieces_of_work_are_told_too() -> None:
    told: list[float] = []
    with ThreadPoolExecutor(2) as pool:
        simulate(thirty(), 10, executor=pool, tasks=4, progress=told.append)
    assert told == [0.25, 0.5, 0.75, 1]


@pytest.mark.parametrize("workers", [0, 2])
def test_whoever_hears_of_the_progress_can_stop_the_work(workers: int) -> None:
    heard: list[float] = []

    def stop(done: float) -> None:
        heard.append(done)
        raise Stopped

    with ThreadPoolExecutor(2) as pool, pytest.raises(Stopped):
        simulate(thirty(), 10, executor=pool if workers else None, progress=stop)
    assert len(heard) == 1
    assert heard[0] < 1


def with_chances(above: list[float], standing: list[bool], firm: float = 0.9) -> Simulation:
    """A simulation whose chances and standing are set, to try its words."""
    n = len(above)
    found = simulate(ranking((1,), [(0,)] * n), 1, firm=firm)
    object.__setattr__(found, "above", np.array(above))
    object.__setattr__(found, "standing", np.array(standing))
    object.__setattr__(found, "room", sum(standing))
    return found


def test_the_sentence_counts_the_firm_and_the_borderline_on_both_sides() -> None:
    found = with_chances(
        [1.0] * 24 + [0.5] * 6 + [0.4] * 7 + [0.05] * 3, [True] * 30 + [False] * 10
    )
    assert found.sentence == "24 of your 30 are firm; 6 are borderline with 7 below the line."


def test_the_sentence_when_one_alone_is_borderline() -> None:
    found = with_chances([0.95, 0.5, 0.2, 0.0], [True, True, False, False])
    assert found.sentence == "1 of your 2 is firm; 1 is borderline with 1 below the line."


def test_the_sentence_when_everyone_is_firm() -> None:
    assert with_chances([1, 1, 0], [True, True, False]).sentence == "All 2 of your 2 are firm."
    assert with_chances([1, 0], [True, False]).sentence == "The one above the line is firm."


def test_the_sentence_for_one_above_the_line_counts_those_below_who_are_borderline() -> None:
    said = with_chances([0.5, 0.3, 0.2], [True, False, False]).sentence
    assert said == "The one above the line is borderline; 2 below the line are borderline."
    said = with_chances([0.05, 0.95], [True, False]).sentence
    assert said == (
        "The one above the line today would nearly always be below it; 1 below the line today "
        "would nearly always be above it."
    )


def test_the_sentence_when_there_is_a_place_for_each() -> None:
    found = simulate(ranking((1, 1), [(4, 0), (0, 4)]), 2)
    assert found.sentence == (
        "All 2 are above the line whatever the weights: there is a place for each."
    )
    alone = simulate(ranking((1, 1), [(4, 0)]), 30)
    assert alone.sentence == (
        "The only one is above the line whatever the weights: there is a place for each."
    )


def test_the_sentence_when_nobody_is_in_the_running() -> None:
    found = simulate(ranking((1, 1), [(4, 4)]), 3, must_do=[True])
    assert found.sentence == "Nobody is in the running, so there is nothing to draw."
    assert found.error_in_words == "Nothing was drawn."


def test_the_sentence_when_all_are_tied_says_how_many_have_room() -> None:
    found = simulate(ranking((1, 1), [(2, 2)] * 5), 3)
    assert found.sentence == (
        "0 of your 5 are firm; 5 are borderline; a tie at the line leaves room for 3 of the 5."
    )


def test_the_threshold_of_firm_out_is_set_apart_from_that_of_firm_in() -> None:
    found = with_chances([0.95, 0.5, 0.15, 0.04], [True, True, False, False])
    assert found.with_firm(0.9, 0.2).verdicts == ("firm in", "borderline", "firm out", "firm out")
    assert found.with_firm(0.9, 0.0).verdicts[3] == "borderline"
    assert found.with_firm(0.8).out == pytest.approx(0.2)
    with pytest.raises(Unusable, match=r'firm out up to: found "50%", expected a chance from 0%'):
        found.with_firm(0.9, 0.5)


def test_draws_that_are_all_the_same_are_no_chances_and_it_is_said() -> None:
    scores = [(4, 0), (0, 4), (1, 1)]
    all_on_one = ranking((1, 0), scores)
    assert simulate(all_on_one, 1).fixed
    assert simulate(all_on_one, 1).error_in_words.startswith("Every draw is the same")
    assert simulate(ranking((2, 1), scores), 1, Within(0)).fixed
    one = ranking((2, 1), scores)
    assert simulate(one, 1, FromAssessors((one.weights, one.weights))).fixed
    assert not simulate(one, 1, FromAssessors((one.weights, all_on_one.weights))).fixed
    assert not simulate(all_on_one, 1, scores=OffByOne(0.1)).fixed
    assert not simulate(one, 1).fixed


def test_the_sentence_says_who_stands_on_the_unlikely_side() -> None:
    assert with_chances([0.95, 0.05, 0.93], [True, True, False]).sentence == (
        "1 of your 2 is firm; 1 above the line today would nearly always be below it; "
        "1 below the line today would nearly always be above it."
    )


def test_a_chance_of_exactly_ninety_or_ten_per_cent_is_firm() -> None:
    found = with_chances([0.9, 0.8999, 0.1001, 0.1], [True, True, False, False])
    assert found.verdicts == ("firm in", "borderline", "borderline", "firm out")
    assert found.refs_of("borderline", True) == ("B",)
    assert found.refs_of("borderline", False) == ("C",)


def test_the_threshold_can_be_set() -> None:
    found = with_chances([0.9, 0.1], [True, False])
    assert found.with_firm(0.95).verdicts == ("borderline", "borderline")
    with pytest.raises(Unusable, match="a chance above 50%, up to 100%"):
        found.with_firm(0.5)


def test_the_sampling_error_of_a_half_in_ten_thousand_draws_is_half_a_point() -> None:
    found = simulate(ranking((1, 1), [(0, 0)] * 2), 1)
    object.__setattr__(found, "above", np.array([0.5, 1.0]))
    assert found.standard_error.tolist() == [0.005, 0]
    assert "10,000 draws, seed 20260401" in found.error_in_words
    assert "within 1.0 percentage points" in found.error_in_words


def test_a_line_below_one_and_no_draws_are_errors() -> None:
    for line, draws in ((0, 10), (1, 0)):
        with pytest.raises(ValueError, match="must be at least 1"):
            simulate(thirty(), line, draws=draws)


def test_scales_too_fine_to_draw_are_refused() -> None:
    scales = (Scale(low=0, high=999_983), Scale(low=0, high=999_979))
    criteria = tuple(
        Criterion(id=f"c{i}", name=f"C{i}", asks="?", weight=1, scale=scale)
        for i, scale in enumerate(scales)
    )
    fine = Framework(id="fine", name="Fine", about="For tests", criteria=criteria)
    round_ = prioritise(ScoreSheet(fine, ("A",), ("A",), np.array([[1.0, 2.0]])))
    with pytest.raises(Unusable, match="scales with fewer steps to simulate"):
        simulate(round_, 1)


def test_fixed_scores_make_everyone_certain_by_their_own_central_weights() -> None:
    found = simulate(ranking((1, 1), [(4, 0), (0, 2), (0, 2), (0, 1)]), 1, Anywhere())
    factors = confidence_factors(found)
    assert factors[:3].tolist() == [1, 0.5, 0.5]  # twins share first place
    assert np.isnan(factors[3])


def test_confidence_of_a_three_off_by_one_against_a_two_is_the_chance_of_being_first() -> None:
    # One criterion, so the central weights are all of it: 0.09 behind, as above.
    found = simulate(ranking((1,), [(3,), (2,)]), 1, scores=OffByOne(0.2), draws=20_000)
    factors = confidence_factors(found, 20_000)
    assert factors == pytest.approx([0.91, 0.09], abs=0.01)
    with pytest.raises(ValueError, match="at least 1"):
        confidence_factors(found, 0)


def test_intentions_that_differ_only_between_equally_important_criteria_share_first_place():
    # A = (4, 1) and B = (1, 4) have five steps between two criteria that always weigh the same.
    level = simulate(ranking((60, 40), ((4, 1), (1, 4), (0, 0))), 1, InOrder(("alpha=beta",)))
    assert level.above[2] == 0
    assert level.above[0] == pytest.approx(0.5, abs=0.02)
    more = ranking((50, 30, 20), ((2, 4, 1), (2, 1, 4), (3, 0, 0)))
    found = simulate(more, 1, InOrder(("alpha", "beta=gamma")))
    # Alpha has a share a from 1/3 to 1, evenly: A and B have 2 a + 2.5 (1 - a), more than C's 3 a
    # below a = 5/7: (5/7 - 1/3) / (2/3) = 4/7 of the draws, half of them each.
    assert found.above == pytest.approx([2 / 7, 2 / 7, 3 / 7], abs=0.015)


def test_draws_that_are_all_alike_but_not_todays_weights_are_not_called_todays_ranking():
    equal = simulate(ranking((60, 40), ((4, 1), (1, 3))), 1, InOrder(("alpha=beta",)))
    assert equal.fixed
    assert equal.error_in_words.startswith("Every draw is the same, so this is one other ranking")
