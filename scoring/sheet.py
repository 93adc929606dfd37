"""The score sheet: intentions x criteria as one array, with where each cell came from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scoring.framework import Framework

FieldValue = str | float | None
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def column_letters(column: int) -> str:
    """A spreadsheet's name for a column, counted from 1: 1 is A, 28 is AB."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Entered:
    """A score that a person gave in the app: who, on which day (UTC), and the cell of another
    file that it was taken from, "" where it was typed."""

    by: str
    on: date
    taken_from: str = ""

    def __str__(self) -> str:
        whose = f"by {self.by} on {self.on.day} {self.on:%B %Y}"
        return f"{self.taken_from}, accepted {whose}" if self.taken_from else f"typed {whose}"


@dataclass(frozen=True)
class Origins:
    """Where each intention and each score was read.

    `tables` are (file, sheet) pairs; `table_of` and `row_of` have one entry an intention;
    `score_rows` and `score_cols` one a score. Rows and columns count from 1; 0 is "nowhere".
    `entered` has the scores that no file holds but a person gave: {(intention, criterion): who}.
    """

    tables: tuple[tuple[str, str], ...]
    table_of: Ints
    row_of: Ints
    score_rows: Ints
    score_cols: Ints
    entered: Mapping[tuple[int, int], Entered] = field(default_factory=dict)

    @classmethod
    def nowhere(cls, intentions: int, criteria: int) -> Origins:
        """For scores that were typed in rather than read."""
        none = np.zeros(intentions, np.int64)
        cells = np.zeros((intentions, criteria), np.int64)
        return cls((("", ""),), none, none, cells, cells)

    def row(self, i: int) -> str:
        """Where intention `i` stands: "intentions.xlsx, Intentions!7"."""
        return self._where(i, str(self.row_of[i]) if self.row_of[i] else "")

    def cell(self, i: int, j: int) -> str:
        """Where the score of intention `i` on criterion `j` stands: "team.xlsx, Round!F7".

        Of a score that a person gave: who and when, "typed by Ann on 4 March 2026".
        """
        row, column = int(self.score_rows[i, j]), int(self.score_cols[i, j])
        if not (row and column) and (i, j) in self.entered:
            return str(self.entered[i, j])
        return self._where(i, f"{column_letters(column)}{row}" if row and column else "")

    def taken(self, rows: Ints) -> dict[tuple[int, int], Entered]:
        """`entered` for these rows in this order."""
        if not self.entered:
            return {}
        at = {int(row): k for k, row in enumerate(rows)}
        return {(at[i], j): who for (i, j), who in self.entered.items() if i in at}

    def _where(self, i: int, place: str) -> str:
        file, sheet = self.tables[int(self.table_of[i])]
        if not place:
            return file
        return f"{file}, {sheet}!{place}" if sheet else f"{file}, {place}"


