"""One transaction on one round: who acts, what they may do, and the audit written with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import Connection, and_, insert, select, update

from scoring.framework import Framework, parse_framework
from scoring.problem import Problem, Unusable
from store.chain import link
from store.records import Actor, Role, State
from store.schema import audit, members, rounds


class Refused(Unusable):
    """What this person may not do, or what this round does not take. Nothing was changed."""


def refused(where: str, found: str, expected: str) -> Refused:
    """That, as an exception to raise."""
    return Refused(Problem(where, found, expected, kind="store"))


@dataclass
class Reading:
    """A round as one person may see it, at one moment."""

    connection: Connection
    actor: Actor
    round_id: str
    name: str
    role: Role
    state: State
    seq: int
    hash: str

    @cached_property
    def framework(self) -> Framework:
        """The snapshot of the framework that the round began with."""
        text = self.connection.execute(
            select(rounds.c.framework).where(rounds.c.id == self.round_id)
        ).scalar_one()
        return framework_of(text)


@dataclass
class Change(Reading):
    """A round held for changes. What `record` was told is written when the transaction ends."""

    at: datetime
    _entries: list[dict[str, Any]] = field(default_factory=list)

    def record(
        self,
        action: str,
        was: Any,
        now: Any,
        why: str = "",
        ref: str = "",
        field: str = "",
    ) -> None:
        """Add one link to the chain of this round: what it was, what it is, and why."""
        entry = link(
            self.round_id, self.seq, self.hash, self.at, self.actor, action, ref, field,
            was, now, why,
        )  # fmt: skip
        self.seq, self.hash = entry["seq"], entry["hash"]
        self._entries.append(entry)

    def finish(self) -> None:
        """Write what was recorded, in the same transaction as the change itself."""
        if not self._entries:
            return
        self.connection.execute(insert(audit), self._entries)
        self.connection.execute(
            update(rounds)
            .where(rounds.c.id == self.round_id)
            .values(audit_seq=self.seq, audit_hash=self.hash, changed_at=self.at)
        )


@lru_cache(maxsize=32)
def framework_of(text: str) -> Framework:
    """A framework from its snapshot."""
    return parse_framework(text.encode(), "the framework of the round")


def look_up(
    connection: Connection, round_id: str, actor: Actor, hold: bool
) -> tuple[str, Role, State, int, str]:
    """A round's name, this person's role, its state and the head of its audit.

    `hold` keeps others from changing the round until the transaction ends. Raises `Refused` for a
    round that is not there, was deleted, or that this person is no member of.
    """
    mine = and_(members.c.round_id == rounds.c.id, members.c.person == actor.id)
    query = (
        select(
            rounds.c.name, members.c.role, rounds.c.state, rounds.c.audit_seq, rounds.c.audit_hash
        )
        .select_from(rounds.outerjoin(members, mine))
        .where(rounds.c.id == round_id)
    )
    row = connection.execute(query.with_for_update(of=rounds) if hold else query).one_or_none()
    if row is None or row.role is None:
        wanted = "a round that you are a member of: ask its owner to invite you"
        raise refused("round", round_id, wanted)
    if row.state == "deleted":
        raise refused(f'round "{row.name}"', "a round that was deleted", "a round that is kept")
    return row.name, row.role, row.state, row.audit_seq, row.audit_hash
