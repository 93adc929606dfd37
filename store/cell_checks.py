"""What a cell may hold: every problem of what people typed, found before anything is saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from scoring.framework import FIELDS, Framework
from scoring.problem import Problem
from scoring.sheet import FieldValue
from store.records import CONFIDENCES, NewValue
from store.text import storable

LONGEST = 10_000
_ELSEWHERE = ("ref", "title", "status")  # kept with the intention itself


def score_problems(framework: Framework, values: Sequence[NewValue]) -> list[Problem]:
    """What is not a criterion, or not on its scale."""
    criteria = {criterion.id: criterion for criterion in framework.criteria}
    problems: list[Problem] = []
    for new in values:
        where = f"{new.ref}, {new.field}"
        criterion = criteria.get(new.field)
        if criterion is None:
            problems.append(Problem(where, new.field, "a criterion of this round", kind="score"))
        elif new.value is not None and not _on_scale(new.value, criterion.scale.allows):
            wanted = f"{criterion.scale.in_words} ({criterion.scale.direction_in_words})"
            where = f"{new.ref}, {criterion.name}"
            problems.append(Problem(where, _told(new.value), wanted, kind="score"))
    return problems


def field_problems(framework: Framework, values: Sequence[NewValue]) -> list[Problem]:
    """What is not a field or question, or not an answer to it."""
    questions = {question.id: question for question in framework.questions}
    kinds = {field.id: field.kind for field in FIELDS if field.id not in _ELSEWHERE}
    problems: list[Problem] = []
    for new in values:
        where, question = f"{new.ref}, {new.field}", questions.get(new.field)
        if question is not None:
            if new.value is not None and new.value not in question.answers:
                wanted = f"one of {', '.join(question.answers)}"
                problems.append(Problem(where, str(new.value), wanted, kind="answer"))
        elif new.field not in kinds:
            wanted = "a field or a question of this round"
            problems.append(Problem(where, new.field, wanted, kind="store"))
        elif kinds[new.field] in ("money", "number") and isinstance(new.value, str):
            problems.append(Problem(where, new.value, "a number", kind="money"))
    return problems


def entry_problems(new: NewValue, known: set[str]) -> list[Problem]:
    """What is wrong with an entry whatever it is: an unknown ref, a text that cannot be kept."""
    where = f"{new.ref}, {new.field}"
    problems = []
    if new.ref not in known:
        problems.append(Problem(where, new.ref, "an intention of this round", kind="ref"))
    if isinstance(new.value, float) and new.value != new.value:
        problems.append(Problem(where, "not a number", "a number, or nothing", kind="store"))
    texts = {"value": new.value, "evidence": new.evidence, "link": new.link, "reason": new.why}
    for what, text in texts.items():
        if isinstance(text, str) and len(text) > LONGEST:
            found = f"{len(text):,} characters"
            problems.append(Problem(where, found, f"at most {LONGEST:,}", what, kind="store"))
        if isinstance(text, str) and not storable(text):
            wanted = "text without control characters: type it again instead of pasting it"
            problems.append(Problem(where, "characters that cannot be kept", wanted, what))
    if new.link and not new.link.strip().casefold().startswith(("https://", "http://")):
        wanted = "an address that begins with https:// or http://, or nothing"
        problems.append(Problem(where, new.link, wanted, "link", kind="store"))
    if new.confidence is not None and new.confidence not in CONFIDENCES:
        problems.append(Problem(where, new.confidence, "low, medium or high", "confidence"))
    return problems


def _on_scale(value: FieldValue, allows: Callable[[Decimal], bool]) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        return False
    return abs(value) != float("inf") and allows(Decimal(repr(value)))


def _told(value: FieldValue) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
