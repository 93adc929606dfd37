"""Tables with a row for each assessor: only an agreed score can rank an intention."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from scoring.intake.apart import same_ref
from scoring.intake.body import Body
from scoring.intake.cells import shown
from scoring.intake.labels import WHO_SCORED
from scoring.intake.naming import ref_text
from scoring.intake.tables import Table
from scoring.intake.wording import plain
from scoring.problem import Problem


def several_scorers(
    table: Table, body: Body, rows: Sequence[int], kept: Collection[int]
) -> list[Problem]:
    """One Problem where intentions have a row for each of several assessors: the first row of each is
    used, and the others are refused as any second row of a ref is."""
    header = next((one for one in table.headers if plain(one.text) in WHO_SCORED), None)
    refs = body.values.get("ref", body.values.get("title"))
    if header is None or refs is None or len(kept) == len(rows):
        return []
    column = table.cells.columns[header.column]
    used: dict[str, str] = {}
    several = 0
    for i in rows:
        who = shown(column[body.first + i]).strip()
        several += used.setdefault(same_ref(ref_text(refs[i])), who) != who
    if not several:
        return []
    first = list(dict.fromkeys(used.values()))
    expected = (
        "one agreed row for each intention: several assessors scored the same ones, and only the "
        f"first row of each is used ({', '.join(first[:4])}). Agree one score each and keep one row"
    )
    where = table.cells.where(table.label_row, header.column)
    return [Problem(where, f"{several} rows by other assessors", expected, "Assessor", "ref")]
