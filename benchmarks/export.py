"""Writing the ranked workbook: seconds and memory for 182 and for 5,000 intentions.

One scenario stands beside the published and the current weights.
Limits: 182 in under 1 second; 5,000 in under 5 seconds and 400 MB. Processor time stands beside
the time on the clock, which other work on the machine lengthens.
"""

from __future__ import annotations

import resource
import sys
import time
from datetime import datetime

import numpy as np

from scoring.export import About, write_ranked_csv, write_ranked_workbook
from scoring.export.scenarios import side_by_side
from scoring.framework import load_framework
from scoring.ranking import Ranking, prioritise
from scoring.scenario import built_in_scenarios
from scoring.sheet import ScoreSheet

ABOUT = About("Benchmark", "", datetime(2026, 1, 1))


def a_round(count: int) -> Ranking:
    """A round with scores, answers, money and notes, ranked."""
    rng = np.random.default_rng(2026)
    framework = load_framework("lsc-2025-26")
    refs = tuple(f"R-{i:05d}" for i in range(count))
    titles = tuple(
        f"An intention with a title of an ordinary length, number {i}" for i in range(count)
    )
    fields = {
        "function": tuple(rng.choice(["Acute", "Mental Health", "Prescribing"], count).tolist()),
        "saving": tuple(map(float, rng.integers(0, 10**6, count))),
        "efficiency_or_improvement": ("yes",) * count,
        "main_impact": tuple(rng.choice(["provider", "ICB", "both"], count).tolist()),
        "notes": tuple(f"Note {i}" for i in range(count)),
    }
    scores = rng.integers(1, 6, (count, len(framework.criteria))).astype(float)
    return prioritise(ScoreSheet(framework, refs, titles, scores, fields))


def main() -> None:
    """Print one line a size."""
    for count, limit in ((182, 1), (5_000, 5)):
        ranking = a_round(count)
        compared = side_by_side(ranking, 30, built_in_scenarios(ranking.sheet.framework, 30)[1:2])
        clock, processor = time.perf_counter(), time.process_time()
        data = write_ranked_workbook(ranking, ABOUT, compared)
        clock, processor = time.perf_counter() - clock, time.process_time() - processor
        # Kilobytes on Linux, bytes on macOS.
        unit = 1024**2 if sys.platform == "darwin" else 1024
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
        print(
            f"  workbook of {count:>5,}: {clock:.2f} s (limit {limit} s), processor {processor:.2f} s, "
            f"{len(data) / 1024**2:.1f} MB, peak memory {peak:.0f} MB (limit 400 MB)"
        )
    start = time.perf_counter()
    write_ranked_csv(ranking, ABOUT)
    print(f"  .csv of 5,000: {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main()
