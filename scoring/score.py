"""Totals: each weight times each value, summed without rounding, shown on 0-100."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from scoring.framework import Weights
from scoring.sheet import Bools, Floats, ScoreSheet

Missing = Literal["unranked", "renormalise", "worst"]
MISSING_IN_WORDS: dict[Missing, str] = {
    "unranked": "An intention with a missing score is not ranked; its best and worst possible "
    "total and place are shown.",
    "renormalise": "An intention with a missing score is ranked on the criteria it has, their "
    "weights scaled up to 100.",
    "worst": "A missing score counts as the worse end of its scale.",
}
_EXACT = 2**53  # whole numbers below this add and multiply in float64 without rounding


@dataclass(frozen=True, eq=False)
class Totals:
    """The totals of a sheet under some weights.

    `keys` (intentions,) are whole numbers in the same order as the totals, equal exactly when the
    totals are equal: compare these, never floats. float64 where they fit below 2**53, Python
    integers (dtype object) otherwise. `ranked` says which intentions have a total. A total is
    `100 * key / full`, where `full` is the key of an intention with the best score everywhere.
    """

    sheet: ScoreSheet
    weights: Weights
    missing: Missing
    keys: NDArray[Any]
    full: int
    ranked: Bools
    all_ranked: bool

    @cached_property
    def total(self) -> Floats:
        """(intentions,): totals from 0 to 100; NaN where not ranked."""
        if self.keys.dtype == object:
            totals = np.array([float(100 * key / self.full) for key in self.keys], np.float64)
        else:
            totals = 100.0 * self.keys / float(self.full)
        totals[~self.ranked] = np.nan
        totals.setflags(write=False)
        return totals

    @cached_property
    def points(self) -> Floats:
        """(intentions, criteria): weight (as % of 100) x value; NaN where not scored.

        Under `renormalise` the weights of a row with gaps are those of its scored criteria,
        scaled to 100, so that points still add to the total.
        """
        sheet = self.sheet
        units = np.array(self.weights.units, np.float64)
        shares = np.full(len(sheet), units.sum())
        if self.missing == "renormalise":
            shares = np.where(sheet.scored, units, 0.0).sum(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            points = 100.0 * sheet.steps * units / (shares * sheet.framework.common_steps)[:, None]
        gap = 0.0 if self.missing == "worst" else np.nan
        return np.where(sheet.scored, points, gap)


def score(
    sheet: ScoreSheet, weights: Weights | None = None, missing: Missing = "unranked"
) -> Totals:
    """The totals of every intention: sum of weight x value, on 0-100.

    The framework's published weights are used where none are given. Sums are taken over whole
    numbers (weights and scores are decimals with few places), so equal totals are equal exactly,
    whatever the order of rows or criteria. `missing` says what a blank does; nothing is ever
    filled in silently. Weighted sum: the linear additive model of multi-criteria analysis
    (Multi-criteria analysis: a manual, DCLG 2009, section 5.5).
    """
    weights = sheet.framework.weights if weights is None else weights
    if tuple(weights) != tuple(sheet.framework.weights):
        raise ValueError("weights must name the framework's criteria in the framework's order")
    full = sum(weights.units) * sheet.framework.common_steps
    if missing == "renormalise" and not sheet.all_complete:
        return _renormalised(sheet, weights)
    if full < _EXACT:
        keys = sheet.steps @ np.array(weights.units, np.float64)
    else:
        keys = sheet.steps.astype(np.int64).astype(object) @ np.array(weights.units, object)
    if missing == "worst" or sheet.all_complete:
        return Totals(sheet, weights, missing, keys, full, np.ones(len(sheet), bool), True)
    return Totals(sheet, weights, missing, keys, full, sheet.complete, False)


def _renormalised(sheet: ScoreSheet, weights: Weights) -> Totals:
    """Each row over the weights it has, brought to one denominator so that ties stay exact."""
    units = np.array(weights.units, object)
    shares = np.where(sheet.scored, units, 0).sum(axis=1)
    sums = sheet.steps.astype(np.int64).astype(object) @ units
    common = math.lcm(*(int(share) for share in set(shares) if share))
    keys = np.array(
        [
            total * (common // share) if share else 0
            for total, share in zip(sums, shares, strict=True)
        ],
        object,
    )
    ranked = np.array([share > 0 for share in shares], bool)
    full = common * sheet.framework.common_steps
    return Totals(sheet, weights, "renormalise", keys, full, ranked, bool(ranked.all()))
