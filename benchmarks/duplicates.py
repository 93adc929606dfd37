"""How well the search for duplicates finds the pairs that a person found, and how fast it is.

The gold pairs (tests/golden/duplicates_gold.csv) were written down by reading the 84 real
intentions before anything was measured. `same` is one intention twice, `overlap` a shared part.
The rarity's exponent was then chosen on these same pairs, and the word lists were written by
somebody who had read the titles: on another round expect somewhat less.
"""

from __future__ import annotations

import csv
import time
from pathlib import Path

import numpy as np

from scoring.framework import load_framework
from scoring.intake.duplicates import LIKELY, Pair, find_duplicates
from scoring.sheet import ScoreSheet

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "tests" / "golden" / "duplicates_gold.csv"
TITLES = ROOT / "data" / "intentions_2026_27.csv"
TOP = 20


def real_intentions() -> ScoreSheet:
    """The 84 intentions of 2026/27 by their short titles, not scored."""
    with TITLES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return _sheet([row["ref"] for row in rows], [row["title"] for row in rows])


def gold_pairs() -> dict[frozenset[str], str]:
    """{the two refs: same, overlap or part} of the pairs whose two intentions are both there.

    The gold file also has pairs with the plan's two headings, which are not intentions.
    """
    there = set(real_intentions().refs)
    with GOLD.open(encoding="utf-8", newline="") as file:
        pairs = {frozenset((row["a"], row["b"])): row["kind"] for row in csv.DictReader(file)}
    return {pair: kind for pair, kind in pairs.items() if pair <= there}


def shuffled_titles(count: int, seed: int = 2026) -> ScoreSheet:
    """Titles made of the real ones with up to five words exchanged."""
    rng = np.random.default_rng(seed)
    titles = real_intentions().titles
    words = sorted({word for title in titles for word in title.split()})
    made = []
    for _ in range(count):
        title = titles[rng.integers(len(titles))].split()
        for _ in range(rng.integers(0, 6)):
            title[rng.integers(len(title))] = words[rng.integers(len(words))]
        made.append(" ".join(title))
    return _sheet([f"R-{i}" for i in range(count)], made)


def hits(pairs: tuple[Pair, ...], wanted: set[frozenset[str]]) -> int:
    """How many of the pairs are wanted ones."""
    return sum(1 for pair in pairs if frozenset((pair.a, pair.b)) in wanted)


def main() -> None:
    """Print precision and recall, then the time for 5,000 titles."""
    gold = gold_pairs()
    everything, same = set(gold), {pair for pair, kind in gold.items() if kind == "same"}
    found = find_duplicates(real_intentions(), at_least=0.0)
    top, likely = found[:TOP], tuple(pair for pair in found if pair.score >= LIKELY)
    print(f"84 real intentions, {len(gold)} gold pairs, {len(same)} of them the same intention")
    for name, pairs in ((f"top {TOP}", top), (f"all {len(likely)} shown", likely)):
        precision, recall = (
            hits(pairs, everything) / len(pairs),
            hits(pairs, everything) / len(gold),
        )
        most = min(len(pairs), len(gold)) / len(gold)
        print(
            f"  {name:<14} precision {precision:.2f}  recall {recall:.2f} (at most {most:.2f})  "
            f"same intention {hits(pairs, same)} of {len(same)}"
        )
    many = shuffled_titles(5_000)
    start = time.perf_counter()
    find_duplicates(many)
    print(f"5,000 titles: {time.perf_counter() - start:.2f} s (limit 10 s)")


def _sheet(refs: list[str], titles: list[str]) -> ScoreSheet:
    framework = load_framework("lsc-2025-26")
    blank = np.full((len(refs), len(framework.criteria)), np.nan)
    return ScoreSheet(framework, tuple(refs), tuple(titles), blank)


if __name__ == "__main__":
    main()
