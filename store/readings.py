"""What the reading of the files said, kept with a round: files, problems, and every row's fate."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import Any, TypeVar

from scoring.intake.result import FileSeen, Intake, LedgerLine
from scoring.problem import Problem
from scoring.sheet import ScoreSheet

T = TypeVar("T")


def reading_to_text(intake: Intake) -> str:
    """Files, problems and ledger as JSON. How columns were understood is not kept."""
    parts = {
        "files": [asdict(file) for file in intake.files],
        "problems": [asdict(problem) for problem in intake.problems],
        "ledger": [asdict(line) for line in intake.ledger],
    }
    return json.dumps(parts, ensure_ascii=False)


def reading_from_text(text: str, sheet: ScoreSheet) -> Intake:
    """The intake of a round: its sheet now, and what was said when its files were read.

    A round that no file was read for has one ledger line an intention.
    """
    parts: dict[str, list[dict[str, Any]]] = json.loads(text) if text else {}
    if parts:
        ledger = tuple(_built(LedgerLine, line) for line in parts["ledger"])
    else:
        ledger = tuple(
            LedgerLine("", "", i + 1, "scored" if sheet.complete[i] else "incomplete", ref, title)
            for i, (ref, title) in enumerate(zip(sheet.refs, sheet.titles, strict=True))
        )
    return Intake(
        sheet,
        tuple(_built(Problem, problem) for problem in parts.get("problems", [])),
        ledger,
        (),
        (),
        tuple(_built(FileSeen, file) for file in parts.get("files", [])),
    )


def _built(kind: type[T], values: dict[str, Any]) -> T:
    """A record from what was kept; what a later version no longer knows is left out."""
    known = {f.name for f in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in values.items() if name in known})
