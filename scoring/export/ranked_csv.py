"""The ranked list as a .csv file."""

from __future__ import annotations

import csv
import io

from scoring.export.about import About
from scoring.export.tables import Cell, ranked_table
from scoring.export.text import csv_text
from scoring.ranking import Ranking


def write_ranked_csv(ranking: Ranking, about: About) -> bytes:
    """The ranked list, one row an intention, in UTF-8 with a byte order mark (as Excel wants it).

    Every row also carries the framework, the weights, the policy for missing scores and when it
    was made, so that no row loses where it comes from. Text that a spreadsheet would run as a
    formula gets an apostrophe in front: see `csv_text`.
    """
    table = ranked_table(ranking)
    framework = ranking.sheet.framework
    shown = ranking.weights.shown()
    weights = "; ".join(f"{c.name} {shown[c.id]}%" for c in framework.criteria)
    tail: dict[str, str] = {
        "Framework": framework.id,
        "Weights": weights,
        "Missing scores": ranking.totals.missing,
        "Made": about.made_at.isoformat(timespec="seconds"),
    }
    if about.illustrative:
        tail["Illustrative"] = about.illustrative
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([csv_text(column.header) for column in table.columns] + list(tail))
    end = [csv_text(value) for value in tail.values()]
    for row in table.rows:
        writer.writerow([_written(cell) for cell in row] + end)
    return text.getvalue().encode("utf-8-sig")


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    return csv_text(cell) if isinstance(cell, str) else f"{cell!r}"
