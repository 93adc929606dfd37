"""Weights: any non-negative numbers, kept as the decimals they were given, shown as % of 100."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from fractions import Fraction
from functools import cached_property

from scoring.problem import Problem, Unusable

PLACES = 6  # a weight is a decimal with at most this many places; more are rounded, half to even
LARGEST = Decimal(1_000_000)
Number = int | float | str | Decimal


@dataclass(frozen=True)
class Weights(Mapping[str, Decimal]):
    """A weight for each criterion, in the framework's order.

    Zero drops a criterion. All zero, a negative or an endless number is refused with `Unusable`.
    Only proportions matter: 25/20/15 and 50/40/30 give the same totals.
    """

    by_criterion: tuple[tuple[str, Decimal], ...]

    @classmethod
    def of(cls, weights: Mapping[str, Number], where: str = "weights") -> Weights:
        """Check and freeze weights. Raises `Unusable` with every problem at once."""
        problems: list[Problem] = []
        clean: list[tuple[str, Decimal]] = []
        for criterion, given in weights.items():
            number = _decimal(given)
            if number is None or not 0 <= number <= LARGEST:
                wanted = "a number from 0 to 1,000,000"
                problems.append(Problem(f"{where}, {criterion}", str(given), wanted, kind="weight"))
            else:
                clean.append((criterion, number))
        if not problems and not any(number for _, number in clean):
            found = ", ".join(f"{criterion}={number:f}" for criterion, number in clean)
            wanted = "at least one weight above zero"
            problems.append(Problem(where, found, wanted, kind="weight"))
        if problems:
            raise Unusable(problems)
        return cls(tuple(clean))

    def __getitem__(self, criterion: str) -> Decimal:
        return self._lookup[criterion]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lookup)

    def __len__(self) -> int:
        return len(self.by_criterion)

    def __hash__(self) -> int:
        return hash(self.by_criterion)

    @cached_property
    def _lookup(self) -> dict[str, Decimal]:
        return dict(self.by_criterion)

    @cached_property
    def units(self) -> tuple[int, ...]:
        """The weights as the smallest whole numbers in the same proportions."""
        scale = 10**PLACES
        whole = [int(number * scale) for _, number in self.by_criterion]
        divisor = math.gcd(*whole)
        return tuple(number // divisor for number in whole)

    @cached_property
    def percent(self) -> dict[str, float]:
        """Each weight as a share of 100, unrounded."""
        total = sum(self.units)
        return {
            criterion: float(Fraction(100 * units, total))
            for criterion, units in zip(self, self.units, strict=True)
        }

    def shown(self, places: int = 1) -> dict[str, str]:
        """Each weight as a % with `places` decimals, rounded so that what is shown adds to 100.

        Largest remainder: round all down, then give the units that are left to the largest
        remainders, earlier criteria first.
        """
        total, grain = sum(self.units), 10**places
        exact = [Fraction(100 * grain * units, total) for units in self.units]
        floors = [math.floor(share) for share in exact]
        spare = 100 * grain - sum(floors)
        by_remainder = sorted(range(len(exact)), key=lambda i: (floors[i] - exact[i], i))
        for i in by_remainder[:spare]:
            floors[i] += 1
        return {
            criterion: f"{Decimal(floor) / grain:.{places}f}"
            for criterion, floor in zip(self, floors, strict=True)
        }


def _decimal(given: Number) -> Decimal | None:
    """The number as a decimal with at most `PLACES` places; None when it is not a number."""
    try:
        number = Decimal(repr(given) if isinstance(given, float) else str(given).strip())
        if not number.is_finite():
            return None
        return number.quantize(Decimal(1).scaleb(-PLACES), ROUND_HALF_EVEN).normalize() + 0
    except InvalidOperation:
        return None
