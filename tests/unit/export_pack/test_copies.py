"""Copies in a pack that were edited and whose SHA-256 was made to agree: the workbook, .csv, paper."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from scoring.export.fixed_zip import zip_of
from scoring.export.pack import verify, write_pack
from scoring.export.paper import Choices
from tests.unit.export_pack.packs import edited, files_of, pack, repacked
from tests.unit.export_paper.papers import ABOUT, ranking

WORKBOOK, LIST, PAPER = (
    "results/ranked-list.xlsx",
    "results/ranked-list.csv",
    "results/board-paper.docx",
)


def said(name: str, data: bytes, of: bytes | None = None) -> list[str]:
    """What verify says when one file of a pack is another one, the manifest made to agree."""
    verdict = verify(repacked(files_of(of or pack()) | {name: data}, cover_up=True))
    assert not verdict.reproduces
    return [str(difference) for difference in verdict.differences]


def with_part(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """A workbook or document with one of its parts changed as text, all else as it was."""
    files = files_of(data)
    before = files[part].decode()
    after = change(before)
    assert after != before
    return zip_of(files | {part: after.encode()})


def cell_value(address: str, value: str) -> Callable[[str], str]:
    """Another stored value in a cell that has a number; its formula is left alone."""
    pattern = re.compile(rf'(<c r="{address}"[^>]*>(?:<f>[^<]*</f>)?<v>)[^<]*(</v>)')
    return lambda xml: pattern.sub(rf"\g<1>{value}\g<2>", xml)


def test_a_total_edited_in_the_workbook_is_named() -> None:
    data = with_part(files_of(pack())[WORKBOOK], "xl/worksheets/sheet1.xml", cell_value("G3", "99"))
    assert said(WORKBOOK, data) == [
        "results/ranked-list.xlsx, Ranked list, A, Total: recorded 63.636363636, found 99"
    ]


def test_a_place_a_score_and_points_edited_in_the_workbook_are_named() -> None:
    book = files_of(pack())[WORKBOOK]
    for cell, header in (("A3", "Rank"), ("I3", "Impact"), ("P3", "Impact points")):
        data = with_part(book, "xl/worksheets/sheet1.xml", cell_value(cell, "77"))
        (one,) = said(WORKBOOK, data)
        assert one.startswith(f"results/ranked-list.xlsx, Ranked list, A, {header}: recorded")
        assert one.endswith("found 77")


def test_a_workbook_of_other_weights_is_told_by_its_weights() -> None:
    other = files_of(write_pack(ranking({"cost": "40"}, override=True), ABOUT))[WORKBOOK]
    found = said(WORKBOOK, other)
    assert "results/ranked-list.xlsx, Weights, Cost, weight: recorded 15, found 40" in found
    assert any("Ranked list, A, Total" in one for one in found)


def test_a_formula_changed_behind_its_stored_value_is_named() -> None:
    def add_ten(xml: str) -> str:
        return re.sub(r'(<c r="G3"[^>]*><f>)([^<]*)(</f>)', r"\g<1>\g<2>+10\g<3>", xml)

    data = with_part(files_of(pack())[WORKBOOK], "xl/worksheets/sheet1.xml", add_ten)
    (one,) = said(WORKBOOK, data)
    assert one.startswith("results/ranked-list.xlsx, Ranked list!G3: recorded IF(OR(COUNT(")
    assert one.endswith("+10")


def test_a_weight_that_points_at_another_cell_is_named() -> None:
    def elsewhere(xml: str) -> str:
        return xml.replace("Weights!$H$3", "Weights!$H$2")

    data = with_part(files_of(pack())[WORKBOOK], "xl/workbook.xml", elsewhere)
    assert said(WORKBOOK, data) == [
        "results/ranked-list.xlsx, name weight_impact: recorded Weights!$H$3, found Weights!$H$2"
    ]


def test_a_row_taken_out_of_the_workbook_by_hand_is_named() -> None:
    book = openpyxl.load_workbook(io.BytesIO(files_of(pack())[WORKBOOK]))
    book["Ranked list"].delete_rows(3)
    out = io.BytesIO()
    book.save(out)
    found = said(WORKBOOK, out.getvalue())
    assert "results/ranked-list.xlsx, Ranked list, A: recorded a row, found no such row" in found


@pytest.mark.parametrize("junk", [b"", b"PK\x03\x04 junk", b"a,b\r\n1,2\r\n"])
def test_a_workbook_that_is_none_is_a_difference_and_no_crash(junk: bytes) -> None:
    assert any(one.startswith("results/ranked-list.xlsx") for one in said(WORKBOOK, junk))


def test_a_line_edited_or_doubled_in_the_csv_is_named() -> None:
    text = files_of(pack())[LIST]
    assert "results/ranked-list.csv, A, Total: recorded 63.636363636, found 99" in said(
        LIST, text.replace(b"63.636363636", b"99", 1)
    )
    lines = text.split(b"\r\n")
    (one,) = said(LIST, b"\r\n".join([*lines[:3], lines[2], *lines[3:]]))
    assert one == "results/ranked-list.csv, A: recorded each ref once, found a row"


def test_a_total_edited_in_the_paper_is_named() -> None:
    choices = Choices(("list", "full_list"))
    made = write_pack(ranking(), ABOUT, choices=choices)
    assert verify(made).reproduces
    paper = files_of(made)[PAPER]
    data = with_part(paper, "word/document.xml", lambda xml: xml.replace(">62.5<", ">92.5<"))
    found = said(PAPER, data, made)
    assert set(found) == {"results/board-paper.docx, A, total: recorded 62.5, found 92.5"}


def test_a_paper_with_declarations_is_not_parsed() -> None:
    def declare(xml: str) -> str:
        return xml.replace("<w:document", '<!DOCTYPE x [<!ENTITY y "z">]><w:document', 1)

    data = with_part(files_of(pack())[PAPER], "word/document.xml", declare)
    assert said(PAPER, data) == [
        "results/board-paper.docx: recorded a Word document, found declarations that none has"
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [("ref", 5), ("ref", ["x"]), ("title", 7), ("title", None), ("fields", {"notes": [1, {}]}),
     ("fields", {"saving": "much"}), ("fields", {"\ud800": "x"})],
)  # fmt: skip
def test_inputs_of_odd_kinds_are_differences_and_no_crash(name: str, value: object) -> None:
    def spoil(rows: list[dict[str, object]]) -> None:
        rows[1][name] = value

    verdict = verify(edited("inputs/intentions.json", spoil, cover_up=True))
    assert not verdict.reproduces


def test_a_pack_whose_copies_are_left_out_and_not_listed_says_so() -> None:
    files = {name: data for name, data in files_of(pack()).items() if name != WORKBOOK}
    with zipfile.ZipFile(io.BytesIO(zip_of(files))) as archive:
        assert WORKBOOK not in archive.namelist()
    (one,) = (str(d) for d in verify(zip_of(files)).differences)
    assert one.startswith("results/ranked-list.xlsx: recorded SHA-256")
