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

    The last column of every row says what it was ranked by (framework, weights, policy for missing
    scores, when), so that no row loses where it comes from. Text that a spreadsheet would run as a
    formula gets an apostrophe in front: see `csv_text`.
    """
    table = ranked_table(ranking)
    basis = csv_text(ranked_by(ranking, about))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*(csv_text(column.header) for column in table.columns), "Ranked by"])
    for row in table.rows:
        writer.writerow([*(csv_cell(cell) for cell in row), basis])
    return text.getvalue().encode("utf-8-sig")


def ranked_by(ranking: Ranking, about: About) -> str:
    """What a ranking rests on, in one line."""
    framework = ranking.sheet.framework
    shown = ranking.weights.shown()
    weights = ", ".join(f"{c.name} {shown[c.id]}%" for c in framework.criteria)
    made = about.made_at.isoformat(timespec="seconds")
    parts = [framework.id, weights, f"missing scores: {ranking.totals.missing}", f"made {made}"]
    return "; ".join([*parts, *([about.illustrative] if about.illustrative else [])])


def csv_cell(cell: Cell) -> str:
    """A cell as the .csv holds it."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return csv_text(cell)
    return str(int(cell)) if float(cell).is_integer() else repr(cell)
