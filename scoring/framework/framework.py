"""A framework: criteria, scales, weights and segment rules, checked as a whole when built."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from scoring.framework.criterion import Criterion, Frozen, PlainText
from scoring.framework.fields import FIELDS
from scoring.framework.rules import UNASSIGNED, Question, Rule, Segment
from scoring.framework.weights import Number, Weights
from scoring.problem import Problem, Unusable


class Lens(Frozen):
    """A stakeholder's point of view: a named set of weights."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60)]
    name: PlainText
    why: PlainText
    weights: dict[str, float]


class Framework(Frozen):
    """What intentions are scored against. `weights` are the published ones."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
    name: PlainText
    about: PlainText
    source: str = ""
    direction_note: str = ""
    weighted: bool = True
    matrix: tuple[str, str] | None = None
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1, max_length=40)]
    questions: tuple[Question, ...] = ()
    segments: tuple[Segment, ...] = ()
    rules: tuple[Rule, ...] = ()
    lenses: tuple[Lens, ...] = ()
    maturities: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _parts_fit_together(self) -> Self:
        criteria = [criterion.id for criterion in self.criteria]
        questions = {question.id: question for question in self.questions}
        segments = [segment.id for segment in self.segments]
        taken = [field.id for field in FIELDS]
        _refuse_repeats("field", [*criteria, *(question.id for question in self.questions), *taken])
        _refuse_repeats("segment", segments)
        _refuse_repeats("rule", [rule.id for rule in self.rules])
        if not any(criterion.weight for criterion in self.criteria):
            raise ValueError("at least one criterion must have a weight above zero")
        if UNASSIGNED in segments:
            raise ValueError(f'"{UNASSIGNED}" is kept for intentions that no rule fits')
        for rule in self.rules:
            _check_rule(rule, questions, segments)
        for lens in self.lenses:
            _refuse_unknown(f'the lens "{lens.id}"', "criterion", lens.weights, criteria)
        if self.matrix is not None:
            _refuse_unknown("matrix", "criterion", self.matrix, criteria)
        return self

    @cached_property
    def weights(self) -> Weights:
        """The published weights."""
        return Weights.of({criterion.id: criterion.weight for criterion in self.criteria})

    @cached_property
    def common_steps(self) -> int:
        """The least number of steps that every scale divides: values are exact multiples of it."""
        return math.lcm(*(criterion.scale.steps for criterion in self.criteria))

    def criterion(self, id: str) -> Criterion:
        """The criterion of that id. Raises KeyError."""
        for criterion in self.criteria:
            if criterion.id == id:
                return criterion
        raise KeyError(id)

    def segment(self, id: str) -> Segment | None:
        """The segment of that id; None for `unassigned`."""
        return next((segment for segment in self.segments if segment.id == id), None)

    def weights_with(self, changes: Mapping[str, Number], where: str = "weights") -> Weights:
        """The published weights with some replaced.

        Raises `Unusable` naming every unknown criterion and every weight that is not a number
        from 0 to 1,000,000, or when all are zero.
        """
        known = ", ".join(self.weights)
        unknown = [
            Problem(where, criterion, f"one of the criteria {known}", kind="weight")
            for criterion in changes
            if criterion not in self.weights
        ]
        if unknown:
            raise Unusable(unknown)
        return Weights.of({**self.weights, **changes}, where)

    def with_weights(self, changes: Mapping[str, Number]) -> Framework:
        """This framework with other published weights."""
        weights = self.weights_with(changes)
        criteria = tuple(c.model_copy(update={"weight": weights[c.id]}) for c in self.criteria)
        fields = {name: getattr(self, name) for name in Framework.model_fields}
        return Framework(**{**fields, "criteria": criteria})


def _refuse_repeats(what: str, ids: Iterable[str]) -> None:
    repeated = [id for id, times in Counter(ids).items() if times > 1]
    if repeated:
        raise ValueError(f'the {what} id "{repeated[0]}" is used twice')


def _refuse_unknown(where: str, what: str, named: Iterable[str], known: Iterable[str]) -> None:
    known = list(known)
    for name in named:
        if name not in known:
            raise ValueError(f'{where} names the {what} "{name}"; known: {", ".join(known)}')


def _check_rule(rule: Rule, questions: Mapping[str, Question], segments: list[str]) -> None:
    where = f'rule "{rule.id}"'
    asked = [rule.question, *([rule.then_by] if rule.then_by else [])]
    if rule.flag:
        asked.append(rule.flag.unless_question)
    _refuse_unknown(where, "question", asked, questions)
    _refuse_unknown(where, "answer", [rule.answer], questions[rule.question].answers)
    if rule.flag:
        answers = questions[rule.flag.unless_question].answers
        _refuse_unknown(where, "answer", [rule.flag.unless_answer], answers)
    if (rule.segment is None) == (rule.then_by is None):
        raise ValueError(f"{where} must have either a segment or then_by with segments")
    if rule.then_by:
        _refuse_unknown(where, "answer", rule.segments, questions[rule.then_by].answers)
    given = [rule.segment] if rule.segment else list(rule.segments.values())
    _refuse_unknown(where, "segment", given, segments)
