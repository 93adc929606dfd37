"""Counting: sorted keys, some draws at a time, to counts of places."""

from __future__ import annotations

import sys
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from scoring.analysis.sorter import NUMBER
from scoring.analysis.subject import Subject
from scoring.sheet import Ints

_IN_CACHE = 2**21  # cells of a table that is counted straight into: beyond, it is walked in parts
_KEPT = 2**25  # sorted numbers kept before they are counted
_COUNTED = 2**17  # cells counted at a time: small enough to stay in the processor's cache
_LOWEST = 0 if sys.byteorder == "little" else 3  # the last 16 of 64 bits


class Counter(Protocol):
    """Adds draws to counts; only after `finish` are they all in."""

    def add(self, keys: NDArray[np.int64]) -> None:
        """Add some draws: keys (draws, places) as `Sorter` gives them, worst place first."""

    def finish(self) -> None:
        """Add what was kept so far."""


def counter(subject: Subject, places: NDArray[Any], above: Ints) -> Counter:
    """The counter that suits a subject: of every place, or of places above the line."""
    if not subject.full:
        return _Above(above, subject.line > 0)
    return _Direct(places) if places.size <= _IN_CACHE else _Kept(places, subject)


class _Above:
    """Counts places above the line."""

    def __init__(self, above: Ints, wanted: bool) -> None:
        self._above, self._wanted = above, wanted

    def add(self, keys: NDArray[np.int64]) -> None:
        if self._wanted:
            self._above += np.bincount((keys & NUMBER).ravel(), minlength=len(self._above))

    def finish(self) -> None:
        pass


class _Direct:
    """Counts every place in a small table as the draws come."""

    def __init__(self, places: NDArray[Any]) -> None:
        self._flat, self._one = places.reshape(-1), places.dtype.type(1)
        self._starts = _starts(len(places))
        self._cells = np.empty((0, len(places)), np.int64)

    def add(self, keys: NDArray[np.int64]) -> None:
        if len(self._cells) < len(keys):
            self._cells = np.empty(keys.shape, np.int64)
        cells = np.bitwise_and(keys, NUMBER, out=self._cells[: len(keys)])
        cells += self._starts
        np.add.at(self._flat, cells.reshape(-1), self._one)

    def finish(self) -> None:
        pass


class _Kept:
    """Counts every place in a large table: numbers are kept, then counted some places at a time,
    so that the part of the table that is counted into stays in the processor's cache."""

    def __init__(self, places: NDArray[Any], subject: Subject) -> None:
        self._places, size = places, len(places)
        self._starts = _starts(size)
        self._numbers = np.empty((min(subject.draws, max(512, _KEPT // size)), size), np.uint16)
        self._filled = 0

    def add(self, keys: NDArray[np.int64]) -> None:
        if self._filled + len(keys) > len(self._numbers):
            self.finish()
        rows = slice(self._filled, self._filled + len(keys))
        self._numbers[rows] = keys.view(np.uint16)[:, _LOWEST::4]
        self._filled += len(keys)

    def finish(self) -> None:
        flat, one = self._places.reshape(-1), self._places.dtype.type(1)
        columns = max(1, _COUNTED // len(self._places))
        draws = max(1, _COUNTED // columns)
        for column in range(0, len(self._places), columns):
            some = slice(column, column + columns)
            for draw in range(0, self._filled, draws):
                part = self._numbers[draw : min(draw + draws, self._filled), some]
                np.add.at(flat, (part + self._starts[some]).reshape(-1), one)
        self._filled = 0


def _starts(size: int) -> Ints:
    """Column c of `size` holds place `size` - c, counted in row `size` - c - 1 of the table."""
    return np.asarray((size - 1 - np.arange(size)) * size, np.int64)
