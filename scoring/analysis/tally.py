"""Tally: how often each intention takes each place over many draws.

Each draw's totals are whole numbers; the number of the intention is packed below the total, one
sort along the row puts both in order, and the places are counted. Draws come in blocks of a fixed
size, each with its own stream of random numbers (Philox, by seed and block), and only whole
numbers are added: the result is the same to the last digit whatever the number of blocks worked
on at a time, workers or machines.

Packed and sorted once, as in the floor that was measured for this project: one matrix product and
one sort. Source of the streams: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011.
"""

from __future__ import annotations

import sys
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.analysis.draws import WeightDrawer
from scoring.analysis.progress import Progress
from scoring.analysis.score_draws import ScoreDrawer
from scoring.sheet import Ints

BLOCK = 512  # draws that share one stream of random numbers
MOST = 2**16  # intentions: their numbers must fit into 16 bits
TOTAL_BITS = 36  # 36 bits of total and 16 of number fit into the 53 bits of a float64
_KEPT = 64 * 2**20  # bytes of sorted numbers kept before they are counted
_BLOCKS = 128  # blocks kept before they are counted, however few their bytes
_TOLD = 20  # times that progress is told
_LOWEST = 0 if sys.byteorder == "little" else 3  # the last 16 of 64 bits
# Multiplications at a time: few enough for the totals to stay in the processor's cache, and for
# OpenBLAS to do them in one thread, so that a busy machine does not make its threads wait.
_SORTED = 2**17
_COUNTED = 2**18  # cells counted at a time: small enough to stay in the processor's cache


