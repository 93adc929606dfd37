"""Taking turns: every contender is timed in each round, so that a slow moment slows them all."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping


def in_turns(contenders: Mapping[str, Callable[[], object]], rounds: int = 9) -> dict[str, float]:
    """The median time of each contender in milliseconds, after one round that does not count."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for round_number in range(rounds + 1):
        for name, run in contenders.items():
            gc.collect()
            start = time.perf_counter()
            run()
            took = (time.perf_counter() - start) * 1000
            if round_number:
                times[name].append(took)
    return {name: statistics.median(taken) for name, taken in times.items()}


def show(what: str, medians: Mapping[str, float], ours: str, limits: Mapping[str, str]) -> None:
    """One line a contender: its median and how ours compares."""
    print(what)
    for name, median in medians.items():
        ratio = "" if name == ours else f"ours / this = {medians[ours] / median:.3f}"
        print(f"  {name:<28}{median:>10.3f} ms  {ratio:<24}{limits.get(name, '')}")
