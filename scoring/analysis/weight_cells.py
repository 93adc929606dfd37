"""Weight cells: directions in which weights can move, cut into cells, and a line search along them.

A direction says which criteria gain weight and which give it, each side adding to 1. A cell is all
directions between some corners: its first `gaining` corners gain, the others give.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from scoring.sheet import Floats


def first_few(passed: Floats, coming: Floats, to_pass: int) -> Floats:
    """The share to move until few enough are ahead; infinite where that never happens.

    Rows are directions: the rates at which others are passed and come ahead, 1 / share to move.
    `passed` is overwritten.
    """
    rows, size = passed.shape
    if to_pass > size:
        return np.full(rows, np.inf)
    if to_pass <= 0:
        return np.zeros(rows)
    passed.sort(axis=1)  # the quickest last
    each, needed = np.arange(rows), np.full(rows, to_pass)
    while True:
        enough = needed <= size
        rate = np.where(enough, passed[each, np.maximum(size - needed, 0)], 0.0)
        rate = np.maximum(rate, 0.0)
        # Whoever has come ahead by then must be made up for.
        more = np.maximum(needed, to_pass + (coming > rate[:, None]).sum(axis=1))
        if (more == needed).all():
            break
        needed = more
    return np.where(rate > 0, 1 / np.maximum(rate, 1e-300), np.inf)


def all_directions(today: Floats, whole: bool) -> Iterator[tuple[int, Floats]]:
    """The cells to begin with, by how many criteria gain: corners (cells, criteria, criteria)."""
    size, corner = len(today), np.eye(len(today))
    able = [j for j in range(size) if today[j] > 0]
    by_size: dict[int, list[NDArray[np.float64]]] = {}
    for number in range(1, min(size - 1, len(able)) + 1):
        if not whole and 2 < number < size - 2:
            continue
        for giving in combinations(able, number):
            gaining = [j for j in range(size) if j not in giving]
            by_size.setdefault(size - number, []).append(corner[[*gaining, *giving]])
    for gains, cells in by_size.items():
        yield gains, np.array(cells)


def halved(cells: Floats, gaining: int, length: Floats) -> Floats:
    """Both halves of each cell, cut in the middle of its longest side: first halves first."""
    size = cells.shape[1]
    sides = [(a, b) for a, b in combinations(range(size), 2) if (a < gaining) == (b < gaining)]
    a, b = np.array(sides).reshape(-1, 2).T
    placed = cells @ length
    longest = np.square(placed[:, a] - placed[:, b]).sum(axis=-1).argmax(axis=1)
    each = np.arange(len(cells))
    middle = (cells[each, a[longest]] + cells[each, b[longest]]) / 2
    halves = np.concatenate([cells, cells])
    halves[each, a[longest]] = middle
    halves[each + len(cells), b[longest]] = middle
    return halves
