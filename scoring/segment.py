"""Segments: what an intention is, by the framework's decision table. Never by its score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from scoring.framework import Framework, Rule
from scoring.framework.rules import UNASSIGNED
from scoring.sheet import ScoreSheet

Answers = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Override:
    """A person's decision to put an intention in another segment than the rules do."""

    ref: str
    segment: str
    reason: str
    by: str
    on: date

    def __post_init__(self) -> None:
        for what, text in (("reason", self.reason), ("name", self.by)):
            if not text.strip():
                raise ValueError(f"an override of the segment of {self.ref} needs a {what}")


@dataclass(frozen=True, slots=True)
class Assignment:
    """The segment of one intention, and why.

    `rule` and `wording` name the rule that fired ("" when none did). `ask` lists the questions
    whose answers are still needed: without them the segment is `unassigned`. `open` lists earlier
    questions left blank whose "yes" would have decided otherwise: the segment stands on the
    answers given, and is provisional until they are answered. `flag` is the rule's warning.
    `by_rules` is what the rules say where `override` says otherwise.
    """

    segment: str
    rule: str = ""
    wording: str = ""
    ask: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    flag: str = ""
    override: Override | None = None
    by_rules: str = ""


@dataclass(frozen=True, eq=False)
class Segments:
    """One assignment an intention, in the order of the sheet."""

    framework: Framework
    assignments: tuple[Assignment, ...]

    def __getitem__(self, i: int) -> Assignment:
        return self.assignments[i]

    def __len__(self) -> int:
        return len(self.assignments)

    @property
    def ids(self) -> tuple[str, ...]:
        """The segment id of every intention."""
        return tuple(assignment.segment for assignment in self.assignments)

    def counts(self) -> dict[str, int]:
        """How many intentions are in each segment, in the framework's order, unassigned last."""
        counted = Counter(self.ids)
        ids = [*(segment.id for segment in self.framework.segments), UNASSIGNED]
        return {id: counted[id] for id in ids}


def assign_segments(sheet: ScoreSheet, overrides: Mapping[str, Override] | None = None) -> Segments:
    """The segment of every intention: the first rule whose question has the rule's answer.

    A blank never fires a rule. `overrides` maps a ref to a person's decision; the answer of the
    rules is kept beside it. Raises ValueError for an override to an unknown segment.
    """
    framework = sheet.framework
    overrides = overrides or {}
    known = {segment.id for segment in framework.segments} | {UNASSIGNED}
    ids = [question.id for question in framework.questions]
    none = (None,) * len(sheet)
    by_answers: dict[Answers, Assignment] = {}
    assignments: list[Assignment] = []
    columns = [sheet.fields.get(id, none) for id in ids]
    rows = zip(*columns, strict=True) if columns else iter([()] * len(sheet))
    for ref, row in zip(sheet.refs, rows, strict=True):
        answers = tuple(None if value is None else str(value) for value in row)
        assignment = by_answers.get(answers)
        if assignment is None:
            assignment = decide(framework, dict(zip(ids, answers, strict=True)))
            by_answers[answers] = assignment
        override = overrides.get(ref)
        if override is not None:
            if override.segment not in known:
                raise ValueError(f"{ref}: there is no segment {override.segment}")
            assignment = replace(
                assignment, segment=override.segment, override=override, by_rules=assignment.segment
            )
        assignments.append(assignment)
    return Segments(framework, tuple(assignments))


def decide(framework: Framework, answers: Mapping[str, str | None]) -> Assignment:
    """The decision table for one set of answers {question id: answer, or None for blank}."""
    blank: list[str] = []
    for rule in framework.rules:
        answer = answers.get(rule.question)
        if answer is None:
            blank.append(rule.question)
        elif _same(answer, rule.answer):
            return _fired(rule, answers, tuple(blank))
    # Nothing fired. Answers still missing may decide; with all of them given, ask about the last.
    last = framework.rules[-1].question if framework.rules else None
    return Assignment(UNASSIGNED, ask=tuple(blank) or ((last,) if last else ()))


def _fired(rule: Rule, answers: Mapping[str, str | None], blank: tuple[str, ...]) -> Assignment:
    flag = ""
    if rule.flag is not None:
        given = answers.get(rule.flag.unless_question)
        flag = "" if given and _same(given, rule.flag.unless_answer) else rule.flag.says
    if rule.segment is not None:
        return Assignment(rule.segment, rule.id, rule.wording, open=blank, flag=flag)
    assert rule.then_by is not None  # a rule has either, checked when the framework is built
    second = answers.get(rule.then_by)
    for answer, segment in rule.segments.items():
        if second is not None and _same(second, answer):
            return Assignment(segment, rule.id, rule.wording, open=blank, flag=flag)
    return Assignment(UNASSIGNED, rule.id, rule.wording, (rule.then_by,), blank, flag)


def _same(a: str, b: str) -> bool:
    return a.strip().casefold() == b.strip().casefold()
