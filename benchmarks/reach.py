"""What it takes to lift one intention over the line: time, and whether the answer is proved.

`python -m benchmarks reach`: made-up rounds of 182, 1,000 and 3,000 intentions, with scores that
have nothing in common and with scores that go together, two lines, and intentions from just below
the line to four times as far down.
"""

from __future__ import annotations

import statistics
import time

import numpy as np

from scoring.analysis.reach import reach
from scoring.analysis.weight_change import NoWeights
from scoring.framework import load_framework
from scoring.ranking import Ranking, prioritise
from scoring.sheet import ScoreSheet

WANTED = {182: 0.3, 1_000: 2.0, 3_000: 0.0}  # seconds; 0: not stated
BEYOND = (1.03, 1.3, 2, 4)  # places, as multiples of the line


def made_up(n: int, together: bool) -> Ranking:
    """A seeded ranking of n intentions on seven criteria scored 1 to 5."""
    framework, rng = load_framework("lsc-2025-26"), np.random.default_rng(1)
    if together:
        common = 0.8 * rng.normal(size=(n, 1))
        scores = np.clip(np.rint(3 + common + rng.normal(size=(n, 7))), 1, 5)
    else:
        scores = rng.integers(1, 6, (n, 7)).astype(float)
    refs = tuple(f"CI-{i:05d}" for i in range(n))
    return prioritise(ScoreSheet(framework, refs, refs, scores))


def said(found: object) -> tuple[str, bool]:
    """The answer in a few words, and whether it is proved."""
    if isinstance(found, NoWeights):
        words = f"none can ({len(found.blockers)} named)" if found.blockers else "none can"
        return (
            (words, True) if found.settled else (f"none found, bound {found.at_least:.1f}", False)
        )
    change, least, proved = (getattr(found, n) for n in ("change", "at_least", "proved"))
    return f"{change:.2f} points" + ("" if proved else f", at least {least:.2f}"), proved


def main() -> None:
    """Print each case and, for each size, how many are quick and how many proved."""
    ranking = made_up(182, False)
    reach(ranking, ranking.sheet.refs[int(ranking.places.order[40])], 30)  # imports do not count
    for n, wanted in WANTED.items():
        taken, proofs = [], 0
        for together in (False, True):
            ranking = made_up(n, together)
            for line in (30, n // 5):
                for far in BEYOND:
                    place = min(n - 1, int(line * far) + 1)
                    ref = ranking.sheet.refs[int(ranking.places.order[place])]
                    start = time.perf_counter()
                    found = reach(ranking, ref, line)
                    taken.append(time.perf_counter() - start)
                    words, proved = said(found.by_weights)
                    proofs += proved
                    print(f"  {n:>5} intentions, line {line:>3}, place {place + 1:>4}: "
                          f"{taken[-1]:>6.2f} s  {words}", flush=True)  # fmt: skip
        goal = f" (wanted: {wanted:g} s for most)" if wanted else ""
        print(
            f"{n:,}: median {statistics.median(taken):.2f} s, {proofs} of {len(taken)} proved{goal}"
        )


if __name__ == "__main__":
    main()
