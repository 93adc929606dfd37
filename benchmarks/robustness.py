"""Chances of places and limits of weights, against the least work possible and loops over pymcdm.

`python -m benchmarks robustness` takes some minutes. There are 10,000 draws, and at the end one
run of 1,000,000 draws for a national list of 7,600 intentions, only for who is above the line.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable

import numpy as np

from benchmarks.timing import in_turns, median_ratio, rounds_of, show
from scoring.analysis.draws import Anywhere
from scoring.analysis.limits import top_limits
from scoring.analysis.score_draws import OffByOne
from scoring.analysis.simulate import simulate
from scoring.analysis.simulation import Simulation
from scoring.framework import load_framework
from scoring.ranking import Ranking, prioritise
from scoring.sheet import ScoreSheet

DRAWS, LINE = 10_000, 30
OURS = "ours, any weights"
LOOP = "loop over pymcdm (1/20 x 20)"
FLOOR = "floor: one W @ X.T, one sort"
BATCH = 500  # draws at a time in the floor that stays in the processor's cache
NATIONAL = (1_000_000, 7_600, 1_500)  # draws, intentions, line


def made_up(n: int) -> Ranking:
    """A seeded ranking of n intentions on seven criteria scored 1 to 5."""
    framework = load_framework("lsc-2025-26")
    scores = np.random.default_rng(2026).integers(1, 6, (n, 7)).astype(float)
    refs = tuple(f"CI-{i:05d}" for i in range(n))
    return prioritise(ScoreSheet(framework, refs, refs, scores))


def floor(weights: np.ndarray, values: np.ndarray) -> np.ndarray:
    """The least that any answer needs: every total of every draw, put in order."""
    return np.sort(weights @ values.T, axis=1)


def floor_in_cache(weights: np.ndarray, values: np.ndarray) -> None:
    """The same, some draws at a time, so that nothing has to be kept."""
    columns = np.ascontiguousarray(values.T)
    for start in range(0, len(weights), BATCH):
        np.sort(weights[start : start + BATCH] @ columns, axis=1)


def loop(weights: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """The chance of each place by a loop over pymcdm."""
    from pymcdm.methods import WSM  # not at the top: the memory of others is measured here too

    n, criteria = scores.shape
    method, kinds = WSM(), np.ones(criteria)
    counts, rows = np.zeros((n, n)), np.arange(n)
    for own in weights:
        places = method.rank(method(scores, own, kinds)).astype(int)
        counts[rows, places - 1] += 1
    return counts / len(weights)


def one_step_off(ranking: Ranking) -> Simulation:
    """Every score drawn anew in every draw; only the line."""
    return simulate(ranking, LINE, scores=OffByOne(0.1), full=False)


def grid(scores: np.ndarray, weights: np.ndarray, line: int) -> list[float]:
    """Limits by trying 101 weights of each criterion with pymcdm."""
    from pymcdm.methods import WSM

    method, kinds, found = WSM(), np.ones(len(weights)), []
    today = set(np.argsort(-method(scores, weights, kinds))[:line])
    for j in range(len(weights)):
        for share in np.linspace(0, 1, 101):
            moved = weights * (1 - share) / (1 - weights[j])
            moved[j] = share
            if set(np.argsort(-method(scores, moved, kinds))[:line]) == today:
                found.append(float(share))
    return found


def chances() -> None:
    """Full rank-acceptability, and with the place ranges that the page shows."""
    for n, rounds in ((182, 60), (1_000, 15), (5_000, 5)):
        ranking = made_up(n)
        values = ranking.sheet.values
        weights = np.random.default_rng(1).dirichlet(np.ones(7), DRAWS)
        contenders = {
            OURS: lambda: simulate(ranking, LINE, Anywhere()).acceptability,  # noqa: B023
            FLOOR: lambda: floor(weights, values),  # noqa: B023
            "ours, around today's": lambda: simulate(ranking, LINE).acceptability,  # noqa: B023
            "ours, and place ranges": lambda: simulate(ranking, LINE).expected_place,  # noqa: B023
            "ours, only the line": lambda: simulate(ranking, LINE, full=False).above,  # noqa: B023
            "ours, scores one step off": lambda: one_step_off(ranking).above,  # noqa: B023
            "floor, in cache": lambda: floor_in_cache(weights, values),  # noqa: B023
        }
        limits = {FLOOR: "wanted: at most 1.5"}
        times, worked = rounds_of(contenders, rounds)
        medians = {name: statistics.median(taken) for name, taken in times.items()}
        if n == 1_000:
            part = DRAWS // 20
            few = {"loop": lambda: loop(weights[:part], ranking.sheet.scores)}  # noqa: B023
            medians[LOOP] = 20 * in_turns(few, 3)["loop"]
            limits[LOOP] = "wanted: at most 1/60 = 0.017"
        show(f"{DRAWS:,} draws, {n:,} intentions", medians, OURS, limits)
        by_time, by_work = (median_ratio(one[OURS], one[FLOOR]) for one in (times, worked))
        print(f"  round by round, ours / floor: {by_time:.2f} in time, {by_work:.2f} in "
              f"processor time; quickest rounds {min(times[OURS]) / min(times[FLOOR]):.2f}")  # fmt: skip


def limits() -> None:
    """Limits of all seven weights for the set above the line."""
    for n, wanted in ((182, ""), (1_000, "wanted: under 2 ms"), (5_000, "wanted: under 10 ms")):
        ranking = made_up(n)
        scores = ranking.sheet.scores
        weights = np.array(list(ranking.weights.percent.values())) / 100
        contenders = {
            "ours, exact limits": lambda: top_limits(ranking, LINE),  # noqa: B023
            "pymcdm, 101 points each": lambda: grid(scores, weights, LINE),  # noqa: B023
        }
        show(f"Limits, {n:,} intentions", in_turns(contenders, 2), "ours, exact limits",
             {"ours, exact limits": wanted})  # fmt: skip


def memory() -> None:
    """Peak memory and time of fresh processes: one that only starts, and the two large runs."""
    for what, call in (
        ("imports only", "None"),
        ("10,000 draws x 5,000 intentions, every place", "simulate(made_up(5_000), LINE)"),
        (
            f"{NATIONAL[0]:,} draws x {NATIONAL[1]:,} intentions, only a line at {NATIONAL[2]:,}",
            "simulate(made_up(NATIONAL[1]), NATIONAL[2], draws=NATIONAL[0], full=False)",
        ),
    ):
        code = f"from benchmarks.robustness import *; measured(lambda: {call})"
        said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
        print(f"  {what:<66}{said.stdout.decode().strip()}", flush=True)


def measured(run: Callable[[], object]) -> None:
    """Run something once and print its time and the peak memory of this process."""
    start = time.perf_counter()
    found = run()
    if isinstance(found, Simulation):
        assert (found.acceptability is None) == (len(found) == NATIONAL[1])
    took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{took:>7.1f} s {peak:>6} MB at most")


def main() -> None:
    """Print medians, ratios and memory."""
    warnings.filterwarnings("ignore", module="pymcdm")  # of sums a rounding error away from 1
    # Memory first: on Linux a new process begins with the highest figure of the one that starts it.
    print("Time and peak memory of one process; wanted: under 300 MB at 5,000", flush=True)
    memory()
    limits()
    chances()


if __name__ == "__main__":
    main()
