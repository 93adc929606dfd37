"""A workbook is hostile until read: one clear message with the file's name, and soon."""

import io
import struct
import zipfile
import zlib

import pytest
import xlsxwriter

from scoring.intake import Limits
from scoring.problem import Unusable
from tests.layouts.build import HEADER, ROWS, assert_reads_the_three, read_bytes, workbook

GOOD = workbook({"Intentions": [HEADER, *ROWS]})
SHEET = "xl/worksheets/sheet1.xml"


def with_shared_strings() -> bytes:
    """The same table as Excel writes it: each text once, shared by the cells that show it."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("Intentions")
    for i, row in enumerate([HEADER, *ROWS]):
        sheet.write_row(i, 0, row)
    book.close()
    return file.getvalue()


SHARED = with_shared_strings()


def with_part(name: str, change, data: bytes = GOOD) -> bytes:
    """The workbook with one part of it changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for entry in old.infolist():
            part = old.read(entry)
            new.writestr(entry.filename, change(part) if entry.filename == name else part)
    return out.getvalue()


def with_cell(ref: str, row: int) -> bytes:
    cell = f'<row r="{row}"><c r="{ref}{row}"><v>1</v></c></row></sheetData>'.encode()
    return with_part(SHEET, lambda part: part.replace(b"</sheetData>", cell))


def refused(data: bytes, name: str = "team.xlsx", **limits: int) -> str:
    with pytest.raises(Unusable) as error:
        read_bytes(data, name, limits=Limits(**limits))
    assert len(error.value.problems) == 1
    assert str(error.value).startswith(f"{name}: found ")
    return str(error.value)


@pytest.mark.parametrize(
    ("data", "found"),
    [(b"", "an empty file"), (b"\xef\xbb\xbf\n \n", "an empty file"), (b"%PDF-1.7 x", "a PDF"),
     (b"\x89PNG\r\n\x1a\n", "a picture"), (b"<html><table>", "a web page"),
     (b"PK\x03\x04 nothing here", "a damaged spreadsheet"), (GOOD[:3000], "a damaged spreadsheet"),
     (b"\x00\x01\x02 binary", "a file that is not text"),
     (b"Just some words\nand more", "no table of intentions")],
)  # fmt: skip
def test_files_that_are_something_else(data, found):
    assert f'found "{found}' in refused(data)


@pytest.mark.parametrize(
    ("part", "found"),
    [("word/document.xml", "a Word document"), ("ppt/presentation.xml", "a PowerPoint presentation"),
     ("readme.txt", "a zip archive that is no spreadsheet")],
)  # fmt: skip
def test_zips_of_another_kind(part, found):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(part, "<x/>")
    assert found in refused(file.getvalue())


def test_a_file_over_the_limit():
    assert "at most 0.00390625 MB" in refused(GOOD, file_bytes=4096)


def test_a_zip_bomb_is_refused_by_what_it_says_of_itself():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", 8) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/media/image1.png", bytes(20 * 1024**2))
    assert "a file that unpacks to 20 MB" in refused(file.getvalue(), unpacked_bytes=10 * 1024**2)


def test_a_zip_bomb_that_lies_about_its_size_is_refused():
    data = bytearray(with_part(SHEET, lambda part: part + b" " * 5_000_000))
    for signature, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = 0
        while (start := data.find(signature, start)) >= 0:
            name_at = start + (46 if signature == b"PK\x01\x02" else 30)
            if data[name_at : name_at + len(SHEET)] == SHEET.encode():
                data[start + at : start + at + 4] = struct.pack("<I", 100)
            start += 4
    assert "a damaged spreadsheet" in refused(bytes(data))


def test_absurd_dimensions_are_refused_before_they_are_unpacked():
    assert "a sheet of 1,048,576 rows" in refused(with_cell("A", 1_048_576))
    assert "16,384 columns" in refused(with_cell("XFD", 9))
    assert "at most 200,000 rows, 500 columns" in refused(with_cell("XFD", 1_048_576))


def test_absurd_dimensions_without_references_are_refused():
    cells = b"<row>" + b"<c><v>1</v></c>" * 600 + b"</row></sheetData>"
    assert "columns" in refused(with_part(SHEET, lambda p: p.replace(b"</sheetData>", cells)))


def test_many_cells_in_all_are_refused():
    assert "cells in all" in refused(with_cell("CV", 150_000))


