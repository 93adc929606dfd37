"""Cells of every other kind: answers to segment questions, money, numbers, choices, text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from scoring.framework import Question
from scoring.intake.cells import Cell, shown
from scoring.intake.wording import plain

Read = str | float | None
UNKNOWN = frozenset({
    "tbc", "tba", "tbd", "n/k", "nk", "unknown", "not known", "not yet known", "not sure",
    "unsure", "n/a", "na", "not applicable", "-", "--", "–", "—", "?", "??", "tbc?",
    "to be confirmed", "to be decided", "not stated", "none given", "pending", "awaited",
    "awaiting", "to follow", "#n/a", "to be scored", "not available",
})  # fmt: skip
_YES = frozenset({"y", "yes", "true", "t", "✓", "✔", "☑"})
_NO = frozenset({"n", "no", "false", "f", "☐"})
_MONEY = re.compile(
    r"(?P<sign>[-−]?)\s*£?\s*(?P<sign2>[-−]?)(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"\s*(?P<size>k|m|mn|bn|thousand|million|billion)?\s*(?:gbp|pa|p\.a\.|per annum|per year)?"
)
_SIZE = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_LONGEST_AMOUNT = 60
_LONGEST_UNKNOWN = 40
_UNIT = {"£k": 1e3, "£m": 1e6}


class Unreadable(str):
    """What was expected of a cell that cannot be read."""


def read_column(
    cells: Sequence[Cell], reader: Callable[[Cell], Read | Unreadable]
) -> tuple[list[Read], dict[Cell, str]]:
    """Read a column, each distinct cell once: the values, and the cells that cannot be read."""
    if reader is read_text:
        return [cell.strip() or None if type(cell) is str else shown(cell) for cell in cells], {}
    distinct: dict[Cell, Read] = {}
    bad: dict[Cell, str] = {}
    for cell in set(cells):
        value = reader(cell)
        if isinstance(value, Unreadable):
            bad[cell] = str(value)
            value = None
        distinct[cell] = value
    return [distinct[cell] for cell in cells], bad


def is_unknown(cell: Cell) -> bool:
    """Whether a cell says that its value is not known yet."""
    if not isinstance(cell, str) or len(cell) > _LONGEST_UNKNOWN:
        return False
    return " ".join(unicodedata.normalize("NFKC", cell).casefold().split()) in UNKNOWN


def read_text(cell: Cell) -> Read:
    """Text without spaces around it; None where empty."""
    if isinstance(cell, str):
        return cell.strip() or None
    return shown(cell)


def read_money(cell: Cell, unit: str = "£") -> Read | Unreadable:
    """Pounds: "£1.2m" is 1,200,000 and "(300)" is -300. `unit` is the header's, for bare numbers."""
    if not isinstance(cell, str):
        return cell * _UNIT[unit] if unit in _UNIT else float(cell)
    text = unicodedata.normalize("NFKC", cell).strip().casefold()
    if not text or " ".join(text.split()) in UNKNOWN:
        return None
    if text in ("nil", "£nil", "zero"):
        return 0.0
    bracketed = text.startswith("(") and text.endswith(")")
    found = len(text) <= _LONGEST_AMOUNT and _MONEY.fullmatch(
        text[1:-1].strip() if bracketed else text
    )
    if not found or (bracketed and (found["sign"] or found["sign2"])):
        return Unreadable("an amount of money, such as 250000, £250k or £1.2m")
    amount = float(found["number"].replace(",", ""))
    amount = round(amount * (_SIZE[found["size"]] if found["size"] else _UNIT.get(unit, 1.0)), 2)
    return -amount if bracketed or found["sign"] or found["sign2"] else amount


def read_number(cell: Cell) -> Read | Unreadable:
    """A number such as 2.5 or "2.5 WTE"; None where empty or not known."""
    if not isinstance(cell, str):
        return float(cell)
    text = unicodedata.normalize("NFKC", cell).strip().casefold()
    if not text or " ".join(text.split()) in UNKNOWN:
        return None
    found = re.fullmatch(r"(-?\d{1,12}(?:\.\d{1,9})?)\s*(?:wte|fte|staff)?", text.replace(",", ""))
    return float(found[1]) if found else Unreadable("a number, such as 2.5")


def answer_reader(question: Question) -> Callable[[Cell], Read | Unreadable]:
    """A reader of the answers to a question, giving the question's own wording."""
    known = {plain(answer): answer for answer in question.answers}
    for answer in question.answers:
        for form in (f"{answer}s", f"the {answer}", f"at {answer}s", f"at the {answer}"):
            known.setdefault(plain(form), answer)
    if {"yes", "no"} <= {answer.casefold() for answer in question.answers}:
        yes, no = known["yes"], known["no"]
        known.update(dict.fromkeys(_YES, yes) | dict.fromkeys(_NO, no))
    expected = Unreadable(f"one of {', '.join(question.answers)}; or leave it empty")

    def read(cell: Cell) -> Read | Unreadable:
        text = " ".join(unicodedata.normalize("NFKC", shown(cell)).casefold().split())
        if not text or text in UNKNOWN:
            return None
        return known.get(text) or known.get(plain(text)) or expected

    return read


def choice_reader(choices: Sequence[str]) -> Callable[[Cell], Read | Unreadable]:
    """A reader of one of several choices; any text where there are none to choose from."""
    known = {plain(choice): choice for choice in choices}

    def read(cell: Cell) -> Read | Unreadable:
        text = read_text(cell)
        if text is None or not known or str(text).casefold() in UNKNOWN:
            return text if not known else None
        return known.get(plain(str(text))) or Unreadable(
            f"one of {', '.join(choices)}; or leave it empty"
        )

    return read
