"""Rows of a text table that have more cells than its header: a separator inside text moved them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scoring.intake.body import Body
from scoring.intake.scores import ColumnOfScores
from scoring.intake.tables import Table


def shifted_rows(
    table: Table, body: Body, read: Mapping[str, ColumnOfScores], intentions: Sequence[int]
) -> frozenset[int]:
    """Body rows in which nothing can be told from its neighbour, as a comma in a title without
    quotation marks makes them. Empty cells too many at the end of a row whose scores all read as
    scores are only loose ends."""
    cells = table.cells
    if not cells.lengths or cells.transposed:
        return frozenset()
    headers = cells.lengths[table.label_row]
    longer = [i for i in intentions if cells.lengths[table.first + i] > headers]
    misfit = {i for i in longer if any(body.values[id][i] in read[id].bad for id in read)}
    same = len({cells.lengths[table.first + i] for i in intentions}) == 1
    if same and len(longer) > 1 and not misfit:
        return frozenset()  # every row has a column that the header leaves without a name
    return frozenset(i for i in longer if i in misfit or any(cells.rows[table.first + i][headers:]))
