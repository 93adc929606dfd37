"""The matrix: intentions laid out by their scores on two criteria, without weights.

The plain way of prioritising that many boards used before weights (a grid of benefit against
cost). Scales with many levels are cut into four equal bands.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from scoring.framework import Criterion
from scoring.sheet import ScoreSheet

MOST_LEVELS = 10
BANDS = 4


@dataclass(frozen=True)
class Matrix:
    """`cells[y][x]` holds refs in sheet order; levels run from the worse end to the better.

    `left_out` are the refs that are not scored on one of the two.
    """

    across: Criterion
    down: Criterion
    across_levels: tuple[str, ...]
    down_levels: tuple[str, ...]
    cells: tuple[tuple[tuple[str, ...], ...], ...]
    left_out: tuple[str, ...]


def matrix(sheet: ScoreSheet, across: str, down: str) -> Matrix:
    """The intentions by their scores on two criteria. Raises KeyError for an unknown criterion."""
    framework = sheet.framework
    ids = list(framework.weights)
    x_criterion, y_criterion = framework.criterion(across), framework.criterion(down)
    x_levels, x = _levels(sheet, ids.index(across), x_criterion)
    y_levels, y = _levels(sheet, ids.index(down), y_criterion)
    cells: list[list[list[str]]] = [[[] for _ in x_levels] for _ in y_levels]
    left_out = []
    for i, ref in enumerate(sheet.refs):
        if x[i] < 0 or y[i] < 0:
            left_out.append(ref)
        else:
            cells[y[i]][x[i]].append(ref)
    frozen = tuple(tuple(tuple(cell) for cell in row) for row in cells)
    return Matrix(x_criterion, y_criterion, x_levels, y_levels, frozen, tuple(left_out))


def _levels(sheet: ScoreSheet, j: int, criterion: Criterion) -> tuple[tuple[str, ...], list[int]]:
    """The names of the levels, worse end first, and the level of each intention (-1: not scored)."""
    scale = criterion.scale
    step = sheet.steps[:, j] * scale.steps / sheet.framework.common_steps
    up = scale.better == "high"
    if scale.steps < MOST_LEVELS:
        sign = scale.step if up else -scale.step
        names = tuple(f"{scale.worst + k * sign:g}" for k in range(scale.steps + 1))
        level = np.rint(step).astype(int)
    else:
        width = (scale.high - scale.low) / BANDS
        edges = [scale.low + k * width for k in range(BANDS + 1)]
        bands = [f"{low:g} to {high:g}" for low, high in itertools.pairwise(edges)]
        names = tuple(bands if up else bands[::-1])
        level = np.minimum((step * BANDS / scale.steps).astype(int), BANDS - 1)
    return names, [int(k) if s else -1 for k, s in zip(level, sheet.scored[:, j], strict=True)]