@dataclass(frozen=True, eq=False)
class ScoreSheet:
    """Intentions and their scores, frozen.

    `scores` has shape (intentions, criteria), in the criterion's own unit; NaN means *not scored*,
    which is never 0 and never the worst. `fields` maps a field or question id to one value an
    intention: text, a number, or None where the cell was empty. Refs are unique.
    Raises ValueError when shapes disagree, a ref repeats or a score lies off its scale.
    """

    framework: Framework
    refs: tuple[str, ...]
    titles: tuple[str, ...]
    scores: Floats
    fields: Mapping[str, tuple[FieldValue, ...]] = field(default_factory=dict)
    origins: Origins | None = None

    def __post_init__(self) -> None:
        shape = (len(self.refs), len(self.framework.criteria))
        scores = np.array(self.scores, np.float64).reshape(shape)
        scores.setflags(write=False)
        object.__setattr__(self, "scores", scores)
        if len(self.titles) != shape[0] or any(len(v) != shape[0] for v in self.fields.values()):
            raise ValueError("every column must have one entry for each intention")
        if len(self._index) != shape[0]:
            raise ValueError("a ref must name one intention only")
        if self.origins is None:
            object.__setattr__(self, "origins", Origins.nowhere(*shape))
        self._check_scores()

    def _check_scores(self) -> None:
        for j, criterion in enumerate(self.framework.criteria):
            scale, column = criterion.scale, self.scores[:, j]
            low, step = float(scale.low), float(scale.step)
            levels = (column - low) / step
            off = ~np.isnan(column) & (
                (np.abs(levels - np.rint(levels)) > 1e-6) | (levels < -1e-6)
                | (levels > scale.steps + 1e-6)
            )  # fmt: skip
            if off.any():
                i = int(np.flatnonzero(off)[0])
                raise ValueError(
                    f'{self.refs[i]}, {criterion.name}: found "{column[i]:g}", '
                    f"expected {scale.in_words}"
                )

    def __len__(self) -> int:
        return len(self.refs)

    @cached_property
    def _index(self) -> dict[str, int]:
        return {ref: i for i, ref in enumerate(self.refs)}

    def index(self, ref: str) -> int:
        """The row of a ref. Raises KeyError."""
        return self._index[ref]

    @property
    def where(self) -> Origins:
        """Where each intention and score was read."""
        assert self.origins is not None
        return self.origins

    @cached_property
    def scored(self) -> Bools:
        """(intentions, criteria): whether there is a score."""
        return ~np.isnan(self.scores)

    @cached_property
    def complete(self) -> Bools:
        """(intentions,): whether every criterion is scored."""
        return np.asarray(self.scored.all(axis=1))

    @cached_property
    def all_complete(self) -> bool:
        """Whether no score is missing at all."""
        return bool(self.complete.all())

    @cached_property
    def steps(self) -> Floats:
        """(intentions, criteria): each value as a whole number of the framework's common steps.

        0 is the worse end and `framework.common_steps` the better end; a missing score is 0 here,
        so look at `scored` first. Whole numbers in float64 multiply and add without rounding below
        2**53, which is what makes ties exact.
        """
        steps = np.zeros_like(self.scores)
        for j, criterion in enumerate(self.framework.criteria):
            scale = criterion.scale
            whole = np.rint((self.scores[:, j] - float(scale.worst)) / float(scale.step))
            steps[:, j] = np.abs(whole) * (self.framework.common_steps // scale.steps)
        steps[~self.scored] = 0.0
        steps.setflags(write=False)
        return steps

    @property
    def values(self) -> Floats:
        """(intentions, criteria): scores rescaled to 0-1, better end 1; NaN where not scored."""
        return np.where(self.scored, self.steps / self.framework.common_steps, np.nan)

    def text(self, field_id: str, i: int) -> str:
        """A field of one intention as text; "" where it is empty or there is no such column."""
        value = self.fields[field_id][i] if field_id in self.fields else None
        return f"{value:g}" if isinstance(value, float) else value or ""

    def with_fields(self, changes: Mapping[str, Mapping[str, FieldValue]]) -> ScoreSheet:
        """This sheet with some fields changed: {field id: {ref: value}}."""
        fields = dict(self.fields)
        for id, by_ref in changes.items():
            column = list(fields.get(id, (None,) * len(self)))
            for ref, value in by_ref.items():
                column[self.index(ref)] = value
            fields[id] = tuple(column)
        return replace(self, fields=fields)

    def take(self, rows: Sequence[int]) -> ScoreSheet:
        """The intentions in these rows, in this order."""
        chosen = np.asarray(rows, np.intp)
        origins = self.where
        return ScoreSheet(
            self.framework,
            tuple(self.refs[i] for i in chosen),
            tuple(self.titles[i] for i in chosen),
            self.scores[chosen],
            {id: tuple(column[i] for i in chosen) for id, column in self.fields.items()},
            Origins(
                origins.tables,
                origins.table_of[chosen],
                origins.row_of[chosen],
                origins.score_rows[chosen],
                origins.score_cols[chosen],
                origins.taken(chosen),
            ),
        )

    @cached_property
    def fingerprint(self) -> str:
        """A SHA-256 of everything that the results depend on: a key for caches."""
        digest = hashlib.sha256(self.framework.model_dump_json().encode())
        texts = [self.refs, self.titles, sorted(self.fields.items())]
        digest.update(json.dumps(texts, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        digest.update(self.scores.tobytes())
        where = self.where
        digest.update(json.dumps(where.tables).encode("utf-8", "surrogatepass"))
        for cells in (where.table_of, where.row_of, where.score_rows, where.score_cols):
            digest.update(cells.tobytes())
        entered = [(*at, str(who)) for at, who in sorted(where.entered.items())]
        digest.update(json.dumps(entered).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()
