"""A chart as a file of its own: with its title, where it is from, and what it shows in words."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from scoring.export.paper.pictures import FONT, png, svg
from scoring.export.styles import TEXT

WIDTH = 900  # of the drawing, in points at 96 to the inch
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER = len(_SIGNATURE) + 25  # the signature and the first chunk
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class ChartFile:
    """A chart to draw: its Vega-Lite description, its title, the line below it (round, weights,
    date), and what it shows for who cannot see it."""

    spec: Mapping[str, Any]
    title: str
    about: str
    alternative: str
    width: int = WIDTH

    def png(self) -> bytes:
        """At 300 dots an inch, with its title and words as the file's own text."""
        drawn = png(self._whole, dots=300)
        chunks = _text("Title", self.title) + _text("Description", self.alternative)
        return drawn[:_HEADER] + chunks + drawn[_HEADER:]

    def svg(self) -> bytes:
        """Lines and text that any size of print keeps sharp, named and described within."""
        drawn = svg(self._whole).decode()
        opening = drawn.index(">")
        said = f"<title>{_safe(self.title)}</title><desc>{_safe(self.alternative)}</desc>"
        return f'{drawn[:opening]} role="img">{said}{drawn[opening + 1 :]}'.encode()

    @property
    def _whole(self) -> dict[str, Any]:
        # A page gives a chart the width of the page and its own fonts; a file has to say them.
        config = {**self.spec.get("config", {}), "font": FONT}
        title = {
            "text": _UNWRITABLE.sub("\ufffd", self.title),
            "subtitle": _UNWRITABLE.sub("\ufffd", self.about),
            "anchor": "start",
            "frame": "group",
            "color": TEXT,
            "subtitleColor": TEXT,
            "fontSize": 16,
            "subtitleFontSize": 12,
            "subtitlePadding": 4,
            "offset": 14,
        }
        own: dict[str, Any] = {"$schema": _SCHEMA, "background": "white", "padding": 14}
        return {"width": self.width, **self.spec, **own, "title": title, "config": config}


def _safe(text: str) -> str:
    return escape(_UNWRITABLE.sub("\ufffd", text))


def _text(key: str, words: str) -> bytes:
    """A chunk of international text, uncompressed, in British English (PNG specification, iTXt)."""
    told = words.encode("utf-8", "replace").replace(b"\0", b" ")
    body = b"iTXt" + key.encode() + b"\0\0\0en-GB\0\0" + told
    return (len(body) - 4).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")
