"""Shares of weight in words: exact fractions shown to one decimal, never beyond what holds."""

from __future__ import annotations

import math
from fractions import Fraction


def shown_share(share: Fraction, towards: Fraction) -> str:
    """A share of weight in %, to one decimal, rounded towards another ("17.6%").

    Rounding towards today's weight keeps a statement "the same up to 21.2%" true.
    """
    tenths = share * 10
    whole = math.floor(tenths) if towards < share else math.ceil(tenths)
    return f"{whole / 10:.1f}%"


def shown_range(
    low: Fraction, today: Fraction, high: Fraction, ends: tuple[bool, bool] = (True, True)
) -> str:
    """A range of shares in words; "" when it is all of 0 to 100.

    "from 17.6% to 21.2%", "up to 21.2%" or "of 17.6% or more". `ends`: whether 0 and 100
    themselves are in it; "above 0% and below 100%" where they are not.
    """
    parts = []
    if low <= 0 and high < 100:
        parts = [f"up to {shown_share(high, today)}"]
    elif low > 0 and high >= 100:
        parts = [f"of {shown_share(low, today)} or more"]
    elif low > 0:
        parts = [f"from {shown_share(low, today)} to {shown_share(high, today)}"]
    if low <= 0 and not ends[0]:
        parts.insert(0, "above 0%")
    if high >= 100 and not ends[1]:
        parts.append("below 100%")
    return " and ".join(parts)


def shown_chance(chance: float) -> str:
    """A chance in %, to one decimal: never 0% or 100% of the draws unless it was."""
    if 0 < chance < 0.001:
        return "under 0.1%"
    if 0.999 < chance < 1:
        return "over 99.9%"
    return f"{100 * chance:.1f}%"
