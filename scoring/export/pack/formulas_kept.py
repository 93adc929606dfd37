"""The formulas of a workbook, to be compared with those that the tool writes.

A formula that was changed while its stored value was left alone shows its other result only when
somebody opens the workbook.
"""

from __future__ import annotations

import html
import io
import re
import zipfile

_NAME = re.compile(r'<definedName name="([^"]+)"[^>]*>(.*?)</definedName>', re.DOTALL)
_CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"[^>]*?(?:/>|>(.*?)</c>)', re.DOTALL)
_FORMULA = re.compile(r"<f[^>]*>(.*?)</f>", re.DOTALL)
_SHEET = re.compile(r'<sheet name="([^"]*)"')


def formulas_of(data: bytes) -> dict[str, str]:
    """{sheet and cell, or defined name: formula} of a workbook.

    Raises BadZipFile, KeyError, UnicodeDecodeError or zlib.error for what is no workbook.
    """
    made: dict[str, str] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        book = parts.read("xl/workbook.xml").decode()
        made |= {f"name {name}": html.unescape(text) for name, text in _NAME.findall(book)}
        names = [html.unescape(name) for name in _SHEET.findall(book)]
        for number, name in enumerate(names, 1):
            sheet = parts.read(f"xl/worksheets/sheet{number}.xml").decode()
            for cell, inside in _CELL.findall(sheet):
                if formula := _FORMULA.search(inside):
                    made[f"{name}!{cell}"] = html.unescape(formula[1])
    return made
