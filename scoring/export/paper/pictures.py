"""Charts as .png and .svg, drawn by vl-convert: no browser, no network, its own fonts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import vl_convert

FONT = "Liberation Sans"  # comes with vl-convert, so that a chart is the same on every machine
_VERSION = "5.21"
_SCALE = 2.0
_PER_INCH = 72  # dots an inch that vl-convert takes a scale of 1 for
_NOWHERE: list[str] = []  # addresses that a chart may fetch from


def png(spec: Mapping[str, Any], dots: int = 0) -> bytes:
    """A chart as a picture at twice its size, sharp in print.

    `dots` an inch gives it three times its size and says so in the file, so that a word processor
    places it at its own size.
    """
    return vl_convert.vegalite_to_png(
        dict(spec),
        vl_version=_VERSION,
        scale=3 * _PER_INCH / dots if dots else _SCALE,
        ppi=dots or None,
        allowed_base_urls=_NOWHERE,
    )


def svg(spec: Mapping[str, Any]) -> bytes:
    """A chart as lines and text that any size of print keeps sharp."""
    drawn: str = vl_convert.vegalite_to_svg(
        dict(spec), vl_version=_VERSION, allowed_base_urls=_NOWHERE
    )
    # Who opens it may not have the font that it was measured with; the others are as wide.
    return drawn.replace(
        f'font-family="{FONT}"', f'font-family="{FONT}, Arial, sans-serif"'
    ).encode()
