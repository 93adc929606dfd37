"""Simulate: the chance of each place when weights and scores are not quite known.

Weights and scores are drawn many times, the intentions ranked each time, and places counted
(SMAA: Lahdelma, Hokkanen & Salminen, EJOR 106, 1998; SMAA-2: Lahdelma & Salminen, Operations
Research 49(3), 2001). Choices, each with a property test:
- Must-dos stand in their own lane: they are left out, and places count the others only.
- A missing score is drawn over its scale, unless the ranking counts it as the worst.
- Equal totals inside a draw share their places: lots are drawn. Intentions with the same scores
  everywhere are always level, so they share exactly: each gets the mean of their chances. The
  chances add to 1 for each intention and each place, and the chances above the line to the places
  there are. (The Rank page says of such a tie that there is room for some of them.)
- The same seed gives the same answer to the last digit, whatever works on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor

import numpy as np

from scoring.analysis.draws import AroundToday, WeightDrawer, WeightDraws
from scoring.analysis.funding_line import funding_line
from scoring.analysis.progress import Progress
from scoring.analysis.sampled_scores import drawer_of
from scoring.analysis.score_draws import AsGiven, FromSamples, ScoreDraws
from scoring.analysis.simulation import Simulation, checked_firm
from scoring.analysis.subject import MOST, TOTAL_BITS, Subject
from scoring.analysis.tally import Tally, tally
from scoring.problem import Problem, Unusable
from scoring.ranking import Ranking
from scoring.sheet import Bools, Floats, Ints

DRAWS, SEED, FIRM = 10_000, 20260401, 0.9


def simulate(
    ranking: Ranking,
    line: int,
    weights: WeightDraws | None = None,
    scores: ScoreDraws | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
    firm: float = FIRM,
    full: bool = True,
    executor: Executor | None = None,
    must_do: Sequence[bool] | Bools | None = None,
    counted: bool = True,
    tasks: int = 8,
    progress: Progress | None = None,
) -> Simulation:
    """Draw weights (by default around today's) and scores (as given), rank, and count places.

    `full=False` counts only who is above the line, which takes less time and memory. `must_do` and
    `counted` are as for `funding_line`. `executor`, `tasks` and `progress` are as for `tally` and do
    not change the answer. Raises ValueError for a line or number of draws below 1 or a range of
    another shape, and `Unusable` for weights that cannot be drawn, a threshold that is not above
    50%, too many intentions or scales too fine.
    """
    if line < 1 or draws < 1:
        raise ValueError("the funding line and the number of draws must be at least 1")
    firm = checked_firm(firm)
    sheet = ranking.sheet
    cut = funding_line(ranking, line, must_do, counted)
    mine = np.zeros(len(sheet), bool) if must_do is None else np.asarray(must_do, bool)
    rows = np.flatnonzero(~mine)
    if len(rows) > MOST:
        found, wanted = f"{len(rows):,} intentions", f"at most {MOST:,} to simulate"
        raise Unusable(Problem("intentions", found, wanted, kind="analysis"))
    steps, criteria = sheet.framework.common_steps, len(sheet.framework.criteria)
    scale = 2**TOTAL_BITS // steps - 2 * criteria  # rounded up and at least 1 each: still fits
    if scale < 2**12:
        found, wanted = f"{steps:,} common steps", "scales with fewer steps to simulate"
        raise Unusable(Problem("scales", found, wanted, kind="analysis"))
    weights, scores = weights or AroundToday(), scores or AsGiven()
    drawer = WeightDrawer.of(weights, ranking.weights, scale)
    worst = ranking.totals.missing == "worst"
    subject = Subject(drawer, drawer_of(scores, sheet, rows, worst), cut.room, seed, draws, full)
    counts = tally(subject, executor, tasks, progress)
    twins = tuple(subject.scores.alike(drawer.drawn))
    above, first, central = _shared(counts, subject, twins)
    return Simulation(
        tuple(sheet.refs[i] for i in rows),
        draws,
        seed,
        line,
        cut.room,
        firm,
        weights,
        scores,
        above,
        first,
        central,
        (cut.above | cut.tied)[rows],
        ranking.places.ranked[rows],
        0 if worst or isinstance(scores, FromSamples) else int((~sheet.complete[rows]).sum()),
        subject,
        counts.places if full else None,
        twins,
    )


def _shared(
    counts: Tally, subject: Subject, twins: tuple[Ints, ...]
) -> tuple[Floats, Floats, Floats]:
    """Chances above the line and of first place, and central weights; twins share alike."""
    weight = counts.first.sum(axis=1)
    above, first = counts.above / subject.draws, np.rint(weight / 2.0**30) / subject.draws
    sums = counts.first.astype(np.float64)
    for rows in twins:
        above[rows], first[rows], sums[rows] = (
            above[rows].mean(),
            first[rows].mean(),
            sums[rows].sum(axis=0),
        )
    with np.errstate(invalid="ignore", divide="ignore"):
        central = sums / sums.sum(axis=1, keepdims=True)
    return above, first, central
