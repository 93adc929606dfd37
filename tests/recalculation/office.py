"""A second opinion: LibreOffice opens a workbook, works out every formula and saves it again."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import openpyxl
from python_calamine import CalamineWorkbook

Rows = list[dict[str, object]]


def with_weights(data: bytes, weights: dict[str, float]) -> bytes:
    """The workbook with other weights typed into its Weights sheet, by criterion name.

    openpyxl writes formulas without their stored values, so that nothing is left to copy.
    """
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Weights"]
    for row in sheet.iter_rows(min_row=2):
        if row[0].value in weights:
            row[1].value = weights[str(row[0].value)]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def recalculate(files: dict[str, bytes], folder: Path) -> dict[str, CalamineWorkbook]:
    """Each workbook as LibreOffice saves it after recalculating; one start for all of them."""
    (folder / "in").mkdir()
    for name, data in files.items():
        (folder / "in" / f"{name}.xlsx").write_bytes(data)
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"),
         *(str(folder / "in" / f"{name}.xlsx") for name in files)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return {
        name: CalamineWorkbook.from_filelike(
            io.BytesIO((folder / "out" / f"{name}.xlsx").read_bytes())
        )
        for name in files
    }


def rows(book: CalamineWorkbook, sheet: str) -> Rows:
    """A sheet's rows by header."""
    header, *body = book.get_sheet_by_name(sheet).to_python()
    return [dict(zip(map(str, header), row, strict=True)) for row in body]
