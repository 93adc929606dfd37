"""Merging duplicates that a person marked as the same intention."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from scoring.intake.result import Intake


def merge(intake: Intake, into: Mapping[str, str], notes: Mapping[str, str]) -> Intake:
    """The intake without the intentions that were merged; each keeps its line in the ledger.

    `into` maps a merged ref to the ref that is kept, `notes` to what was said about it. A chain
    (A into B, B into C) ends at the one that is kept. Raises ValueError when a chain never ends
    or ends at an intention that is not there.
    """
    if not into:
        return intake
    kept = {ref: _end(ref, into) for ref in into}
    refs = set(intake.sheet.refs)
    for ref, end in kept.items():
        if ref not in refs or end not in refs:
            raise ValueError(f"{ref} cannot be merged into {end}: one of them is not in the round")
    rows = [i for i, ref in enumerate(intake.sheet.refs) if ref not in kept]
    ledger = tuple(
        replace(
            line,
            outcome="merged",
            why=f"merged into {kept[line.ref]}"
            + (f": {note}" if (note := notes.get(line.ref)) else ""),
        )
        if line.ref in kept and line.outcome != "refused"
        else line
        for line in intake.ledger
    )
    return replace(intake, sheet=intake.sheet.take(rows), ledger=ledger)


def _end(ref: str, into: Mapping[str, str]) -> str:
    seen = {ref}
    while ref in into:
        ref = into[ref]
        if ref in seen:
            raise ValueError(f"{ref} is merged into itself")
        seen.add(ref)
    return ref
