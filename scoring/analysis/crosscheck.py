"""Cross-check: the same values and weights under other methods. Would the decision differ?

Weighted product, TOPSIS and VIKOR come from pymcdm (Kizielewicz, Shekhovtsov & Sałabun, "pymcdm:
the universal library for solving multi-criteria decision-making problems", SoftwareX 22, 2023).
They scale to the scores at hand; here the best and the worst possible intention are added as two
more rows, so that the scale is the framework's own and no intention moves another, and they are
taken out again. A weighted product needs values above zero: levels are counted from 1, so a score
of 1 on a scale of 1 to 5 is one fifth and not nothing. PROMETHEE II with its usual preference
function is a weighted count of who is better on each criterion; it is counted here, because
comparing every pair takes minutes and gigabytes for thousands (a test holds it to pymcdm's).
Preferences are rounded to 9 decimals before they are compared, so that noise splits no tie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.analysis.cut import Cut, named
from scoring.ranking import Ranking
from scoring.sheet import Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class Method:
    """Another way to put intentions in order, for a lay reader, with its source."""

    name: str
    about: str
    source: str


PRODUCT = Method(
    "Weighted product",
    "Multiplies instead of adding, so that one very low score weighs more than it does in a sum.",
    "Fishburn et al., Operations Research 16(2), 1968",
)
TOPSIS = Method(
    "TOPSIS",
    "Places an intention by how near it is to the best possible one and how far from the worst.",
    "Hwang & Yoon, Multiple attribute decision making, 1981",
)
VIKOR = Method(
    "VIKOR",
    "Looks at the total and at the worst single shortfall, half and half.",
    "Duckstein & Opricovic, Water Resources Research 16(1), 1980",
)
PROMETHEE = Method(
    "PROMETHEE II",
    "Counts on each criterion how many it beats and is beaten by; by how much does not matter.",
    "Brans & Vincke, Management Science 31(6), 1985",
)
UNWEIGHTED = Method(
    "No weights",
    "Adds the same values with every criterion counting the same, as a plain matrix does.",
    "The unweighted matrix used before the weights",
)


@dataclass(frozen=True, eq=False)
class Agreement:
    """How far one method agrees. `places` (k,) are in the order of `Crosscheck.refs`.

    `tau` is Kendall's tau-b, `ws` the WS coefficient (1: the same order; it counts the top of the
    list most), both None where they are not defined. `enters` and `leaves` are who would come
    above the line and drop below it.
    """

    method: Method
    places: Ints
    tau: float | None
    ws: float | None
    enters: tuple[str, ...]
    leaves: tuple[str, ...]

    def __str__(self) -> str:
        known = "" if self.tau is None else f" (Kendall's tau {self.tau:.2f}, WS {self.ws:.2f})"
        name = self.method.name
        if not self.enters and not self.leaves:
            return f"{name} puts the same intentions above the line{known}."
        moves = []
        if self.enters:
            moves.append(f"{named(self.enters)} would come in")
        if self.leaves:
            moves.append(f"{named(self.leaves)} would go out")
        return f"{name}{known}: {' and '.join(moves)}."


@dataclass(frozen=True, slots=True)
class Disputed:
    """An intention whose decision would differ, and by which methods. `place` is today's."""

    ref: str
    title: str
    place: str
    above: bool
    methods: tuple[str, ...]

    def __str__(self) -> str:
        way = "out" if self.above else "in"
        today = "above" if self.above else "below"
        return (
            f"{self.ref} is {today} the line today and would be {way} under {named(self.methods)}."
        )


@dataclass(frozen=True, eq=False)
class Crosscheck:
    """The other methods beside today's order, for the `refs` in the running, in sheet order."""

    refs: tuple[str, ...]
    line: int
    standing: int
    agreements: tuple[Agreement, ...]
    disputed: tuple[Disputed, ...]

    @property
    def sentence(self) -> str:
        """The answer in a line."""
        count = len(self.agreements)
        if not self.standing:
            return "Nobody is above the line, so there is nothing to cross-check."
        if not self.disputed:
            same = f"same {self.standing}" if self.standing > 1 else "same one"
            return f"All {count} other methods put the {same} above the line."
        kept = self.standing - sum(one.above for one in self.disputed)
        outside = sum(not one.above for one in self.disputed)
        said = f"All {count} other methods keep {kept} of the {self.standing} above the line"
        if outside:
            return f"{said}; {outside} from below would come in by at least one of them."
        return f"{said}."


