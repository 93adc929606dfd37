"""Rules that hold for every sheet and every set of weights."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scoring.framework import Framework, Weights, load_framework
from scoring.rank import rank
from scoring.ranking import prioritise
from scoring.score import Missing, score
from scoring.sheet import ScoreSheet

LSC = load_framework("lsc-2025-26")
MHIN = load_framework("mhin-2023")


def _weights(framework: Framework) -> st.SearchStrategy[Weights]:
    number = st.decimals(0, 1000, places=3)
    count = len(framework.criteria)
    some = st.lists(number, min_size=count, max_size=count).filter(any)
    return some.map(lambda w: Weights.of(dict(zip(framework.weights, w, strict=True))))


@st.composite
def sheets(draw: st.DrawFn, gaps: bool = False, least: int = 1) -> tuple[ScoreSheet, Weights]:
    framework = draw(st.sampled_from([LSC, MHIN]))
    scale = framework.criteria[0].scale
    level = st.integers(int(scale.low), int(scale.high))
    cell = st.one_of(level, st.just(float("nan"))) if gaps else level
    count = len(framework.criteria)
    rows = draw(
        st.lists(st.lists(cell, min_size=count, max_size=count), min_size=least, max_size=12)
    )
    refs = tuple(f"R{i}" for i in range(len(rows)))
    return ScoreSheet(framework, refs, refs, np.array(rows, float)), draw(_weights(framework))


def exact(sheet: ScoreSheet, weights: Weights, i: int, missing: Missing) -> Fraction | None:
    """The total by the definition, in fractions; None when it is not ranked."""
    total, whole = Fraction(0), Fraction(0)
    for j, criterion in enumerate(sheet.framework.criteria):
        weight, given_score = Fraction(weights[criterion.id]), sheet.scores[i, j]
        if np.isnan(given_score):
            if missing == "unranked":
                return None
            if missing == "renormalise":
                continue
            value = Fraction(0)
        else:
            worst, best = Fraction(criterion.scale.worst), Fraction(criterion.scale.best)
            value = (Fraction(given_score) - worst) / (best - worst)
        total += weight * value
        whole += weight
    return 100 * total / whole if whole else None


@given(sheets(gaps=True), st.sampled_from(["unranked", "renormalise", "worst"]))
def test_totals_places_and_ties_equal_those_of_exact_fractions(
    case: tuple[ScoreSheet, Weights], missing: Missing
) -> None:
    sheet, weights = case
    totals = score(sheet, weights, missing)
    places = rank(totals)
    true = [exact(sheet, weights, i, missing) for i in range(len(sheet))]
    for i, mine in enumerate(true):
        if mine is None:
            assert not places.ranked[i]
            assert np.isnan(totals.total[i])
            continue
        assert abs(Fraction(float(totals.total[i])) - mine) < Fraction(1, 10**11)
        others = [other for other in true if other is not None]
        assert places.place[i] == 1 + sum(other > mine for other in others)
        assert places.tied[i] == (others.count(mine) > 1)


@given(sheets(gaps=True), st.randoms())
def test_the_order_of_rows_does_not_matter(
    case: tuple[ScoreSheet, Weights], random: object
) -> None:
    sheet, weights = case
    rows = list(range(len(sheet)))
    random.shuffle(rows)  # type: ignore[attr-defined]
    places = rank(score(sheet, weights)).place
    assert rank(score(sheet.take(rows), weights)).place.tolist() == places[rows].tolist()


@given(sheets(), st.sampled_from(["0.001", "0.5", "3", "250"]))
def test_scaling_all_weights_changes_nothing(case: tuple[ScoreSheet, Weights], by: str) -> None:
    sheet, weights = case
    scaled = Weights.of({id: _scaled(number, by) for id, number in weights.items()})
    assert scaled.units == weights.units
    assert score(sheet, scaled).total.tolist() == score(sheet, weights).total.tolist()


def _scaled(number: object, by: str) -> str:
    return f"{float(Fraction(str(number)) * Fraction(by)):.6f}"


@given(sheets(), st.data())
def test_raising_a_score_never_lowers_a_place(
    case: tuple[ScoreSheet, Weights], data: st.DataObject
) -> None:
    sheet, weights = case
    i = data.draw(st.integers(0, len(sheet) - 1))
    j = data.draw(st.integers(0, len(sheet.framework.criteria) - 1))
    raised = sheet.scores.copy()
    raised[i, j] = float(sheet.framework.criteria[j].scale.best)
    before = rank(score(sheet, weights)).place[i]
    assert rank(score(replace(sheet, scores=raised), weights)).place[i] <= before


@given(sheets(least=2))
def test_adding_an_intention_never_moves_the_total_of_another(
    case: tuple[ScoreSheet, Weights],
) -> None:
    sheet, weights = case
    fewer = sheet.take(range(len(sheet) - 1))
    assert score(fewer, weights).total.tolist() == score(sheet, weights).total[:-1].tolist()


@given(sheets(gaps=True), st.data())
def test_a_completed_intention_always_lands_within_its_possible_places(
    case: tuple[ScoreSheet, Weights], data: st.DataObject
) -> None:
    sheet, weights = case
    ranking = prioritise(sheet, weights)
    filled = sheet.scores.copy()
    for i, j in np.argwhere(~sheet.scored):
        scale = sheet.framework.criteria[j].scale
        filled[i, j] = data.draw(st.integers(int(scale.low), int(scale.high)))
    done = prioritise(replace(sheet, scores=filled), weights)
    for i in np.flatnonzero(~sheet.complete):
        best, worst = ranking.span(int(i)).place
        assert best <= done.places.place[i] <= worst


@given(_weights(LSC), st.integers(0, 3))
def test_shown_weights_always_add_to_100(weights: Weights, places: int) -> None:
    shown = weights.shown(places).values()
    assert sum(Fraction(share) for share in shown) == 100
    for share, percent in zip(shown, weights.percent.values(), strict=True):
        assert abs(float(share) - percent) <= 10**-places
