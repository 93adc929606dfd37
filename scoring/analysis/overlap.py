"""Overlap: do criteria count one thing twice, and does any score run the wrong way?

Three questions about the scores, none of which changes a place:
- Which criteria rise and fall together? Spearman's rank correlation over the intentions scored on
  both (Spearman, "The proof and measurement of association between two things", Am. J. Psychology
  15, 1904), and how many have the same value on both.
- How much of the differences between totals does each criterion make? The covariance of its points
  with the total over the variance of the total: these shares add to 100%, and differ from the
  weights where scores spread more, or go together (that stated weights are not importance:
  Paruolo, Saisana & Saltelli, "Ratings and rankings: voodoo or science?", JRSS A 176, 2013).
- Does a score run against the money, staff or time in the same row? On every scale the better end
  stands for less of these, so more money should not come with a better Cost score.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from scoring.framework import Criterion
from scoring.ranking import Ranking
from scoring.sheet import Bools, Floats, ScoreSheet

ALIKE = 0.7  # from this rank correlation on, two criteria may count one thing twice
SAME = 0.9  # from this share of equal values on, two columns are nearly identical
AGAINST = 0.3  # from this rank correlation on, a score runs against its money, staff or time
FEWEST = 8  # with fewer intentions a correlation says nothing
_APART = 7.5  # points between stated weight and share of the differences worth a word

# What a column holds, the words that a criterion about it has, and the columns, added up.
_COLUMNS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("money", ("cost", "investment", "afford", "financ"),
     ("investment_recurrent", "investment_one_off")),
    ("staff", ("effort", "workload", "capacity", "workforce"), ("wte",)),
    ("time", ("time", "timescale", "pace"), ("long_term_reconfiguration",)),
)  # fmt: skip
_WORDS = {
    "money": "asks for more money",
    "staff": "needs more staff",
    "time": "takes long",
}


@dataclass(frozen=True, slots=True)
class Alike:
    """Two criteria that rise and fall together, or whose columns are nearly identical.

    `correlation` is Spearman's, None where one of them has the same score everywhere; `same` the
    share (0-1) of the `scored` intentions with equal values on both; `weight` their weight in %.
    """

    a: str
    b: str
    correlation: float | None
    same: float
    scored: int
    weight: float

    @property
    def worth_a_word(self) -> bool:
        """Whether they may count one thing twice."""
        if self.scored < FEWEST or self.correlation is None:  # one that never varies counts nothing
            return False
        return self.same >= SAME or self.correlation >= ALIKE

    def __str__(self) -> str:
        if not self.worth_a_word:
            known = "none" if self.correlation is None else f"{self.correlation:.2f}"
            return f"{self.a} and {self.b}: rank correlation {known} over {self.scored} intentions."
        if self.same >= SAME:
            what = f"have the same value for {100 * self.same:.0f}% of {self.scored} intentions"
        else:
            what = (
                f"rise and fall together (rank correlation {self.correlation:.2f} over "
                f"{self.scored} intentions; 1 would be the same order)"
            )
        return (
            f"{self.a} and {self.b} {what}, and have {self.weight:.1f}% of the weight between "
            "them: one thing may be counted twice. Check that their anchors ask different things; "
            "if not, merge them or give them one weight."
        )


@dataclass(frozen=True, slots=True)
class Spread:
    """What one criterion weighs, and what share of the differences between totals it makes, in %.

    A share below zero: on the whole its points go to those with low totals.
    """

    criterion: str
    name: str
    weight: float
    share: float
    all_the_same: bool

    @property
    def worth_a_word(self) -> bool:
        """Whether weight and share are far apart."""
        return self.all_the_same or abs(self.share - self.weight) >= _APART

    def __str__(self) -> str:
        said = f"{self.name} has {self.weight:.1f}% of the weight"
        if self.all_the_same:
            return (
                f"{said}, but everyone has the same score there, so it decides nothing. Score it "
                "with more of its scale, or do without it."
            )
        if self.share < 0:
            return (
                f"{said}, but works against the rest: those with high totals tend to score low "
                "there. That may be a real trade-off; check that 5 was not read the wrong way "
                "round."
            )
        said += f" and makes {self.share:.1f}% of the differences between totals"
        if not self.worth_a_word:
            return f"{said}: about what its weight says."
        if self.share > self.weight:
            return (
                f"{said}: it decides more than its weight says, because its scores spread widely "
                "or go together with others. Lower its weight if that is not meant."
            )
        return (
            f"{said}: it decides less than its weight says, because its scores are close together "
            "or go against others. Use more of its scale if it should decide more."
        )


@dataclass(frozen=True, slots=True)
class Against:
    """A score column beside the money, staff or time in the same rows.

    `correlation` is Spearman's between the value (better is higher) and the amount: above zero
    the score runs against it.
    """

    criterion: str
    about: str
    direction: str
    correlation: float
    rows: int

    @property
    def worth_a_word(self) -> bool:
        """Whether the score runs against the amount."""
        return self.correlation >= AGAINST

    def __str__(self) -> str:
        more = _WORDS[self.about]
        if not self.worth_a_word:
            return (
                f"{self.criterion} does not run against its {self.about} column (rank correlation "
                f"{self.correlation:.2f} over {self.rows} intentions)."
            )
        return (
            f"{self.criterion} scores get better where an intention {more} (rank correlation "
            f"{self.correlation:.2f} over {self.rows} intentions). {self.direction}: check that "
            "the scale was not read the wrong way round, and put right whole columns at once."
        )


@dataclass(frozen=True, eq=False)
class Overlap:
    """All three answers. `correlations` (criteria, criteria) are Spearman's; NaN where undefined."""

    names: tuple[str, ...]
    correlations: Floats
    alike: tuple[Alike, ...]
    spread: tuple[Spread, ...]
    against: tuple[Against, ...]
    scored: int

    @property
    def findings(self) -> tuple[str, ...]:
        """What is worth a word, in sentences; () when nothing is."""
        parts: list[Against | Alike | Spread] = [*self.against, *self.alike, *self.spread]
        return tuple(str(part) for part in parts if part.worth_a_word)

    @property
    def sentence(self) -> str:
        """The answer in a line."""
        if self.scored < FEWEST:
            return f"Too few intentions are scored to say: {self.scored}, of {FEWEST} needed."
        found = len(self.findings)
        if not found and not self.spread:
            return "All totals are equal, so no criterion decides anything."
        if not found:
            return "No two criteria look alike, and no score runs against its money, staff or time."
        return f"{found} thing{'s' if found > 1 else ''} to check."


