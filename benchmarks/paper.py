"""Seconds and memory of the board paper, the decision pack and its check, by number of intentions."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np

from scoring.export.about import About
from scoring.export.pack import verify, write_pack
from scoring.export.paper import write_paper
from scoring.framework import load_framework
from scoring.ranking import prioritise
from scoring.sheet import ScoreSheet

SIZES = (182, 1_000, 5_000)


def _took(what: Callable[[], bytes]) -> tuple[float, bytes]:
    start = time.perf_counter()
    made = what()
    return time.perf_counter() - start, made


def main() -> None:
    """Print seconds a document, its size, and the most memory used so far."""
    framework = load_framework("lsc-2025-26")
    about = About("Round", "", datetime(2026, 11, 22, tzinfo=UTC))
    rng = np.random.default_rng(2026)
    write_paper(
        prioritise(_sheet(framework.id, 10, rng)), about
    )  # the first chart starts vl-convert
    print(
        f"{'intentions':>10}{'paper s':>10}{'pack s':>10}{'verify s':>10}{'pack KB':>10}{'peak MB':>10}"
    )
    for n in SIZES:
        sheet = _sheet(framework.id, n, rng)
        before = prioritise(sheet)
        ranking = prioritise(sheet, framework.weights_with({"impact": "30"}))
        paper, _ = _took(lambda: write_paper(ranking, about, baseline=before))  # noqa: B023
        pack, data = _took(lambda: write_pack(ranking, about, baseline=before))  # noqa: B023
        start = time.perf_counter()
        verdict = verify(data)
        check = time.perf_counter() - start
        assert verdict.reproduces
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{n:>10,}{paper:>10.2f}{pack:>10.2f}{check:>10.2f}{len(data) // 1024:>10,}{peak:>10.0f}"
        )


def _sheet(framework: str, n: int, rng: np.random.Generator) -> ScoreSheet:
    loaded = load_framework(framework)
    scores = rng.integers(1, 6, (n, len(loaded.criteria))).astype(float)
    refs = tuple(f"CI-{i:04}" for i in range(n))
    answers = tuple(("yes", "no")[i % 2] for i in range(n))
    fields = {"unfunded_or_withdrawn": answers, "long_term_reconfiguration": ("yes",) * n}
    return ScoreSheet(loaded, refs, tuple(f"Intention {ref}" for ref in refs), scores, fields)


if __name__ == "__main__":
    main()
