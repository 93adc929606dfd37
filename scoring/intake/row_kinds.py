"""What one row of a table is, when it may be no intention: a total, weights, a note, guidance."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from scoring.framework import FIELDS
from scoring.intake.body import Body
from scoring.intake.cells import Cell, shown
from scoring.intake.labels import (
    NO_REF,
    NOTE,
    TO_ENTER,
    UNITS,
    is_example_ref,
    is_example_title,
    is_sign_off,
    is_summary,
    is_weight,
    may_be_summary,
    shape,
)
from scoring.intake.row_weights import are_weights, numbers_of
from scoring.intake.tables import Table
from scoring.intake.wording import COMPANION, plain
from scoring.sheet import Bools, Floats

SUMMARY = "totals or averages, not an intention"
WEIGHTS = "the weights of the criteria"
EXAMPLE = "the example row"
GUIDANCE = "units or guidance below the header"
REASONS = "the reasons for the scores above it"
SIGN_OFF = "who completed or approved the sheet, and when"
_OF_TEXT = frozenset(field.id for field in FIELDS if field.kind == "text")
_GUIDANCE_ROWS = 3  # rows at the top of the body that may explain the columns


class RowKinds:
    """Answers questions about the rows of one body. `has_scores` says which have any score."""

    def __init__(
        self, table: Table, body: Body, scores: Mapping[str, Floats], levels: frozenset[str]
    ) -> None:
        self._table, self._body, self._scores, self._levels = table, body, scores, levels
        self.fields = list(body.values)
        self.criteria = [id for id in self.fields if id in scores]
        self.has_scores = self._scored()
        self._shapes: frozenset[str] = frozenset()

    def know_refs_of(self, intentions: Sequence[int]) -> None:
        """Learn the shape of refs from rows that are intentions beyond doubt."""
        refs = self._body.values.get("ref", ())
        self._shapes = frozenset(shape(shown(refs[i])) for i in intentions[:500] if refs)

    def _scored(self) -> Bools:
        found = np.zeros(self._body.height, np.bool_)
        for id in self.criteria:
            found |= ~np.isnan(self._scores[id])
        return found

    def count(self, i: int) -> tuple[int, int]:
        """How many criteria a row fills, and how many of those cells are scores."""
        filled = sum(1 for id in self.criteria if self._body.filled[id][i])
        scored = sum(1 for id in self.criteria if not np.isnan(self._scores[id][i]))
        return filled, scored

    def texts(self, i: int) -> list[str]:
        row = self._table.cells.rows[self._body.first + i]
        return [
            shown(row[header.column]).strip()
            for header in self._table.headers
            if shown(row[header.column]).strip()
        ]

    def row(self, i: int) -> list[Cell]:
        row = self._table.cells.rows[self._body.first + i]
        cells = (row[header.column] for header in self._table.headers)
        return [cell for cell in cells if shown(cell).strip()]

    def why_not(self, i: int, before: bool, after: bool) -> str | None:
        """Why a row is no intention; None when it may be one."""
        body = self._body
        if body.first + i in self._table.repeats:
            turned = self._table.cells.transposed
            return (
                "a guide to the scale, or reasons for the scores" if turned else "the header again"
            )
        ref, title = body.text("ref", i), body.text("title", i)
        ref = "" if ref.casefold() in NO_REF else ref
        if is_example_ref(ref) or is_example_title(title):
            return EXAMPLE
        row = self.row(i)
        named = bool(ref) and bool(title)
        label = ref or title or self._label_beside(i)
        if named:
            return self._why_not_named(i, ref, title)
        if is_weight(label):
            return WEIGHTS
        if is_summary(label) or (may_be_summary(label) and self._is_arithmetic(i)):
            return SUMMARY
        if before and not ref and not title and are_weights(numbers_of(body, self.criteria, i)):
            return WEIGHTS
        if before and self._is_units(i):
            return GUIDANCE
        unscored = not self.has_scores[i]
        filled, scored = self.count(i)
        reasons = label and COMPANION.issuperset(plain(label).split())
        if reasons and not before and not ref and 2 * scored <= filled:
            return REASONS
        if unscored and len(row) <= 3 and is_sign_off(label):
            return SIGN_OFF
        if unscored and len(row) <= 2 and NOTE.match(plain(label)):
            return "a key or note" if after else "a note"
        lone = after and not self.has_scores[i] and len(row) == 1 and not self.is_ref_like(ref)
        if lone and (not title or len(title) > 120 or re.match(r"\d ?[=–-]", title)):
            return "a note below the table"
        return None

    def _label_beside(self, i: int) -> str:
        """The first words of a row that names nothing, left of the table or in a column of text:
        an "N" among answers counts nothing."""
        row = self._table.cells.rows[self._body.first + i]
        texts = [cell for cell in row[: self._table.headers[0].column] if isinstance(cell, str)]
        texts += [
            cell
            for header in self._table.headers
            if header.match.field is None or header.match.field in _OF_TEXT
            if isinstance(cell := row[header.column], str)
        ]
        return next((shown(text) for text in texts if len(plain(text)) > 2), "")

    def _why_not_named(self, i: int, ref: str, title: str) -> str | None:
        """Why a row with a ref and a title is no intention: its ref says so by itself."""
        number = title.replace(".", "", 1).isdecimal()
        if is_weight(ref) and not self.is_ref_like(ref):
            return WEIGHTS
        if is_summary(ref, named=True) and (number or len(ref) > 2 or self._is_arithmetic(i)):
            return SUMMARY
        if self.is_guidance(i):
            return GUIDANCE
        if any(self._body.filled[id][i] for id in self.criteria):
            return None
        if is_sign_off(ref) and not self.is_ref_like(ref) and len(self.row(i)) <= 3:
            return SIGN_OFF
        return None

    def _is_arithmetic(self, i: int) -> bool:
        """Whether most numbers of a row are off the scale, as sums and averages are."""
        filled, scored = self.count(i)
        return filled > 0 and scored * 2 <= filled

    def is_intention_like(self, i: int) -> bool:
        """Whether a row that stands apart, below the table, reads as an intention all the same."""
        body = self._body
        ref, title = body.text("ref", i), body.text("title", i)
        if self.has_scores[i] and (self.is_ref_like(ref) or ("ref" not in body.values and title)):
            return True
        if any(body.filled[id][i] for id in self.criteria):
            return False
        if ref and title:
            return self.is_ref_like(ref) and ref not in self._levels
        return bool(title) and "ref" not in body.values and len(self.row(i)) > 2

    def is_ref_like(self, ref: str) -> bool:
        """Whether a ref has the shape of the table's other refs."""
        return bool(ref) and shape(ref) in self._shapes

    def is_guidance(self, i: int) -> bool:
        """Whether a row at the top explains each column, its ref and title too."""
        filled, scored = self.count(i)
        return i < _GUIDANCE_ROWS and scored * 2 < filled and self._is_units(i, fewest=3)

    def _is_units(self, i: int, fewest: int = 2) -> bool:
        """Whether the row says what to enter: in every cell, its ref and title aside."""
        values = [self._body.values[id][i] for id in self.fields if id not in ("ref", "title")]
        texts = [shown(value).strip().casefold() for value in values if shown(value).strip()]
        labels = [plain(self._body.text(id, i)) for id in ("ref", "title")]
        title = labels[1]
        told = not title or NOTE.match(title) or UNITS.fullmatch(title) or TO_ENTER.search(title)
        said = len(texts) + sum(1 for label in labels if label)
        return (
            bool(told)
            and said >= fewest
            and bool(texts)
            and all(isinstance(value, str) for value in values)
            and all(UNITS.fullmatch(text) for text in texts)
        )
