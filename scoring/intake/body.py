"""The body of a table by column: merged cells settled, what each row holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.intake.cells import Cell, shown
from scoring.intake.columns import Columns
from scoring.intake.tables import Table
from scoring.sheet import Bools


@dataclass
class Body:
    """The body of a table. Row `i` of the body is row `first + i` of the cells.

    `filled[field]` says which rows hold something; `faults[field]` has the rows whose cell cannot
    be used at all, and what it shows; `continued[i]` is the row that row `i` is a part of.
    """

    first: int
    height: int
    values: dict[str, Sequence[Cell]]
    filled: dict[str, Bools]
    faults: dict[str, dict[int, str]]
    continued: dict[int, int]

    def any_of(self, fields: Sequence[str]) -> Bools:
        """Which rows hold something in any of these fields."""
        found = np.zeros(self.height, np.bool_)
        for id in fields:
            if id in self.filled:
                found |= self.filled[id]
        return found

    def count_of(self, fields: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """How many of these fields each row fills."""
        found = np.zeros(self.height, np.int64)
        for id in fields:
            if id in self.filled:
                found += self.filled[id]
        return found

    def text(self, field: str, i: int) -> str:
        """A cell as text."""
        return shown(self.values[field][i]).strip() if field in self.values else ""


def read_body(table: Table, columns: Columns, criteria: Sequence[str]) -> Body:
    """Take the used columns out of a table, and settle its merged cells."""
    cells, first, end = table.cells, table.first, table.end
    height = max(0, end - first)
    values: dict[str, Sequence[Cell]] = {
        id: cells.columns[header.column][first:end] for id, header in columns.used.items()
    }
    faults: dict[str, dict[int, str]] = {id: {} for id in values}
    fields_at = {header.column: id for id, header in columns.used.items()}
    for (i, j), fault in cells.faults.items():
        if j in fields_at and first <= i < end:
            faults[fields_at[j]][i - first] = fault
    continued = _settle_merges(table, columns, values, faults, criteria)
    filled = {id: _filled(column) for id, column in values.items()}
    for id, rows in faults.items():
        for i in rows:
            filled[id][i] = True
    return Body(first, height, values, filled, faults, continued)


def _filled(column: Sequence[Cell]) -> Bools:
    distinct = set(column)
    blank = {cell for cell in distinct if type(cell) is str and (not cell or cell.isspace())}
    if not blank:
        return np.ones(len(column), np.bool_)
    return np.fromiter((value not in blank for value in column), np.bool_, len(column))


def _settle_merges(
    table: Table, columns: Columns, values: dict[str, Sequence[Cell]],
    faults: dict[str, dict[int, str]], criteria: Sequence[str],
) -> dict[int, int]:  # fmt: skip
    """A merged ref or title makes one intention of its rows; other merged text holds for each row;
    a score merged over several intentions is nobody's."""
    first, end = table.first, table.end
    fields_at = {header.column: id for id, header in columns.used.items()}
    spans: dict[str, list[tuple[int, int]]] = {}
    for top, left, bottom, right in table.cells.merged:
        if bottom > top and top >= first and bottom < end:
            for j in range(max(left, 0), min(right, table.cells.width - 1) + 1):
                if j in fields_at:
                    spans.setdefault(fields_at[j], []).append((top - first, bottom - first))
                    break
    continued: dict[int, int] = {}
    for top, bottom in sorted({*spans.get("ref", ()), *spans.get("title", ())}):
        if top not in continued and _one_item(values, top, bottom):
            continued.update(dict.fromkeys(range(top + 1, bottom + 1), top))
    if not spans:
        return {}
    changed = {id: list(column) for id, column in values.items()}
    for id, rows in spans.items():
        for top, bottom in rows:
            parts = {continued.get(i, i) for i in range(top, bottom + 1)}
            if id in criteria and len(parts) > 1:
                if changed[id][top] != "":
                    said = f"{shown(changed[id][top])}, merged over {len(parts)} intentions"
                    faults[id].update(dict.fromkeys(sorted(parts), said))
                changed[id][top] = ""
            elif id not in ("ref", "title") and id not in criteria:
                for i in range(top + 1, bottom + 1):
                    changed[id][i] = changed[id][top]
    for top in sorted(set(continued.values())):
        rows_of = [top, *(i for i, owner in continued.items() if owner == top)]
        for id, column in changed.items():
            _gather(id, column, rows_of, faults, id in criteria)
    values.update(changed)
    return continued


def _one_item(values: dict[str, Sequence[Cell]], top: int, bottom: int) -> bool:
    """Whether merged rows hold one intention: at most one ref and one title among them."""
    for id in ("ref", "title"):
        found = {v for v in values.get(id, ())[top : bottom + 1] if v != ""}
        if len(found) > 1:
            return False
    return True


def _gather(
    id: str, column: list[Cell], rows: list[int], faults: dict[str, dict[int, str]], score: bool
) -> None:
    """Bring what stands in several rows of one intention into its first row."""
    found = list(dict.fromkeys(column[i] for i in rows if column[i] != ""))
    for i in rows:
        column[i] = ""
    if score and len(found) > 1:
        faults[id][rows[0]] = " and ".join(shown(value) for value in found)
    elif len(found) == 1:
        column[rows[0]] = found[0]
    elif found:
        column[rows[0]] = "; ".join(shown(value) for value in found)
