"""The results again, from the inputs alone: the method in its plainest form, in exact fractions.

Nothing here is shared with `scoring.score` and `scoring.rank`, which work in whole numbers on
arrays, so that agreement is a second opinion. Segments are decided by the framework's own table.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from scoring.export.pack.inputs import Inputs
from scoring.export.pack.results import Result
from scoring.segment import assign_segments

Values = list[Fraction | None]


def recompute(inputs: Inputs) -> tuple[Result, ...]:
    """Total = 100 x sum(weight x value) / sum(weight); place = 1 + number of better totals.

    Raises ValueError for an override to a segment that the framework does not have.
    """
    weights = [Fraction(weight) for weight in inputs.weights.values()]
    values = _values(inputs)
    totals = [_total(row, weights, inputs.missing) for row in values]
    segments = assign_segments(inputs.sheet, inputs.overrides)
    places = _places(totals)
    ids = list(segments.ids)
    within: list[int | None] = [None] * len(totals)
    for id in set(ids):
        rows = [i for i, other in enumerate(ids) if other == id]
        for i, place in zip(rows, _places([totals[i] for i in rows]), strict=True):
            within[i] = place
    shared = Counter(total for total in totals if total is not None)
    ranges = _ranges(values, weights)
    return tuple(
        Result(
            ref,
            None if (total := totals[i]) is None else str(total),
            places[i],
            total is not None and shared[total] > 1,
            ids[i],
            within[i],
            segments[i].rule,
            *ranges[i],
        )
        for i, ref in enumerate(inputs.sheet.refs)
    )


def _values(inputs: Inputs) -> list[Values]:
    """(intentions, criteria): (score - worse end) / (better end - worse end); None: not scored."""
    scales = [criterion.scale for criterion in inputs.framework.criteria]
    worst = [Fraction(scale.worst) for scale in scales]
    width = [Fraction(scale.best) - Fraction(scale.worst) for scale in scales]
    known: dict[tuple[int, float], Fraction] = {}

    def value(j: int, score: float) -> Fraction | None:
        if score != score:
            return None
        if (j, score) not in known:
            known[j, score] = (Fraction(Decimal(repr(score))) - worst[j]) / width[j]
        return known[j, score]

    return [
        [value(j, score) for j, score in enumerate(row)] for row in inputs.sheet.scores.tolist()
    ]


def _total(values: Values, weights: Sequence[Fraction], missing: str) -> Fraction | None:
    if None in values and missing == "unranked":
        return None
    pairs = [(w, v) for w, v in zip(weights, values, strict=True) if v is not None]
    shared = sum((w for w, _ in pairs), Fraction(0)) if missing == "renormalise" else sum(weights)
    return 100 * sum((w * v for w, v in pairs), Fraction(0)) / shared if shared else None


def _places(totals: Sequence[Fraction | None]) -> list[int | None]:
    ordered = sorted(total for total in totals if total is not None)
    return [
        None if total is None else 1 + len(ordered) - bisect_right(ordered, total)
        for total in totals
    ]


def _ranges(
    values: Sequence[Values], weights: Sequence[Fraction]
) -> list[tuple[tuple[float, float] | None, tuple[int, int] | None]]:
    """What a row with a gap could come to: the worse end, or the better, in every gap."""
    whole = sum(weights, Fraction(0))

    def filled(row: Values, gap: int) -> Fraction:
        sums = (w * (gap if v is None else v) for w, v in zip(weights, row, strict=True))
        return 100 * sum(sums, Fraction(0)) / whole

    low, high = [filled(row, 0) for row in values], [filled(row, 1) for row in values]
    lows, highs = sorted(low), sorted(high)
    made: list[tuple[tuple[float, float] | None, tuple[int, int] | None]] = []
    for i, row in enumerate(values):
        if None not in row:
            made.append((None, None))
            continue
        best = 1 + len(lows) - bisect_right(lows, high[i])
        # Everyone who could be better than its lowest total, itself left out.
        worst = len(highs) - bisect_right(highs, low[i]) + (1 if high[i] == low[i] else 0)
        made.append(((float(low[i]), float(high[i])), (best, worst)))
    return made
