"""Which cells of an .xlsx are crossed out, by its formats."""

from __future__ import annotations

import re

_FONTS = re.compile(rb"<fonts\b.*?</fonts>", re.DOTALL)
_FONT = re.compile(rb"<font\b[^>]*?/>|<font\b.*?</font>", re.DOTALL)
_STRIKE = re.compile(rb"<strike\s*(?:/|>|val=[\"'](?:1|true)[\"'])")
_FORMATS = re.compile(rb"<cellXfs\b.*?</cellXfs>", re.DOTALL)
_FORMAT = re.compile(rb"<xf\b([^>]*)>")
_FONT_ID = re.compile(rb"\bfontId=[\"'](\d{1,5})[\"']")
_CELL = re.compile(rb"<c r=\"([A-Z]{1,3})([1-9][0-9]{0,6})\" s=\"(\d{1,5})\"")


def crossing_formats(styles: bytes) -> frozenset[bytes]:
    """The numbers of the cell formats of an .xlsx that cross text out."""
    fonts, formats = _FONTS.search(styles), _FORMATS.search(styles)
    if b"<strike" not in styles or not fonts or not formats:
        return frozenset()
    crossing = {k for k, font in enumerate(_FONT.findall(fonts[0])) if _STRIKE.search(font)}
    return frozenset(
        str(k).encode()
        for k, attributes in enumerate(_FORMAT.findall(formats[0]))
        if (font := _FONT_ID.search(attributes)) and int(font[1]) in crossing
    )


def cells_with(formats: frozenset[bytes], part: bytes) -> frozenset[tuple[int, str]]:
    """The cells of a sheet that have one of these formats: row and column letters."""
    if not formats:
        return frozenset()
    return frozenset(
        (int(row), letters.decode())
        for letters, row, format_ in _CELL.findall(part)
        if format_ in formats
    )
