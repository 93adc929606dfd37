"""Which of several columns of one criterion holds its scores; none where only a person can say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scoring.intake.asking import HARDLY, MOSTLY
from scoring.intake.cells import shown
from scoring.intake.headers import Header

_SURE, _UNSURE = 0.94, 0.8  # how well a header must fit, and how badly all the others


def best_column(
    headers: Sequence[Header], confidence: Mapping[int, float], readable: Mapping[int, float],
    told: bool,
) -> tuple[Header | None, str]:  # fmt: skip
    """The column, and why not the others. `confidence` and `readable` are by column: how well its
    header fits, and what share of its cells are scores. Where a person named more than one (`told`),
    what they hold decides nothing."""
    scored = [header for header in headers if readable[header.column] >= MOSTLY]
    rest_hardly = all(readable[h.column] <= HARDLY for h in headers if h not in scored)
    if len(scored) == 1 and rest_hardly and not told:
        return scored[0], f"it holds no scores; {shown(scored[0].text)} does"
    surest = [header for header in headers if confidence[header.column] >= _SURE]
    rest = [header for header in headers if header not in surest]
    if len(surest) == 1 and all(confidence[header.column] <= _UNSURE for header in rest):
        return surest[0], f"{shown(surest[0].text)} fits better"
    return None, "two columns fit"
