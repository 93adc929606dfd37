"""How numbers are shown. What is compared and added is never rounded."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def one_decimal(number: float) -> str:
    """A number with one decimal, halves up: 71.25 is "71.3", as in Excel and on the Rank page.

    Python's own formatting rounds halves to even ("71.2"). Noise of binary fractions beyond nine
    decimals is taken off first, so that 71.25 made from a division is still a half.
    """
    return str(Decimal(f"{number:.9f}").quantize(Decimal("0.1"), ROUND_HALF_UP) + 0)
