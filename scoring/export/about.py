"""Where an export comes from: which round, who made it, when, and from which files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from scoring.intake.result import FileSeen, LedgerLine


@dataclass(frozen=True)
class About:
    """What every export says about itself.

    `made_at` is when it was made, an argument so that the same round at the same instant gives
    the same bytes. `files` are the source files with their SHA-256. `illustrative` is a note for
    scores that are not real, "" when they are. `ledger` has one line for every row that was read,
    so that the export can show that each of them is accounted for; `set_aside` has (ref, what
    became of it) for those that a person took out of the ranking: "Merged", "Rejected", ...
    """

    round_name: str
    made_by: str
    made_at: datetime
    version: str = ""
    files: tuple[FileSeen, ...] = ()
    scenario: str = ""
    illustrative: str = ""
    ledger: tuple[LedgerLine, ...] = ()
    set_aside: tuple[tuple[str, str], ...] = ()

    @property
    def made_at_shown(self) -> str:
        """The time as people write it: "22 November 2026, 15:30"."""
        return f"{self.made_at.day} {self.made_at:%B %Y, %H:%M}"
