"""Reads an .xls, .xlsb or .ods workbook in a process of its own, with little memory and time.

These formats cannot be checked before they are unpacked, so the program that unpacks them is
kept apart: what goes wrong in it ends it and nothing else. Bytes come in, JSON goes out.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import sys
from pathlib import Path

MEMORY, SECONDS = 900 * 1024**2, 45


def main() -> int:
    """Read standard input; write {"sheets": [...]} or {"error": "..."} to standard output."""
    rows, columns, cells = (int(word) for word in sys.argv[1:4])
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    import python_calamine as calamine

    try:
        data = sys.stdin.buffer.read()
        answer = read(calamine, data, rows, columns, cells)
        if "sheets" in answer:
            answer["faults"] = _faults_of(data)
    except calamine.PasswordError:
        answer = {"error": "password"}
    except BaseException as error:
        # A panic in calamine is a BaseException: whatever it is, the file is not readable.
        password = "password" in str(error).lower() or "encrypt" in str(error).lower()
        answer = {"error": "password" if password else "damaged"}
    sys.stdout.write(json.dumps(answer))
    return 0


def read(calamine: object, data: bytes, rows: int, columns: int, cells: int) -> dict[str, object]:
    """Every sheet: name, whether hidden, whether a worksheet, first cell, cells, merged ranges."""
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))  # type: ignore[attr-defined]
    sheets = []
    total = 0
    for meta in book.sheets_metadata:
        is_table = meta.typ == calamine.SheetTypeEnum.WorkSheet  # type: ignore[attr-defined]
        hidden = meta.visible != calamine.SheetVisibleEnum.Visible  # type: ignore[attr-defined]
        start, lines, merged = (0, 0), [], []
        if is_table:
            sheet = book.get_sheet_by_name(meta.name)
            start = sheet.start or (0, 0)
            end = sheet.end or (0, 0)
            total += sheet.height * sheet.width
            if end[0] >= rows or end[1] >= columns or total > cells:
                found = f"a sheet of {end[0] + 1:,} rows and {end[1] + 1:,} columns"
                return {"error": "size", "found": found}
            lines = [[_plain(cell) for cell in row] for row in sheet.to_python()]
            merged = [
                [top - start[0], left - start[1], bottom - start[0], right - start[1]]
                for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
            ]
        sheets.append([meta.name, hidden, is_table, start, lines, merged])
    return {"sheets": sheets}


def _faults_of(data: bytes) -> dict[str, list[tuple[int, int, str]]]:
    """What the module beside this one finds. It is loaded by its path, because importing the package
    would cost memory and time that are meant for the file."""
    spec = importlib.util.spec_from_file_location(
        "binary_faults", Path(__file__).with_name("binary_faults.py")
    )
    if spec is None or spec.loader is None:
        return {}
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: dict[str, list[tuple[int, int, str]]] = module.faults_of(data)
    return found


def _plain(value: object) -> object:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str | int | float):
        return value
    return str(value).removesuffix(" 00:00:00")


if __name__ == "__main__":
    sys.exit(main())
