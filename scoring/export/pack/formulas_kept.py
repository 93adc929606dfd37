"""Are the workbook's formulas those that the tool writes?

A formula that was changed while its stored value was left alone shows its other result only when
somebody opens the workbook.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from scoring.export.about import About
from scoring.export.pack.copies import WORKBOOK
from scoring.export.pack.differences import Difference
from scoring.export.ranked_workbook import write_ranked_workbook
from scoring.ranking import Ranking

_SHEETS = ("Ranked list", "Live order", "Weights", "Segments")
_NAME = re.compile(r'<definedName name="(weight\w+)"[^>]*>(.*?)</definedName>', re.DOTALL)
_CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"[^>]*?(?:/>|>(.*?)</c>)', re.DOTALL)
_FORMULA = re.compile(r"<f[^>]*>(.*?)</f>", re.DOTALL)
_SHEET = re.compile(r'<sheet name="([^"]*)"')
_MOST = 20  # differences that are named one by one


def compare_formulas(files: Mapping[str, bytes], ranking: Ranking) -> list[Difference]:
    """Where the workbook's formulas are others than those of a workbook of the same ranking."""
    if WORKBOOK not in files:
        return []
    about = About("", "", datetime(2000, 1, 1, tzinfo=UTC))
    wanted = _formulas(write_ranked_workbook(ranking, about))
    try:
        found = _formulas(files[WORKBOOK])
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError, zlib.error) as error:
        return [Difference("copy", WORKBOOK, "a workbook of this tool", str(error))]
    differences = list(_differences(wanted, found))
    more = len(differences) - _MOST
    if more > 0:
        said = Difference("copy", WORKBOOK, "the tool's own formulas", f"{more:,} more of others")
        return [*differences[:_MOST], said]
    return differences


def _differences(wanted: Mapping[str, str], found: Mapping[str, str]) -> Iterator[Difference]:
    for where in {**wanted, **found}:
        if wanted.get(where) != found.get(where):
            recorded, now = wanted.get(where, "no formula"), found.get(where, "no formula")
            yield Difference("copy", f"{WORKBOOK}, {where}", recorded, now)


def _formulas(data: bytes) -> dict[str, str]:
    """{sheet and cell, or defined name: formula} of the sheets that the ranking rests on."""
    made: dict[str, str] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        book = parts.read("xl/workbook.xml").decode()
        made |= {f"name {name}": html.unescape(text) for name, text in _NAME.findall(book)}
        names = [html.unescape(name) for name in _SHEET.findall(book)]
        for number, name in enumerate(names, 1):
            if name not in _SHEETS:
                continue
            for cell, inside in _CELL.findall(
                parts.read(f"xl/worksheets/sheet{number}.xml").decode()
            ):
                if formula := _FORMULA.search(inside):
                    made[f"{name}!{cell}"] = html.unescape(formula[1])
    return made
