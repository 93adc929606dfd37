"""Sorter: draws the blocks of a subject and puts the intentions of every draw in order.

A draw's totals are whole numbers. The number of the intention is packed below its total into one
64-bit key, so that one sort along the row puts both in order, and equal totals in the order of
their numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.analysis.score_draws import sixteen_bits
from scoring.analysis.subject import BLOCK, MOST, Subject, score_stream, stream
from scoring.sheet import Ints

NUMBER = MOST - 1  # the bits of a key that hold the number of the intention
# Multiplications at a time: few enough for OpenBLAS to do them in one thread, so that a busy
# machine does not make its threads wait.
_MULTIPLIED = 2**19
_SORTED = 2**15  # keys sorted at a time: they stay in the processor's cache


class Sorter:
    """Draws and sorts: made once for a subject, asked for one block after another."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        size = len(subject)
        self._fast = subject.weights.continuous and subject.scores.fixed
        columns = len(subject.weights.names) + 1
        self._at_once = min(BLOCK, max(1, _MULTIPLIED // (size * columns)))
        some = self._at_once * max(1, _SORTED // (size * self._at_once))
        self._keys = np.empty((min(BLOCK, some), size))
        # One more row holds the intention's number and one more weight of 1 adds it to the total;
        # 2**52 on top keeps that number in the last 16 bits of the float64.
        self._columns = np.empty((columns, size))
        self._columns[:-1] = subject.scores.steps.T
        self._columns[-1] = np.arange(size) + 2.0**52

    def batches(self, block: int) -> Iterator[tuple[NDArray[np.int64], Ints]]:
        """Some draws of a block at a time: keys, worst place first, and the draws' weights.

        Keys are (draws, places), the best `wanted` places only; & NUMBER gives the intention. They
        are overwritten by the next batch.
        """
        # A whole block is always drawn, so that more draws only add to the ones before.
        drawn = self._subject.weights.draw(stream(self._subject.seed, block, 0), BLOCK)
        count = min(BLOCK, self._subject.draws - block * BLOCK)
        if not self._fast:
            yield self._sorted(self._with_lots(block, drawn)[:count]), drawn[:count]
            return
        weights = np.ones((count, len(self._columns)))
        np.multiply(drawn[:count], float(MOST), out=weights[:, :-1])
        for top in range(0, count, len(self._keys)):
            rows = slice(top, min(top + len(self._keys), count))
            keys = self._keys[: rows.stop - top]
            for first in range(0, len(keys), self._at_once):
                some = weights[rows][first : first + self._at_once]
                np.matmul(some, self._columns, out=keys[first : first + self._at_once])
            yield self._sorted(keys), drawn[rows]

    def _sorted(self, keys: NDArray[Any]) -> NDArray[np.int64]:
        left = keys.shape[1] - self._subject.wanted
        if left:
            keys.partition(left, axis=1)
            keys = keys[:, left:].copy()
            rows, best = np.arange(len(keys)), keys.argmax(axis=1)
            keys[rows, best], keys[:, -1] = keys[:, -1], keys[rows, best]
        else:
            keys.sort(axis=1)
        return keys.view(np.int64)

    def _with_lots(self, block: int, weights: Ints) -> NDArray[np.int64]:
        """Keys of drawn scores or listed weights, where real ties occur: drawn lots break them."""
        subject, count = self._subject, len(weights)
        keys = np.empty((count, len(subject)), np.int64)
        lots = stream(subject.seed, block, 1)
        numbers = np.arange(len(subject), dtype=np.int64)[:, None]
        for rows, totals in subject.scores.parts(
            weights, partial(score_stream, subject.seed, block)
        ):
            some = totals.astype(np.int64)
            some <<= 27
            # The upper 11 of 16 bits are the lot.
            drawn = sixteen_bits(lots, len(some), count) & np.uint16(0xFFE0)
            some |= np.left_shift(drawn, 11, dtype=np.int64)
            some |= numbers[rows]
            keys[:, rows] = some.T
        return keys
