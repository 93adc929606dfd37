"""Segment rules: an ordered decision table in which the first match wins."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from scoring.framework.criterion import Frozen, Identifier, PlainText

SegmentId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)]
UNASSIGNED = "unassigned"


class Segment(Frozen):
    """One segment: what is in it, and where its intentions go."""

    id: SegmentId
    name: PlainText
    definition: PlainText
    route: PlainText


class Question(Frozen):
    """A question whose answer the rules use."""

    id: Identifier
    asks: PlainText
    answers: Annotated[tuple[PlainText, ...], Field(min_length=2)] = ("yes", "no")
    also_called: tuple[str, ...] = ()


class Flag(Frozen):
    """A warning that goes with a rule unless a question has a given answer."""

    unless_question: Identifier
    unless_answer: PlainText
    says: PlainText


class Rule(Frozen):
    """One row of the decision table.

    It fires when `question` is answered `answer`. The segment is `segment`; or, with `then_by`,
    the one that `segments` gives for the answer to that second question, and none (ask) for any
    other answer.
    """

    id: Annotated[str, Field(min_length=1, max_length=20)]
    wording: PlainText
    question: Identifier
    answer: PlainText = "yes"
    segment: SegmentId | None = None
    then_by: Identifier | None = None
    segments: dict[str, SegmentId] = Field(default_factory=dict)
    flag: Flag | None = None
