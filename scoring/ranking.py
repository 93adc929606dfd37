"""A ranking: totals, places and segments of a sheet under one set of weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scoring.framework import Weights
from scoring.rank import Places, possible_places, rank, rank_within
from scoring.score import Missing, Totals, score
from scoring.segment import Override, Segments, assign_segments
from scoring.sheet import Bools, Floats, ScoreSheet


@dataclass(frozen=True)
class Span:
    """What an incomplete intention could come to: lowest and highest total, best and worst place."""

    missing: tuple[str, ...]
    total: tuple[float, float]
    place: tuple[int, int]


@dataclass(frozen=True, eq=False)
class Ranking:
    """A sheet, ranked. Made by `prioritise`; a new weight makes a new ranking."""

    sheet: ScoreSheet
    totals: Totals
    places: Places
    segments: Segments

    @property
    def weights(self) -> Weights:
        """The weights that gave this ranking."""
        return self.totals.weights

    @cached_property
    def segment_places(self) -> Places:
        """Places inside each segment."""
        return rank_within(self.totals, np.array(self.segments.ids, dtype=str))

    @property
    def unranked(self) -> Bools:
        """(intentions,): which have no place."""
        return ~self.places.ranked

    def missing(self, i: int) -> tuple[str, ...]:
        """The criteria on which an intention is not scored."""
        criteria = self.sheet.framework.criteria
        return tuple(
            c.id for c, scored in zip(criteria, self.sheet.scored[i], strict=True) if not scored
        )

    @cached_property
    def _bounds(self) -> tuple[Floats, Floats]:
        units = np.array(self.weights.units, np.float64)
        low = self.sheet.steps @ units
        gaps = np.where(self.sheet.scored, 0.0, float(self.sheet.framework.common_steps))
        return low, low + gaps @ units

    def span(self, i: int) -> Span:
        """The best and worst possible total and place of an intention, whatever it misses."""
        low, high = self._bounds
        full = float(sum(self.weights.units) * self.sheet.framework.common_steps)
        best, worst = self._possible
        total = (100 * float(low[i]) / full, 100 * float(high[i]) / full)
        return Span(self.missing(i), total, (int(best[i]), int(worst[i])))

    @cached_property
    def _possible(self) -> tuple[np.ndarray, np.ndarray]:
        return possible_places(*self._bounds)


def prioritise(
    sheet: ScoreSheet,
    weights: Weights | None = None,
    missing: Missing = "unranked",
    overrides: Mapping[str, Override] | None = None,
    segments: Segments | None = None,
) -> Ranking:
    """Score, rank and segment a sheet: the whole answer for one set of weights.

    `segments` may be passed on from an earlier ranking of the same sheet, since they do not
    depend on weights.
    """
    totals = score(sheet, weights, missing)
    segments = assign_segments(sheet, overrides) if segments is None else segments
    return Ranking(sheet, totals, rank(totals), segments)
