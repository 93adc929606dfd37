"""What Word insists on and LibreOffice forgives: the order of elements, whole tables, single ids.

Orders are those of ISO/IEC 29500-1, WordprocessingML: the sequences of CT_PPr, CT_RPr, CT_TblPr,
CT_TcPr, CT_Style, CT_SectPr, CT_SdtPr, CT_TblBorders, CT_PBdr, CT_TblCellMar, CT_Lvl, CT_AbstractNum
and CT_Num. Word refuses a file in which one of them is broken, or drops what comes too late.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from lxml import etree

from scoring.export.paper import write_paper
from scoring.ranking import prioritise
from tests.unit.export_paper.papers import ABOUT, ranking, round_of_five

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers "
    "pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE "
    "autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
    "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr "
    "sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
    "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect "
    "bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
    "tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText "
    "vAlign hideMark",
    "tbl": "tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden "
    "unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr "
    "tcPr tblStylePr",
    "tblStylePr": "pPr rPr tblPr trPr tcPr",
    "sectPr": "footerReference footnotePr endnotePr type pgSz pgMar paperSrc "
    "pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter "
    "docGrid printerSettings",
    "sdtPr": "rPr alias tag id lock placeholder temporary showingPlcHdr dataBinding label tabIndex "
    "text",
    "sdt": "sdtPr sdtEndPr sdtContent",
    "tblBorders": "top left start bottom right end insideH insideV",
    "pBdr": "top left bottom right between bar",
    "tblCellMar": "top left start bottom right end",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "num": "abstractNumId lvlOverride",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "numPr": "ilvl numId",
}  # fmt: skip
MAY_STAND_IN = {
    "body": {"p", "tbl", "sdt", "sectPr", "bookmarkStart", "bookmarkEnd"},
    "tc": {"tcPr", "p", "tbl", "sdt"},
    "p": {"pPr", "r", "fldSimple", "sdt", "hyperlink", "bookmarkStart", "bookmarkEnd"},
}


@pytest.fixture(scope="module", params=["all", "hostile", "must-do"])
def archive(request: pytest.FixtureRequest) -> zipfile.ZipFile:
    """Papers with every kind of block that there is."""
    if request.param == "hostile":
        titles = ("<w:p/>&]]>", "a\x00b\ud800", "مرحبا", "line\nline", "x" * 40_000)
        sheet = replace(round_of_five(), titles=titles, refs=("<r>", '"', "&", "'", "A" * 300))
        data = write_paper(prioritise(sheet), replace(ABOUT, round_name='"<&>' * 20))
    elif request.param == "must-do":
        sheet = round_of_five(must_do=("yes", None, None, None, None))
        data = write_paper(prioritise(sheet), replace(ABOUT, made_by=""))
    else:
        about = replace(ABOUT, illustrative="All scores are invented")
        before = ranking(override=True)
        data = write_paper(ranking({"impact": "45"}, override=True), about, baseline=before)
    return zipfile.ZipFile(io.BytesIO(data))


def parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, etree._Element]]:
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            yield name, etree.fromstring(archive.read(name))


def local(element: etree._Element) -> str:
    return etree.QName(element).localname


def test_elements_come_in_the_order_that_word_insists_on(archive: zipfile.ZipFile) -> None:
    wrong, looked = [], Counter[str]()
    for name, root in parts(archive):
        for element in root.iter(*(f"{W}{kind}" for kind in ORDERS)):
            order = ORDERS[local(element)].split()
            children = [local(child) for child in element if child.tag.startswith(W)]
            looked[local(element)] += 1
            # References to headers and to footers are one choice, in any order.
            same = [child.replace("headerReference", "footerReference") for child in children]
            unknown = [child for child in same if child not in order]
            places = [order.index(child) for child in same if child in order]
            if unknown or places != sorted(places):
                wrong.append((name, local(element), children))
    assert wrong == []
    assert {"pPr", "rPr", "tblPr", "tcPr", "style", "sectPr", "sdtPr", "pBdr"} <= set(looked)


def test_what_may_stand_once_stands_once(archive: zipfile.ZipFile) -> None:
    many = {"headerReference", "footerReference", "tr", "tc", "lvl", "lvlOverride", "tblStylePr",
            "abstractNum", "num"}  # fmt: skip
    for name, root in parts(archive):
        for element in root.iter(*(f"{W}{kind}" for kind in ORDERS)):
            counted = Counter(local(child) for child in element if child.tag.startswith(W))
            twice = {kind for kind, number in counted.items() if number > 1} - many
            assert twice == set(), (name, local(element))


def test_only_what_belongs_stands_in_a_body_a_cell_and_a_paragraph(
    archive: zipfile.ZipFile,
) -> None:
    for name, root in parts(archive):
        for kind, allowed in MAY_STAND_IN.items():
            for element in root.iter(f"{W}{kind}"):
                assert {local(child) for child in element} <= allowed, (name, kind)


def test_every_row_fills_its_grid_and_every_cell_ends_with_a_paragraph(
    archive: zipfile.ZipFile,
) -> None:
    tables = list(etree.fromstring(archive.read("word/document.xml")).iter(f"{W}tbl"))
    assert len(tables) > 5
    for table in tables:
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.iter(f"{W}tr"):
            cells = row.findall(f"{W}tc")
            assert len(cells) == columns
            assert all(local(cell[-1]) == "p" for cell in cells)


def test_a_table_is_followed_by_a_paragraph(archive: zipfile.ZipFile) -> None:
    body = etree.fromstring(archive.read("word/document.xml"))[0]
    for table in body.findall(f"{W}tbl"):
        assert local(table.getnext()) in ("p", "sdt")  # two that touch would become one


def test_the_body_ends_with_its_sections_properties(archive: zipfile.ZipFile) -> None:
    body = etree.fromstring(archive.read("word/document.xml"))[0]
    assert local(body[-1]) == "sectPr"
    assert len(body.findall(f"{W}sectPr")) == 1


def test_ids_of_pictures_and_fields_are_single(archive: zipfile.ZipFile) -> None:
    root = etree.fromstring(archive.read("word/document.xml"))
    pictures = [e.get("id") for e in root.iter("{*}docPr")]
    fields = [e.get(f"{W}val") for e in root.iter(f"{W}id") if local(e.getparent()) == "sdtPr"]
    assert len(set(pictures)) == len(pictures)
    assert len(set(fields)) == len(fields) > 2


def test_every_style_named_is_there_and_every_list_is_numbered(archive: zipfile.ZipFile) -> None:
    styles = etree.fromstring(archive.read("word/styles.xml"))
    known = {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}
    numbering = etree.fromstring(archive.read("word/numbering.xml"))
    numbers = {num.get(f"{W}numId") for num in numbering.iter(f"{W}num")}
    for name, root in parts(archive):
        for kind in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"):
            used = {e.get(f"{W}val") for e in root.iter(f"{W}{kind}")}
            assert used <= known, (name, kind)
        if name == "word/document.xml":
            assert {e.get(f"{W}val") for e in root.iter(f"{W}numId")} <= numbers


def test_every_relation_leads_to_a_part_whose_type_is_known(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    assert len(names) == len(archive.namelist())
    types = etree.fromstring(archive.read("[Content_Types].xml"))
    extensions = {e.get("Extension") for e in types.iter("{*}Default")}
    overrides = {e.get("PartName") for e in types.iter("{*}Override")}
    assert {part.lstrip("/") for part in overrides} <= names
    for name in names - {"[Content_Types].xml"}:
        assert f"/{name}" in overrides or name.rsplit(".", 1)[-1] in extensions, name
    for name, root in parts(archive):
        if not name.endswith(".rels"):
            continue
        base = posixpath.dirname(posixpath.dirname(name))
        for relation in root:
            assert relation.get("TargetMode") != "External", name
            target = relation.get("Target")
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(base, target)
            assert posixpath.normpath(path) in names, (name, target)
