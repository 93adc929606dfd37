"""How a paper looks: Arial, headings in blue, A4, British English, tables with a ruled header."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from scoring.export.styles import BLUE, PALE, TEXT

MARGIN = Cm(2)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SOFT = "#425563"


def lay_out(section: Section, *, landscape: bool) -> None:
    """A4, upright or on its side."""
    short, long = Cm(21), Cm(29.7)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN


def style(document: Document) -> None:
    """Set every style that a paper uses."""
    styles: Any = document.styles
    _language(styles.element)
    _paragraph(styles["Normal"], 11, after=6, line=1.15)
    _paragraph(styles["Title"], 22, bold=True, colour=BLUE, after=10)
    for level, size in ((1, 16), (2, 13)):
        heading = styles[f"Heading {level}"]
        before = 18 if level == 1 else 12
        _paragraph(heading, size, bold=True, colour=BLUE, before=before, after=6)
        heading.paragraph_format.keep_with_next = True
    _paragraph(styles["Caption"], 9.5, bold=True, colour=_SOFT, before=12, after=4)
    for name in ("List Bullet", "List Number"):
        _paragraph(styles[name], 11, after=4, line=1.15)
    for name in ("Header", "Footer"):
        _paragraph(styles[name], 9, colour=_SOFT)
    add = styles.add_style
    base = WD_STYLE_TYPE.PARAGRAPH
    for name in ("Table Text", "Table Number", "Table Header", "Table Label"):
        _paragraph(
            add(name, base), 9, before=2, after=2, bold=name in ("Table Header", "Table Label")
        )
    styles["Table Header"].font.color.rgb = RGBColor(255, 255, 255)
    styles["Table Header"].paragraph_format.keep_with_next = True
    styles["Table Number"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _paragraph(add("Table Note", base), 9, before=3, after=6, colour=_SOFT)
    _boxed(_paragraph(add("Notice", base), 11, bold=True, before=8, after=8), "#fff4cc", "#b38600")
    _boxed(_paragraph(add("To Complete", base), 11, before=4, after=6), "#f0f4f5", _SOFT)
    _paragraph(add("Picture", base), 11, before=10, after=2).paragraph_format.keep_with_next = True
    styles.element.append(parse_xml(_TABLE))


def _paragraph(
    named: ParagraphStyle, size: float, *, bold: bool = False, colour: str = TEXT,
    before: float = 0, after: float = 0, line: float = 1.0,
) -> ParagraphStyle:  # fmt: skip
    font, spacing = named.font, named.paragraph_format
    font.name, font.size, font.bold, font.italic = "Arial", Pt(size), bold, False
    font.color.rgb = RGBColor.from_string(colour[1:].upper())
    # The template's headings name theme fonts, which would win over Arial.
    fonts = named.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), "Arial")
    fonts.set(qn("w:eastAsia"), "Arial")
    spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(before), Pt(after), line
    return named


def _boxed(named: ParagraphStyle, fill: str, line: str) -> None:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="8" w:space="4" w:color="{line[1:]}"/>'
        for side in ("top", "left", "bottom", "right")
    )
    properties = named.element.get_or_add_pPr()
    border = parse_xml(f"<w:pBdr {_W}>{sides}</w:pBdr>")
    shade = parse_xml(f'<w:shd {_W} w:val="clear" w:color="auto" w:fill="{fill[1:]}"/>')
    # The schema wants them before the spacing.
    spacing = properties.find(qn("w:spacing"))
    spacing.addprevious(border)
    spacing.addprevious(shade)


def _language(styles: Any) -> None:
    defaults = styles.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = defaults.find(qn("w:lang"))
    language.set(qn("w:val"), "en-GB")
    language.set(qn("w:eastAsia"), "en-GB")


_TABLE = f"""<w:style {_W} w:type="table" w:customStyle="1" w:styleId="PaperTable">
<w:name w:val="Paper Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/>
<w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="{BLUE[1:]}"/>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{BLUE[1:]}"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="d8dde0"/></w:tblBorders>
<w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>
<w:bottom w:w="20" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{BLUE[1:]}"/>
<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>
<w:tblStylePr w:type="firstCol"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{PALE[1:]}"/>
</w:tcPr></w:tblStylePr></w:style>"""
