"""What must hold of chances whatever the round: sums, dominance, outsiders, order of rows."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.analysis.draws import Anywhere, AroundToday, InOrder, WeightDraws, Within
from scoring.analysis.score_draws import AsGiven, Between, OffByOne, ScoreDraws
from scoring.analysis.simulate import simulate
from scoring.ranking import Ranking, prioritise
from tests.small_rounds import NAMES, sheet

DRAWS = 600  # a block and a part of one
HOWS: tuple[WeightDraws, ...] = (
    Anywhere(), AroundToday(), AroundToday("very unsure"), Within(0), Within(15),
)  # fmt: skip


@st.composite
def rounds(draw: st.DrawFn, gaps: bool = False) -> Ranking:
    """1 to 12 intentions with scores from 0 to 3 on 1 to 4 criteria: ties everywhere."""
    criteria = draw(st.integers(1, 4))
    weights = draw(st.lists(st.integers(0, 5), min_size=criteria, max_size=criteria).filter(any))
    score = st.integers(0, 3).map(float)
    cell = st.one_of(score, st.just(float("nan"))) if gaps else score
    row = st.lists(cell, min_size=criteria, max_size=criteria)
    return prioritise(sheet(weights, draw(st.lists(row, min_size=1, max_size=12)), best=3))


hows = st.sampled_from(HOWS)
lines = st.integers(1, 14)


@settings(deadline=None, max_examples=60)
@given(rounds(gaps=True), lines, hows, st.sampled_from((AsGiven(), OffByOne(0.4))))
def test_chances_add_to_one_for_each_intention_and_each_place(
    ranking: Ranking, line: int, how: WeightDraws, scores: ScoreDraws
) -> None:
    found = simulate(ranking, line, how, scores, draws=DRAWS)
    assert found.acceptability is not None
    np.testing.assert_allclose(found.acceptability.sum(axis=0), 1, atol=1e-5)
    np.testing.assert_allclose(found.acceptability.sum(axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(found.above.sum(), min(line, len(found)), atol=1e-9)
    np.testing.assert_allclose(found.first.sum(), 1, atol=1e-9)
    np.testing.assert_allclose(found.acceptability[:, :line].sum(axis=1), found.above, atol=1e-5)
    for place in (found.low_place, found.expected_place, found.high_place):
        assert (place >= 1).all()
        assert (place <= len(found) + 1e-6).all()
    assert (found.low_place <= found.high_place).all()


@settings(deadline=None, max_examples=80)
@given(rounds(), lines, hows)
def test_whoever_is_as_good_everywhere_and_better_somewhere_never_has_the_lower_chance(
    ranking: Ranking, line: int, how: WeightDraws
) -> None:
    if how == Within(0):  # the list of one set of weights: lots settle ties, with sampling error
        how = Anywhere()
    found = simulate(ranking, line, how, draws=DRAWS)
    scores = ranking.sheet.scores
    for a in range(len(scores)):
        for b in range(len(scores)):
            if (scores[a] >= scores[b]).all():
                assert found.above[a] >= found.above[b] - 1e-9
                assert found.first[a] >= found.first[b] - 1e-9
                assert found.expected_place[a] <= found.expected_place[b] + 1e-4


@settings(deadline=None, max_examples=60)
@given(rounds(), lines, hows, st.sampled_from((AsGiven(), OffByOne(0.4))))
def test_one_more_whom_everyone_beats_changes_nobodys_chance(
    ranking: Ranking, line: int, how: WeightDraws, scores: ScoreDraws
) -> None:
    # Everyone has 3 or more everywhere: a step down, and a step up for the last, change nothing.
    old = ranking.sheet.scores
    raised = np.vstack([old + 3, np.zeros(old.shape[1])]).tolist()
    weights = [float(weight) + 1 for weight in ranking.weights.values()]
    line = min(line, len(old))
    before = simulate(
        prioritise(sheet(weights, raised[:-1], best=7)), line, how, scores, draws=DRAWS
    )
    after = simulate(prioritise(sheet(weights, raised, best=7)), line, how, scores, draws=DRAWS)
    np.testing.assert_array_equal(after.above[:-1], before.above)
    np.testing.assert_array_equal(after.first[:-1], before.first)
    np.testing.assert_allclose(after.expected_place[:-1], before.expected_place, atol=1e-4)
    assert after.above[-1] == 0
    assert after.expected_place[-1] == len(after)


@settings(deadline=None, max_examples=40)
@given(rounds(), lines, st.permutations(range(12)))
def test_the_order_of_the_rows_changes_nothing(
    ranking: Ranking, line: int, order: list[int]
) -> None:
    rows = [i for i in order if i < len(ranking.sheet)]
    shuffled = prioritise(ranking.sheet.take(rows))
    a = simulate(ranking, line, Anywhere(), draws=DRAWS)
    b = simulate(shuffled, line, Anywhere(), draws=DRAWS)
    np.testing.assert_allclose(b.above, a.above[rows], atol=1e-9)
    np.testing.assert_allclose(b.expected_place, a.expected_place[rows], atol=1e-4)


@settings(deadline=None, max_examples=30)
@given(rounds(), lines)
def test_a_range_of_one_score_is_that_score(ranking: Ranking, line: int) -> None:
    scores = ranking.sheet.scores
    a = simulate(ranking, line, draws=DRAWS)
    b = simulate(ranking, line, scores=Between(scores, scores), draws=DRAWS)
    np.testing.assert_array_equal(a.above, b.above)


@settings(deadline=None, max_examples=30)
@given(rounds(), lines, st.data())
def test_weights_in_order_never_favour_who_is_behind_in_every_running_total(
    ranking: Ranking, line: int, data: st.DataObject
) -> None:
    """With w1 >= w2 >= ... the totals follow the running sums of scores in that order."""
    names = NAMES[: ranking.sheet.scores.shape[1]]
    order = data.draw(st.permutations([name.lower() for name in names]))
    columns = [[name.lower() for name in names].index(c) for c in order]
    running = np.cumsum(ranking.sheet.scores[:, columns], axis=1)
    found = simulate(ranking, line, InOrder(tuple(order)), draws=DRAWS)
    for a in range(len(running)):
        for b in range(len(running)):
            if (running[a] >= running[b]).all():
                assert found.above[a] >= found.above[b] - 1e-9
