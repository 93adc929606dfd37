"""What the reading of the files said, kept with a round: files, problems, and every row's fate."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, fields
from typing import Any, TypeVar

from scoring.intake.result import FileSeen, Intake, LedgerLine
from scoring.problem import Problem
from scoring.sheet import ScoreSheet
from store.records import Intention

NO_FILE = "Entered in the app"
T = TypeVar("T")


def reading_to_text(intake: Intake) -> str:
    """Files, problems and ledger as JSON. How columns were understood is not kept."""
    parts = {
        "files": [asdict(file) for file in intake.files],
        "problems": [asdict(problem) for problem in intake.problems],
        "ledger": [asdict(line) for line in intake.ledger],
    }
    return json.dumps(parts, ensure_ascii=False)


def reading_from_text(text: str, sheet: ScoreSheet, standing: Sequence[Intention] = ()) -> Intake:
    """The intake of a round: its sheet now, and what was said when its files were read.

    An intention that came from no file, of whatever status, has a ledger line too: all that were
    submitted are accounted for. `standing` are all intentions of the round.
    """
    parts: dict[str, list[dict[str, Any]]] = json.loads(text) if text else {}
    ledger = [_built(LedgerLine, line) for line in parts.get("ledger", [])]
    read = {line.ref for line in ledger if line.outcome != "refused"}
    complete = {ref for ref, done in zip(sheet.refs, sheet.complete, strict=True) if done}
    listed = [(i.ref, i.title) for i in standing] or zip(sheet.refs, sheet.titles, strict=True)
    ledger += [
        LedgerLine(NO_FILE, "", row, "scored" if ref in complete else "incomplete", ref, title)
        for row, (ref, title) in enumerate(listed, 1)
        if ref not in read
    ]
    return Intake(
        sheet,
        tuple(_built(Problem, problem) for problem in parts.get("problems", [])),
        tuple(ledger),
        (),
        (),
        tuple(_built(FileSeen, file) for file in parts.get("files", [])),
    )


def with_added_rows(text: str, new: Intake, refs: Collection[str]) -> str:
    """What the reading said, with these rows of another file that were added to the round."""
    parts: dict[str, list[dict[str, Any]]] = json.loads(text) if text else {}
    lines = [asdict(line) for line in new.ledger if line.ref in refs and line.outcome != "refused"]
    used = {line["file"] for line in lines}
    known = {(file["name"], file["sha256"]) for file in parts.get("files", [])}
    files = [
        asdict(file)
        for file in new.files
        if file.name in used and (file.name, file.sha256) not in known
    ]
    added = {"files": files, "problems": [], "ledger": lines}
    return json.dumps(
        {name: parts.get(name, []) + entries for name, entries in added.items()},
        ensure_ascii=False,
    )


def _built(kind: type[T], values: dict[str, Any]) -> T:
    """A record from what was kept; what a later version no longer knows is left out."""
    known = {f.name for f in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in values.items() if name in known})
