"""Weights that stand in a row of a table, under the header or at its foot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from scoring.intake.body import Body
from scoring.intake.cells import Cell, shown


def numbers_of(body: Body, criteria: Sequence[str], i: int) -> dict[str, Decimal]:
    """The numbers in a row's criterion columns, a % sign left off."""
    found = {id: as_weight(body.values[id][i]) for id in criteria}
    return {id: weight for id, weight in found.items() if weight is not None}


def as_weight(cell: Cell) -> Decimal | None:
    """The number that a cell holds, a % sign left off; None where it holds anything else."""
    text = shown(cell).strip().removesuffix("%").strip()
    return Decimal(text) if re.fullmatch(r"\d{1,6}(?:\.\d{1,6})?", text) else None


def are_weights(numbers: dict[str, Decimal]) -> bool:
    """Whether three numbers or more come to 100, or to 1."""
    total = sum(numbers.values(), Decimal(0))
    adds_up = abs(total - 100) <= Decimal("0.5") or abs(total - 1) <= Decimal("0.005")
    return len(numbers) >= 3 and adds_up


def in_percent(numbers: dict[str, Decimal]) -> dict[str, Decimal]:
    """Weights in %, where they were given as shares of 1."""
    as_shares = sum(numbers.values(), Decimal(0)) <= Decimal("1.01")
    return {id: number * 100 if as_shares else number for id, number in numbers.items()}
