"""A table as it stands on a page, to take elsewhere: .csv, .json, or text to paste in Excel."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from scoring.export.text import csv_text

Shown = str | int | float | bool | None
Rows = Sequence[Mapping[str, Shown]]
# What starts with + or - and is a number or a percentage is no formula.
_NUMBER = re.compile(r"[+-]?\d+(,\d{3})*(\.\d+)?%?")


def columns_of(rows: Rows) -> tuple[str, ...]:
    """Every column of a table, in the order in which the rows name them."""
    return tuple(dict.fromkeys(name for row in rows for name in row))


_SHARED = re.compile(r"=(\d+)")


def plain_places(rows: Rows, numbers: Sequence[str]) -> Rows:
    """Shared places as plain numbers: "=3" becomes 3, with "yes" in a column "Place shared" beside.

    A spreadsheet would run "=3" as a formula, and an apostrophe in front leaves text that neither
    sorts nor adds up. Only the columns named in `numbers` are looked at: any other text is a
    person's own and stays as it is.
    """
    shared = {
        name
        for name in numbers
        if any(isinstance(row.get(name), str) and _SHARED.fullmatch(str(row[name])) for row in rows)
    }
    return [_plain_row(row, shared) for row in rows] if shared else rows


def _plain_row(row: Mapping[str, Shown], shared: set[str]) -> Mapping[str, Shown]:
    made: dict[str, Shown] = {}
    for name, value in row.items():
        tied = _SHARED.fullmatch(value) if isinstance(value, str) and name in shared else None
        whole = isinstance(value, str) and name in shared and value.isdecimal()
        made[name] = int(tied[1]) if tied else int(str(value)) if whole else value
        if name in shared:
            made[f"{name} shared"] = "yes" if tied else None
    return made


def shown_csv(rows: Rows) -> bytes:
    """UTF-8 with a byte order mark, as Excel wants it; no text in it runs as a formula."""
    return _written(rows, ",", "\r\n").encode("utf-8-sig")


def shown_tsv(rows: Rows) -> str:
    """Tab-separated, for the clipboard: a spreadsheet puts each value in a cell of its own."""
    return _written(rows, "\t", "\r\n")


def shown_json(rows: Rows, what: str, round_name: str, at: datetime) -> bytes:
    """One object: what the table is, of which round and when, and its rows."""
    document = {
        "table": what,
        "round": round_name,
        "made": at.isoformat(timespec="seconds"),
        "rows": [dict(row) for row in rows],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _written(rows: Rows, between: str, end: str) -> str:
    columns = columns_of(rows)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=between, lineterminator=end)
    writer.writerow(map(csv_text, columns))
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return text.getvalue()


def _cell(value: Shown) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value if _NUMBER.fullmatch(value) else csv_text(value)
    return str(value)
