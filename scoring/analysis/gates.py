"""Gates: what has to be approved before an intention goes on, and what its money asks for.

After the process of Lancashire and South Cumbria ICB (board paper of 19 March 2025, section 6):
nothing proceeds without a quality impact assessment; investment beyond the existing budget needs a
business case, whose approval depends on its value. The values are not published: each round sets
its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.framework import FIELDS
from scoring.sheet import FieldValue, ScoreSheet

GATES = ("qia", "ehiira", "business_case")
# What closes a gate. Anything else, a blank included, leaves it open.
SETTLED = (
    "approved", "complete", "completed", "done", "signed off", "no", "none needed", "not needed",
    "not required", "not applicable", "n/a", "na", "in place",
)  # fmt: skip
INVESTMENTS = ("investment_recurrent", "investment_one_off")
Routes = Sequence[tuple[float | None, str]]  # (up to and including £, route); the last without £
_NAMES = {field.id: field.name for field in FIELDS}


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate of one intention: what is recorded, whether it is passed, and why in a sentence."""

    id: str
    name: str
    recorded: str
    passed: bool
    says: str


def gates_of(sheet: ScoreSheet, i: int, routes: Routes = ()) -> tuple[Gate, ...]:
    """The gates of intention `i`, passed or open. `routes` are the round's own thresholds."""
    return tuple(_gate(sheet, i, id, routes) for id in GATES)


def outstanding(sheet: ScoreSheet, i: int, routes: Routes = ()) -> tuple[Gate, ...]:
    """The gates that intention `i` has still to pass."""
    return tuple(gate for gate in gates_of(sheet, i, routes) if not gate.passed)


def is_settled(text: str) -> bool:
    """Whether what is recorded at a gate lets an intention pass."""
    return " ".join(text.casefold().split()).rstrip(".") in SETTLED


def investment(sheet: ScoreSheet, i: int) -> float | None:
    """The new money of the first year in £: recurrent and one-off; None where neither is known."""
    given = [sheet.fields[id][i] for id in INVESTMENTS if id in sheet.fields]
    amounts = [amount for amount in given if isinstance(amount, int | float)]
    unclear = any(isinstance(amount, str) and amount.strip() for amount in given)
    return None if unclear or not amounts else float(sum(amounts))


def route_for(routes: Routes, value: float) -> str:
    """The approval of a business case of that value: the first limit that is not exceeded."""
    return next((name for limit, name in routes if limit is None or value <= limit), "")


def in_pounds(amount: FieldValue) -> str:
    """£ with thousands apart: £1,250,000."""
    if not isinstance(amount, int | float):
        return str(amount or "")
    text = f"{abs(amount):,.2f}".removesuffix(".00")
    return f"{'-' if amount < 0 else ''}£{text}"


def _gate(sheet: ScoreSheet, i: int, id: str, routes: Routes) -> Gate:
    recorded = sheet.text(id, i).strip()
    name = _NAMES[id]
    value = investment(sheet, i) if id == "business_case" else None
    if is_settled(recorded):
        asks = f" {_asks(value, routes)}" if value is not None and value > 0 else ""
        return Gate(id, name, recorded, True, f'{name}: passed ("{recorded}").{asks}')
    stands = f'"{recorded}"' if recorded else "nothing recorded"
    if id != "business_case":
        return Gate(id, name, recorded, False, f"{name}: open ({stands}).")
    passed, needs = _business_case(value, routes)
    told = f" Recorded: {stands}." if recorded else ""
    return Gate(id, name, recorded, passed, f"{name}: {needs}{told}")


def _business_case(value: float | None, routes: Routes) -> tuple[bool, str]:
    if value is None:
        return False, "open. No investment is recorded, so its approval is not known."
    if value <= 0:
        return True, "not needed, since no new money is asked for."
    return False, f"open. {_asks(value, routes)}"


def _asks(value: float, routes: Routes) -> str:
    money = in_pounds(value)
    if not routes:
        return f"{money} of new money; no thresholds are set."
    return f"{money} of new money asks for: {route_for(routes, value)}."
