"""Tally: how often each intention takes each place over many draws.

Draws come in blocks of a fixed size, each with its own stream of random numbers, and only whole
numbers are added: the result is the same to the last digit whatever the number of blocks worked
on at a time, workers or machines. One matrix product and one sort, as in the floor that was
measured for this project, and one count.
"""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.analysis.counting import counter
from scoring.analysis.progress import Progress
from scoring.analysis.sorter import NUMBER, Sorter
from scoring.analysis.subject import Subject
from scoring.sheet import Ints

_TOLD = 100  # times that progress is told, at most
_FIRSTS = 2**14  # draws whose first place is kept before it is counted


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
    pieces; none of that changes the result. `progress` hears how much is done after every block, or
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
    """Count the blocks from `start` up to `stop`: one worker's piece."""
    total = Tally.empty(subject)
    if not len(subject):
        return total
    sorter, told = Sorter(subject), 0
    places = counter(subject, total.places, total.above)
    best: list[Ints] = []
    drawn: list[Ints] = []
    for block in range(start, stop):
        for keys, weights in sorter.batches(block):
            places.add(keys)
            best.append(keys[:, -1] & NUMBER)
            drawn.append(weights)
        if block + 1 == stop or sum(map(len, best)) >= _FIRSTS:
            _count_first(np.concatenate(best), np.concatenate(drawn), total.first)
            best, drawn = [], []
        if block + 1 == stop:
            places.finish()
        done = (block + 1 - start) * _TOLD // (stop - start)
        if progress and done > told:
            told = done
            progress((block + 1 - start) / (stop - start))
    return total


def _count_first(best: Ints, weights: Ints, first: Ints) -> None:
    """Add the weights of each draw, in 2**-30 of all weight, to the intention that was first."""
    columns = first.shape[1]
    each = weights.astype(np.float64)  # whole numbers, so that their sums are exact in any order
    shares = np.rint(each * (2.0**30 / (each @ np.ones(columns)))[:, None])
    cells = best[:, None] * columns + np.arange(columns)
    found = np.bincount(cells.ravel(), shares.ravel(), minlength=first.size)
    first += found.astype(np.int64).reshape(first.shape)
