"""Limits and crossings against every pair of totals, in exact fractions."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise

import numpy as np
import pytest

from scoring.analysis.crossing import crossings
from scoring.analysis.limits import first_limits, top_limits
from tests.small_rounds import ranking

ROUNDS = 250


def totals(scores, weights, j, share):
    """Exact totals with criterion j at `share` and the other weights rescaled."""
    rest = sum(weights) - weights[j]
    new = [share if k == j else (1 - share) * Fraction(w, rest) for k, w in enumerate(weights)]
    return [sum(w * int(s) for w, s in zip(new, row, strict=True)) for row in scores]


def places(values):
    return [1 + sum(other > own for other in values) for own in values]


def first_changes(scores, weights, j, holds):
    """The nearest shares below and above today's beyond or at which `holds` is no longer so."""
    today = Fraction(weights[j], sum(weights))
    at0, at1 = totals(scores, weights, j, Fraction(0)), totals(scores, weights, j, Fraction(1))
    meets = set()
    for a, b in combinations(range(len(scores)), 2):
        at_none, at_all = at0[a] - at0[b], at1[a] - at1[b]
        if at_none != at_all:
            meets.add(at_none / (at_none - at_all))
    found = []
    for way in (-1, 1):
        end = Fraction(1 if way > 0 else 0)
        stops = sorted((t for t in meets if 0 < t < 1 and (t - today) * way > 0), reverse=way < 0)
        stops = [today, *stops, end]
        change = None
        for here, after in pairwise(stops):
            if here != today and not holds(totals(scores, weights, j, here)):
                change = here
                break
            if here != after and not holds(totals(scores, weights, j, (here + after) / 2)):
                change = here
                break
        found.append(change)
    return found


def above(line):
    """Who has a place not greater than the line, given totals."""
    return lambda values: [place <= line for place in places(values)]


def same(judge, now):
    """Whether what `judge` says of totals is still what it is now."""
    return lambda values: judge(values) == now


def side(i, line):
    """Whether one intention is above the line, given totals."""
    return lambda values: places(values)[i] <= line


def rounds():
    rng = np.random.default_rng(20251122)
    for _ in range(ROUNDS):
        m, n = int(rng.integers(2, 5)), int(rng.integers(2, 12))
        best = int(rng.integers(1, 5))
        scores = rng.integers(0, best + 1, (n, m))
        weights = [int(w) for w in rng.integers(0, 6, m)]
        if not any(weights):
            weights[0] = 1
        yield scores, weights, int(rng.integers(1, n + 1)), best


@pytest.mark.parametrize("first", [False, True], ids=["set above the line", "first place"])
def test_limits_equal_a_search_through_every_pair(first):
    tied = 0
    for scores, weights, line, best in rounds():
        ranked = ranking(weights, scores, best)
        limits = first_limits(ranked) if first else top_limits(ranked, line)
        line = 1 if first else line
        now = [p <= line for p in ranked.places.place]
        tied += bool(limits.tie)
        for j, limit in enumerate(limits.by_criterion):
            if weights[j] == sum(weights):
                assert limit.fixed
                continue
            low, high = first_changes(scores, weights, j, same(above(line), now))
            assert limit.low == 100 * (0 if low is None else low)
            assert limit.high == 100 * (1 if high is None else high)
            assert (limit.below is None) == (low is None)
            assert (limit.above is None) == (high is None)
            if low is None and weights[j] and not limit.splits_tie:
                none = totals(scores, weights, j, Fraction(0))
                assert limit.ends[0] == (above(line)(none) == now)
            if high is None and not limit.splits_tie:
                assert limit.ends[1] == (
                    above(line)(totals(scores, weights, j, Fraction(1))) == now
                )
    assert tied > 30  # the search did meet ties across the line


def test_who_swaps_is_who_stands_just_beyond_the_limit():
    checked = 0
    for scores, weights, line, best in rounds():
        ranked = ranking(weights, scores, best)
        refs = ranked.sheet.refs
        for j, limit in enumerate(top_limits(ranked, line).by_criterion):
            for swap, at, way in ((limit.below, limit.low, -1), (limit.above, limit.high, 1)):
                if swap is None:
                    continue
                share = at / 100 + way * Fraction(1, 10**9)
                beyond = places(totals(scores, weights, j, share))
                inside = {refs[i] for i, place in enumerate(beyond) if place <= line}
                now = {refs[i] for i, place in enumerate(ranked.places.place) if place <= line}
                assert set(swap.enters) == inside - now
                assert set(swap.leaves) == now - inside
                checked += 1
    assert checked > 200


def test_crossings_equal_a_search_through_every_pair():
    for scores, weights, line, best in rounds():
        ranked = ranking(weights, scores, best)
        for i in (0, len(scores) - 1):
            inside = ranked.places.place[i] <= line
            for j, crossing in enumerate(crossings(ranked, ranked.sheet.refs[i], line)):
                if weights[j] == sum(weights):
                    assert crossing.low is None
                    assert crossing.high is None
                    continue
                low, high = first_changes(scores, weights, j, same(side(i, line), inside))
                assert crossing.above == inside
                assert crossing.low == (None if low is None else 100 * low)
                assert crossing.high == (None if high is None else 100 * high)
                for end, own in ((0, crossing.low), (1, crossing.high)):
                    if not inside and own is None and (end or weights[j]):
                        there = totals(scores, weights, j, Fraction(end))
                        assert crossing.ends[end] == (not side(i, line)(there))


def test_very_fine_weights_are_as_exact_as_coarse_ones():
    rng = np.random.default_rng(5)
    for _ in range(30):
        scores = rng.integers(0, 5, (8, 3))
        weights = [int(w) for w in rng.integers(1, 10**11, 3)]
        ranked = ranking([w / 10**6 for w in weights], scores)
        limits = top_limits(ranked, 3)
        now = [p <= 3 for p in ranked.places.place]
        for j, limit in enumerate(limits.by_criterion):
            low, high = first_changes(scores, weights, j, same(above(3), now))
            assert (limit.low, limit.high) == (
                100 * (low or 0),
                100 * (1 if high is None else high),
            )
        for j, crossing in enumerate(crossings(ranked, "A", 3)):
            low, high = first_changes(scores, weights, j, same(side(0, 3), now[0]))
            assert crossing.low == (None if low is None else 100 * low)
            assert crossing.high == (None if high is None else 100 * high)
