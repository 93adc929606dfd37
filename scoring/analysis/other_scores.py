"""What would change a place: one score one level better or worse, everything else as it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.analysis.moves import ordinal
from scoring.ranking import Ranking
from scoring.sheet import Floats


@dataclass(frozen=True, slots=True)
class OtherScore:
    """The place an intention would have with another score on one criterion."""

    criterion: str
    today: float
    score: float
    place: int
    place_today: int

    def __str__(self) -> str:
        moved = self.place_today - self.place
        way = f"up {moved}" if moved > 0 else f"down {-moved}"
        return (
            f"{self.criterion} {self.score:g} instead of {self.today:g}: "
            f"{ordinal(self.place)} ({way})"
        )


def other_scores(ranking: Ranking, ref: str) -> tuple[OtherScore, ...]:
    """What one level up or down on each criterion would do to the place of `ref`.

    Only changes that move it, greatest rise first; () when it is not ranked or a score is missing
    under a policy that fills gaps. Raises KeyError for an unknown ref.
    """
    sheet, totals, places = ranking.sheet, ranking.totals, ranking.places
    i = sheet.index(ref)
    if not places.ranked[i] or not sheet.complete[i]:
        return ()
    # Keys per step of value: under `renormalise` all rows share a larger common denominator.
    grain = totals.full // (sum(ranking.weights.units) * sheet.framework.common_steps)
    others = totals.keys[places.ranked & (np.arange(len(sheet)) != i)]
    today = int(places.place[i])
    found = []
    for j, criterion in enumerate(sheet.framework.criteria):
        scale, score = criterion.scale, float(sheet.scores[i, j])
        level = sheet.framework.common_steps // scale.steps
        for direction in (1, -1):
            steps = int(sheet.steps[i, j]) + direction * level
            if not 0 <= steps <= sheet.framework.common_steps:
                continue
            units = ranking.weights.units[j]
            key = int(totals.keys[i]) + direction * level * units * grain
            place = int((others > key).sum()) + 1
            if place == today:
                continue
            towards = 1 if scale.better == "high" else -1
            other = score + direction * towards * float(scale.step)
            found.append(OtherScore(criterion.name, score, round(other, 6), place, today))
    return tuple(sorted(found, key=lambda change: change.place))


def median_points(ranking: Ranking) -> Floats:
    """(criteria,): the median of the points that ranked intentions have on each criterion.

    NaN where no ranked intention is scored. Medians do not add to the median total.
    """
    points = ranking.totals.points[ranking.places.ranked]
    medians = np.full(points.shape[1], np.nan)
    for j in range(points.shape[1]):
        column = points[:, j][~np.isnan(points[:, j])]
        if column.size:
            medians[j] = np.median(column)
    return medians
