"""Taking over changes between two editions, all of them or some."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from scoring.export.diff import Change, renamed_refs
from scoring.export.edition import Edition
from scoring.framework import Weights
from scoring.sheet import Floats, Ints, Origins, ScoreSheet


def accept(old: Edition, new: Edition, chosen: Collection[Change]) -> ScoreSheet:
    """The older edition's intentions with the chosen changes made.

    Rows that are added come last, in the newer edition's order. A score says which cell it comes
    from: a row of which all score changes are chosen stands in the newer file from then on; of one
    of which only some are, those scores have no cell. Changes of weights and segments are not
    made here: see `accepted_weights`; a segment needs a person's reason. Raises ValueError for a
    new ref that is taken already.
    """
    a, b = old.intake.sheet, new.intake.sheet
    old_ref = renamed_refs(old.intake, new.intake)
    row_of = {ref: i for i, ref in enumerate(a.refs)}
    scores, refs, titles = a.scores.copy(), list(a.refs), list(a.titles)
    fields = {id: list(a.fields.get(id, (None,) * len(a))) for id in {**a.fields, **b.fields}}
    origins = _Origins(a, b)
    gone: set[int] = set()
    for change in chosen:
        if change.kind == "deleted":
            gone.add(a.index(change.ref))
        if change.kind not in ("score", "answer", "text"):
            continue
        i, k = row_of[old_ref.get(change.ref, change.ref)], b.index(change.ref)
        if change.kind == "score":
            j = list(a.framework.weights).index(change.field)
            scores[i, j] = b.scores[k, j]
            origins.take(i, k, j)
        elif change.field == "ref":
            refs[i] = change.ref
        elif change.field == "title":
            titles[i] = b.titles[k]
        else:
            fields[change.field][i] = (
                b.fields[change.field][k] if change.field in b.fields else None
            )
    base = ScoreSheet(
        a.framework, tuple(refs), tuple(titles), scores,
        {id: tuple(column) for id, column in fields.items()}, origins.made(a.scores, b, scores),
    )  # fmt: skip
    kept = base.take([i for i in range(len(a)) if i not in gone])
    added = [b.index(change.ref) for change in chosen if change.kind == "added"]
    return _joined(kept, b.take(sorted(added))) if added else kept


def accepted_weights(old: Edition, chosen: Collection[Change]) -> Weights:
    """The older edition's weights with the chosen changes made. Raises `Unusable`."""
    changed = {c.field: c.now for c in chosen if c.kind == "weight"}
    framework = old.intake.sheet.framework
    return framework.weights_with({**old.weights_used(), **changed})


class _Origins:
    """Where scores come from while changes are taken over."""

    def __init__(self, a: ScoreSheet, b: ScoreSheet) -> None:
        self._a, self._b = a.where, b.where
        self._taken: dict[int, tuple[int, set[int]]] = {}

    def take(self, i: int, k: int, j: int) -> None:
        """Score `j` of row `i` now comes from row `k` of the newer edition."""
        self._taken.setdefault(i, (k, set()))[1].add(j)

    def made(self, before: Floats, b: ScoreSheet, after: Floats) -> Origins:
        """The origins of the older edition's rows after that."""
        a, newer = self._a, self._b
        table_of, row_of = a.table_of.copy(), a.row_of.copy()
        rows, columns = a.score_rows.copy(), a.score_cols.copy()
        for i, (k, taken) in self._taken.items():
            if np.array_equal(after[i], b.scores[k], equal_nan=True):
                table_of[i] = len(a.tables) + newer.table_of[k]
                row_of[i] = newer.row_of[k]
                rows[i], columns[i] = newer.score_rows[k], newer.score_cols[k]
            else:
                rows[i, list(taken)] = columns[i, list(taken)] = 0
        replaced = {(i, j) for i, (_, taken) in self._taken.items() for j in taken}
        entered = {at: who for at, who in a.entered.items() if at not in replaced}
        return Origins((*a.tables, *newer.tables), table_of, row_of, rows, columns, entered)


def _joined(first: ScoreSheet, second: ScoreSheet) -> ScoreSheet:
    """Two sheets of one framework, one under the other."""
    count = len(first.where.tables)
    a, b = first.where, second.where

    def both(x: Ints, y: Ints) -> Ints:
        return np.concatenate([x, y])

    fields = {
        id: (
            *first.fields.get(id, (None,) * len(first)),
            *second.fields.get(id, (None,) * len(second)),
        )
        for id in {**first.fields, **second.fields}
    }
    origins = Origins(
        (*a.tables, *b.tables),
        both(a.table_of, b.table_of + count),
        both(a.row_of, b.row_of),
        both(a.score_rows, b.score_rows),
        both(a.score_cols, b.score_cols),
        a.entered,
    )
    scores = np.concatenate([first.scores, second.scores])
    refs, titles = (*first.refs, *second.refs), (*first.titles, *second.titles)
    return replace(first, refs=refs, titles=titles, scores=scores, fields=fields, origins=origins)
