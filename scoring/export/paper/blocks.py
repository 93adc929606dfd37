"""What a paper is made of, before any word processor: plain frozen blocks in reading order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scoring.export.tables import Table


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. Level 1 begins a section; its number, or the letter of an appendix, is given when
    the paper is put together.
    """

    text: str
    level: int = 1
    appendix: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `lead` comes first, in bold."""

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list: with numbers when its items are referred to, as recommendations are."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that no reader may miss."""

    text: str


@dataclass(frozen=True, slots=True)
class ToComplete:
    """A space for the author: a field to click and type in, which says what belongs there."""

    name: str
    what: str


@dataclass(frozen=True)
class FrontSheet:
    """The box on the first page: label and text, or None where the author fills it in."""

    rows: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True)
class Grid:
    """A table with a caption. `widths` are relative widths by column id, where the kind's is wrong.

    `caption` is without its number.
    """

    table: Table
    caption: str
    widths: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Picture:
    """A chart: its Vega-Lite description, its caption, and what it shows for who cannot see it.

    `name` is what a file of it would be called; `caption` is without its number.
    """

    name: str
    spec: Mapping[str, Any]
    caption: str
    alternative: str


@dataclass(frozen=True, slots=True)
class Turn:
    """From here on the page lies on its side, or stands again."""

    landscape: bool


Block = Heading | Paragraph | Bullets | Notice | ToComplete | FrontSheet | Grid | Picture | Turn
Blocks = tuple[Block, ...]
