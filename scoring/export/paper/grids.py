"""Tables as WordprocessingML: a repeated header row, rows that stay whole, one caption each.

Written as text rather than cell by cell through python-docx, which takes minutes for 5,000 rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from scoring.export.paper.blocks import FrontSheet, Grid
from scoring.export.paper.wording import plain
from scoring.export.tables import Cell, Column, Kind
from scoring.rounding import one_decimal

_SPACE = {"text": 2.0, "long": 4.0, "place": 1.2, "total": 1.3, "score": 1.2, "points": 1.3,
          "money": 1.8, "number": 1.4, "share": 1.4}  # fmt: skip
_LEFT: tuple[Kind, ...] = ("text", "long")
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
EMPTY = "–"
_LONGEST_WORD = 12
_SHORT = 14  # lines: about a quarter of a page
# Twips, 9 point: a letter of a header (bold) or a word, a capital, an m or a w, a cell's margins.
_LETTER, _CAPITAL, _WIDE, _PADDING = 106, 130, 160, 180
_TEXT_LETTER = 95  # twips: a letter of a cell, on average


def run(text: str) -> str:
    """A run of text, its line breaks kept."""
    lines = [f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in plain(text).split("\n")]
    return f"<w:r>{'<w:br/>'.join(lines)}</w:r>"


def shown(cell: Cell, kind: Kind) -> str:
    """A cell as people read it."""
    if cell is None or cell == "":
        return EMPTY
    if isinstance(cell, str):
        return cell
    if kind == "points":
        return f"{cell:.2f}"
    if kind in ("total", "share"):
        return one_decimal(cell)
    if kind == "money":
        return f"-£{-cell:,.0f}" if cell < 0 else f"£{cell:,.0f}"
    return f"{cell:,}" if isinstance(cell, int) else f"{cell:,.6g}"


def grid_xml(grid: Grid, twips: int) -> str:
    """A table `twips` (twentieths of a point) wide."""
    columns = grid.table.columns
    widths = _widths(columns, grid, twips)
    header = "".join(
        _cell(width, "TableHeader", column.header, right=column.kind not in _LEFT)
        for column, width in zip(columns, widths, strict=True)
    )
    styles = ["TableText" if column.kind in _LEFT else "TableNumber" for column in columns]
    rows = []
    last = len(grid.table.rows) - 1
    short = _lines(grid, widths) <= _SHORT
    for r, row in enumerate(grid.table.rows):
        # A short table stays on one page: each row but the last keeps with the next. A longer one
        # does not leave its first row behind, nor its last two.
        keep = r < last and (short or r == 0 or r >= last - 2)
        cells = "".join(
            _cell(width, style, shown(cell, column.kind), keep=keep)
            for cell, column, width, style in zip(row, columns, widths, styles, strict=True)
        )
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    top = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{header}</w:tr>"
    look = '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    return _table(grid.caption, grid.table.note, look, widths, top + "".join(rows))


def front_xml(front: FrontSheet, twips: int, spaces: Sequence[str]) -> str:
    """The box on the first page; `spaces` holds the author's field of each row without text."""
    widths = [int(twips * 0.3), twips - int(twips * 0.3)]
    fields = iter(spaces)
    rows = []
    for label, text in front.rows:
        says = next(fields) if text is None else run(text)
        head = _cell(widths[0], "TableLabel", label)
        body = _paragraph_cell(widths[1], "TableText", says)
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{head}{body}</w:tr>")
    look = '<w:tblLook w:val="0680" w:firstRow="0" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    return _table("About this paper", "Label, then text", look, widths, "".join(rows))


def _table(caption: str, note: str, look: str, widths: Sequence[int], rows: str) -> str:
    named = f'<w:tblCaption w:val="{_attribute(caption)}"/>'
    described = f'<w:tblDescription w:val="{_attribute(note)}"/>' if note else ""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl {_W}><w:tblPr><w:tblStyle w:val="PaperTable"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"{look}{named}{described}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _cell(width: int, style: str, text: str, *, right: bool = False, keep: bool = False) -> str:
    return _paragraph_cell(width, style, run(text), right=right, keep=keep)


def _paragraph_cell(
    width: int, style: str, content: str, *, right: bool = False, keep: bool = False
) -> str:
    together = "<w:keepNext/>" if keep else ""
    align = '<w:jc w:val="right"/>' if right else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{together}{align}</w:pPr>{content}</w:p></w:tc>'
    )


def _widths(columns: Sequence[Column], grid: Grid, twips: int) -> list[int]:
    """Widths in proportion, none too narrow for the longest word of its header."""
    share = [grid.widths.get(column.id, _SPACE[column.kind]) for column in columns]
    least = [_least(column, k, grid) for k, column in enumerate(columns)]
    if sum(least) >= twips:
        return [int(twips * part / sum(least)) for part in least]
    widths, free = [0] * len(columns), set(range(len(columns)))
    room = twips
    while free:
        whole = sum(share[k] for k in free)
        tight = {k for k in free if room * share[k] / whole < least[k]}
        for k in tight or free:
            widths[k] = least[k] if tight else int(room * share[k] / whole)
        room -= sum(widths[k] for k in tight)
        free = free - tight if tight else set()
    return widths


def _lines(grid: Grid, widths: Sequence[int]) -> int:
    """About how many lines the rows of a table take; no more are counted than matter."""
    lines = 0
    for row in grid.table.rows:
        wide = zip(row, grid.table.columns, widths, strict=True)
        lines += max(
            -(-len(shown(cell, column.kind)) * _TEXT_LETTER // max(1, width - _PADDING))
            for cell, column, width in wide
        )
        if lines > _SHORT:
            break
    return lines


def _least(column: Column, k: int, grid: Grid) -> int:
    """What the longest word needs: any of the header, and those of the text up to a length."""
    words = {word for row in grid.table.rows if row[k] for word in str(row[k]).split()}
    short = (word[:_LONGEST_WORD] for word in words) if column.kind in _LEFT else ()
    return max(map(_wide, [*column.header.split(), *short])) + _PADDING


def _wide(word: str) -> int:
    return sum(
        _WIDE if letter in "mwMW" else _CAPITAL if letter.isupper() else _LETTER for letter in word
    )


def _attribute(text: str) -> str:
    return escape(plain(text).replace("\n", " "), {'"': "&quot;"})
