"""Weight programme: weights near today's by linear and mixed-integer programmes, solved by HiGHS.

Which others are passed is known for `nearest`, and left to the solver by `programme`: a yes/no for
each of the others that may stay ahead, at most as many as leave a place. HiGHS stops after a fixed
number of steps, never after a time, so that the answer does not hang on the machine.

Source: Huangfu & Hall, "Parallelizing the dual revised simplex method", Mathematical Programming
Computation 10, 2018 (HiGHS).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from scoring.sheet import Bools, Floats

LEAD = 1e-5  # how much it must lead by, of a total of 1: 0.001 points of 100
_NODES = 150_000  # branches x others after which the solver gives up


def nearest(lead: Floats, today: Floats, stay: Bools, ahead_by: float = LEAD) -> Floats | None:
    """The weights nearest to today's that pass all others but those in `stay`; None: there are none.

    `lead` (others, criteria) and `today` (criteria,) as for `WeightSearch`. All others are led by
    at least `ahead_by`, a share of 1.
    """
    # scipy.optimize takes a while to import, which no page should wait for before it is asked.
    from scipy.optimize import linprog

    size, wanted = len(today), np.unique(lead[~stay], axis=0)
    rules = np.vstack([np.empty((0, size)), wanted])
    found = linprog(
        np.ones(2 * size),  # what is added to each weight, then what is taken from it
        A_ub=np.hstack([rules, -rules]) if len(rules) else None,
        b_ub=-ahead_by - rules @ today if len(rules) else None,
        A_eq=np.r_[np.ones(size), -np.ones(size)][None, :],
        b_eq=[0.0],
        bounds=[(0.0, 1.0)] * size + [(0.0, share) for share in today.tolist()],
        method="highs",
    )
    return today + found.x[:size] - found.x[size:] if found.status == 0 else None


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """What a mixed-integer programme found: weights or None, and points that any change has.

    `at_least` is infinite when it is proved that there are no weights.
    """

    weights: Floats | None
    at_least: float


def programme(lead: Floats, today: Floats, ahead: int, within: float) -> Solved:
    """The nearest weights that leave at most `ahead` of the others level or ahead.

    Only weights that move a share of at most `within` are looked at, so that what each of the
    others can lead by is known closely: the closer, the less the solver has to try.
    """
    # scipy.optimize takes a while to import, which no page should wait for before it is asked.
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, diags_array, hstack, vstack

    most, least = largest(lead, today, within), -largest(-lead, today, within)
    never_passed, never_ahead = least > -LEAD, most <= -LEAD
    ahead -= int(never_passed.sum())
    if ahead < 0:
        return Solved(None, np.inf)
    open_, times = np.unique(lead[~never_passed & ~never_ahead], axis=0, return_counts=True)
    better = np.array([times[(open_ >= row).all(axis=1)].sum() for row in open_])
    must, may = open_[better > ahead], open_[better <= ahead]
    times, size, groups = times[better <= ahead], len(today), len(may)
    blocks: list[list[Any]] = [
        [must, -must, np.zeros((len(must), groups))],
        [may, -may, diags_array(-largest(may, today, within) - LEAD)],
        [np.zeros((1, size)), np.zeros((1, size)), times[None, :]],
        [np.ones((1, size)), -np.ones((1, size)), np.zeros((1, groups))],
        [np.ones((1, size)), np.zeros((1, size)), np.zeros((1, groups))],
    ]
    rules = vstack([hstack([csr_array(part) for part in row]) for row in blocks], format="csr")
    low = np.r_[np.full(len(open_) + 1, -np.inf), 0, 0]
    high = np.r_[-LEAD - must @ today, -LEAD - may @ today, ahead, 0, within]
    found = milp(
        np.r_[np.ones(2 * size), np.zeros(groups)],
        constraints=LinearConstraint(rules, low, high),
        integrality=np.r_[np.zeros(2 * size), np.ones(groups)],
        bounds=Bounds(0, np.r_[np.ones(size), today, np.ones(groups)]),
        options={"mip_rel_gap": 0, "node_limit": max(50, _NODES // max(1, groups))},
    )
    if found.status == 2:
        return Solved(None, np.inf)
    bound = found.mip_dual_bound if found.mip_dual_bound is not None else found.fun
    at_least = 100 * max(0.0, float(bound)) if bound is not None else 0.0
    if found.x is None:
        return Solved(None, at_least)
    weights = today + found.x[:size] - found.x[size : 2 * size]
    stay = lead @ weights > -LEAD / 2
    return Solved(nearest(lead, today, stay) if stay.sum() <= ahead + never_passed.sum() else None,
                  at_least)  # fmt: skip


def largest(lead: Floats, today: Floats, within: float) -> Floats:
    """(others,): the largest lead after a share of at most `within` has moved.

    All that moves goes to the best criterion for the other, from the worst ones first.
    """
    total, left = lead @ today, np.full(len(lead), within)
    best, each = lead.max(axis=1, initial=-np.inf), np.arange(len(lead))
    for j in np.argsort(lead, axis=1, kind="stable").T:
        taken = np.minimum(left, today[j])
        total = total + taken * (best - lead[each, j])
        left = left - taken
    return np.asarray(total)
