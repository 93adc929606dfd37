"""How numbers are shown. What is compared and added is never rounded."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def one_decimal(number: float) -> str:
    """A number with one decimal, halves up: 71.25 is "71.3", as in Excel and on the Rank page.

    Python's own formatting rounds halves to even ("71.2"). Noise of binary fractions beyond nine
    decimals is taken off first, so that 71.25 made from a division is still a half.
    """
    return _halves_up(number, "0.1")


def two_decimals(number: float) -> str:
    """A number with two decimals, halves up: points of 15.625 are "15.63"."""
    return _halves_up(number, "0.01")


def _halves_up(number: float, grain: str) -> str:
    return str(Decimal(f"{number:.9f}").quantize(Decimal(grain), ROUND_HALF_UP) + 0)
