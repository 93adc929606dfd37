"""Weight search: the nearest weights that leave few enough others level with one intention or ahead.

A change of weights moves a share `h` of all weight: today's weights become today + h (p - q), where
p says which criteria gain and q which give, each adding to 1; the weights change by 2h in all.
Along one direction (p, q) all is a matter of lines: another intention that leads by `a` leads by
a + h d.(p - q), so it is passed, or comes ahead, at one h. Directions fill cells, each given by
the corners of its p and its q. If each of the others is taken at the corner that suits best, the
same line search gives an h below which no direction of the cell does it. Cells that cannot beat
the best change found are dropped, the others halved along their longest side, the most promising
first. The weights found are then improved by a linear programme: the nearest that pass the same
others.

Sources: Land & Doig, "An automatic method of solving discrete programming problems", Econometrica
28(3), 1960 (branch and bound); Horst, "An algorithm for nonconvex programming problems",
Mathematical Programming 10, 1976 (cells that are simplices, halved). The use for weights is ours.
"""

from __future__ import annotations

import heapq
from itertools import count

import numpy as np

from scoring.analysis.progress import Progress
from scoring.analysis.weight_cells import all_directions, first_few, halved
from scoring.analysis.weight_programme import LEAD, largest, nearest
from scoring.sheet import Bools, Floats

_CLOSE, _EXACT = 0.05, 0.005  # points of change that the best found may be above the smallest
SLIGHT = 0.05  # a change below this many points is too small to be worth its figures
_EXACT_WORK = 2e7  # up to here `_EXACT` is asked for, then `_CLOSE` will do
_OVERHEAD = 100  # what a cell costs beside its others, in others
_BATCH = 256  # cells halved at a time
_TRIED = 16  # the most promising cells of a batch, whose middle direction is tried
# Multiplications at a time: the leads stay in the processor's cache, and OpenBLAS works them out in
# one thread, so that a busy machine does not make its threads wait.
_MULTIPLIED = 2**18
_ALL_DIRECTIONS = 12  # criteria; with more, only directions with one or two on one side


