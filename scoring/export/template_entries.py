"""The template's columns: what each is called, what it takes, and what helps to fill it in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from scoring.export.tables import Column, Kind, distinct
from scoring.framework import FIELDS, Criterion, Framework

EXAMPLE_REF = "EXAMPLE"  # a row with this ref is ignored on reading
MESSAGE, MESSAGE_TITLE = 255, 32  # what Excel holds in an input message
LIST_TEXT = 255  # characters of a list's text; a longer list stands on a sheet of its own
_LISTED_LEVELS = 21  # more levels than this are typed, not chosen
_KINDS: dict[str, Kind] = {"money": "money", "number": "number"}
_BEFORE_SCORES = ("ref", "title", "description", "function", "domain", "provider")
_AFTER_SCORES = (
    "investment_recurrent", "investment_one_off", "saving", "maturity", "wte", "must_do", "qia",
    "ehiira", "business_case", "national_priority", "unifying_goal", "tags", "notes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One column of the template: its header, how it is filled in, and what the example says."""

    column: Column
    group: str
    message: str
    example: str | float | None
    choices: tuple[str, ...] = ()
    levels: tuple[Decimal, Decimal, Decimal] | None = None


def entries_of(framework: Framework) -> tuple[Entry, ...]:
    """The template's columns, left to right."""
    fields = {field.id: field for field in FIELDS}
    entries = []

    def add_field(id: str, group: str) -> None:
        field = fields[id]
        choices = framework.maturities if id == "maturity" else ()
        kind: Kind = "long" if id in ("title", "description", "notes") else "text"
        kind = _KINDS.get(field.kind, kind)
        column = Column(id, field.name, kind)
        hint = f"{field.about}.{_HOW.get(id, '')}"
        entries.append(Entry(column, group, hint, _EXAMPLES.get(id), choices))

    for id in _BEFORE_SCORES:
        add_field(id, "what")
    entries.extend(_score(criterion) for criterion in framework.criteria)
    for question in framework.questions:
        choices = " or ".join(question.answers)
        message = f"{question.asks} Answer {choices}; leave it empty when nobody knows yet."
        column = Column(question.id, question.asks)
        example = question.answers[-1] if question.answers == ("yes", "no") else question.answers[0]
        entries.append(Entry(column, "question", message, example, question.answers))
    for id in _AFTER_SCORES:
        if id != "maturity" or framework.maturities:
            add_field(id, "rest")
    columns = distinct([entry.column for entry in entries])
    return tuple(
        replace(entry, column=column) for entry, column in zip(entries, columns, strict=True)
    )


_HOW = {
    "ref": " Each ref once.",
    "title": " One intention a row.",
    "must_do": " Say why; leave it empty when it need not be done.",
    "saving": " In whole pounds a year.",
    "investment_recurrent": " In whole pounds a year.",
    "investment_one_off": " In whole pounds.",
}
_EXAMPLES: dict[str, str | float] = {
    "ref": EXAMPLE_REF,
    "title": "EXAMPLE, not read: tests closer to home in primary care",
    "description": "An example of a row that is filled in. It is left out when the file is read.",
    "function": "Primary & Community",
    "saving": 250_000.0,
    "investment_one_off": 40_000.0,
    "notes": "Delete this row or leave it: it is not read",
}


def _score(criterion: Criterion) -> Entry:
    scale = criterion.scale
    count = scale.steps + 1
    levels = tuple(f"{(scale.low + k * scale.step).normalize():f}" for k in range(count))
    listed = count <= _LISTED_LEVELS
    header = f"{criterion.name}: {scale.direction_in_words}"
    middle = scale.low + scale.step * (scale.steps // 2)
    return Entry(
        Column(criterion.id, header, "score"),
        "score",
        score_message(criterion),
        float(middle),
        levels if listed else (),
        None if listed else (scale.low, scale.high, scale.step),
    )


def score_message(criterion: Criterion) -> str:
    """What each level means, in the 255 characters that Excel shows beside a cell.

    Levels in between give way first; the two ends are always there, cut if they must be.
    """
    direction = criterion.scale.direction_in_words
    best, worst = criterion.scale.best, criterion.scale.worst
    lines = {Decimal(level): f"{level} = {text}" for level, text in criterion.anchors.items()}
    order = sorted(lines, reverse=criterion.scale.better == "high")
    whole = "\n".join([f"{direction}.", *(lines[level] for level in order)])
    if len(whole) <= MESSAGE:
        return whole
    room = (MESSAGE - len(direction) - 40) // 2
    ends = [lines[level][:room] for level in (best, worst) if level in lines]
    return "\n".join([f"{direction}.", *ends, "All levels: sheet Guidance."])
