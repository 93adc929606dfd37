"""Ranges: scores that assessors were not sure of, as what a simulation draws from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from scoring.analysis.score_draws import Between
from scoring.intake.score_ranges import ScoreRange
from scoring.sheet import ScoreSheet


@dataclass(frozen=True, eq=False, slots=True)
class InRanges(Between):
    """Scores anywhere in a range of their own; those without one stay as they are.

    `ranged` is how many have a range, `outside` how many of these hold today's score outside it.
    """

    ranged: int = 0
    outside: int = 0

    def __str__(self) -> str:
        if not self.ranged:
            return "scores as given, none with a range of its own"
        many = self.ranged > 1
        said = (
            f"{self.ranged:,} score{'s' if many else ''} anywhere in "
            f"{'ranges of their' if many else 'a range of its'} own, the others as given"
        )
        if self.outside:
            said += f" ({self.outside:,} of the ranges leave{'s' if self.outside == 1 else ''} out "
            said += "the score as given)"
        return said


def in_ranges(sheet: ScoreSheet, ranges: Iterable[ScoreRange]) -> InRanges:
    """What to draw for a sheet: ranges of other intentions or criteria are left out.

    A missing score with a range is drawn from it, one without is drawn over its scale.
    """
    low, high = sheet.scores.copy(), sheet.scores.copy()
    row = {ref: i for i, ref in enumerate(sheet.refs)}
    column = {criterion.id: j for j, criterion in enumerate(sheet.framework.criteria)}
    ranged = outside = 0
    for one in ranges:
        if one.ref in row and one.criterion in column:
            at = row[one.ref], column[one.criterion]
            given = float(sheet.scores[at])
            outside += not np.isnan(given) and not one.low <= given <= one.high
            low[at], high[at] = one.low, one.high
            ranged += 1
    return InRanges(low, high, ranged, outside)
