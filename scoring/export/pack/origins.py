"""Where every score was read, for a machine: written beside the scores of a pack, and back."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from scoring.sheet import Entered, Origins, ScoreSheet


def read_at(sheet: ScoreSheet, i: int, scored: list[tuple[int, str]]) -> dict[str, Any]:
    """Of one intention: its file, sheet and row, the cell of each score and of each
    blank, and who typed the others."""
    origins = sheet.where
    file, name = origins.tables[int(origins.table_of[i])]
    cells = {
        criterion.id: [int(origins.score_rows[i, j]), int(origins.score_cols[i, j])]
        for j, criterion in enumerate(sheet.framework.criteria)
    }
    found = {id: at for id, at in cells.items() if all(at)}
    known = {id for _, id in scored}
    blank = {id: at for id, at in found.items() if id not in known}
    typed = {
        id: {"by": who.by, "on": who.on.isoformat(), "taken_from": who.taken_from}
        for j, id in scored
        if (who := origins.entered.get((i, j))) is not None
    }
    return {
        "file": file,
        "sheet": name,
        "row": int(origins.row_of[i]),
        "cells": {id: at for id, at in found.items() if id in known},
        **({"blank": blank} if blank else {}),
        **({"entered": typed} if typed else {}),
    }


def origins_of(rows: list[dict[str, Any]], criteria: list[str]) -> Origins:
    """The same back from every intention's `read_at`.

    Packs of the first format have no rows; what they lack is nowhere. Raises KeyError, TypeError,
    ValueError or AttributeError for what is not that.
    """
    tables: dict[tuple[str, str], int] = {}
    count, width = len(rows), len(criteria)
    table_of, row_of = np.zeros(count, np.int64), np.zeros(count, np.int64)
    lines, columns = np.zeros((count, width), np.int64), np.zeros((count, width), np.int64)
    entered: dict[tuple[int, int], Entered] = {}
    position = {id: j for j, id in enumerate(criteria)}
    for i, row in enumerate(rows):
        read = row.get("read") or {"file": "", "sheet": "", "cells": {}}
        table_of[i] = tables.setdefault((str(read["file"]), str(read["sheet"])), len(tables))
        row_of[i] = int(read.get("row", 0))
        for id, (line, column) in {**read["cells"], **read.get("blank", {})}.items():
            lines[i, position[id]], columns[i, position[id]] = int(line), int(column)
        for id, who in read.get("entered", {}).items():
            on = date.fromisoformat(who["on"])
            entered[i, position[id]] = Entered(str(who["by"]), on, str(who["taken_from"]))
    found = tuple(tables) or (("", ""),)
    return Origins(found, table_of, row_of, lines, columns, entered)
