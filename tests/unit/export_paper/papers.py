"""A round to write papers from, and what a Word document holds, read back."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime

import numpy as np
from docx import Document
from docx.document import Document as WordDocument

from scoring.export.about import About
from scoring.export.paper import Choices, write_paper
from scoring.export.paper.blocks import Blocks, Bullets, Grid, Heading, Paragraph
from scoring.framework import load_framework
from scoring.intake.result import FileSeen, LedgerLine
from scoring.ranking import Ranking, prioritise
from scoring.segment import Override
from scoring.sheet import FieldValue, Origins, ScoreSheet

LEDGER = (
    *(LedgerLine("team.xlsx", "Round", 2 + i, "scored", r, t) for i, (r, t) in enumerate(zip("ABCE", ("Alpha", "Beta", "Gamma", "Epsilon"), strict=True))),
    LedgerLine("team.xlsx", "Round", 6, "incomplete", "D", "Delta"),
    LedgerLine("team.xlsx", "Round", 7, "refused", "", "", "It has no title and no ref"),
)  # fmt: skip
ABOUT = About(
    "Round 2026/27",
    "A. Analyst",
    datetime(2026, 11, 22, 15, 30, tzinfo=UTC),
    "0.1.0",
    files=(FileSeen("team.xlsx", 1234, "ab" * 32),),
    ledger=LEDGER,
)
OVERRIDE = Override(
    "B", "1", "The trust has agreed to do it alone.", "Dr Jane Smith", date(2026, 11, 1)
)


def round_of_five(**fields: tuple[FieldValue, ...]) -> ScoreSheet:
    """E 100; A 62.5; B and C tie on 50; D has no Cost score. Read from team.xlsx, Round!2-6."""
    scores = [
        [5, 4, 3, 2, 3, 2, 4],
        [3, 3, 3, 3, 3, 3, 3],
        [3, 3, 3, 3, 3, 3, 3],
        [4, 4, np.nan, 4, 4, 4, 4],
        [5, 5, 5, 5, 5, 5, 5],
    ]
    rows = np.arange(2, 7)
    cells = np.broadcast_to(rows[:, None], (5, 7)).copy()
    columns = np.broadcast_to(np.arange(3, 10), (5, 7)).copy()
    origins = Origins((("team.xlsx", "Round"),), np.zeros(5, np.int64), rows, cells, columns)
    made: dict[str, tuple[FieldValue, ...]] = {
        "efficiency_or_improvement": ("yes", "yes", "yes", None, "yes"),
        "main_impact": ("ICB", "provider", "provider", None, "ICB"),
        "qia": ("Approved", "Drafted", None, "Not started", "approved."),
    }
    titles = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon")
    framework = load_framework("lsc-2025-26")
    return ScoreSheet(framework, tuple("ABCDE"), titles, np.array(scores), made | fields, origins)


def ranking(weights: dict[str, str] | None = None, *, override: bool = False) -> Ranking:
    """The five, ranked."""
    sheet = round_of_five()
    made = {"B": OVERRIDE} if override else {}
    return prioritise(sheet, sheet.framework.weights_with(weights or {}), overrides=made)


def read(data: bytes) -> WordDocument:
    """A Word document, opened."""
    return Document(io.BytesIO(data))


def part(data: bytes, name: str) -> str:
    """One part of the document, as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def paper(ranked: Ranking, *sections: str, baseline: Ranking | None = None) -> bytes:
    """A paper of some sections only."""
    return write_paper(ranked, ABOUT, Choices(sections), baseline)


def said(blocks: Blocks) -> str:
    """Everything that blocks say in running text."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Heading):
            lines.append(block.text)
        elif isinstance(block, Paragraph):
            lines.append(f"{block.lead} {block.text}".strip())
        elif isinstance(block, Bullets):
            lines += block.items
    return "\n".join(lines)


def grid(blocks: Blocks, caption: str) -> Grid:
    """The table with that caption."""
    return next(b for b in blocks if isinstance(b, Grid) and b.caption == caption)
