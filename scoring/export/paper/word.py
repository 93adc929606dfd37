"""Blocks as a Word document: real headings, captions and fields; nothing that only looks like one."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from datetime import UTC
from itertools import zip_longest
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Emu, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from scoring.export.about import About
from scoring.export.fixed_zip import zip_of
from scoring.export.paper import blocks as b
from scoring.export.paper.grids import EMPTY, front_xml, grid_xml
from scoring.export.paper.pictures import png
from scoring.export.paper.styles import lay_out, style
from scoring.export.paper.wording import plain, sentence

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_EMU_PER_TWIP = 635
_BODY = "word/document.xml"
_TABLE = re.compile(rb"<\?table (\d+)\?>")  # no text can look like it: its < is escaped


def write_word(
    blocks: Iterable[b.Block],
    about: About,
    title: str,
    progress: Callable[[float], None] | None = None,
) -> bytes:
    """The bytes of a .docx, its parts stamped with when the paper was made.

    `progress` is called with the share done, 0 to 1.
    """
    paper = _Paper(about, title)
    whole = tuple(blocks)
    for number, (block, then) in enumerate(zip_longest(whole, whole[1:]), 1):
        paper.add(block, then)
        if progress is not None:
            progress(number / len(whole))
    out = io.BytesIO()
    paper.document.save(out)
    with zipfile.ZipFile(out) as parts:
        files = {name: parts.read(name) for name in parts.namelist()}
    files[_BODY] = _TABLE.sub(lambda mark: paper.tables[int(mark[1])], files[_BODY])
    return zip_of(files)


class _Paper:
    def __init__(self, about: About, title: str) -> None:
        self.document: WordDocument = Document()
        self.tables: list[bytes] = []
        self._counts = {"Table": 0, "Figure": 0, "space": 0}
        self._sections = self._appendices = 0
        self._last: b.Block | None = None
        self._below_table = False
        style(self.document)
        lay_out(self.document.sections[0], landscape=False)
        properties = self.document.core_properties
        at = about.made_at.astimezone(UTC) if about.made_at.tzinfo else about.made_at
        at = at.replace(tzinfo=None, microsecond=0)
        properties.title, properties.author = plain(title)[:255], plain(about.made_by)[:255]
        properties.last_modified_by, properties.revision = properties.author, 1
        properties.created = properties.modified = at
        properties.language, properties.comments, properties.keywords = "en-GB", "", ""
        # The template's thumbnail is of another document.
        rels = self.document.part.package.rels
        for key in [key for key, rel in rels.items() if rel.reltype.endswith("/thumbnail")]:
            del rels[key]
        self.document.add_paragraph(plain(title), "Title")
        self._foot(about)

    @property
    def _twips(self) -> int:
        section = self.document.sections[-1]
        page, left, right = section.page_width, section.left_margin, section.right_margin
        assert page is not None
        assert left is not None
        assert right is not None
        return int((page - left - right) / _EMU_PER_TWIP)

    def add(self, block: b.Block, then: b.Block | None = None) -> None:
        """Put one block at the end; text that leads to a table or a chart stays with it."""
        document, self._below_table = self.document, isinstance(self._last, b.Grid)
        self._last = block
        if isinstance(block, b.Heading):
            self._heading(block)
        elif isinstance(block, b.Paragraph):
            paragraph = document.add_paragraph()
            self._leave_room(paragraph)
            if block.lead:
                paragraph.add_run(plain(block.lead) + " ").bold = True
            paragraph.add_run(plain(block.text))
            if isinstance(then, b.Grid | b.Picture):
                paragraph.paragraph_format.keep_with_next = True
        elif isinstance(block, b.Bullets):
            self._list(block)
        elif isinstance(block, b.Notice):
            document.add_paragraph(plain(block.text), "Notice")
        elif isinstance(block, b.ToComplete):
            self._append(self._space(block.name, block.what, whole=True))
        elif isinstance(block, b.FrontSheet):
            spaces = [
                self._space(label, label.lower(), whole=False)
                for label, text in block.rows
                if text is None
            ]
            self._append(front_xml(block, self._twips, spaces))
        elif isinstance(block, b.Grid):
            self._grid(block)
        elif isinstance(block, b.Picture):
            self._picture(block)
        else:
            self._turn(block)

    def _leave_room(self, paragraph: WordParagraph) -> None:
        """Text that comes straight after a table stands a little below it."""
        if self._below_table:
            paragraph.paragraph_format.space_before = Pt(8)
            self._below_table = False

    def _heading(self, block: b.Heading) -> None:
        text = block.text
        if block.level == 1:
            text = f"{self._next(block.appendix)}{text}"
        self.document.add_heading(plain(text), block.level)

    def _next(self, appendix: bool) -> str:
        """The number of the next section, or the letter of the next appendix."""
        if appendix:
            self._appendices += 1
            return f"Appendix {chr(ord('A') + self._appendices - 1)}: "
        self._sections += 1
        return f"{self._sections}. "

    def _list(self, block: b.Bullets) -> None:
        number = self._numbering() if block.numbered else None
        for item in block.items:
            named = "List Number" if block.numbered else "List Bullet"
            paragraph = self.document.add_paragraph(plain(item), named)
            self._leave_room(paragraph)
            if number is not None:
                paragraph.paragraph_format.element.get_or_add_pPr().get_or_add_numPr(
                ).get_or_add_numId().val = number  # fmt: skip

    def _numbering(self) -> int:
        """A list of its own, so that each numbered list begins at 1."""
        numbering: Any = self.document.part.numbering_part.element
        styled: Any = self.document.styles["List Number"].element
        first = styled.pPr.numPr.numId.val
        abstract = numbering.num_having_numId(first).abstractNumId.val
        fresh = numbering.add_num(abstract)
        fresh.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(fresh.numId)

    def _grid(self, block: b.Grid) -> None:
        self._caption("Table", block.caption, above=True)
        # A long table as a tree takes a hundred times its text: it is put in as text at the end.
        xml = grid_xml(block, self._twips).replace(f" {_W}", "", 1)
        self._put(parse_xml(f"<x><?table {len(self.tables)}?></x>")[0])
        self.tables.append(xml.encode())
        cells = (cell for row in block.table.rows for cell in row)
        note = block.table.note
        if not note and any(cell is None for cell in cells):
            note = f"{EMPTY} means that there is nothing to give."
        if note:
            self.document.add_paragraph(plain(note), "Table Note")

    def _picture(self, block: b.Picture) -> None:
        paragraph = self.document.add_paragraph(style="Picture")
        width = Emu(self._twips * _EMU_PER_TWIP)
        shape = paragraph.add_run().add_picture(io.BytesIO(png(block.spec)), width)
        # python-docx has no name for the alternative text.
        shape._inline.docPr.set("descr", plain(block.alternative))
        self._caption("Figure", block.caption, above=False)

    def _caption(self, kind: str, text: str, *, above: bool) -> None:
        self._counts[kind] += 1
        paragraph = self.document.add_paragraph(f"{kind} ", "Caption")
        self._field(paragraph, f"SEQ {kind} \\* ARABIC", str(self._counts[kind]))
        paragraph.add_run(f". {plain(sentence(text))}")
        paragraph.paragraph_format.keep_with_next = above

    def _space(self, name: str, what: str, *, whole: bool) -> str:
        """A field that is replaced by what the author types; a whole paragraph or a run."""
        self._counts["space"] += 1
        text = f"<w:r><w:t>[To complete: {what}]</w:t></w:r>"
        if whole:
            text = f'<w:p><w:pPr><w:pStyle w:val="ToComplete"/></w:pPr>{text}</w:p>'
        return (
            f'<w:sdt {_W}><w:sdtPr><w:alias w:val="{name}"/><w:tag w:val="{name}"/>'
            f'<w:id w:val="{1000 + self._counts["space"]}"/><w:showingPlcHdr/>'
            f'<w:text w:multiLine="1"/></w:sdtPr><w:sdtContent>{text}</w:sdtContent></w:sdt>'
        )

    def _turn(self, block: b.Turn) -> None:
        section = self.document.add_section()
        lay_out(section, landscape=block.landscape)

    def _foot(self, about: About) -> None:
        section = self.document.sections[0]
        foot = section.footer.paragraphs[0]
        foot.alignment = 2
        foot.add_run(f"{plain(about.round_name)}, {about.made_at_shown}    Page ")
        self._field(foot, "PAGE", "1")
        foot.add_run(" of ")
        self._field(foot, "NUMPAGES", "1")
        if about.illustrative:
            head = section.header.paragraphs[0]
            head.add_run(plain(sentence(about.illustrative))).bold = True

    @staticmethod
    def _field(paragraph: WordParagraph, code: str, shown: str) -> None:
        paragraph._p.append(
            parse_xml(
                f'<w:fldSimple {_W} w:instr=" {code} "><w:r><w:t>{shown}</w:t></w:r></w:fldSimple>'
            )
        )

    def _append(self, xml: str) -> None:
        self._put(parse_xml(xml))

    def _put(self, element: Any) -> None:
        """Put an element at the end of the body, before its last section's properties."""
        body: Any = self.document.element.body
        body.find(qn("w:sectPr")).addprevious(element)
