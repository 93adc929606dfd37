"""The funding line: which intentions are above it, which below, and which it cannot part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.ranking import Ranking
from scoring.sheet import Bools, ScoreSheet

_PLAIN_NO = frozenset({"", "n", "no", "none", "false", "0", "-", "n/a", "na", "not applicable"})
_PLAIN_YES = frozenset({"y", "yes", "true", "1", "x"})
NO_REASON = "Marked as a must-do; no reason given"


def must_do_reasons(sheet: ScoreSheet) -> tuple[str, ...]:
    """Why each intention must be done whatever its score; "" where it need not be.

    Any text in the must-do field is a reason, except a plain no. A plain yes counts, and says
    that no reason was given.
    """
    return tuple(_reason(sheet.text("must_do", i).strip()) for i in range(len(sheet)))


def _reason(text: str) -> str:
    if text.casefold() in _PLAIN_NO:
        return ""
    return NO_REASON if text.casefold() in _PLAIN_YES else text


@dataclass(frozen=True, eq=False)
class FundingLine:
    """A cut after `room` ranked intentions, must-dos left out.

    An intention is `above` when it and everything that it ties with fit, `tied` when the line
    falls inside its tie (`fit` of them have room, and no score says which), else below. Must-dos
    and intentions without a place are none of these. All arrays are (intentions,).
    """

    room: int
    above: Bools
    tied: Bools
    fit: int

    @property
    def in_words(self) -> str:
        """What to say when the line falls inside a tie; "" when it does not."""
        size = int(self.tied.sum())
        if not size:
            return ""
        return (
            f"The line falls inside a tie: {size} intentions have the same total and there is room "
            f"for {self.fit} of them. Move the line, or decide between them by other means."
        )


def funding_line(
    ranking: Ranking, line: int, must_do: Sequence[bool] | Bools | None = None, counted: bool = True
) -> FundingLine:
    """Who stands above a line after `line` intentions.

    Must-dos stand in their own lane. When `counted`, each of them takes one of the `line` places;
    otherwise all `line` places go to the others. A tie is never split by the order of the source.
    """
    mine = np.zeros(len(ranking.sheet), bool) if must_do is None else np.asarray(must_do, bool)
    room = max(0, line - int(mine.sum())) if counted else max(0, line)
    rows = ranking.places.ranked & ~mine
    place = ranking.places.place[rows]
    _, group, size = np.unique(place, return_inverse=True, return_counts=True)
    last = np.cumsum(size)  # how many stand at or above each place
    first = last - size  # how many stand above it
    above, tied = np.zeros(len(mine), bool), np.zeros(len(mine), bool)
    above[rows] = last[group] <= room
    inside = (first < room) & (room < last)
    tied[rows] = inside[group]
    fit = int(room - first[inside][0]) if inside.any() else 0
    return FundingLine(room, above, tied, fit)
