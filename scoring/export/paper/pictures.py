"""Charts as .png and .svg, drawn by vl-convert: no browser, no network, its own fonts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import vl_convert

_VERSION = "5.21"
_SCALE = 2.0
_NOWHERE: list[str] = []  # addresses that a chart may fetch from


def png(spec: Mapping[str, Any]) -> bytes:
    """A chart as a picture at twice its size, sharp in print."""
    return vl_convert.vegalite_to_png(
        dict(spec), vl_version=_VERSION, scale=_SCALE, allowed_base_urls=_NOWHERE
    )


def svg(spec: Mapping[str, Any]) -> bytes:
    """A chart as lines and text that any size of print keeps sharp."""
    drawn: str = vl_convert.vegalite_to_svg(
        dict(spec), vl_version=_VERSION, allowed_base_urls=_NOWHERE
    )
    return drawn.encode()
