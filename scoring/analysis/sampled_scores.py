"""Sampled scores: each draw takes the scores of one sample, all together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.analysis.score_draws import FromSamples, ScoreDrawer, ScoreDraws, Streams, steps_of
from scoring.sheet import Bools, Floats, Ints, ScoreSheet

_DRAWS = 64  # draws whose totals are added at a time


@dataclass(frozen=True, eq=False)
class SampledDrawer:
    """Draws as `ScoreDrawer` does; `samples` (samples, intentions, criteria) in common steps."""

    samples: NDArray[np.int32]

    @classmethod
    def of(cls, how: FromSamples, sheet: ScoreSheet, rows: Ints) -> SampledDrawer:
        """Raises ValueError for samples of another shape than the sheet, none, or with a NaN."""
        if how.samples.ndim != 3 or how.samples.shape[1:] != sheet.scores.shape:
            raise ValueError("a sample must have one score for each score of the sheet")
        if not len(how.samples) or np.isnan(how.samples).any():
            raise ValueError("there must be samples, with a number for every score")
        worth = [sheet.framework.common_steps // c.scale.steps for c in sheet.framework.criteria]
        steps = [steps_of(sheet.framework, sample[rows]) * worth for sample in how.samples]
        return cls(np.array(steps, np.int32))

    def __len__(self) -> int:
        return int(self.samples.shape[1])

    @property
    def fixed(self) -> bool:
        """Whether no score is ever drawn."""
        return len(self.samples) == 1

    @property
    def steps(self) -> Floats:
        """(intentions, criteria): the scores of the first sample, in common steps."""
        return np.asarray(self.samples[0], np.float64)

    def parts(self, weights: Ints, stream: Streams) -> Iterator[tuple[slice, Floats]]:
        """All intentions at a time, as `ScoreDrawer.parts`."""
        yield slice(None), self.totals(weights, stream)

    def totals(self, weights: Ints, stream: Streams) -> Floats:
        """(intentions, draws): whole totals, each draw with the scores of one sample."""
        chosen = stream(0).integers(0, len(self.samples), len(weights))
        totals = np.empty((len(self), len(weights)))
        for top in range(0, len(weights), _DRAWS):
            some = slice(top, top + _DRAWS)
            scores = self.samples[chosen[some]].astype(np.float64)
            own = weights[some].astype(np.float64)[:, :, None]
            totals[:, some] = (scores @ own)[:, :, 0].T  # whole numbers: exact in any order
        return totals

    def alike(self, drawn: Bools) -> list[Ints]:
        """The rows of each two or more intentions whose scores are the same in every sample."""
        sets: dict[bytes, list[int]] = {}
        for i in range(len(self)):
            sets.setdefault(self.samples[:, i, drawn].tobytes(), []).append(i)
        return [np.array(found) for found in sets.values() if len(found) > 1]


def drawer_of(
    how: ScoreDraws, sheet: ScoreSheet, rows: Ints, worst: bool
) -> ScoreDrawer | SampledDrawer:
    """What draws the scores of some rows; `worst` as for `ScoreDrawer.of`. Raises ValueError."""
    if isinstance(how, FromSamples):
        return SampledDrawer.of(how, sheet, rows)
    return ScoreDrawer.of(how, sheet, rows, worst)