def test_formatted_but_empty_cells_far_away_are_no_hindrance():
    far = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    assert_reads_the_three(read_bytes(with_part(SHEET, lambda p: p.replace(b"</sheetData>", far))))


def test_text_shared_by_very_many_cells_is_refused():
    cells = b"".join(b'<c r="A%d" t="s"><v>0</v></c>' % k for k in range(10, 12_000))
    rows = b'<row r="9">' + cells + b"</row></sheetData>"
    data = with_part(SHEET, lambda part: part.replace(b"</sheetData>", rows), SHARED)
    data = with_part("xl/sharedStrings.xml", lambda part: part.replace(
        b"<t>Ref</t>", b"<t>" + b"x" * 30_000 + b"</t>"), data)  # fmt: skip
    assert "MB of text" in refused(data)


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml"])
def test_xml_entities_are_not_expanded(part):
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'

    def change(xml: bytes) -> bytes:
        if xml.startswith(b"<?xml"):
            head, _, rest = xml.partition(b"?>")
            return head + b"?>" + entities + rest
        return entities + xml

    assert "XML that defines entities" in refused(with_part(part, change, SHARED))


def ole(stream: str) -> bytes:
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return header + stream.encode("utf-16-le") + bytes(2000)


def test_an_encrypted_workbook_says_to_remove_the_password():
    message = refused(ole("EncryptedPackage"))
    assert 'found "a file protected by a password"' in message
    assert "remove the password" in message


def test_an_encrypted_zip_says_to_remove_the_password():
    data = bytearray(GOOD)
    start = 0
    while (start := data.find(b"PK\x01\x02", start)) >= 0:
        data[start + 8] |= 1
        start += 4
    assert "protected by a password" in refused(bytes(data))


@pytest.mark.parametrize("name", ["old.xls", "team.xlsb", "team.ods"])
def test_damaged_files_of_the_older_kinds(name):
    if name.endswith("xls"):
        data = ole("Workbook")
    else:
        inside = "xl/workbook.bin" if name.endswith("b") else "content.xml"
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(inside, zlib.compress(b"nonsense"))
        data = file.getvalue()
    assert "a damaged spreadsheet" in refused(data, name)


def test_an_ods_that_repeats_a_cell_without_end_is_refused():
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body>'
        '<office:spreadsheet><table:table table:name="A"><table:table-row '
        'table:number-rows-repeated="1048576"><table:table-cell office:value-type="float" '
        'office:value="1" table:number-columns-repeated="16384"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    refused(file.getvalue(), "team.ods")


def test_text_tables_over_the_limits():
    assert "more than 10 rows" in refused(b"a,b\n" * 20, "t.csv", rows=10)
    assert "more than 5 columns" in refused(b"a,b,c,d,e,f\n" * 3, "t.csv", columns=5)


def test_macros_and_links_are_left_alone():
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
        archive.writestr("xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    assert_reads_the_three(read_bytes(out.getvalue(), "team.xlsm"))


@pytest.mark.parametrize(
    "cell",
    ['<c r="A0"><v>1</v></c>', '<c r="A199999999999999999999"><v>1</v></c>',
     '<c r="AAAA9"><v>1</v></c>', '<c r=""><v>1</v></c>', '<c s=">" r="A0"><v>1</v></c>',
     '<c\tr="A0"><v>1</v></c>', '<row r="0"/>', '<row r="99999999999"/>', '<c r="&#65;9"/>'],
)  # fmt: skip
def test_places_that_are_not_plainly_written_are_refused(cell):
    def change(part: bytes) -> bytes:
        return part.replace(b"</sheetData>", b'<row r="9">' + cell.encode() + b"</row></sheetData>")

    assert "a damaged spreadsheet" in refused(with_part(SHEET, change))


def test_a_cell_that_claims_another_row_than_its_own_is_counted_where_it_claims_to_be():
    far = b'<row r="9"><c r="A999999"><v>1</v></c></row></sheetData>'
    assert "999,999 rows" in refused(with_part(SHEET, lambda p: p.replace(b"</sheetData>", far)))
    near = b'<row r="9"><c s="0" r="SG9"><v>1</v></c></row></sheetData>'
    assert "501 columns" in refused(with_part(SHEET, lambda p: p.replace(b"</sheetData>", near)))
