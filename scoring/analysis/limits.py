"""Limits: how far one weight may go before the set above the line, or first place, changes.

One weight moves and the others are rescaled, so that all add to 100. Every total is then a
straight line in the moved weight, and two totals change order where their lines cross. The set
above the line stays the same until the lowest total inside it meets the highest outside it, so the
nearest such crossing on either side is the limit: exact, with no grid.

Source: one-at-a-time weight stability intervals of the additive model (Mareschal, "Weight
stability intervals in multicriteria decision aid", EJOR 33, 1988), here for a set of places and
with exact ties.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scoring.analysis.cut import Cut, named
from scoring.analysis.lines import Lines
from scoring.analysis.shares import shown_range
from scoring.ranking import Ranking
from scoring.sheet import Bools


@dataclass(frozen=True, slots=True)
class Swap:
    """Who comes in and who goes out just beyond a limit."""

    enters: tuple[str, ...]
    leaves: tuple[str, ...]

    def __str__(self) -> str:
        if not self.enters:
            return f"{named(self.leaves)} {_verb(self.leaves, 'drops', 'drop')} out"
        if not self.leaves:
            return f"{named(self.enters)} {_verb(self.enters, 'comes', 'come')} level at the line"
        verb = _verb(self.enters, "replaces", "replace")
        return f"{named(self.enters)} {verb} {named(self.leaves)}"


@dataclass(frozen=True, slots=True)
class Limit:
    """How far the weight of one criterion may go, in % of all weight, as exact fractions.

    Strictly between `low` and `high` nothing changes; at a limit itself two totals are level, and
    beyond it `below` or `above` says who swaps. A limit of 0 or 100 without a swap is no limit.
    When the line falls inside a tie that the smallest change of this weight would split,
    `splits_tie` is True and `low` or `high` is today's weight; `ahead_low` and `ahead_high`
    then say how far the weight may go before anyone below the line catches up with anyone at or
    above it. `fixed`: this criterion has all the weight, so no other could be rescaled. `ends`:
    whether all stays the same at 0 and at 100 themselves too; if not, others come level there.
    """

    criterion: str
    name: str
    today: Fraction
    low: Fraction
    high: Fraction
    below: Swap | None = None
    above: Swap | None = None
    ahead_low: Fraction = Fraction(0)
    ahead_high: Fraction = Fraction(100)
    splits_tie: bool = False
    fixed: bool = False
    ends: tuple[bool, bool] = (True, True)


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of every criterion for one question: the first `line` places.

    `settled` says why no weight can change anything, `tie` that the line falls inside a tie or
    that first place is shared; "" when that is not so. `leaders` are those in first place, when the question is about them.
    `standing` is how many are above the line today: more than `line` when a tie lies across it,
    fewer when there are not so many.
    """

    line: int
    by_criterion: tuple[Limit, ...]
    standing: int
    settled: str = ""
    tie: str = ""
    leaders: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """What stays the same: "The top 30 stay the same" or "PLC-01 stays first"."""
        if not self.standing:
            return "Nobody is above the line"
        if not self.leaders and self.standing == 1:
            return "The one above the line stays the same"
        if not self.leaders:
            return f"The top {self.standing} stay the same"
        return f"{named(self.leaders)} {_verb(self.leaders, 'stays', 'stay')} first"

    def sentence(self, limit: Limit) -> str:
        """One criterion's limits in words.

        "The top 30 stay the same for any Impact weight from 17.6% to 21.2%; ...". Figures are
        rounded to one decimal towards today's weight, so that what is said holds.
        """
        who = self.subject
        if limit.fixed:
            return f"{limit.name} has all the weight, so there is no other weight to rescale."
        if self.settled:
            return f"{who} whatever the {limit.name} weight: {self.settled}."
        if limit.splits_tie:
            place = "the tie in first place" if self.leaders else "the tie at the line"
            room = shown_range(limit.ahead_low, limit.today, limit.ahead_high, limit.ends)
            return (
                f"A change of the {limit.name} weight splits {place}; nobody below it catches up "
                f"for any weight {room or 'from 0% to 100%'}."
            )
        room = shown_range(
            limit.low if limit.below else Fraction(0),
            limit.today,
            limit.high if limit.above else Fraction(100),
            limit.ends,
        )
        if not room:
            return f"{who} whatever the {limit.name} weight."
        if not limit.below and not limit.above:
            return f"{who} for any {limit.name} weight {room}."
        if limit.below and limit.above:
            beyond = f"below that {limit.below}, above it {limit.above}"
        else:
            beyond = f"below that {limit.below}" if limit.below else f"above that {limit.above}"
        return f"{who} for any {limit.name} weight {room}; {beyond}."


