"""Cells of an .xls, .xlsb or .ods that show an error, or hold a formula saved without its value.

Reading gives such a cell as empty, which it is not. Used in the process that reads these formats,
so only the standard library is imported. Sources: [MS-CFB], [MS-XLS], [MS-XLSB], OpenDocument 1.3.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from xml.etree import ElementTree

Fault = tuple[int, int, str]  # row and column from 1, and what the cell shows
_ERRORS = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
}
_END = 0xFFFFFFFA  # sector numbers from here on name no sector
_MOST_REPEATS = 500
_LARGE = 5 * 1024**2  # an .xls beyond this is only followed where it seems to have an error
_ERROR_IN_XLS = re.compile(
    rb"\x05\x02\x08\x00|\x06\x00..(?s:.{6})\x02...(?s:..)\xff\xff", re.DOTALL
)


def faults_of(data: bytes) -> dict[str, list[Fault]]:
    """The faulty cells by sheet; none where the file cannot be followed."""
    try:
        if not data.startswith(b"PK"):
            quiet = len(data) > _LARGE and not _ERROR_IN_XLS.search(data)
            return {} if quiet else dict(_of_xls(_workbook_stream(data)))
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "content.xml" in archive.namelist():
                return dict(_of_ods(archive.read("content.xml")))
            return dict(_of_xlsb(archive))
    except Exception:
        # The file has been read all the same; a damaged one can break off anywhere.
        return {}


def _of_ods(content: bytes) -> Iterator[tuple[str, list[Fault]]]:
    if b"<!" in content[:1000] or not (b'"error"' in content or b"formula=" in content):
        return
    sheet, row, column, repeats = "", 0, 0, 1
    found: list[Fault] = []
    for event, element in ElementTree.iterparse(io.BytesIO(content), ("start", "end")):  # noqa: S314
        tag = element.tag.rpartition("}")[2]
        said = {name.rpartition("}")[2]: value for name, value in element.attrib.items()}
        if event == "start":
            if tag == "table":
                sheet, row, found = said.get("name", ""), 0, []
            elif tag == "table-row":
                column, repeats = 0, int(said.get("number-rows-repeated", 1))
        elif tag in ("table-cell", "covered-table-cell"):
            times = int(said.get("number-columns-repeated", 1))
            if shows := _shown_in_ods(element, said):
                found += [
                    (row + 1, column + k + 1, shows) for k in range(min(times, _MOST_REPEATS))
                ]
            column += times
        elif tag == "table-row":
            row += repeats
            element.clear()
        elif tag == "table" and found:
            yield sheet, found


def _shown_in_ods(cell: ElementTree.Element, said: dict[str, str]) -> str:
    # LibreOffice says value-type twice: "string" for all, "error" in a namespace of its own.
    if any(name.endswith("}value-type") and kind == "error" for name, kind in cell.attrib.items()):
        return "".join(cell.itertext()).strip()[:20] or "#ERROR!"
    if "formula" in said and "value-type" not in said:
        return "=" + re.sub(r"^(?:\w+:)?=", "", said["formula"])[:79]
    return ""


def _of_xlsb(archive: zipfile.ZipFile) -> Iterator[tuple[str, list[Fault]]]:
    relations = archive.read("xl/_rels/workbook.bin.rels").decode("utf-8", "replace")
    targets = {}
    for one in re.findall(r"<Relationship\b[^>]*>", relations):
        id, target = re.search(r'\bId="([^"]*)"', one), re.search(r'\bTarget="([^"]*)"', one)
        if id and target:
            targets[id[1]] = "xl/" + target[1].removeprefix("/xl/")
    for kind, body in _xlsb_records(archive.read("xl/workbook.bin")):
        if kind != 156:  # BrtBundleSh: hidden or not, number, then relation and name
            continue
        relation, at = _wide(body, 8)
        name, _ = _wide(body, at)
        row, found = 0, []
        for inner, cell in _xlsb_records(archive.read(targets[relation])):
            if inner == 0:  # BrtRowHdr
                row = int.from_bytes(cell[:4], "little")
            elif inner in (3, 11):  # BrtCellError, BrtFmlaError
                column = int.from_bytes(cell[:4], "little")
                found.append((row + 1, column + 1, _ERRORS.get(cell[8], "#ERROR!")))
        if found:
            yield name, found


def _xlsb_records(part: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(part):
        kind, at = _varied(part, at, 2)
        size, at = _varied(part, at, 4)
        yield kind, part[at : at + size]
        at += size


def _varied(part: bytes, at: int, most: int) -> tuple[int, int]:
    """A number in seven bits a byte. The kind of a record keeps its high bit, as Excel lists it."""
    number = 0
    for k in range(most):
        byte = part[at + k]
        number |= (byte & 0x7F) << (7 * k)
        if byte < 0x80:
            return number, at + k + 1
    return number, at + most


def _wide(body: bytes, at: int) -> tuple[str, int]:
    end = at + 4 + 2 * int.from_bytes(body[at : at + 4], "little")
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _workbook_stream(data: bytes) -> bytes:
    """The stream of records inside an .xls, which is a small file system of its own."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]

    def sector(n: int) -> bytes:
        return data[(n + 1) * size : (n + 2) * size]

    def numbers(part: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(part) // 4}I", part[: len(part) // 4 * 4]))

    first, _, cutoff, first_mini, _, more = struct.unpack_from("<6I", data, 48)
    lists = list(struct.unpack_from("<109I", data, 76))
    while more < _END and len(lists) * size < len(data):
        further = numbers(sector(more))
        lists, more = lists + further[:-1], further[-1]
    table = [n for one in lists if one < _END for n in numbers(sector(one))]
    directory = _chained(first, table, sector)
    entries = [directory[at : at + 128] for at in range(0, len(directory), 128)]
    starts = {
        entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace"):
        struct.unpack_from("<IQ", entry, 116)
        for entry in entries
        if len(entry) == 128
    }  # fmt: skip
    start, length = starts["Workbook"] if "Workbook" in starts else starts["Book"]
    if length >= cutoff:
        return _chained(start, table, sector)[:length]
    small = _chained(starts["Root Entry"][0], table, sector)
    minis = numbers(_chained(first_mini, table, sector))
    return _chained(start, minis, lambda n: small[n * 64 : (n + 1) * 64])[:length]


def _chained(first: int, table: list[int], sector: Callable[[int], bytes]) -> bytes:
    parts: list[bytes] = []
    while first < _END and len(parts) <= len(table):
        parts.append(sector(first))
        first = table[first]
    return b"".join(parts)


def _of_xls(stream: bytes) -> Iterator[tuple[str, list[Fault]]]:
    for _, kind, body in _xls_records(stream, 0):
        if kind == 0x0A:
            return
        if kind != 0x85:  # BoundSheet8: where it begins, hidden or not, kind, name
            continue
        at, length, wide = struct.unpack_from("<I2xBB", body)
        text = body[8 : 8 + length * (1 + (wide & 1))]
        found = list(_of_xls_sheet(stream, at))
        if found:
            yield text.decode("utf-16-le" if wide & 1 else "latin-1", "replace"), found


def _of_xls_sheet(stream: bytes, at: int) -> Iterator[Fault]:
    depth = 0
    for _, kind, body in _xls_records(stream, at):
        depth += (kind == 0x809) - (kind == 0x0A)  # a chart inside begins and ends too
        if depth == 0:
            return
        if kind == 0x205 and body[7]:  # BoolErr
            code = body[6]
        elif kind == 0x06 and body[12:14] == b"\xff\xff" and body[6] == 2:  # Formula
            code = body[8]
        else:
            continue
        row, column = struct.unpack_from("<HH", body)
        yield row + 1, column + 1, _ERRORS.get(code, "#ERROR!")


def _xls_records(stream: bytes, at: int) -> Iterator[tuple[int, int, bytes]]:
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + size]
        at += 4 + size
