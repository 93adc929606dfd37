"""The browser and Python give the same places, ties and totals, to the last digit."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from scoring.analysis.funding_line import funding_line
from scoring.framework import Framework
from scoring.framework.weights import Weights
from scoring.ranking import Ranking, prioritise
from scoring.rounding import one_decimal, two_decimals
from scoring.sheet import ScoreSheet

MODULE = Path(__file__).parents[2] / "views" / "live_ranking" / "live_ranking.js"
CASES = 1_200
SCALES = [(1, 5, "1"), (1, 5, "1"), (0, 100, "1"), (1, 4, "1"), (0, 10, "0.5"), (1, 3, "0.01")]
IMPORT = """([source, cases]) =>
  import(URL.createObjectURL(new Blob([source], {type: "text/javascript"})))"""
RUN = (
    IMPORT
    + """
  .then((live) => cases.map((c) => {
    const columns = c.steps;
    const gaps = c.gaps.length ? Uint8Array.from(c.gaps) : null;
    const complete = gaps ? Uint8Array.from(c.complete) : null;
    const sheet = { n: c.n, common: c.common, columns, gaps, complete };
    const raw = c.weights.map(live.millionths);
    const units = live.unitsOf(raw);
    const keyed = live.keysOf(sheet, units, c.missing);
    const ranks = live.rank(keyed);
    const totals = Array.from(keyed.keys, (key, i) =>
      keyed.ranked && !keyed.ranked[i] ? null : live.totalOf(key, keyed.full));
    const line = live.fundingLine(ranks, Uint8Array.from(c.mustDo), c.room);
    return {
      units,
      place: Array.from(ranks.place),
      tied: Array.from(ranks.tied, Boolean),
      order: Array.from(ranks.order),
      totals,
      shown: totals.map((total) => total === null ? "" : live.oneDecimal(total)),
      spans: [...live.possiblePlaces(sheet, units)],
      above: Array.from(line.status, (s) => s === live.ABOVE),
      tiedAtLine: Array.from(line.status, (s) => s === live.AT_THE_LINE),
      fit: line.tie?.fit ?? 0,
      hundredths: totals.map((total) => total === null ? "" : live.rounded(total, 2)),
      shares: live.shownShares(raw, 1),
    };
  }))"""
)


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    """A blank page: the arithmetic needs nothing else."""
    page = chromium.new_page()
    yield page
    page.close()


def _framework(rng: random.Random) -> Framework:
    criteria = []
    for j in range(rng.choice([1, 2, 3, 7, 7, 7, 12, 20])):
        low, high, step = rng.choice(SCALES)
        better = rng.choice(["high", "high", "low"])
        scale = {"low": low, "high": high, "better": better, "step": Decimal(step)}
        words = {"name": f"C{j}", "asks": "?", "weight": 1}
        criteria.append({"id": f"c{j}", "scale": scale, **words})
    return Framework.model_validate(
        {"id": "random", "name": "R", "about": "R", "criteria": criteria}
    )


def _weight(rng: random.Random) -> Decimal:
    kind = rng.random()
    if kind < 0.15:
        return Decimal(0)
    if kind < 0.5:
        return Decimal(rng.randrange(1, 31))
    places = rng.choice([1, 2, 2, 6])
    return Decimal(rng.randrange(1, 100 * 10**places)).scaleb(-places)


def _sheet(rng: random.Random, framework: Framework) -> ScoreSheet:
    n = rng.choice([0, 1, 2, 5, 12, 30, 40, 60])
    few = rng.random() < 0.5  # few levels make many ties
    gap = rng.choice([0.0, 0.0, 0.0, 0.02, 0.05, 0.3, 1.0])
    scores = np.full((n, len(framework.criteria)), np.nan)
    for j, criterion in enumerate(framework.criteria):
        scale = criterion.scale
        for i in range(n):
            if rng.random() >= gap:
                level = rng.randrange(0, min(scale.steps, 2 if few else scale.steps) + 1)
                scores[i, j] = float(scale.low + level * scale.step)
    refs = tuple(f"R{i}" for i in range(n))
    return ScoreSheet(framework, refs, refs, scores)


def _case(seed: int) -> tuple[Ranking, dict[str, Any]]:
    rng = random.Random(seed)
    framework = _framework(rng)
    sheet = _sheet(rng, framework)
    weights = {criterion.id: _weight(rng) for criterion in framework.criteria}
    if not any(weights.values()):
        weights["c0"] = Decimal("0.1")
    missing = rng.choice(["unranked", "unranked", "worst", "renormalise"])
    ranking = prioritise(sheet, Weights.of(weights), missing)
    must_do = [rng.random() < 0.2 for _ in range(len(sheet))]
    return ranking, {
        "n": len(sheet),
        "common": framework.common_steps,
        "steps": sheet.steps.T.tolist(),
        "gaps": [] if sheet.all_complete else (~sheet.scored).astype(int).ravel().tolist(),
        "complete": sheet.complete.astype(int).tolist(),
        "weights": [f"{weight:f}" for _, weight in ranking.weights.by_criterion],
        "missing": missing,
        "mustDo": [int(must) for must in must_do],
        "room": rng.randrange(0, max(1, len(sheet)) + 2),
    }


@pytest.fixture(scope="module")
def answers(page: Page) -> list[tuple[Ranking, dict[str, Any], dict[str, Any]]]:
    cases = [_case(seed) for seed in range(CASES)]
    sent = json.loads(json.dumps([case for _, case in cases]))
    got = page.evaluate(RUN, [MODULE.read_text(encoding="utf-8"), sent])
    return [(ranking, case, answer) for (ranking, case), answer in zip(cases, got, strict=True)]


Answers = list[tuple[Ranking, dict[str, Any], dict[str, Any]]]


def test_every_place_and_tie_agrees_in_1200_random_rounds(answers: Answers) -> None:
    for ranking, _, got in answers:
        assert tuple(got["units"]) == ranking.weights.units
        assert got["place"] == ranking.places.place.tolist()
        assert got["tied"] == ranking.places.tied.tolist()
        assert got["order"] == ranking.places.order.tolist()


def test_every_total_agrees_to_the_last_bit_and_as_shown(answers: Answers) -> None:
    for ranking, _, got in answers:
        for mine, theirs, shown in zip(
            ranking.totals.total.tolist(), got["totals"], got["shown"], strict=True
        ):
            assert (theirs is None) == (mine != mine)
            if theirs is not None:
                assert theirs == mine
                assert shown == one_decimal(mine)


def test_two_decimals_are_rounded_alike(answers: Answers) -> None:
    for ranking, _, got in answers:
        totals = ranking.totals.total.tolist()
        shown = ["" if total != total else two_decimals(total) for total in totals]
        assert got["hundredths"] == shown


def test_best_and_worst_possible_places_agree(answers: Answers) -> None:
    compared = 0
    for ranking, _, got in answers:
        for i, span in got["spans"]:
            mine = ranking.span(i)
            assert tuple(span["place"]) == mine.place
            assert span["total"] == pytest.approx(mine.total, abs=1e-12)
            compared += 1
        assert {i for i, _ in got["spans"]} == set(np.flatnonzero(~ranking.sheet.complete).tolist())
    assert compared > 1_000


def test_who_is_above_the_line_and_who_is_tied_at_it_agree(answers: Answers) -> None:
    ties = 0
    for ranking, case, got in answers:
        line = funding_line(ranking, case["room"], [bool(m) for m in case["mustDo"]], counted=False)
        assert got["above"] == line.above.tolist()
        assert got["tiedAtLine"] == line.tied.tolist()
        assert got["fit"] == line.fit
        ties += bool(line.tied.any())
    assert ties > 50


def test_shown_shares_agree_and_add_to_100(answers: Answers) -> None:
    for ranking, _, got in answers:
        assert got["shares"] == list(ranking.weights.shown(1).values())
        assert sum(Decimal(share) for share in got["shares"]) == 100


def test_the_random_rounds_hold_what_they_should(answers: Answers) -> None:
    """Ties, gaps, zeros, decimals and sums beyond 2**53 all occur, or the test above is weak."""
    rankings = [ranking for ranking, _, _ in answers]
    assert sum(bool(r.places.tied.any()) for r in rankings) > 200
    assert sum(not r.sheet.all_complete for r in rankings) > 200
    assert sum(0 in r.weights.units for r in rankings) > 200
    assert sum(r.totals.keys.dtype == object for r in rankings) > 20
    assert sum(r.totals.full >= 2**53 for r in rankings) > 20
    assert sum(r.sheet.framework.common_steps % 100 == 0 for r in rankings) > 200
    assert sum("." in w for _, case, _ in answers for w in case["weights"]) > 1_000


MOVE = (
    IMPORT
    + """
  .then((live) => cases.map(([from, moved, wanted, locked]) =>
    live.rescale(from.map(live.millionths), moved, live.millionths(wanted), locked)
      .map(live.decimal)))"""
)


def _shares(weights: list[str]) -> list[Fraction]:
    total = sum(Fraction(weight) for weight in weights)
    return [Fraction(weight) / total for weight in weights]


def test_rescaled_weights_keep_exact_proportions(page: Page) -> None:
    """The moved share is what was asked for, locked shares stay, the rest keep their proportions."""
    rng = random.Random(7)
    cases = []
    for _ in range(500):
        m = rng.randrange(2, 21)
        weights = [str(rng.randrange(0, 31)) for _ in range(m)]
        if all(weight == "0" for weight in weights):
            weights[0] = "3"
        locked = [rng.random() < 0.2 for _ in range(m)]
        cases.append([weights, rng.randrange(m), str(rng.randrange(0, 101)), locked])
    got = page.evaluate(MOVE, [MODULE.read_text(encoding="utf-8"), cases])
    moves = 0
    for (given, moved, wanted, locked), after in zip(cases, got, strict=True):
        assert tuple(Weights.of(dict(enumerate(after))).values()) == tuple(map(Decimal, after))
        then, now = _shares(given), _shares(after)
        others = [j for j in range(len(given)) if j != moved and not locked[j]]
        held = sum(then[j] for j in range(len(given)) if locked[j] and j != moved)
        if not others or abs(then[moved] - Fraction(wanted) / 100) < Fraction(1, 20_000):
            assert now == then
            continue
        moves += 1
        assert now[moved] == min(Fraction(wanted) / 100, 1 - held)
        assert all(now[j] == then[j] for j in range(len(given)) if locked[j] and j != moved)
        free = sum(then[j] for j in others)
        left = 1 - held - now[moved]
        for j in others:
            assert now[j] == left * (then[j] / free if free else Fraction(1, len(others)))
    assert moves > 400


def test_impact_at_30_takes_its_ten_from_the_others_in_proportion(page: Page) -> None:
    """25/20/15/15/10/10/5 with Impact at 30: the other 80 share 70, so each keeps 7/8 of itself."""
    published = ["25", "20", "15", "15", "10", "10", "5"]
    case = [published, 1, "30", [False] * 7]
    got = page.evaluate(MOVE, [MODULE.read_text(encoding="utf-8"), [case]])[0]
    assert got == ["21.875", "30", "13.125", "13.125", "8.75", "8.75", "4.375"]


def test_a_locked_weight_stays_and_the_rest_give_way(page: Page) -> None:
    case = [["40", "30", "20", "10"], 0, "50", [False, True, False, False]]
    got = page.evaluate(MOVE, [MODULE.read_text(encoding="utf-8"), [case]])[0]
    # The 20 that are left divide as 2 to 1, which no decimal holds: proportions 15, 9, 4, 2 do.
    assert got == ["15", "9", "4", "2"]


def test_ten_movements_of_different_weights_stay_within_a_millionth(page: Page) -> None:
    weights = ["25", "20", "15", "15", "10", "10", "5"]
    exact = _shares(weights)
    for k in range(10):
        moved, wanted = k % 7, 7 + 3 * k
        case = [weights, moved, str(wanted), [False] * 7]
        weights = page.evaluate(MOVE, [MODULE.read_text(encoding="utf-8"), [case]])[0]
        left = 1 - Fraction(wanted, 100)
        rest = 1 - exact[moved]
        exact = [
            Fraction(wanted, 100) if j == moved else share * left / rest
            for j, share in enumerate(exact)
        ]
        for mine, theirs in zip(exact, _shares(weights), strict=True):
            assert abs(mine - theirs) < Fraction(1, 1_000_000)


@pytest.mark.parametrize("moved_to", ["0", "100"])
def test_with_everything_else_locked_a_weight_cannot_move(page: Page, moved_to: str) -> None:
    case = [["40", "60"], 0, moved_to, [False, True]]
    assert page.evaluate(MOVE, [MODULE.read_text(encoding="utf-8"), [case]])[0] == ["40", "60"]