@dataclass(frozen=True, eq=False)
class Subject:
    """What is drawn and ranked: everything that a worker needs.

    `line` is how many places are above the line; `full` asks for every place, not only that.
    """

    weights: WeightDrawer
    scores: ScoreDrawer
    line: int
    seed: int
    draws: int
    full: bool = True

    def __len__(self) -> int:
        return len(self.scores.low)

    @property
    def blocks(self) -> int:
        """How many blocks the draws make."""
        return -(-self.draws // BLOCK)


@dataclass(eq=False)
class Tally:
    """Counts over some draws.

    `places` (places, intentions) counts each place, or is empty when only the line was asked for;
    `above` (intentions,) counts places above the line; `first` (intentions, criteria) adds the
    weights, in 2**-30 of all weight, of the draws that put an intention first.
    """

    places: NDArray[Any]
    above: Ints
    first: Ints

    @classmethod
    def empty(cls, subject: Subject) -> Tally:
        size = len(subject)
        kind = np.uint16 if subject.draws < 2**16 else np.uint32  # half the memory to walk through
        return cls(
            np.zeros((size, size) if subject.full else (0, size), kind),
            np.zeros(size, np.int64),
            np.zeros((size, len(subject.weights.names)), np.int64),
        )

    def add(self, other: Tally) -> None:
        self.places += other.places
        self.above += other.above
        self.first += other.first


def tally(
    subject: Subject,
    executor: Executor | None = None,
    tasks: int = 8,
    progress: Progress | None = None,
) -> Tally:
    """Count all draws of a subject, in this process or through any executor.

    `executor` may be a process pool or Dask's `Client.get_executor()`, and gets the work in `tasks`
    pieces; none of that changes the result. `progress` hears how much is done after every batch, or
    every piece; when it raises, the pieces not yet begun are called off.
    """
    if executor is None:
        total = count_blocks(subject, 0, subject.blocks, progress)
    else:
        total = Tally.empty(subject)
        edges = np.linspace(0, subject.blocks, min(tasks, subject.blocks) + 1).astype(int)
        pending = [
            executor.submit(count_blocks, subject, int(start), int(stop))
            for start, stop in pairwise(edges)
        ]
        pending.reverse()
        pieces = len(pending)
        try:
            while pending:
                total.add(pending.pop().result())  # let go of each piece once it is added
                if progress:
                    progress(1 - len(pending) / pieces)
        finally:
            for piece in pending:
                piece.cancel()
    if subject.full:
        total.above[:] = total.places[: subject.line].sum(axis=0, dtype=np.int64)
    return total


def count_blocks(
    subject: Subject, start: int, stop: int, progress: Progress | None = None
) -> Tally:
    """Count the blocks from `start` up to `stop`: one worker's piece.

    The sorted numbers of some blocks are kept, then counted place by place, so that what is being
    counted stays in the processor's cache.
    """
    counts, size = Tally.empty(subject), len(subject)
    if size == 0:
        return counts
    wanted = size if subject.full else min(max(subject.line, 1), size)
    at_once = min(max(1, _KEPT // (2 * wanted * BLOCK)), _BLOCKS, stop - start)
    if progress:
        at_once = min(at_once, max(1, (stop - start) // _TOLD))
    numbers = np.empty((at_once * BLOCK, wanted), np.uint16)
    weights = np.empty((at_once * BLOCK, len(subject.weights.names)), np.int64)
    sorter = _Sorter(subject)
    for first in range(start, stop, at_once):
        filled = 0
        for block in range(first, min(first + at_once, stop)):
            count = min(BLOCK, subject.draws - block * BLOCK)
            rows = slice(filled, filled + count)
            weights[rows] = sorter.fill(block, numbers[rows])
            filled += count
        if subject.full:
            _count_places(numbers[:filled], counts.places)
        elif subject.line:
            _count_above(numbers[:filled], counts.above)
        _count_first(numbers[:filled, -1], weights[:filled], counts.first)
        if progress:
            progress((min(first + at_once, stop) - start) / (stop - start))
    return counts


def _count_places(numbers: NDArray[np.uint16], places: NDArray[Any]) -> None:
    """Add draws (draws, places from worst to best) to the counts."""
    size = len(places)
    flat, one = places.reshape(-1), places.dtype.type(1)
    # Column c of n holds place n - c, counted in row n - c - 1.
    starts = (size - 1 - np.arange(size)) * size
    columns = max(1, _COUNTED // size)
    draws = max(1, _COUNTED // columns)
    for column in range(0, size, columns):
        some = slice(column, column + columns)
        for draw in range(0, len(numbers), draws):
            cells = numbers[draw : draw + draws, some] + starts[some]
            np.add.at(flat, cells.ravel(), one)


def _count_above(numbers: NDArray[np.uint16], above: Ints) -> None:
    """Add draws (draws, places above the line) to the counts."""
    flat = numbers.reshape(-1)
    for start in range(0, len(flat), _COUNTED):
        above += np.bincount(flat[start : start + _COUNTED], minlength=len(above))


def _count_first(best: NDArray[np.uint16], weights: Ints, first: Ints) -> None:
    """Add the weights of each draw, in 2**-30 of all weight, to the intention that was first."""
    shares = np.rint(weights * (2.0**30 / weights.sum(axis=1, keepdims=True)))
    for j, share in enumerate(shares.T):
        first[:, j] += np.bincount(best, share, minlength=len(first)).astype(np.int64)


class _Sorter:
    """Draws and sorts blocks: the numbers of the intentions, worst place first."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        size = len(subject)
        self._fast = subject.weights.continuous and subject.scores.fixed
        columns = len(subject.weights.names) + 1
        self._keys = np.empty((min(BLOCK, max(1, _SORTED // (size * columns))), size))
        # One more row holds the intention's number and one more weight of 1 adds it to the total;
        # 2**52 on top keeps that number in the last 16 bits of the float64.
        self._columns = np.empty((columns, size))
        self._columns[:-1] = subject.scores.steps.T
        self._columns[-1] = np.arange(size) + 2.0**52

    def fill(self, block: int, numbers: NDArray[np.uint16]) -> Ints:
        """Write the order of one block's draws into `numbers`; give their weights."""
        # A whole block is always drawn, so that more draws only add to the ones before.
        drawn = self._subject.weights.draw(stream(self._subject.seed, block, 0), BLOCK)
        if not self._fast:
            self._sort(self._with_lots(block, drawn)[: len(numbers)], numbers)
            return drawn[: len(numbers)]
        weights = np.ones((len(numbers), len(self._columns)))
        weights[:, :-1] = drawn[: len(numbers)] * float(MOST)
        for top in range(0, len(numbers), len(self._keys)):
            some = weights[top : top + len(self._keys)]
            keys = np.matmul(some, self._columns, out=self._keys[: len(some)])
            self._sort(keys, numbers[top : top + len(self._keys)])
        return drawn[: len(numbers)]

    def _sort(self, keys: NDArray[Any], numbers: NDArray[np.uint16]) -> None:
        left = keys.shape[1] - numbers.shape[1]
        if left:
            keys.partition(left, axis=1)
            keys = keys[:, left:].copy()
            rows, best = np.arange(len(keys)), keys.argmax(axis=1)
            keys[rows, best], keys[:, -1] = keys[:, -1], keys[rows, best]
        else:
            keys.sort(axis=1)
        numbers[:] = keys.view(np.uint16)[:, _LOWEST::4]

    def _with_lots(self, block: int, weights: Ints) -> NDArray[np.int64]:
        """Keys of drawn scores or listed weights, where real ties occur: drawn lots break them."""
        subject = self._subject
        totals = subject.scores.totals(weights, partial(score_stream, subject.seed, block))
        keys = np.empty(totals.shape[::-1], np.int64)
        keys[:] = totals.T
        keys <<= 27
        lots = stream(subject.seed, block, 1).integers(0, 2**11, totals.shape, np.uint16)
        keys |= np.left_shift(lots.T, 16, dtype=np.int64)
        keys |= np.arange(len(totals))
        return keys


def stream(seed: int, block: int, part: int) -> np.random.Generator:
    """The random numbers of one part of one block: 0 weights, 1 lots, 2 and on the scores."""
    # A counter-based generator needs no warming up: the key and where to count from say it all.
    key, counter = np.array([seed, part], np.uint64), np.array([0, 0, 0, block], np.uint64)
    return np.random.Generator(np.random.Philox(key=key, counter=counter))


def score_stream(seed: int, block: int, criterion: int) -> np.random.Generator:
    """The random numbers of the scores on one criterion in one block."""
    return stream(seed, block, 2 + criterion)
