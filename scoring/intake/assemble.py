"""Tables become intentions: refs and titles settled, every row accounted for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np

from scoring.framework import Framework
from scoring.intake.body import Body, read_body
from scoring.intake.checks import compared, direction_problems, weight_problems
from scoring.intake.columns import Columns
from scoring.intake.faults import score_problems
from scoring.intake.fields import field_columns
from scoring.intake.naming import above, crossed_problems, put_together_rows
from scoring.intake.refs import Refs
from scoring.intake.result import LedgerLine, TableRead
from scoring.intake.rows import Rows, sort_rows
from scoring.intake.scorers import several_scorers
from scoring.intake.scores import read_scores
from scoring.intake.shifted import shifted_rows
from scoring.intake.tables import Table
from scoring.intake.weights_elsewhere import WeightList
from scoring.problem import Problem
from scoring.sheet import FieldValue, Floats, Ints


class Assembly:
    """Gathers the tables of one file."""

    def __init__(self, framework: Framework, file: str) -> None:
        self.framework, self.file = framework, file
        self.refs: list[str] = []
        self.titles: list[str] = []
        self.scores: list[Floats] = []
        self.fields: dict[str, list[FieldValue]] = {}
        self.places: list[tuple[str, str]] = []
        self.table_of: list[Ints] = []
        self.row_of: list[Ints] = []
        self.score_rows: list[Ints] = []
        self.score_cols: list[Ints] = []
        self.problems: list[Problem] = []
        self.ledger: list[LedgerLine] = []
        self.tables: list[TableRead] = []
        self._refs = Refs(file, self.problems, self.ledger)
        self._without: dict[str, list[str]] = {}  # criterion -> tables that have no column for it

    def add(self, table: Table, columns: Columns, refuse: str = "") -> None:
        """Read one table. With `refuse` its rows are all refused, for that reason."""
        criteria = [criterion.id for criterion in self.framework.criteria]
        body = read_body(table, columns, criteria)
        read = {
            criterion.id: read_scores(
                body.values[criterion.id], columns.meant.get(criterion.id, criterion)
            )
            for criterion in self.framework.criteria
            if criterion.id in body.values
        }
        levels = frozenset(
            f"{criterion.scale.low + k * criterion.scale.step:f}"
            for criterion in self.framework.criteria[:1]
            for k in range(min(criterion.scale.steps, 20) + 1)
        )
        rows = sort_rows(table, body, {id: column.scores for id, column in read.items()}, levels)
        if rows.intentions or not rows.weights:  # else it is a list of weights, not asked about
            self.problems += columns.problems
        self.problems += rows.problems
        if refuse:
            self._refuse_all(table, body, rows, refuse)
            self._describe(table, columns, rows)
            return
        shifted = shifted_rows(table, body, read, rows.intentions)
        kept, refs, titles = self._refs.name(table, body, rows, shifted)
        self.problems += several_scorers(table, body, rows.intentions, kept)
        index = np.asarray(kept, np.int64)
        scores = np.full((len(kept), len(criteria)), np.nan)
        faults = score_problems(self.framework, table, columns, body, read, kept, refs, titles)
        self.problems += faults.problems
        self.problems += crossed_problems(table, columns, criteria, kept, refs, titles)
        for j, id in enumerate(criteria):
            if id in read and id not in faults.unusable:
                scores[:, j] = read[id].scores[index] if len(index) else []
                for i in faults.cells.get(id, ()):
                    scores[i, j] = np.nan
        self._missing_columns(table, columns)
        start = len(self.refs)
        self.refs += refs
        self.titles += titles
        self.scores.append(scores)
        self._locate(table, columns, index, criteria)
        fields = field_columns(self.framework, table, columns, body, rows, kept, refs, titles)
        self.problems += fields.problems
        for id, values in fields.values.items():
            self.fields.setdefault(id, [None] * start).extend(values)
        for column in self.fields.values():
            column.extend([None] * (len(self.refs) - len(column)))
        self._account(table, kept, refs, titles, scores)
        self._describe(table, columns, rows)
        self.problems += direction_problems(
            self.framework, table, columns, scores, fields.values, kept
        )

    def heed_weights(self, lists: Sequence[WeightList]) -> None:
        """Hold weights listed apart from the tables against the framework's. Where no table states
        its own, those of the file are its first table's, to be chosen like weights in its header."""
        own = any(table.weights_found for table in self.tables)
        different: list[dict[str, Decimal]] = []
        for listed in lists:
            weights, problems = compared(self.framework, listed.weights, listed.where)
            self.problems += problems
            if problems and weights not in different:
                different.append(weights)
        if self.tables and not own and len(different) == 1:
            self.tables[0] = replace(self.tables[0], weights_found=different[0])

    def finish(self) -> None:
        """Say what concerns the whole file, once its tables are read."""
        for id, tables in self._without.items():
            criterion = self.framework.criterion(id)
            where = self.file if len(tables) == len(self.tables) > 1 else ", ".join(tables)
            self.problems.append(
                Problem(where, f"no column for {criterion.name}",
                        f"a column for {criterion.name}: nothing can be ranked without it. If it has "
                        f'another header, use --map "its header={id}"', criterion.name, "column")
            )  # fmt: skip
        self.refs = self._refs.kept_apart(self.refs)
        order = {sheet: k for k, (_, sheet) in enumerate(self.places)}
        if len(self.tables) > 1 or len(self.ledger) > len(self.refs):  # else they are in order
            self.ledger.sort(key=lambda line: (order[line.sheet], line.row))

    def _refuse_all(self, table: Table, body: Body, rows: Rows, why: str) -> None:
        self._place(table)
        for i in rows.intentions:
            ref, title = body.text("ref", i), body.text("title", i)
            self._refs.refuse_line(table, body.first + i, ref, title, why)

    def _place(self, table: Table) -> int:
        place = (table.cells.file, table.cells.sheet)
        if place not in self.places:
            self.places.append(place)
        return self.places.index(place)

    def _locate(self, table: Table, columns: Columns, index: Ints, criteria: Sequence[str]) -> None:
        cells, size = table.cells, (len(index), len(criteria))
        self.table_of.append(np.full(len(index), self._place(table), np.int64))
        at = [columns.column(id) for id in criteria]
        numbers = index + table.first + (cells.left if cells.transposed else cells.top)
        across = np.array([0 if j is None else cells.column_number(j) for j in at], np.int64)
        along = np.broadcast_to(numbers[:, None], size)
        across_all = np.broadcast_to(across, size)
        if cells.transposed:
            title = columns.column("title")
            title = columns.column("ref") if title is None else title
            row = cells.column_number(title) if title is not None else 0
            self.row_of.append(np.full(len(index), row, np.int64))
            self.score_rows.append(across_all.copy())
            self.score_cols.append(np.where(across_all > 0, along, 0))
        elif cells.one_score_a_row is not None:
            rows = [i + table.first for i in index.tolist()]
            places = [[(0, 0) if j is None else cells.place(i, j) for j in at] for i in rows]
            stand = np.array(places, np.int64).reshape(*size, 2)
            self.row_of.append(np.array([cells.number(i) for i in rows], np.int64))
            self.score_rows.append(stand[:, :, 0])
            self.score_cols.append(stand[:, :, 1])
        else:
            self.row_of.append(numbers)
            self.score_rows.append(np.where(across_all > 0, along, 0))
            self.score_cols.append(across_all.copy())

    def _missing_columns(self, table: Table, columns: Columns) -> None:
        if not set(columns.used) & {c.id for c in self.framework.criteria}:
            return
        for criterion in self.framework.criteria:
            if criterion.id not in columns.used and criterion.id not in columns.asked:
                self._without.setdefault(criterion.id, []).append(table.where())

    def _account(
        self, table: Table, kept: Sequence[int], refs: Sequence[str], titles: Sequence[str],
        scores: Floats,
    ) -> None:  # fmt: skip
        """A ledger line for each intention kept."""
        cells, first = table.cells, table.first
        numbers = cells.numbers
        missing = np.isnan(scores)
        incomplete: list[bool] = np.any(missing, axis=1).tolist()
        names = [criterion.name for criterion in self.framework.criteria]
        reasons: dict[bytes, str] = {}
        file, sheet = cells.file, cells.sheet
        for k, i in enumerate(kept):
            if not incomplete[k]:
                self.ledger.append(
                    LedgerLine(file, sheet, numbers[first + i], "scored", refs[k], titles[k])
                )
                continue
            key = missing[k].tobytes()
            if key not in reasons:
                gaps = [name for name, gap in zip(names, missing[k], strict=True) if gap]
                reasons[key] = "no score for " + ", ".join(gaps)
            self.ledger.append(
                LedgerLine(
                    file, sheet, numbers[first + i], "incomplete", refs[k], titles[k], reasons[key]
                )
            )

    def _describe(self, table: Table, columns: Columns, rows: Rows) -> None:
        cells = table.cells
        first = not any(read.sheet == cells.sheet for read in self.tables)
        above_it = above(table) if first else ()
        weights, problems = weight_problems(self.framework, table, columns, rows)
        self.problems += problems
        together, problems = put_together_rows(self.framework, table, len(rows.intentions))
        self.problems += problems
        last = max(table.end - 1, table.header_row)
        self.tables.append(
            TableRead(
                cells.file, cells.sheet, cells.number(table.header_row), table.header_rows,
                cells.number(table.first), cells.number(last), tuple(columns.read),
                (*above_it, *columns.left_out, *rows.left_out, *together), weights,
                cells.transposed,
            )
        )  # fmt: skip
