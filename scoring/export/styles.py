"""How exported workbooks look: one set of colours, fonts and number formats."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from scoring.export.tables import TEXTS, Kind

BLUE, TEXT, PALE, INPUT = "#005eb8", "#212b32", "#e8edee", "#fff4cc"
NAVY, TEAL, SLATE = "#003087", "#005b5b", "#425563"  # headers of other groups of columns
LOW_HEAT, HIGH_HEAT = "#ffffff", "#7fb2e5"  # lighter to darker, so that it also works in grey
BAR = "#aec7e8"
# Dark and light by turns, so that neighbours differ when printed in grey.
SERIES = ("#003087", "#41b6e6", "#00582f", "#ffb81c", "#7c2855", "#aeb7bd", "#005eb8", "#f2a7c3")

NUMBER_FORMATS: dict[Kind, str] = {
    "text": "General",
    "long": "General",
    "place": "0",
    "total": "0.0",
    "score": "General",
    "points": "0.00",
    "money": "£#,##0;[Red]-£#,##0",
    "number": "#,##0.######",
    "share": "0.0",
    "move": '"▲ "0;"▼ "0;"–"',  # up, down, unmoved: told by shape, not by colour
}
WIDTHS: dict[Kind, float] = {
    "text": 18,
    "long": 40,
    "place": 10,
    "total": 10,
    "score": 11,
    "points": 11,
    "money": 15,
    "number": 11,
    "share": 12,
    "move": 11,
}


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.header = self.header_in(BLUE)
        self.link = self._format(
            indent=1, font_color=BLUE, underline=1, bottom=1, bottom_color="#d8dde0"
        )
        self.strong = self._format(bold=True, text_wrap=True, indent=1, top=2, top_color=BLUE)
        self.strong_number = self._format(
            bold=True, num_format="#,##0.######", align="right", top=2, top_color=BLUE
        )
        self.shared = workbook.add_format({"num_format": '"="0'})
        self.noted = workbook.add_format({"bold": True, "bg_color": INPUT, "font_color": TEXT})

    def cell(self, kind: Kind, *, input: bool = False) -> Format:
        """The format of a cell that holds `kind`; `input` marks the cells meant to be changed."""
        look: dict[str, Any] = {"bottom": 1, "bottom_color": "#d8dde0"}
        look["num_format"] = NUMBER_FORMATS[kind]
        if kind in TEXTS:
            look |= {"text_wrap": True, "align": "left", "indent": 1}
        else:
            look["align"] = "center" if kind in ("place", "score", "move") else "right"
        if kind in ("place", "total"):
            look["bold"] = True
        if input:
            look |= {"bg_color": INPUT, "border": 1, "border_color": "#768692", "bold": True}
        return self._format(**look)

    def header_of(self, kind: Kind, colour: str = BLUE) -> Format:
        """A header cell that stands over its column's content: centred unless that is text."""
        return self.header_in(colour, "left" if kind in TEXTS else "center")

    def header_in(self, colour: str, align: str = "left") -> Format:
        """A header cell: white on a dark colour, wrapped, locked."""
        return self._format(
            align=align,
            indent=int(align == "left"),
            bold=True, font_color="#ffffff", bg_color=colour, text_wrap=True, valign="vcenter",
            border=1, border_color="#ffffff",
        )  # fmt: skip

    def open(self, kind: Kind) -> Format:
        """A cell to fill in: not locked where the sheet is."""
        look = {"num_format": NUMBER_FORMATS[kind], "locked": 0, "text_wrap": True}
        return self._format(**look)

    def example(self, kind: Kind, colour: str) -> Format:
        """A cell of the example row."""
        look = {"num_format": NUMBER_FORMATS[kind], "locked": 0, "text_wrap": True}
        return self._format(**look, italic=True, bg_color=colour)

    def _format(self, **look: Any) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self._made:
            base = {"font_name": "Arial", "font_size": 10, "font_color": TEXT, "valign": "top"}
            self._made[key] = self._workbook.add_format(base | look)
        return self._made[key]