def top_limits(
    ranking: Ranking,
    line: int,
    must_do: Sequence[bool] | Bools | None = None,
    counted: bool = True,
) -> Limits:
    """How far each weight may go, alone, before the set above the line changes.

    The set above the line is everyone with fewer than `line` others strictly better: a tie across
    the line makes it larger than `line`, which is said. Must-dos are in no set; `must_do` and
    `counted` are as for `funding_line`. Raises ValueError and `Unusable` as `Cut.of` does.
    """
    return _limits(Cut.of(ranking, line, must_do, counted), first=False)


def first_limits(ranking: Ranking, must_do: Sequence[bool] | Bools | None = None) -> Limits:
    """How far each weight may go, alone, before first place changes hands or is shared.

    Must-dos stand in their own lane: where any are given, first place is that among the others.
    """
    return _limits(Cut.of(ranking, 1, must_do, counted=False), first=True)


def _limits(cut: Cut, first: bool) -> Limits:
    total = sum(cut.units)
    limits = []
    for j, criterion in enumerate(cut.ranking.sheet.framework.criteria):
        own = cut.units[j]
        today = Fraction(100 * own, total)
        limit = Limit(criterion.id, criterion.name, today, Fraction(0), Fraction(100))
        if own == total:
            limit = replace(limit, low=today, high=today, fixed=True)
        elif not cut.settled:
            limit = _limit(cut, j, limit)
        limits.append(limit)
    leaders = cut.refs(cut.above) if first else ()
    standing = int(cut.above.sum())
    tie = f"{named(leaders)} share first place." if len(leaders) > 1 else ""
    tie = tie if first else cut.tie_in_words
    return Limits(cut.line, tuple(limits), standing, cut.settled, tie, leaders)


def _limit(cut: Cut, j: int, limit: Limit) -> Limit:
    lines = Lines.of(cut, j)
    today = Fraction(cut.units[j], sum(cut.units))
    ahead = lines.first_meeting(cut.above, ~cut.above)
    low, high = ahead
    if cut.tied.any():
        low = lines.tie_holds(cut, today, ahead[0], -1) if today else None
        high = lines.tie_holds(cut, today, ahead[1], 1)
    limit = replace(
        limit,
        low=100 * (Fraction(0) if low is None else low),
        high=100 * (Fraction(1) if high is None else high),
        ahead_low=100 * (Fraction(0) if ahead[0] is None else ahead[0]),
        ahead_high=100 * (Fraction(1) if ahead[1] is None else ahead[1]),
        splits_tie=today in (low, high),
        ends=(
            ahead[0] is not None or not today or not lines.level_at(0, cut.above, ~cut.above),
            ahead[1] is not None or not lines.level_at(1, cut.above, ~cut.above),
        ),
    )
    if low is not None:
        limit = replace(limit, below=_swap(cut, lines.standing(cut.line, low, -1)))
    if high is not None:
        limit = replace(limit, above=_swap(cut, lines.standing(cut.line, high, 1)))
    return limit


def _swap(cut: Cut, standing: Bools) -> Swap:
    return Swap(cut.refs(standing & ~cut.above), cut.refs(cut.above & ~standing))


def _verb(refs: tuple[str, ...], one: str, many: str) -> str:
    return one if len(refs) == 1 else many
