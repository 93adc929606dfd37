"""A workbook is hostile until read: what a file is, and what is refused before it is unpacked."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Literal, NoReturn

from scoring.intake.result import Limits, Source
from scoring.problem import Problem, Unusable

Kind = Literal["xlsx", "xlsb", "ods", "xls", "text"]
A_SPREADSHEET = "a spreadsheet (.xlsx, .xlsm, .xlsb, .xls or .ods) or a .csv text file"
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK"
_MOST_PARTS = 5_000
_LARGEST_PARTS = 300 * 1024**2  # of cells and text: what reading holds in memory at once
_NOT_NEEDED = re.compile(
    r"xl/(?:media|drawings|charts|chartsheets|theme|pivot|externallinks|embeddings|activex|"
    r"ctrlprops|printersettings|customxml|comments|threadedcomments|persons|slicer|querytables|"
    r"connections|calcchain|model|webextensions|vbaproject)|docprops/|customxml/"
)
_OTHER_KINDS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x1f\x8b", "a compressed file"),
    (b"{\\rtf", "a Word document"),
    (b"SQLite format 3", "a database"),
)


def refuse(name: str, found: str, expected: str) -> NoReturn:
    """Raise `Unusable` with one message about a file."""
    raise Unusable(Problem(name, found, expected, kind="file"))


def damaged(name: str) -> NoReturn:
    """Refuse a file that breaks off or contradicts itself."""
    refuse(
        name,
        "a damaged spreadsheet",
        f"{A_SPREADSHEET} that opens; open it in Excel, save it again under a new name and try that",
    )


def protected(name: str) -> NoReturn:
    """Refuse a file that needs a password."""
    refuse(
        name,
        "a file protected by a password",
        "a file without one: open it in Excel, remove the password (File, Info, Protect Workbook, "
        "Encrypt with Password), and save it",
    )


def kind_of(source: Source, limits: Limits) -> Kind:
    """What a file is, by its content and not by its name. Raises `Unusable`."""
    name, data = source.name, source.data
    if len(data) > limits.file_bytes:
        most = f"at most {limits.file_bytes / 1024**2:g} MB; remove pictures and sheets not needed"
        refuse(name, f"a file of {len(data) / 1024**2:.1f} MB", most)
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        refuse(name, "an empty file", "a spreadsheet with a table of intentions")
    for start, what in _OTHER_KINDS:
        if data.startswith(start):
            refuse(name, what, A_SPREADSHEET)
    if data.startswith(_OLE):
        if b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k" in data:
            protected(name)
        if b"W\x00o\x00r\x00d\x00D\x00o\x00c\x00u\x00m\x00e\x00n\x00t" in data:
            refuse(name, "a Word document", A_SPREADSHEET)
        return "xls"
    if data.startswith(_ZIP):
        return _kind_of_zip(name, data, limits)
    start_of_text = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start_of_text.startswith((b"<!doctype", b"<html", b"<?xml", b"<table", b"<workbook")):
        refuse(
            name,
            "a web page or XML file",
            f"{A_SPREADSHEET}; open it in Excel and save it as .xlsx",
        )
    return "text"


def _kind_of_zip(name: str, data: bytes, limits: Limits) -> Kind:
    names = _entries(name, data, limits)
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "content.xml" in names:
        return "ods"
    if "word/document.xml" in names:
        refuse(name, "a Word document", A_SPREADSHEET)
    if "ppt/presentation.xml" in names:
        refuse(name, "a PowerPoint presentation", A_SPREADSHEET)
    refuse(name, "a zip archive that is no spreadsheet", f"{A_SPREADSHEET}, not zipped")


def _entries(name: str, data: bytes, limits: Limits) -> dict[str, zipfile.ZipInfo]:
    """The parts of a zip, checked against the limits by what they say of themselves."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        damaged(name)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.unpacked_bytes or len(entries) > _MOST_PARTS:
        most = f"at most {limits.unpacked_bytes / 1024**2:g} MB once unpacked"
        refuse(name, f"a file that unpacks to {unpacked / 1024**2:,.0f} MB", most)
    if any(entry.flag_bits & 0x1 for entry in entries):
        protected(name)
    return {entry.filename.replace("\\", "/").lower(): entry for entry in entries}


def unpack_parts(source: Source, limits: Limits) -> dict[str, bytes]:
    """The parts of an .xlsx file that hold cells, unpacked within the limits.

    Sizes are counted while unpacking, because a part's own statement of its size may be false.
    Raises `Unusable`; also for XML that defines entities, which no spreadsheet program writes.
    """
    left = min(limits.unpacked_bytes, _LARGEST_PARTS)
    parts: dict[str, bytes] = {}
    for lowered, entry in _entries(source.name, source.data, limits).items():
        needed = lowered.endswith((".xml", ".rels")) and not _NOT_NEEDED.match(lowered)
        if not needed:
            continue
        part = _inflate(source, entry, left)
        left -= len(part)
        if part and not part.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            damaged(source.name)  # UTF-16 and the like, which hide from the checks that follow
        # A lone letter is found many times more quickly, and few parts have this one.
        if b"!" in part and (b"<!DOCTYPE" in part or b"<!ENTITY" in part):
            refuse(
                source.name,
                "XML that defines entities, which can be used to attack a program",
                f"{A_SPREADSHEET} saved by a spreadsheet program",
            )
        parts[entry.filename] = part
    return parts


def _inflate(source: Source, entry: zipfile.ZipInfo, left: int) -> bytes:
    data, at = source.data, entry.header_offset
    if data[at : at + 4] != b"PK\x03\x04":
        damaged(source.name)
    names = int.from_bytes(data[at + 26 : at + 28], "little")
    extra = int.from_bytes(data[at + 28 : at + 30], "little")
    start = at + 30 + names + extra
    packed = data[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        part = packed
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        try:
            part = zlib.decompressobj(-15).decompress(packed, min(entry.file_size, left) + 1)
        except zlib.error:
            damaged(source.name)
    else:
        damaged(source.name)
    if len(part) > left:
        most = f"at most {_LARGEST_PARTS / 1024**2:g} MB of cells once unpacked"
        refuse(source.name, "more cells than can be read safely", most)
    if len(part) != entry.file_size or zlib.crc32(part) != entry.CRC:
        damaged(source.name)
    return part
