"""Every name of every field of a framework, and what a name says besides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from scoring.framework import FIELDS, Framework
from scoring.intake.wording import plain

Polarity = Literal["plain", "favourable", "mixed"]
EXACT, ALIAS = 1.0, 0.95  # how sure a field's own name makes us, and another name for it


@dataclass(frozen=True, slots=True)
class Name:
    """One field that a text names. `favourable`: the text names the good of a criterion."""

    field: str
    confidence: float
    why: str
    favourable: bool = False


def names_of(framework: Framework) -> dict[str, list[Name]]:
    """Plain text -> the fields that it names, of a framework and of every intention."""
    names: dict[str, list[Name]] = {}
    for criterion in framework.criteria:
        own = (criterion.id, criterion.name)
        _learn(names, criterion.id, own, criterion.also_called, criterion.asks)
        for name in criterion.also_called_favourably:
            why = f'the good of it: "{name}"'
            _add(names, plain(name), Name(criterion.id, ALIAS, why, favourable=True))
    for question in framework.questions:
        _learn(names, question.id, (question.id,), question.also_called, question.asks)
    for field in FIELDS:
        _learn(names, field.id, (field.id, field.name), field.also_called, "")
    return names


def polarity_of(names: Iterable[Name]) -> Polarity:
    """Whether names are of a criterion, of the good of it, or of both."""
    ways = {name.favourable for name in names}
    return "mixed" if len(ways) > 1 else "favourable" if True in ways else "plain"


def _learn(
    names: dict[str, list[Name]], id: str, own: Iterable[str], also: Iterable[str], asks: str
) -> None:
    for name in own:
        _add(names, plain(name), Name(id, EXACT, "the field's own name"))
    for name in also:
        _add(names, plain(name), Name(id, ALIAS, f'another name for it: "{name}"'))
    if asks:
        _add(names, plain(asks), Name(id, ALIAS, "the question it asks"))


def _add(names: dict[str, list[Name]], text: str, entry: Name) -> None:
    if not text:
        return
    known = names.setdefault(text, [])
    if all(entry.field != other.field for other in known):
        known.append(entry)
