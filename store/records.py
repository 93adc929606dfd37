"""What the store takes and gives: frozen values, no rows and no sessions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from scoring.framework import Weights
from scoring.sheet import FieldValue

Role = Literal["viewer", "assessor", "analyst", "owner"]
State = Literal["open", "frozen", "published", "deleted"]
Status = Literal["active", "merged", "rejected", "deferred", "business_as_usual"]
LinkKind = Literal["duplicate_of", "depends_on", "excludes", "mitigates"]
Confidence = Literal["", "low", "medium", "high"]
LogKind = Literal["decision", "assumption"]

ROLES: tuple[Role, ...] = ("viewer", "assessor", "analyst", "owner")  # each may do more
STATUSES: tuple[Status, ...] = ("active", "merged", "rejected", "deferred", "business_as_usual")
LINK_KINDS: tuple[LinkKind, ...] = ("duplicate_of", "depends_on", "excludes", "mitigates")
LOG_KINDS: tuple[LogKind, ...] = ("decision", "assumption")
SAID_FOR_IT = ("evidence", "link", "confidence", "taken_from")  # of a cell
CONFIDENCES: tuple[Confidence, ...] = ("", "low", "medium", "high")


@dataclass(frozen=True, slots=True)
class Actor:
    """A person: `id` is what sign-in knows them by, `name` what others see."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Round:
    """One year's exercise. `version` counts its changes; `role` is the reader's own."""

    id: str
    name: str
    state: State
    scope: str
    owner: str
    deadline: date | None
    framework_id: str
    framework_name: str
    created_at: datetime
    changed_at: datetime
    version: int
    predecessor: str
    published_scenario: str
    role: Role


@dataclass(frozen=True, slots=True)
class Progress:
    """How far scoring is: active intentions, scores given, scores wanted, complete intentions."""

    intentions: int
    given: int
    wanted: int
    complete: int


@dataclass(frozen=True, slots=True)
class Member:
    """A person's role in a round."""

    person: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Intention:
    """An intention's standing. `carried` is what is kept of its predecessor, {} without one."""

    ref: str
    title: str
    status: Status
    reason: str
    merged_into: str
    by: str
    at: datetime | None
    version: int
    carried: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cell:
    """One entry of one intention: a score, an answer or another field. None: blank."""

    ref: str
    field: str
    value: FieldValue
    evidence: str
    link: str
    confidence: Confidence
    version: int
    by: str
    at: datetime
    why: str
    taken_from: str = ""


@dataclass(frozen=True, slots=True)
class NewValue:
    """What a person wants a cell to hold.

    `version` is that of the cell they were looking at, 0 for one that held nothing. `evidence`,
    `link` and `confidence` stay as they are where None. `taken_from` is the file and cell of a
    value that is taken over from a file that was loaded again.
    """

    ref: str
    field: str
    value: FieldValue
    version: int
    evidence: str | None = None
    link: str | None = None
    confidence: Confidence | None = None
    why: str = ""
    taken_from: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """A change that is in the store, as it now stands there."""

    cell: Cell


@dataclass(frozen=True, slots=True)
class Conflict:
    """A change that was not made: somebody else changed the same cell first.

    `theirs` is what the cell holds now, with who and when; `yours` is what was wanted.
    To insist, save `yours` again with the version of `theirs`.
    """

    yours: NewValue
    theirs: Cell


@dataclass(frozen=True, slots=True)
class Outdated:
    """The same for anything that is not a cell: what it is now, by whom, when and its version."""

    what: str
    now: Any
    by: str
    at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class Link:
    """A relation between two intentions: `ref` duplicates, depends on, ... `other`."""

    ref: str
    kind: LinkKind
    other: str
    why: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Scenario:
    """A named set of weights with the funding line and the rule for missing scores."""

    name: str
    weights: Mapping[str, str]
    line: int
    missing: str
    why: str
    by: str
    at: datetime
    version: int
    published: bool


@dataclass(frozen=True, slots=True)
class Released:
    """One line of the ledger: weights and line as somebody released them, and what that changed."""

    number: int
    weights: Weights
    line: int
    what: str
    by: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting of the round that everyone shares."""

    name: str
    value: Any
    by: str
    at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A decision or an assumption: what, why, who and when, and who signed it off."""

    number: int
    kind: LogKind
    what: str
    why: str
    ref: str
    by: str
    at: datetime
    signed_by: str
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One change: who, when, what it was, what it is, why; chained by `previous` and `hash`."""

    seq: int
    at: datetime
    by: str
    name: str
    action: str
    ref: str
    field: str
    was: Any
    now: Any
    why: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody who has the round open."""

    person: str
    name: str
    page: str
    seen_at: datetime
