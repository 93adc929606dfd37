"""What differs between two editions of a round, cell by cell: was, is, where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from scoring.export.edition import NO_WEIGHTS, Edition
from scoring.framework import FIELDS, Framework
from scoring.intake.result import Intake, TableRead
from scoring.sheet import FieldValue, ScoreSheet, column_letters

Kind = Literal["score", "weight", "segment", "answer", "text", "added", "deleted"]


@dataclass(frozen=True, slots=True)
class Change:
    """One cell (or row) that is not what it was.

    `field` is a criterion, question or field id, "title", "ref" or "segment"; `label` is its name.
    `was` and `now` are as written, "" for an empty cell. `where` is the cell in the newer edition
    (in the older one for a row that is gone).
    """

    kind: Kind
    ref: str
    title: str
    field: str
    label: str
    was: str
    now: str
    where: str

    def __str__(self) -> str:
        whose = f"{self.ref}, " if self.ref else ""
        if self.kind in ("added", "deleted"):
            return f"{self.where}: {self.ref} ({self.title}) {self.kind}"
        was, now = (f'"{text}"' if text else "nothing" for text in (self.was, self.now))
        return f"{self.where} ({whose}{self.label}): was {was}, is {now}"


@dataclass(frozen=True)
class Difference:
    """All changes from one edition to the next, and what is said besides.

    `notes` name what is no change of content: rows in another order, rows that were refused, what
    could not be compared. `gone` {field: label} are the columns that only the older edition has:
    each of their values is a change.
    """

    changes: tuple[Change, ...]
    notes: tuple[str, ...] = ()
    gone: Mapping[str, str] = field(default_factory=dict)

    @property
    def same(self) -> bool:
        """Whether nothing differs; the order of rows does not count."""
        return not self.changes

    def count(self) -> dict[str, int]:
        """How many changes of each kind."""
        return dict(Counter(change.kind for change in self.changes))


def diff_editions(old: Edition, new: Edition) -> Difference:
    """What differs, in the newer edition's order of rows; weights first, deleted rows last.

    Rows are matched by ref, wherever they stand. A ref that went and a new one with the very same
    title count as one intention whose ref changed. Weights and segments are compared where both
    editions state them.
    """
    a, b = old.intake.sheet, new.intake.sheet
    if a.framework.id != b.framework.id:
        raise ValueError("two editions can be compared under one framework only")
    renamed = renamed_refs(old.intake, new.intake)
    held = _held(old.intake), _held(new.intake)
    was_row = {ref: i for i, ref in enumerate(a.refs)}
    changes = list(_weights(old, new))
    kept: list[int] = []
    for k, ref in enumerate(b.refs):
        i = was_row.get(renamed.get(ref, ref))
        if i is None:
            title = b.titles[k]
            changes.append(Change("added", ref, title, "", "row", "", title, b.where.row(k)))
        else:
            kept.append(i)
            changes += _row(old, new, i, k, held)
    there = set(kept)
    changes += [
        Change("deleted", ref, a.titles[i], "", "row", a.titles[i], "", a.where.row(i))
        for i, ref in enumerate(a.refs)
        if i not in there
    ]
    gone = _gone(old.intake, new.intake)
    return Difference(tuple(changes), tuple(_notes(old, new, kept, gone)), gone)


def renamed_refs(old: Intake, new: Intake) -> dict[str, str]:
    """{new ref: old ref} where only the ref changed: a title that is there once on each side."""
    a, b = old.sheet, new.sheet
    before, after = set(a.refs), set(b.refs)
    gone = {t: r for r, t in zip(a.refs, a.titles, strict=True) if r not in after}
    come = {t: r for r, t in zip(b.refs, b.titles, strict=True) if r not in before}
    once_a, once_b = Counter(a.titles), Counter(b.titles)
    return {
        come[title]: gone[title]
        for title in come
        if title in gone and title and once_a[title] == once_b[title] == 1
    }


def _weights(old: Edition, new: Edition) -> Iterator[Change]:
    for criterion in new.intake.sheet.framework.criteria:
        was, now = old.weights.get(criterion.id), new.weights.get(criterion.id)
        if was and now and was.text != now.text:
            label = f"weight of {criterion.name}"
            yield Change("weight", "", "", criterion.id, label, was.text, now.text, now.where)


Held = Mapping[str, str]  # {cell: what it holds} of the scores that were refused


def _held(intake: Intake) -> Held:
    return {problem.where: problem.found for problem in reversed(intake.problems)}


def _row(old: Edition, new: Edition, i: int, k: int, held: tuple[Held, Held]) -> Iterator[Change]:
    """The changes of one intention: row `i` of the old edition, row `k` of the new one."""
    a, b = old.intake.sheet, new.intake.sheet
    ref, title = b.refs[k], b.titles[k]

    def change(kind: Kind, field: str, label: str, was: str, now: str) -> Change:
        return Change(kind, ref, title, field, label, was, now, _where(new.intake, k, field))

    if a.refs[i] != ref:
        yield change("text", "ref", "Ref", a.refs[i], ref)
    if _lines(a.titles[i]) != _lines(title):
        yield change("text", "title", "Title", a.titles[i], title)
    for j, criterion in enumerate(b.framework.criteria):
        was, now = _score(a, i, j, held[0]), _score(b, k, j, held[1])
        if was != now:
            where = b.where.cell(k, j) if b.where.score_cols[k, j] else b.where.row(k)
            yield Change("score", ref, title, criterion.id, criterion.name, was, now, where)
    labels = _labels(b.framework)
    questions = {question.id for question in b.framework.questions}
    for id in dict.fromkeys([*labels, *a.fields, *b.fields]):
        was, now = (_text(s.fields[id][r] if id in s.fields else None) for s, r in ((a, i), (b, k)))
        if _lines(was) != _lines(now):
            yield change("answer" if id in questions else "text", id, labels.get(id, id), was, now)
    stood, stands = old.segments.get(a.refs[i]), new.segments.get(ref)
    if stood and stands and stood.text != stands.text:
        yield Change(
            "segment", ref, title, "segment", "Segment", stood.text, stands.text, stands.where
        )


def _score(sheet: ScoreSheet, i: int, j: int, held: Held) -> str:
    """A score as text; of one that was refused, what the cell holds instead."""
    score = float(sheet.scores[i, j])
    return f"{score:g}" if score == score else held.get(sheet.where.cell(i, j), "")


def _labels(framework: Framework) -> dict[str, str]:
    named = {field.id: field.name for field in FIELDS if field.id not in ("ref", "title")}
    return named | {question.id: question.asks for question in framework.questions}


def _lines(text: str) -> str:
    """Text with one kind of line end: programs that save a workbook exchange them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _text(value: FieldValue) -> str:
    return f"{value:.15g}" if isinstance(value, float) else (value or "")


