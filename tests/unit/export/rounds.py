"""Small rounds to export, and the cells of what was exported."""

from __future__ import annotations

import io
from datetime import datetime

import numpy as np
from python_calamine import CalamineWorkbook

from scoring.export.about import About
from scoring.framework import load_framework
from scoring.intake.result import FileSeen, LedgerLine
from scoring.sheet import FieldValue, Origins, ScoreSheet

LEDGER = (
    LedgerLine("team.xlsx", "Round", 2, "scored", "A", "Alpha"),
    LedgerLine("team.xlsx", "Round", 3, "scored", "B", "Beta"),
    LedgerLine("team.xlsx", "Round", 4, "scored", "C", "Gamma"),
    LedgerLine("team.xlsx", "Round", 5, "incomplete", "D", "Delta"),
    LedgerLine("team.xlsx", "Round", 6, "refused", "", "", "It has no title and no ref"),
)
ABOUT = About(
    "2026/27",
    "A. Analyst",
    datetime(2026, 11, 22, 15, 30),
    "0.1.0",
    files=(FileSeen("team.xlsx", 1234, "ab" * 32),),
    scenario="More impact",
    illustrative="All scores are illustrative",
    ledger=LEDGER,
)


def round_of_four(**fields: tuple[FieldValue, ...]) -> ScoreSheet:
    """A 62.5; B and C tie on 50; D has no Cost score. Read from team.xlsx, Round!2-5."""
    scores = [
        [5, 4, 3, 2, 3, 2, 4],
        [3, 3, 3, 3, 3, 3, 3],
        [3, 3, 3, 3, 3, 3, 3],
        [4, 4, np.nan, 4, 4, 4, 4],
    ]
    rows = np.arange(2, 6)
    cells = np.broadcast_to(rows[:, None], (4, 7)).copy()
    columns = np.broadcast_to(np.arange(3, 10), (4, 7)).copy()
    origins = Origins((("team.xlsx", "Round"),), np.zeros(4, np.int64), rows, cells, columns)
    answers: dict[str, tuple[FieldValue, ...]] = {
        "efficiency_or_improvement": ("yes", "yes", "yes", None),
        "main_impact": ("ICB", "provider", "provider", None),
    }
    titles = ("Alpha", "Beta", "Gamma", "Delta")
    framework = load_framework("lsc-2025-26")
    return ScoreSheet(framework, tuple("ABCD"), titles, np.array(scores), answers | fields, origins)


def sheet_rows(data: bytes, name: str) -> list[dict[str, object]]:
    """A sheet's rows by header, as a reader that does not calculate sees them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    header, *rows = book.get_sheet_by_name(name).to_python()
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]