def crosscheck(
    ranking: Ranking,
    line: int,
    must_do: Sequence[bool] | Bools | None = None,
    counted: bool = True,
) -> Crosscheck:
    """The ranked intentions, must-dos left out, in order by five other methods.

    Above the line is everyone with fewer others strictly better than it has places, as for
    `top_limits`; `must_do` and `counted` are as for `funding_line`. Raises ValueError and
    `Unusable` as `Cut.of` does.
    """
    cut = Cut.of(ranking, line, must_do, counted)
    today = _places(cut.keys)
    agreements = tuple(
        _agreement(cut, today, method, preference) for method, preference in _preferences(cut)
    )
    disputed = []
    for k in np.argsort(today, kind="stable"):
        i, ref = int(cut.rows[k]), ranking.sheet.refs[int(cut.rows[k])]
        by = tuple(a.method.name for a in agreements if ref in a.enters or ref in a.leaves)
        if by:
            shown = ranking.places.shown(i)
            disputed.append(Disputed(ref, ranking.sheet.titles[i], shown, bool(cut.above[k]), by))
    refs = tuple(ranking.sheet.refs[int(i)] for i in cut.rows)
    return Crosscheck(refs, cut.line, int(cut.above.sum()), agreements, tuple(disputed))


def _preferences(cut: Cut) -> list[tuple[Method, NDArray[Any]]]:
    """What each method makes of the same values: higher is better."""
    if len(cut) == 0:
        return []
    # pymcdm brings matplotlib, which takes a second to import: only who asks waits for it.
    from pymcdm import methods, normalizations

    used = np.flatnonzero(cut.units)
    weights = np.array([cut.units[j] for j in used], np.float64) / sum(cut.units)
    steps = cut.steps[:, used].astype(np.float64)
    most = float(cut.ranking.sheet.framework.common_steps)
    ends = np.vstack([steps / most, np.ones(len(used)), np.zeros(len(used))])
    scales = [cut.ranking.sheet.framework.criteria[j].scale.steps for j in used]
    levels = (ends * scales + 1) / (np.array(scales) + 1)
    better = np.ones(len(used), int)
    # Its own checks compare every pair, and warn of rows that are best everywhere: ours is.
    product = methods.WPM(normalizations.max_normalization)(
        levels, weights, better, validation=False
    )
    topsis = methods.TOPSIS()(ends, weights, better, validation=False)
    vikor = methods.VIKOR()(ends, weights, better, validation=False)
    return [
        (PRODUCT, product[:-2]),
        (TOPSIS, topsis[:-2]),
        (VIKOR, -vikor[:-2]),
        (PROMETHEE, net_flows(steps, [cut.units[j] for j in used])),
        (UNWEIGHTED, steps.sum(axis=1)),
    ]


def net_flows(steps: Floats, units: Sequence[int]) -> NDArray[Any]:
    """PROMETHEE II's net flows with the usual preference function, times (others x all weight).

    On each criterion: how many it is better than, less how many are better, times the weight.
    Whole numbers, so that equal flows are equal exactly.
    """
    size = max(1, len(steps)) * sum(units)
    flows = np.zeros(len(steps), np.int64 if size < 2**62 else object)
    for column, unit in zip(steps.T, units, strict=True):
        ordered = np.sort(column)
        below = np.searchsorted(ordered, column, side="left")
        above = len(column) - np.searchsorted(ordered, column, side="right")
        flows = flows + unit * (below - above)
    return flows


def _agreement(cut: Cut, today: Ints, method: Method, preference: NDArray[Any]) -> Agreement:
    if preference.dtype == np.float64:
        preference = np.round(preference, 9)
    places = _places(preference)
    above = places <= cut.line
    return Agreement(
        method,
        places,
        _tau(today, places),
        rank_similarity(today, places),
        cut.refs(above & ~cut.above),
        cut.refs(cut.above & ~above),
    )


def _places(preference: NDArray[Any]) -> Ints:
    """Competition places, highest first: 1, 2, 2, 4."""
    _, level, count = np.unique(preference, return_inverse=True, return_counts=True)
    return np.asarray((len(preference) - np.cumsum(count) + 1)[level])


def _tau(one: Ints, other: Ints) -> float | None:
    from scipy.stats import kendalltau  # half a second to import

    if len(one) < 2:
        return None
    tau = float(kendalltau(one, other).statistic)
    return None if np.isnan(tau) else tau


def rank_similarity(reference: Ints, other: Ints) -> float | None:
    """The WS coefficient of two rankings: differences near the top of `reference` count most.

    1 - sum of 2^-R * |R - Q| / max(|1 - R|, |n - R|) (Sałabun & Urbaniak, "A new coefficient of
    rankings similarity in decision-making problems", ICCS 2020). Equal places count as the mean of
    the places they take up. None for fewer than two intentions.
    """
    size = len(reference)
    if size < 2:
        return None
    r, q = _mean_places(reference), _mean_places(other)
    apart = np.abs(r - q) / np.maximum(np.abs(1 - r), np.abs(size - r))
    return float(1 - (2.0**-r * apart).sum())


def _mean_places(places: Ints) -> Floats:
    _, level, count = np.unique(places, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(count) - (count - 1) / 2)[level])