def overlap(ranking: Ranking) -> Overlap:
    """What the scores say about the criteria, under the ranking's weights. Changes nothing."""
    sheet = ranking.sheet
    criteria = sheet.framework.criteria
    names = tuple(criterion.name for criterion in criteria)
    correlations = np.eye(len(names))
    pairs = []
    for a, b in combinations(range(len(names)), 2):
        both = sheet.scored[:, a] & sheet.scored[:, b]
        x, y = sheet.steps[both, a], sheet.steps[both, b]
        rho = spearman(x, y)
        correlations[a, b] = correlations[b, a] = np.nan if rho is None else rho
        if ranking.weights.units[a] and ranking.weights.units[b]:  # else nothing is counted twice
            weight = sum(ranking.weights.percent[criteria[j].id] for j in (a, b))
            same = float((x == y).mean()) if len(x) else 0.0
            pairs.append(Alike(names[a], names[b], rho, same, len(x), weight))
    pairs.sort(key=lambda pair: -(pair.correlation or 0.0))
    spread, rows = _spread(ranking), ranking.places.ranked
    return Overlap(names, correlations, tuple(pairs), spread, _against(sheet), int(rows.sum()))


def spearman(x: NDArray[np.float64], y: NDArray[np.float64]) -> float | None:
    """Spearman's rank correlation, ties at their mean rank; None where one does not vary."""
    if len(x) < 2:
        return None
    ranks = [_mean_ranks(column) for column in (x, y)]
    a, b = (column - column.mean() for column in ranks)
    size = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / size if size else None


def _mean_ranks(column: NDArray[np.float64]) -> Floats:
    """Ranks from the lowest up, counted from 1; equal ones share the mean of theirs."""
    _, level, count = np.unique(column, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    return np.asarray((last - (count - 1) / 2)[level])


def _spread(ranking: Ranking) -> tuple[Spread, ...]:
    """Shares of the variance of the total, which add to 100%; () where all totals are equal."""
    rows = ranking.places.ranked & ranking.sheet.complete
    steps = ranking.sheet.steps[rows]
    points = steps * np.array(ranking.weights.units, np.float64)
    total = points.sum(axis=1)
    if len(total) < FEWEST or total.min() == total.max():
        return ()
    apart = total - total.mean()
    shares = 100 * ((points - points.mean(axis=0)) * apart[:, None]).sum(axis=0) / (apart @ apart)
    percent = ranking.weights.percent
    return tuple(
        Spread(c.id, c.name, percent[c.id], float(shares[j]), bool(np.ptp(steps[:, j]) == 0))
        for j, c in enumerate(ranking.sheet.framework.criteria)
        if ranking.weights.units[j]
    )


def _against(sheet: ScoreSheet) -> tuple[Against, ...]:
    found = []
    for about, words, fields in _COLUMNS:
        amount, given = _amounts(sheet, fields)
        for j, criterion in enumerate(sheet.framework.criteria):
            if not _is_about(criterion, words):
                continue
            rows = given & sheet.scored[:, j]
            rho = spearman(sheet.steps[rows, j], amount[rows])
            if rho is not None and int(rows.sum()) >= FEWEST:
                direction = criterion.scale.direction_in_words
                found.append(Against(criterion.name, about, direction, rho, int(rows.sum())))
    return tuple(found)


def _is_about(criterion: Criterion, words: tuple[str, ...]) -> bool:
    """Whether a criterion's own name or id has one of the words."""
    name = f"{criterion.id} {criterion.name}".casefold().replace("_", " ").split()
    return any(part.startswith(word) for part in name for word in words)


def _amounts(sheet: ScoreSheet, fields: tuple[str, ...]) -> tuple[Floats, Bools]:
    """(intentions,): the columns added up, and where any of them holds a number, a yes or a no."""
    amount, given = np.zeros(len(sheet)), np.zeros(len(sheet), bool)
    for field in fields:
        for i, value in enumerate(sheet.fields.get(field, ())):
            said = {"yes": 1.0, "no": 0.0}.get(value) if isinstance(value, str) else value
            if said is not None:
                amount[i] += said
                given[i] = True
    return amount, given
