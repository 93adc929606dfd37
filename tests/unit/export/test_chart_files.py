"""A chart as a file of its own: its title, its words, at a resolution for print, and no script."""

import re
from xml.etree import ElementTree

from scoring.export.chart_files import ChartFile

BARS = {
    "data": {"values": [{"a": "x", "b": 1}, {"a": "y", "b": 3}]},
    "mark": "bar",
    "encoding": {"x": {"field": "a"}, "y": {"field": "b", "type": "quantitative"}},
}
CHART = ChartFile(
    BARS, "Weights <b> & more", "Round, published weights, 22 November 2026", "Two bars \x01 <i>"
)


def test_a_png_is_as_wide_as_a_page_at_300_dots_an_inch() -> None:
    drawn = CHART.png()
    assert drawn[:8] == b"\x89PNG\r\n\x1a\n"
    wide, high = (int.from_bytes(drawn[at : at + 4], "big") for at in (16, 20))
    assert wide >= 3 * 900
    assert high > 300
    per_metre = int.from_bytes(drawn[(at := drawn.index(b"pHYs") + 4) : at + 4], "big")
    assert round(per_metre * 0.0254) == 300


def test_a_png_says_in_words_what_it_shows() -> None:
    drawn = CHART.png()
    assert b"iTXtTitle\0\0\0en-GB\0\0Weights <b> & more" in drawn
    assert b"iTXtDescription\0\0\0en-GB\0\0Two bars" in drawn
    kinds = []
    at = 8
    while at < len(drawn):  # every chunk's length leads to the next: the file is whole
        size = int.from_bytes(drawn[at : at + 4], "big")
        kinds.append(drawn[at + 4 : at + 8])
        at += 12 + size
    assert at == len(drawn)
    assert (kinds[0], kinds[-1]) == (b"IHDR", b"IEND")


def test_an_svg_is_named_and_described_and_has_no_script() -> None:
    drawn = CHART.svg()
    root = ElementTree.fromstring(drawn)  # noqa: S314
    space = "{http://www.w3.org/2000/svg}"
    assert root.tag == f"{space}svg"
    assert root.get("role") == "img"
    assert [child.text for child in root][:2] == ["Weights <b> & more", "Two bars \ufffd <i>"]
    shown = [text.text for text in root.iter(f"{space}text")]
    assert "Weights <b> & more" in shown
    assert "Round, published weights, 22 November 2026" in shown
    fonts = {text.get("font-family") for text in root.iter(f"{space}text")}
    assert fonts == {"Liberation Sans, Arial, sans-serif"}  # one of them is on any machine
    assert not re.search(rb"<script|javascript:|\son\w+=|<foreignObject", drawn)


def test_a_chart_that_says_its_own_width_keeps_it() -> None:
    narrow = ChartFile({**BARS, "width": 100}, "T", "A", "W").png()
    assert int.from_bytes(narrow[16:20], "big") < 3 * 300
