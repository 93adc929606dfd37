"""Sorts the rows of a table: intentions, section headings, totals, weights, notes, examples."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from scoring.intake.body import Body
from scoring.intake.cells import Cell, shown
from scoring.intake.labels import BEGINNINGS, NOTE, TOTAL, UNITS, WEIGHT, shape
from scoring.intake.result import LeftOut
from scoring.intake.tables import Table
from scoring.intake.wording import plain
from scoring.sheet import Floats


@dataclass
class Rows:
    """Which body rows are intentions, the section each stands in, and what the others are."""

    intentions: list[int] = field(default_factory=list)
    sections: dict[int, str] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    weights: dict[str, Decimal] = field(default_factory=dict)
    weight_row: int | None = None


def sort_rows(
    table: Table, body: Body, scores: Mapping[str, Floats], levels: frozenset[str]
) -> Rows:
    """Sort the rows. `levels` are the scale's levels as text, by which a key is recognised."""
    return _Sorting(table, body, scores, levels).sorted()


class _Sorting:
    def __init__(
        self, table: Table, body: Body, scores: Mapping[str, Floats], levels: frozenset[str]
    ) -> None:
        self._table, self._body, self._scores, self._levels = table, body, scores, levels
        self._fields = list(body.values)
        self._criteria = [id for id in self._fields if id in scores]
        self._has_scores = self._scored()
        self._rows = Rows()

    def _scored(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        found = np.zeros(self._body.height, np.bool_)
        for id in self._criteria:
            found |= ~np.isnan(self._scores[id])
        return found

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
        for i, top in self._body.continued.items():
            number = self._table.cells.number(body.first + top)
            self._leave(i, f"part of the merged intention in row {number}")
        if odd:
            self._sort_odd(odd)
        return self._rows

    def _special(self, id: str) -> list[int]:
        """Rows whose ref or title could be a label instead."""
        return [
            i
            for i, value in enumerate(self._body.values[id])
            if isinstance(value, str) and value.lstrip().casefold().startswith(BEGINNINGS)
        ]

    def _below_the_table(
        self, something: np.ndarray[tuple[int], np.dtype[np.bool_]]
    ) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Rows after the last score that stand apart, below a gap: sorted one by one."""
        apart = np.zeros(self._body.height, np.bool_)
        scored = np.flatnonzero(self._has_scores)
        if not len(scored):
            return apart
        rest = np.flatnonzero(~something[scored[-1] + 1 :])
        if len(rest):
            apart[scored[-1] + 1 + rest[0] :] = True
        return apart

    def _foreign_blocks(
        self,
        something: np.ndarray[tuple[int], np.dtype[np.bool_]],
        plainly: np.ndarray[tuple[int], np.dtype[np.bool_]],
    ) -> frozenset[int]:
        """Rows below a gap that begin with a header of their own: another table's."""
        starts = np.flatnonzero(something[1:] & ~something[:-1]) + 1
        foreign: set[int] = set()
        for start in starts.tolist():
            if start in foreign or not plainly[:start].any():
                continue
            heading = len(self._row(start)) == 1 and start + 1 < self._body.height
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
        row = self._row(i)
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
        apart = self._below_the_table(body.any_of(self._fields))
        for i in odd:
            if foreign_from is not None and i != previous + 1 and self._intention_like(i):
                foreign_from = None
            previous = i
            if foreign_from is not None or i in self._foreign:
                self._leave(i, "part of another table or key below this one")
                continue
            why = self._why_not(i, before=i < first, after=i > last)
            if why is None and apart[i] and not self._intention_like(i):
                foreign_from = i
                why = "part of another table or key below this one"
            if why is not None:
                self._leave(i, why)
                if why.startswith("a key"):
                    foreign_from = i
            elif (section := self._section(i, last)) != "":
                sections.append((i, section))
                self._leave(i, "a section heading: the function of the rows below it")
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
        texts = self._texts(i)
        what = shown(" | ".join(texts[:4])) if texts else "merged cells"
        self._rows.left_out.append(
            LeftOut(self._table.cells.where(self._body.first + i), what, why)
        )

    def _texts(self, i: int) -> list[str]:
        row = self._table.cells.rows[self._body.first + i]
        return [
            shown(row[header.column]).strip()
            for header in self._table.headers
            if shown(row[header.column]).strip()
        ]

    def _row(self, i: int) -> list[Cell]:
        row = self._table.cells.rows[self._body.first + i]
        cells = (row[header.column] for header in self._table.headers)
        return [cell for cell in cells if shown(cell).strip()]

    def _why_not(self, i: int, before: bool, after: bool) -> str | None:
        """Why a row is no intention; None when it may be one."""
        body = self._body
        if body.first + i in self._table.repeats:
            return "the header again"
        ref, title = body.text("ref", i), body.text("title", i)
        if ref.casefold().startswith("example") or (
            not ref and title.casefold().startswith("example:")
        ):
            return "the example row"
        row = self._row(i)
        label = next((plain(cell) for cell in row if isinstance(cell, str) and plain(cell)), "")
        named = bool(ref) and bool(title)
        if not named and WEIGHT.fullmatch(re.sub(r" \d+$", "", label)):
            self._take_weights(i)
            return "the weights of the criteria"
        if not named and TOTAL.fullmatch(label):
            return "totals or averages, not an intention"
        if before and not named and self._is_weights(i):
            self._take_weights(i)
            return "the weights of the criteria"
        if before and not named and not self._has_scores[i] and self._is_units(row):
            return "units or guidance below the header"
        if not named and len(row) <= 2 and NOTE.match(label) and not self._has_scores[i]:
            return "a key or note" if after else "a note"
        lone = after and not self._has_scores[i] and len(row) == 1 and not self._ref_like(ref)
        if lone and (not title or len(title) > 120 or re.match(r"\d ?[=–-]", title)):
            return "a note below the table"
        return None

    def _intention_like(self, i: int) -> bool:
        """Whether a row that stands apart, below the table, reads as an intention all the same."""
        body = self._body
        ref, title = body.text("ref", i), body.text("title", i)
        if self._has_scores[i] and (self._ref_like(ref) or ("ref" not in body.values and title)):
            return True
        if any(body.filled[id][i] for id in self._criteria):
            return False
        if ref and title:
            return self._ref_like(ref) and ref not in self._levels
        return bool(title) and "ref" not in body.values and len(self._row(i)) > 2

    def _ref_like(self, ref: str) -> bool:
        """Whether a ref has the shape of the table's other refs."""
        shapes = self._ref_shapes()
        return bool(ref) and shape(ref) in shapes

    def _ref_shapes(self) -> frozenset[str]:
        if not hasattr(self, "_shapes"):
            refs = self._body.values.get("ref", ())
            self._shapes = frozenset(
                shape(shown(refs[i])) for i in self._rows.intentions[:500] if refs
            )
        return self._shapes

    def _section(self, i: int, last: int) -> str:
        """The text of a row that has nothing else, stands over other rows and is no intention."""
        body = self._body
        row = self._row(i)
        if len(row) != 1 or not isinstance(row[0], str) or i > last:
            return ""
        text = " ".join(row[0].split()).rstrip(":")
        ref, title = body.text("ref", i), body.text("title", i)
        if self._merged_across(i) or (ref and not title and not self._ref_like(ref)):
            return text
        if not ref and not title:
            return text
        at_start = self._table.headers[0].match.field == "title"
        short = len(text) <= 60 and len(text.split()) <= 6 and not text.endswith(".")
        if title and at_start and "ref" not in body.values and short and self._mostly_scored():
            return text
        return ""

    def _mostly_scored(self) -> bool:
        rows = self._rows.intentions
        return bool(rows) and float(self._has_scores[rows].mean()) >= 0.8

    def _merged_across(self, i: int) -> bool:
        at = self._body.first + i
        return any(
            top <= at <= bottom and right > left for top, left, bottom, right in
            self._table.cells.merged
        )  # fmt: skip

    def _is_units(self, row: Sequence[Cell]) -> bool:
        texts = [cell for cell in row if isinstance(cell, str)]
        return len(texts) >= 2 and len(texts) == len(row) and all(
            UNITS.fullmatch(text.strip().casefold()) for text in texts
        )  # fmt: skip

    def _numbers(self, i: int) -> dict[str, Decimal]:
        found: dict[str, Decimal] = {}
        for id in self._criteria:
            text = shown(self._body.values[id][i]).strip().removesuffix("%").strip()
            if re.fullmatch(r"\d{1,6}(?:\.\d{1,6})?", text):
                found[id] = Decimal(text)
        return found

    def _is_weights(self, i: int) -> bool:
        numbers = self._numbers(i)
        ref, title = self._body.text("ref", i), self._body.text("title", i)
        total = sum(numbers.values(), Decimal(0))
        return not ref and not title and len(numbers) >= 3 and (
            abs(total - 100) <= Decimal("0.5") or abs(total - 1) <= Decimal("0.005")
        )  # fmt: skip

    def _take_weights(self, i: int) -> None:
        numbers = self._numbers(i)
        if numbers and not self._rows.weights:
            as_shares = sum(numbers.values(), Decimal(0)) <= Decimal("1.01")
            self._rows.weights = {
                id: number * 100 if as_shares else number for id, number in numbers.items()
            }
            self._rows.weight_row = i
