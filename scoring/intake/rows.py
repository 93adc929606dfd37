"""Sorts the rows of a table: intentions, section headings, totals, weights, notes, examples."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from scoring.intake.body import Body
from scoring.intake.cells import shown
from scoring.intake.labels import (
    Starts,
    is_example_ref,
    may_be_label,
    may_end_as_label,
    shape,
)
from scoring.intake.result import LeftOut
from scoring.intake.row_kinds import EXAMPLE, SUMMARY, WEIGHTS, RowKinds
from scoring.intake.row_weights import in_percent, numbers_of
from scoring.intake.tables import Table
from scoring.problem import Problem
from scoring.sheet import Bools, Floats

_OTHER_TABLE = "part of another table or key below this one"
_SECTION = "a section heading: the function of the rows below it"
_GUIDANCE_ROWS = 3  # rows at the top of the body in which guidance is looked for


@dataclass
class Rows:
    """Which body rows are intentions, the section each stands in, and what the others are."""

    intentions: list[int] = field(default_factory=list)
    sections: dict[int, str] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    weights: dict[str, Decimal] = field(default_factory=dict)
    weight_row: int | None = None
    problems: list[Problem] = field(default_factory=list)


def sort_rows(
    table: Table, body: Body, scores: Mapping[str, Floats], levels: frozenset[str]
) -> Rows:
    """Sort the rows. `levels` are the scale's levels as text, by which a key is recognised."""
    return _Sorting(table, body, scores, levels).sorted()