def _where(intake: Intake, k: int, field: str) -> str:
    """The cell of a field of an intention; its row where the column is not known."""
    where = intake.sheet.where
    file, sheet = where.tables[int(where.table_of[k])]
    row = int(where.row_of[k])
    for table in intake.tables:
        if (table.file, table.sheet) != (file, sheet) or table.transposed:
            continue
        if table.first_row <= row <= table.last_row and (at := _column(table, field)):
            return f"{file}, {sheet}!{at}{row}" if sheet else f"{file}, {at}{row}"
    return where.row(k)


def _column(table: TableRead, field: str) -> str:
    return next((column_letters(c.column) for c in table.columns if c.field == field), "")


def _gone(old: Intake, new: Intake) -> dict[str, str]:
    """{field: label} of the columns with values in the older edition that the newer has not."""
    a, labels = old.sheet, _labels(new.sheet.framework)
    there = {column.field for table in new.tables for column in table.columns}
    criteria = enumerate(a.framework.criteria)
    gone = {c.id: c.name for j, c in criteria if c.id not in there and a.scored[:, j].any()}
    filled = [id for id, values in a.fields.items() if any(v not in (None, "") for v in values)]
    gone |= {
        id: labels.get(id, id) for id in filled if id not in there and id not in new.sheet.fields
    }
    read = {column.field for table in old.tables for column in table.columns}
    named = {"ref": "Ref", "title": "Title"}
    return gone | {id: label for id, label in named.items() if id in read - there}


def _notes(old: Edition, new: Edition, kept: list[int], gone: Mapping[str, str]) -> Iterator[str]:
    name = new.source.name
    if "ref" in gone:
        yield f"{name} has no column Ref: intentions were matched by their titles"
    if lost := [f'"{label}"' for id, label in gone.items() if id != "ref"]:
        columns, their = ("columns", "their") if len(lost) > 1 else ("column", "its")
        said = " and ".join(filter(None, [", ".join(lost[:-1]), lost[-1]]))
        yield f"{name} has no {columns} {said}: {their} values are told as taken away"
    for edition, other in ((old, new), (new, old)):
        for lack in edition.lacks if other.exported and not other.lacks else ():
            what = "weights" if lack == NO_WEIGHTS else "segments"
            yield f"{edition.source.name} has {lack}: {what} were not compared"
    # The fewest rows that were moved: all but the longest run that keeps its order.
    if moved := len(kept) - _longest_rising(kept):
        rows = "row stands" if moved == 1 else "rows stand"
        yield f"{moved} {rows} in another place; the order of rows changes nothing"
    for edition in (old, new):
        if refused := edition.intake.count("refused"):
            rows = "row was" if refused == 1 else "rows were"
            yield f"{edition.source.name}: {refused} {rows} refused; `check` says why"


def _longest_rising(numbers: list[int]) -> int:
    """The length of the longest rising subsequence (patience sorting)."""
    tops: list[int] = []
    for number in numbers:
        at = int(np.searchsorted(tops, number)) if tops else 0
        tops[at : at + 1] = [number]
    return len(tops)
