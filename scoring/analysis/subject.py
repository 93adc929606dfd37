"""Subject: what is drawn and ranked, in blocks of draws that each have their own random numbers.

The streams are Philox's, by seed, block and part, so that any worker can begin at any block.
Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.analysis.draws import WeightDrawer
from scoring.analysis.sampled_scores import SampledDrawer
from scoring.analysis.score_draws import ScoreDrawer

BLOCK = 512  # draws that share one stream of random numbers
MOST = 2**16  # intentions: their numbers must fit into 16 bits
TOTAL_BITS = 36  # 36 bits of total and 16 of number fit into the 53 bits of a float64


@dataclass(frozen=True, eq=False)
class Subject:
    """What is drawn and ranked: everything that a worker needs.

    `line` is how many places are above the line; `full` asks for every place, not only that.
    """

    weights: WeightDrawer
    scores: ScoreDrawer | SampledDrawer
    line: int
    seed: int
    draws: int
    full: bool = True

    def __len__(self) -> int:
        return len(self.scores)

    @property
    def blocks(self) -> int:
        """How many blocks the draws make."""
        return -(-self.draws // BLOCK)

    @property
    def wanted(self) -> int:
        """How many of the first places are asked for: the first alone, at least."""
        return len(self) if self.full else min(max(self.line, 1), len(self))


def stream(seed: int, block: int, part: int) -> np.random.Generator:
    """The random numbers of one part of one block: 0 weights, 1 lots, 2 and on the scores."""
    # A counter-based generator needs no warming up: the key and where to count from say it all.
    key, counter = np.array([seed, part], np.uint64), np.array([0, 0, 0, block], np.uint64)
    return np.random.Generator(np.random.Philox(key=key, counter=counter))


def score_stream(seed: int, block: int, criterion: int) -> np.random.Generator:
    """The random numbers of the scores on one criterion in one block."""
    return stream(seed, block, 2 + criterion)