class _Sorting:
    def __init__(
        self, table: Table, body: Body, scores: Mapping[str, Floats], levels: frozenset[str]
    ) -> None:
        self._table, self._body = table, body
        self._kinds = RowKinds(table, body, scores, levels)
        self._fields, self._criteria = self._kinds.fields, self._kinds.criteria
        self._has_scores = self._kinds.has_scores
        self._rows = Rows()

    def sorted(self) -> Rows:
        body = self._body
        something = body.any_of(self._fields)
        name_fields = [id for id in ("ref", "title") if id in body.values]
        plainly = something.copy()
        for id in name_fields:
            plainly &= body.filled[id]
        plainly &= body.count_of(self._fields) > max(1, len(name_fields) - 1)
        if not name_fields:
            plainly[:] = False
        for id in name_fields:
            for i in self._special(id):
                plainly[i] = False
        for i in self._guidance_rows(plainly):
            plainly[i] = False
        for i in self._table.repeats:
            if 0 <= i - body.first < body.height:
                plainly[i - body.first] = False
        for i in body.continued:
            plainly[i] = False
        plainly &= ~self._below_the_table(something)
        self._foreign = self._foreign_blocks(something, plainly)
        for i in self._foreign:
            plainly[i] = False
        odd = np.flatnonzero(something & ~plainly).tolist()
        self._rows.intentions = np.flatnonzero(plainly).tolist()
        self._kinds.know_refs_of(self._rows.intentions)
        for i, top in self._body.continued.items():
            number = self._table.cells.number(body.first + top)
            self._leave(i, f"part of the merged intention in row {number}")
        if odd:
            self._sort_odd(odd)
        return self._rows

    def _special(self, id: str) -> list[int]:
        """Rows whose ref or title could be a label instead."""
        ends_too = "ref" not in self._body.values
        starts = Starts()
        return [
            i
            for i, value in enumerate(self._body.values[id])
            if isinstance(value, str)
            and (
                (starts[value[:2]] and may_be_label(value))
                or (ends_too and may_end_as_label(value))
            )
        ]

    def _guidance_rows(self, plainly: Bools) -> list[int]:
        """Rows at the top that explain each column, the ref and the title too."""
        return [
            i
            for i in np.flatnonzero(plainly[:_GUIDANCE_ROWS]).tolist()
            if self._kinds.is_guidance(i)
        ]

    def _below_the_table(self, something: Bools) -> Bools:
        """Rows after the last score that stand apart, below a gap: sorted one by one."""
        apart = np.zeros(self._body.height, np.bool_)
        scored = np.flatnonzero(self._has_scores)
        if not len(scored):
            return apart
        rest = np.flatnonzero(~something[scored[-1] + 1 :])
        if len(rest):
            apart[scored[-1] + 1 + rest[0] :] = True
        return apart

    def _foreign_blocks(self, something: Bools, plainly: Bools) -> frozenset[int]:
        """Rows below a gap that begin with a header of their own: another table's."""
        starts = np.flatnonzero(something[1:] & ~something[:-1]) + 1
        foreign: set[int] = set()
        for start in starts.tolist():
            if start in foreign or not plainly[:start].any():
                continue
            heading = len(self._kinds.row(start)) == 1 and start + 1 < self._body.height
            if not self._is_foreign_header(start + heading):
                continue
            gaps = np.flatnonzero(~something[start:])
            end = start + int(gaps[0]) if len(gaps) else self._body.height
            before = [i for i in np.flatnonzero(plainly[:start]).tolist() if i not in foreign]
            shapes = {shape(self._body.text("ref", i)) for i in before[:500]}
            rows = range(start + heading + 1, end)
            alike = sum(1 for i in rows if shape(self._body.text("ref", i)) in shapes)
            if "ref" not in self._body.values or not rows or alike * 2 < len(rows):
                foreign.update(range(start, end))
        return frozenset(foreign)

    def _is_foreign_header(self, i: int) -> bool:
        """A row of words only, two or more, that says words where scores should be."""
        row = self._kinds.row(i)
        filled = any(self._body.filled[id][i] for id in self._criteria)
        words = all(isinstance(cell, str) and not re.search(r"\d", cell) for cell in row)
        apart = self._body.first + i not in self._table.repeats
        return apart and words and len(row) >= 2 and not self._has_scores[i] and (
            filled or not self._body.text("ref", i) or "ref" in self._body.values
        )  # fmt: skip

    def _sort_odd(self, odd: list[int]) -> None:
        body, rows = self._body, self._rows
        plain_rows = rows.intentions
        last = plain_rows[-1] if plain_rows else -1
        first = plain_rows[0] if plain_rows else body.height
        foreign_from: int | None = None
        previous = -2
        section = ""
        sections: list[tuple[int, str]] = []
        kept: list[int] = []
        titled = self._sections_in_titles(odd, first, last)
        apart = self._below_the_table(body.any_of(self._fields))
        for i in odd:
            if foreign_from is not None and i != previous + 1 and self._kinds.is_intention_like(i):
                foreign_from = None
            previous = i
            if foreign_from is not None or i in self._foreign:
                self._leave(i, _OTHER_TABLE)
                continue
            why = self._kinds.why_not(i, before=i < first, after=i > last)
            if why is None and apart[i] and not self._kinds.is_intention_like(i):
                foreign_from = i
                why = _OTHER_TABLE
            if why is not None:
                self._leave(i, why)
                if why == WEIGHTS:
                    self._take_weights(i)
                if why.startswith("a key"):
                    foreign_from = i
            elif (section := titled.get(i) or self._section(i, last)) != "":
                sections.append((i, section))
                self._leave(i, _SECTION)
            else:
                kept.append(i)
        if kept:
            rows.intentions = sorted([*rows.intentions, *kept])
        if sections:
            starts = np.array([i for i, _ in sections])
            at = np.searchsorted(starts, rows.intentions, side="right") - 1
            rows.sections = {
                i: sections[k][1]
                for i, k in zip(rows.intentions, at.tolist(), strict=True)
                if k >= 0
            }

    def _leave(self, i: int, why: str) -> None:
        """Leave a row out, and say so where it could be an intention for all its scores."""
        texts = self._kinds.texts(i)
        what = shown(" | ".join(texts[:4])) if texts else "merged cells"
        where = self._table.cells.where(self._body.first + i)
        self._rows.left_out.append(LeftOut(where, what, why))
        if self._could_be_scored(i, why):
            expected = (
                "a ref of its own and a title, if it is an intention: it has scores, but was left "
                f"out ({why})"
            )
            self._rows.problems.append(
                Problem(where, what, expected, "Ref", "ref", "", self._body.text("title", i))
            )

    def _could_be_scored(self, i: int, why: str) -> bool:
        """Whether a row left out has scores that an intention could have: in every criterion, or,
        where only a label says what it is, in every cell that is filled."""
        if i in self._body.continued or self._body.first + i in self._table.repeats:
            return False
        if is_example_ref(self._body.text("ref", i)):
            return False
        filled, scored = self._kinds.count(i)
        of = filled if why in (SUMMARY, WEIGHTS, EXAMPLE) else len(self._criteria)
        return 0 < of == scored

    def _section(self, i: int, last: int) -> str:
        """The text of a row that has nothing else, stands over other rows and is no intention."""
        body = self._body
        row = self._kinds.row(i)
        if len(row) != 1 or not isinstance(row[0], str) or i > last:
            return ""
        text = " ".join(row[0].split()).rstrip(":")
        ref, title = body.text("ref", i), body.text("title", i)
        if self._merged_across(i) or (ref and not title and not self._kinds.is_ref_like(ref)):
            return text
        if not ref and not title:
            return text
        at_start = self._table.headers[0].match.field == "title"
        short = len(text) <= 60 and len(text.split()) <= 6 and not text.endswith(".")
        if title and at_start and "ref" not in body.values and short and self._mostly_scored():
            return text
        return ""

    def _sections_in_titles(self, odd: Sequence[int], first: int, last: int) -> dict[int, str]:
        """Section headings written in the title column of a table whose intentions have refs: short
        titles alone in their row, right over intentions. Where the table does not begin with one,
        that is said, because it could be an intention not scored yet."""
        body = self._body
        if "ref" not in body.values or not self._mostly_scored():
            return {}
        alone = [i for i in odd if i < last and self._is_title_alone(i)]
        if not alone or (alone[0] > first and "function" in body.values):
            return {}
        intentions, candidates = set(self._rows.intentions), set(alone)
        filled = np.flatnonzero(body.any_of(self._fields))
        sections: dict[int, str] = {}
        for i in reversed(alone):
            below = int(filled[np.searchsorted(filled, i, side="right")])
            if below in intentions or (below in candidates and below in sections):
                sections[i] = body.text("title", i).rstrip(":")
        unsure = [i for i in alone if i in sections] if alone[0] > first else []
        if unsure:
            where = self._table.cells.where(body.first + unsure[0])
            found = ", ".join(sections[i] for i in unsure[:4])
            expected = (
                "a ref and scores, if these are intentions: they were taken as headings, which name "
                "the function of the rows below"
            )
            self._rows.problems.append(Problem(where, found, expected, "Title", "ref"))
        return sections

    def _is_title_alone(self, i: int) -> bool:
        row = self._kinds.row(i)
        if len(row) != 1 or not isinstance(row[0], str) or not self._body.text("title", i):
            return False
        text = row[0].strip()
        plainly_short = len(text) <= 60 and len(text.split()) <= 6 and not text.endswith(".")
        return plainly_short and self._kinds.why_not(i, before=False, after=False) is None

    def _mostly_scored(self) -> bool:
        rows = self._rows.intentions
        return bool(rows) and float(self._has_scores[rows].mean()) >= 0.8

    def _merged_across(self, i: int) -> bool:
        at = self._body.first + i
        return any(
            top <= at <= bottom and right > left for top, left, bottom, right in
            self._table.cells.merged
        )  # fmt: skip

    def _take_weights(self, i: int) -> None:
        numbers = numbers_of(self._body, self._criteria, i)
        if numbers and not self._rows.weights:
            self._rows.weights, self._rows.weight_row = in_percent(numbers), i