class WeightSearch:
    """The best change found so far and what is known of all others.

    `lead` (others, criteria) is what each of the others has over the intention on each criterion,
    as a share of the scale; `today` (criteria,) are shares of weight that add to 1; at most `ahead`
    of the others may stay level or ahead. Call `run` until `done`; `weights` is None until any are
    found.
    """

    def __init__(self, lead: Floats, today: Floats, ahead: int) -> None:
        self._lead, self._today, self._ahead = lead, today, ahead
        self._now = lead @ today
        self.weights: Floats | None = None
        self._moved = 1.0  # the share of weight that the best change moves
        self._seen = 0.0
        self._dropped = np.inf  # no cell that was dropped promised to move less than this
        self._cells: list[tuple[float, int, int, Floats, Floats]] = []
        self._turn = count()
        size = len(today)
        # Sides are compared by how much they move the leads, not by how much they move weights.
        spread = lead.T @ lead / max(1, len(lead))
        self._length: Floats = np.linalg.cholesky(spread + 1e-9 * np.eye(size)).astype(np.float64)
        self._view()
        self._whole = size <= _ALL_DIRECTIONS
        for gaining, cells in all_directions(today, self._whole):
            self._keep(cells, gaining, np.zeros(len(cells)))

    @property
    def moved(self) -> float:
        """The share of all weight that the best change moves; 1 while there is none."""
        return self._moved

    @property
    def change(self) -> float:
        """What the weights found change in all, in points; 200 while there are none."""
        return 200 * self._moved

    @property
    def at_least(self) -> float:
        """Points that any change must have; infinite when it is known that there is none."""
        if not self._whole:
            return 0.0
        lowest = self._cells[0][0] if self._cells else np.inf
        return 200 * min(lowest, self._dropped, np.inf if self.weights is None else self._moved)

    @property
    def done(self) -> bool:
        """Whether the best change is proved to be the smallest, or that there is none."""
        return self._whole and (not self._cells or self._cells[0][0] >= self._goal)

    @property
    def undecided(self) -> Bools:
        """(others,): who may be passed, or come ahead, within the best change."""
        most = largest(self._lead, self._today, self._moved)
        least = -largest(-self._lead, self._today, self._moved)
        return np.asarray((least <= -LEAD) & (most > -LEAD))

    @property
    def _goal(self) -> float:
        """Cells must promise to move less than this to be looked at."""
        exact = self._seen < _EXACT_WORK and self.change >= SLIGHT
        return self._moved - (_EXACT if exact else _close(self.change)) / 200

    def run(self, work: float, progress: Progress | None = None) -> None:
        """Look until done, or until `work` leads were worked out in all."""
        told, begun = 0, self._seen
        while not self.done and self._seen < work and self._cells:
            *_, gaining, corners, low = heapq.heappop(self._cells)
            good = self._worth(low)
            halves = halved(corners[good], gaining, self._length)
            self._keep(halves, gaining, np.tile(low[good], 2))
            share = int(20 * (self._seen - begun) / max(work - begun, 1))
            if progress and told < share < 20:
                told = share
                progress(share / 20)

    def improve(self, weights: Floats) -> None:
        """Take weights that are known to do it when they change less than the best so far."""
        moved = float(np.abs(weights - self._today).sum()) / 2
        if self.weights is None or moved < self._moved - 1e-12:
            self._moved, self.weights = moved, weights
            self._view()

    def _view(self) -> None:
        """How fast each of the others is passed, how fast it comes ahead; how many to pass now.

        (criteria, others): per share of weight moved to a criterion, in what is needed in all, so
        that 1 / rate is the share to move. Only those that the best change so far may reach.
        """
        needed = self._now + LEAD
        ahead = needed > 0
        passed, coming = ahead & self.undecided, ~ahead & self.undecided
        down = -self._lead[passed] / needed[passed, None]
        up = self._lead[coming] / np.maximum(-needed[coming, None], 1e-15)
        self._down, self._up = np.ascontiguousarray(down.T), np.ascontiguousarray(up.T)
        self._to_pass = int(ahead.sum()) - self._ahead

    def _keep(self, cells: Floats, gaining: int, floor: Floats) -> None:
        """Bound some cells, keep those that promise anything and try the best of them."""
        if not len(cells):
            return
        down, up = self._down, self._up
        self._seen += len(cells) * (down.shape[1] + up.shape[1] + _OVERHEAD)
        low = np.maximum(self._bounds(cells, gaining) * (1 - 1e-9), floor)
        order = np.argsort(low, kind="stable")
        order = order[self._worth(low[order])]
        cells, low = cells[order], low[order]
        self._try(cells[:_TRIED], gaining)
        for top in range(0, len(cells), _BATCH):
            some = slice(top, top + _BATCH)
            item = (float(low[top]), next(self._turn), gaining, cells[some], low[some])
            heapq.heappush(self._cells, item)

    def _worth(self, low: Floats) -> Bools:
        """Which cells may still beat the best change; what the others promised is noted."""
        goal = self._goal
        worth = low < goal
        if self.weights is not None and not worth.all():
            self._dropped = min(self._dropped, goal)
        return np.asarray(worth)

    def _bounds(self, cells: Floats, gaining: int) -> Floats:
        """The share of weight that must be moved at least, in any direction of each cell."""
        down, up = self._down, self._up
        found = np.empty(len(cells))
        at_once = max(1, _MULTIPLIED // (len(down) * max(1, down.shape[1] + up.shape[1])))
        for top in range(0, len(cells), at_once):
            corners = np.ascontiguousarray(cells[top : top + at_once].transpose(1, 0, 2))
            passed, coming = corners[0] @ down, corners[0] @ up
            for corner in corners[1:gaining]:
                np.maximum(passed, corner @ down, out=passed)
                np.minimum(coming, corner @ up, out=coming)
            gave, kept = corners[gaining] @ down, corners[gaining] @ up
            for corner in corners[gaining + 1 :]:
                np.minimum(gave, corner @ down, out=gave)
                np.maximum(kept, corner @ up, out=kept)
            passed -= gave
            coming -= kept
            found[top : top + at_once] = first_few(passed, coming, self._to_pass)
        found[found > self._most(cells[:, gaining:].min(axis=1)) * (1 + 1e-9)] = np.inf
        return found

    def _most(self, giving: Floats) -> Floats:
        """How much may be moved before a weight that gives is used up."""
        share = np.full_like(giving, np.inf)
        np.divide(self._today, giving, out=share, where=giving > 0)
        return np.asarray(share.min(axis=1))

    def _try(self, cells: Floats, gaining: int) -> None:
        """Go in the middle direction of each cell as far as needed; keep the best, improved."""
        if not len(cells):
            return
        gain, give = cells[:, :gaining].mean(axis=1), cells[:, gaining:].mean(axis=1)
        way = gain - give
        moved = first_few(way @ self._down, way @ self._up, self._to_pass)
        moved[moved > self._most(give)] = np.inf
        best = int(np.argmin(moved))
        if moved[best] < self._moved - 1e-9:
            self.improve(np.maximum(self._today + moved[best] * way[best], 0.0))
            passed = self._lead @ (self._today + moved[best] * way[best])
            better = nearest(self._lead, self._today, _may_stay(passed, self._ahead))
            if better is not None:
                self.improve(better)


def agree(change: float, at_least: float) -> bool:
    """Whether a bound is the same figure as the change, for a reader: that is its proof."""
    return change - at_least < 1.02 * _close(change)  # a little more: weights are rounded


def _close(change: float) -> float:
    """How far above the smallest change the best may be: what shows in neither's figures."""
    return _EXACT if SLIGHT <= change < 1 else _CLOSE


def _may_stay(leads: Floats, ahead: int) -> Bools:
    """(others,): the `ahead` with the largest leads, who need not be passed."""
    stay = np.zeros(len(leads), bool)
    stay[np.argsort(-leads, kind="stable")[:ahead]] = True
    return stay
