"""The cut: the ranked intentions as whole numbers, and which of them stand above the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.analysis.funding_line import funding_line
from scoring.problem import Problem, Unusable
from scoring.ranking import Ranking
from scoring.sheet import Bools, Ints

# int64 below this; Python's own whole numbers (dtype object) above, slower but as exact. The
# largest intermediate of `limits` and `crossing` is 6 * size**2, which must stay below 2**63.
_INT64 = 2**29


@dataclass(frozen=True, eq=False)
class Cut:
    """The ranked intentions of a ranking, cut by a funding line.

    `rows` (k,) are their rows in the sheet, `steps` (k, criteria) their values and `keys` (k,)
    their totals, all exact whole numbers; `units` the weights as whole numbers. Must-dos stand in
    their own lane and are left out; `line` is the number of places that are left for the others.
    `above` (k,) is True for those with fewer than `line` others strictly better. When the line
    falls inside a tie, everyone in that tie counts as above it, and `tied` (k,) marks them.
    """

    ranking: Ranking
    line: int
    rows: Ints
    steps: NDArray[Any]
    keys: NDArray[Any]
    units: tuple[int, ...]
    above: Bools
    tied: Bools

    @classmethod
    def of(
        cls,
        ranking: Ranking,
        line: int,
        must_do: Sequence[bool] | Bools | None = None,
        counted: bool = True,
    ) -> Cut:
        """Cut a ranking after `line` intentions; `must_do` and `counted` as for `funding_line`.

        Raises ValueError for a line below 1, and `Unusable` when missing scores are rescaled:
        such totals are no longer one weighted sum, so no exact limit can be given for them.
        """
        if line < 1:
            raise ValueError("the funding line must be at place 1 or later")
        totals, places = ranking.totals, ranking.places
        if totals.missing == "renormalise" and not ranking.sheet.all_complete:
            gaps = int((~ranking.sheet.complete).sum())
            raise Unusable(
                Problem(
                    "missing scores",
                    "1 intention ranked on the criteria it has"
                    if gaps == 1
                    else f"{gaps} intentions ranked on the criteria they have",
                    "intentions that are all ranked on the same criteria; choose to leave "
                    "incomplete ones unranked, or to count a missing score as the worst",
                    kind="analysis",
                )
            )
        units = totals.weights.units
        size = sum(units) * ranking.sheet.framework.common_steps
        dtype: Any = np.int64 if size < _INT64 else object
        cut = funding_line(ranking, line, must_do, counted)
        mine = np.zeros(len(ranking.sheet), bool) if must_do is None else np.asarray(must_do, bool)
        rows = np.flatnonzero(places.ranked & ~mine)
        steps = ranking.sheet.steps[rows].astype(np.int64).astype(dtype)
        keys = totals.keys[rows].astype(dtype)
        above, tied = (cut.above | cut.tied)[rows], cut.tied[rows]
        return cls(ranking, cut.room, rows, steps, keys, units, above, tied)

    def __len__(self) -> int:
        return len(self.rows)

    def refs(self, marked: Bools) -> tuple[str, ...]:
        """The refs of the marked intentions, best place first."""
        rows = self.rows[marked]
        place = self.ranking.places.place[rows]
        return tuple(self.ranking.sheet.refs[i] for i in rows[np.argsort(place, kind="stable")])

    def position(self, ref: str) -> int | None:
        """Where `ref` stands in `rows`; None when it is not ranked. Raises KeyError."""
        found = np.flatnonzero(self.rows == self.ranking.sheet.index(ref))
        return int(found[0]) if len(found) else None

    @property
    def settled(self) -> str:
        """Why no weight can change who is above the line; "" when one might."""
        if len(self) <= self.line:
            return "everyone ranked is above the line"
        return "" if self.line else "must-dos take every place above the line"

    @property
    def tie_in_words(self) -> str:
        """What to know when the line falls inside a tie; "" when it does not."""
        if not self.tied.any():
            return ""
        tied = self.refs(self.tied)
        place = int(self.ranking.places.place[self.rows[self.tied]][0])
        return (
            f"The line falls inside a tie: {named(tied)} share place {place}, so "
            f"{int(self.above.sum())} stand at or above a line of {self.line}."
        )


def named(refs: Sequence[str], most: int = 4) -> str:
    """Refs as a list in words: "A", "A and B", "A, B and 7 more"."""
    if len(refs) > most:
        return f"{', '.join(refs[: most - 1])} and {len(refs) - most + 1} more"
    return " and ".join(filter(None, [", ".join(refs[:-1]), *refs[-1:]]))
