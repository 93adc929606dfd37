"""What a session knows of the round it has open in the store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from scoring.analysis.gates import Routes
from scoring.analysis.links import Relation
from scoring.scenario import LedgerLine
from scoring.segment import Override
from scoring.sheet import FieldValue
from store.permission import may
from store.records import Actor, Cell, Conflict, Intention, Role, Round
from store.store import Store


@dataclass
class Kept:
    """The store, the person, and the round that is open; `round` is None on the sample.

    What was last read from or written to the store stands here, so that only what a person
    changed since is saved, on the version they saw.
    """

    store: Store
    actor: Actor
    session: str  # what its place is kept under: the name of the browser tab
    tab: str
    told: str = ""  # what the browser said of its tab
    round: Round | None = None
    first_run: bool = False
    seq: int = 0
    versions: dict[tuple[str, str], int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)  # of members, by who they sign in as
    reading: str = ""  # what the reading of its files said, as it is kept
    standing: dict[str, Intention] = field(default_factory=dict)  # all, whatever their status
    links: tuple[Relation, ...] = ()
    routes: Routes = ()
    routes_version: int = 0
    forms: int = 0  # how many forms were sent and done: each is drawn anew after that, never before
    overrides: dict[str, tuple[Override, int]] = field(default_factory=dict)
    answers: dict[tuple[str, str], FieldValue] = field(default_factory=dict)
    scenarios: dict[str, int] = field(default_factory=dict)
    pairs: tuple[Any, int] = ((), 0)
    place: str = ""
    began: str = ""  # its place after the first run, before the person did anything
    seen_at: float = 0.0
    fault: str = ""
    mended: bool = (
        False  # what could not be saved is saved since, and the page still says it is not
    )
    refused: str = ""
    conflicts: list[Conflict] = field(default_factory=list)
    news: list[str] = field(default_factory=list)
    stale: bool = False  # others changed more than cells: to be opened again
    waiting: dict[tuple[str, str], Cell] = field(default_factory=dict)  # changed by others
    recorded: set[int] = field(default_factory=set)  # links of the audit that are this session's
    sent: list[LedgerLine] = field(default_factory=list)  # released, and not read back yet
    page: str = ""
    typed: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)  # and not saved
    looked: Any = None
    redraw: bool = False  # the grid shows what was, until it is drawn again
    grid: Any = None
    drawn: int = (
        0  # how many grids and forms were drawn: no two share a key, or old edits would come back
    )
    form: Any = None
    filtered: tuple[str, ...] = ()

    def may(self, role: Role) -> bool:
        """Whether this person may do what that role does, in the round that is open now."""
        return self.round is not None and self.round.state == "open" and may(self.round.role, role)

    def have_chosen(self, conflicts: Iterable[Conflict]) -> None:
        """Let the person choose; of one cell there is one choice, on what was wanted last."""
        for new in conflicts:
            cell = new.theirs.ref, new.theirs.field
            known = [(c.theirs.ref, c.theirs.field) for c in self.conflicts]
            if cell in known:
                self.conflicts[known.index(cell)] = new
            else:
                self.conflicts.append(new)
