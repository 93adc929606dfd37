"""A workbook that this tool exported, come back: its intentions stand on one sheet only.

The other sheets repeat them in other orders, beside places and weights that are no scores.
"""

from __future__ import annotations

from collections.abc import Iterable

_TELLING = {"Weights", "Segments", "Criteria and anchors", "Accounted for", "About"}
_ENOUGH = 4  # of them: one may have been deleted or renamed since
OWN = frozenset({
    "Contents", "Live order", "Weights", "Segments", "Unassigned", "Criteria and anchors", "Incomplete",
    "Accounted for", "Refused rows", "Merged rows", "Scenarios", "Scenarios compared",
    "Since last round", "How firm", "Weight limits", "Charts", "About",
})  # fmt: skip
SEGMENT = "Segment "  # how the names of the sheets of single segments begin
WHY = "this tool made it from the sheet Ranked list, which is read"


def own_sheets(names: Iterable[str]) -> frozenset[str]:
    """Those sheets of an exported workbook that repeat its ranked list; none of any other file.

    Sheets that somebody added to it are not among them.
    """
    there = set(names)
    if len(there & _TELLING) < _ENOUGH:
        return frozenset()
    return frozenset(name for name in there if name in OWN or name.startswith(SEGMENT))
