"""Makes a small .xlsb by hand, because no free library writes one."""

from __future__ import annotations

import io
import struct
import zipfile

from tests.layouts.build import Rows


def record(kind: int, body: bytes = b"") -> bytes:
    """One record: its kind and its size in seven bits a byte, then its body."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(body), b""
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 127 else 0)])
        size >>= 7
        if not size:
            return head + length + body


def wide(text: str) -> bytes:
    """A text with its length."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def binary_workbook(rows: Rows) -> bytes:
    """A small .xlsb: the records that [MS-XLSB] requires, and no others."""
    named = struct.pack("<II", 0, 1) + wide("rId1") + wide("Intentions")
    book = record(131) + record(143) + record(156, named) + record(144) + record(132)
    width = max(map(len, rows))
    sheet = (
        record(129) + record(148, struct.pack("<4I", 0, len(rows) - 1, 0, width - 1)) + record(145)
    )
    for i, row in enumerate(rows):
        sheet += record(0, struct.pack("<I", i) + bytes(21))
        for j, value in enumerate(row):
            at = struct.pack("<II", j, 0)
            if isinstance(value, str):
                sheet += record(6, at + wide(value))
            elif isinstance(value, bytes):  # an error, by its code
                sheet += record(3, at + value)
            elif value is not None:
                sheet += record(5, at + struct.pack("<d", value))
    sheet += record(146) + record(130)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="worksheets/sheet1.bin"/></Relationships>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/_rels/workbook.bin.rels", relations)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return file.getvalue()
