"""Taking turns: every contender is timed in each round, so that a slow moment slows them all."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping


def in_turns(contenders: Mapping[str, Callable[[], object]], rounds: int = 9) -> dict[str, float]:
    """The median time of each contender in milliseconds, after one round that does not count."""
    times, _ = rounds_of(contenders, rounds)
    return {name: statistics.median(taken) for name, taken in times.items()}


def rounds_of(
    contenders: Mapping[str, Callable[[], object]], rounds: int
) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """The time of each contender in each round, and the processor's, both in milliseconds."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    worked: dict[str, list[float]] = {name: [] for name in contenders}
    for round_number in range(rounds + 1):
        for name, run in contenders.items():
            gc.collect()
            start, began = time.perf_counter(), time.process_time()
            run()
            took, work = time.perf_counter() - start, time.process_time() - began
            if round_number:
                times[name].append(1000 * took)
                worked[name].append(1000 * work)
    return times, worked


def median_ratio(ours: list[float], theirs: list[float]) -> float:
    """The median over rounds of ours / theirs: a moment that slows one round does not count."""
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))


def show(what: str, medians: Mapping[str, float], ours: str, limits: Mapping[str, str]) -> None:
    """One line a contender: its median and how ours compares."""
    print(what)
    for name, median in medians.items():
        ratio = "" if name == ours else f"ours / this = {medians[ours] / median:.3f}"
        print(f"  {name:<28}{median:>10.3f} ms  {ratio:<24}{limits.get(name, '')}")
