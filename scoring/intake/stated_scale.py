"""The scale that a header states, where it is another than the criterion's."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from scoring.framework import Scale
from scoring.intake.direction import names_an_end, statements

_LONGEST = 500  # characters looked at
_RANGE = re.compile(
    r"(?<![\d/.=£-])(?<!= )(\d{1,3})\s*(?:-|–|—|to|\.\.|/)\s*(\d{1,3})(?![\d/%]|\.\d)"
    r"(?!\s*(?:months?|mths?|weeks?|wks?|years?|yrs?|days?|hours?|wte|fte|organisations?|k\b|m\b))"
)
_UP_TO = re.compile(
    r"(?:\bout\s+of|\bmax(?:imum)?\.?(?:\s+score)?(?:\s+of)?\s*[:=]?|(?<!\d)(?<!\d\s)/)"
    r"\s*(\d{1,3})(?![\d%/]|\.\d)"
)


def another_scale(text: str, scale: Scale) -> str:
    """What a header says of a scale that is not this one: "0-10", "out of 25"; "" where nothing."""
    text = " ".join(unicodedata.normalize("NFKC", text[:_LONGEST]).casefold().split())
    for found in _RANGE.finditer(text):
        low, high = Decimal(found[1]), Decimal(found[2])
        if low < high and not _is_financial_year(low, high) and (low, high) != _ends(scale):
            return found[0].strip()
    for found in _UP_TO.finditer(text):
        if Decimal(found[1]) != scale.high:
            return found[0].strip()
    said = statements(text)
    if len({statement.level for statement in said}) < 2:
        return ""
    top, bottom = max(s.level for s in said), min(s.level for s in said)
    for statement in said:
        if not names_an_end(statement):
            continue
        level = statement.level
        off = level > scale.high or level < scale.low
        if off or level == top < scale.high or level == bottom > scale.low:
            return str(statement)
    return ""


def _ends(scale: Scale) -> tuple[Decimal, Decimal]:
    return scale.low, scale.high


def _is_financial_year(low: Decimal, high: Decimal) -> bool:
    return low >= 20 and high == low + 1
