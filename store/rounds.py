"""Rounds: create, list, freeze, reopen, publish, delete."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from scoring.framework import Framework, framework_to_toml
from scoring.problem import Problem
from store.chain import START
from store.permission import changing, reading
from store.records import Actor, Outdated, Round, State
from store.schema import CONTENT_TABLES, members, presence, rounds
from store.store import Store
from store.text import check_text
from store.transaction import Change, Reading, Refused, refused

_LISTED = [c for c in rounds.c if c.name not in ("framework", "reading", "audit_hash")]


class NameTaken(Refused):
    """There is a round of that name already."""


@contextmanager
def new_round(
    store: Store,
    actor: Actor,
    at: datetime,
    name: str,
    framework: Framework,
    scope: str = "",
    deadline: date | None = None,
    predecessor: str = "",
) -> Iterator[Change]:
    """A new round, owned by its maker, to be filled in the same transaction.

    The framework is kept as it is now. Raises `Refused` when there is a round of that name: two
    people or two processes cannot make the same round twice.
    """
    name = check_text("name of the round", name, longest=120, needed=True)
    scope = check_text("scope", scope, longest=2000)
    with store.database.writing() as connection:
        taken = {r.id: r.state for r in connection.execute(select(rounds.c.id, rounds.c.state))}
        id = _free_id(name, taken)
        row = {
            "id": id,
            "name": name,
            "state": "open",
            "scope": scope,
            "owner": actor.id,
            "deadline": deadline.isoformat() if deadline else None,
            "framework_id": framework.id,
            "framework_name": framework.name,
            "framework": framework_to_toml(framework),
            "created_at": at,
            "changed_at": at,
            "predecessor": predecessor,
            "audit_seq": 0,
            "audit_hash": START,
        }
        try:
            connection.execute(insert(rounds), row)
        except IntegrityError:
            raise _taken(name) from None  # another process was quicker
        owner = {"round_id": id, "person": actor.id, "name": actor.name, "role": "owner"}
        connection.execute(insert(members), owner)
        change = Change(connection, actor, id, name, "owner", "open", 0, START, at)
        kept = {k: v for k, v in row.items() if isinstance(v, str) and not k.startswith("audit")}
        change.record("round created", None, kept)
        yield change
        change.finish()


def create_round(
    store: Store,
    actor: Actor,
    at: datetime,
    name: str,
    framework: Framework,
    scope: str = "",
    deadline: date | None = None,
) -> str:
    """A new round with nothing in it; returns its id. Refuses as `new_round` does."""
    with new_round(store, actor, at, name, framework, scope, deadline) as change:
        return change.round_id


def list_rounds(store: Store, actor: Actor) -> tuple[Round, ...]:
    """The rounds that this person is a member of, last changed first."""
    query = (
        select(*_LISTED, members.c.role)
        .join(members, members.c.round_id == rounds.c.id)
        .where(members.c.person == actor.id, rounds.c.state != "deleted")
        .order_by(rounds.c.changed_at.desc(), rounds.c.id)
    )
    with store.database.reading() as connection:
        return tuple(_round(row) for row in connection.execute(query))


@reading()
def about_round(source: Reading) -> Round:
    """What a round is."""
    query = (
        select(*_LISTED, members.c.role)
        .join(members, members.c.round_id == rounds.c.id)
        .where(rounds.c.id == source.round_id, members.c.person == source.actor.id)
    )
    return _round(source.connection.execute(query).one())


@changing("owner")
def freeze_round(change: Change, why: str) -> None:
    """Stop all changes; the owner can open the round again."""
    _set_state(change, "frozen", why)


@changing("owner", states=("frozen",))
def reopen_round(change: Change, why: str) -> None:
    """Take changes again. Needs a reason."""
    _set_state(change, "open", check_text("reason", why, longest=2000, needed=True))


@changing("owner", states=("open", "frozen"))
def publish_round(change: Change, why: str) -> None:
    """Make the round final: nothing in it changes any more."""
    _set_state(change, "published", why)


@changing("owner")
def describe_round(
    change: Change,
    name: str,
    scope: str,
    deadline: date | None,
    seen: tuple[str, str, date | None] | None = None,
) -> Outdated | None:
    """Change the name, the scope or the deadline.

    `seen` is the three as the person saw them: `Outdated` when somebody changed one since.
    """
    new = {
        "name": check_text("name of the round", name, longest=120, needed=True),
        "scope": check_text("scope", scope, longest=2000),
        "deadline": deadline.isoformat() if deadline else None,
    }
    here = rounds.c.id == change.round_id
    columns = (rounds.c.name, rounds.c.scope, rounds.c.deadline)
    old = change.connection.execute(select(*columns).where(here)).one()._asdict()
    if old == new:
        return None
    if seen is not None:
        shown = dict(zip(old, (*seen[:2], seen[2].isoformat() if seen[2] else None), strict=True))
        if shown != old:
            return Outdated("name, scope or deadline", old, "", None, change.seq)
    change.connection.execute(update(rounds).where(here).values(**new))
    change.record("round described", old, new)
    return None


@changing("owner")
def delete_round(change: Change, typed_name: str, why: str) -> None:
    """Remove everything in a round but its audit. `typed_name` must be the round's name."""
    if typed_name.strip() != change.name:
        wanted = f'its name typed exactly, "{change.name}"; nothing was deleted'
        raise refused("deleting a round", typed_name, wanted)
    for table in (*CONTENT_TABLES, presence):
        change.connection.execute(delete(table).where(table.c.round_id == change.round_id))
    change.connection.execute(
        update(rounds).where(rounds.c.id == change.round_id).values(state="deleted", reading="")
    )
    change.record("round deleted", change.state, "deleted", check_text("reason", why, 2000))


def _set_state(change: Change, state: State, why: str) -> None:
    why = check_text("reason", why, longest=2000)
    here = rounds.c.id == change.round_id
    change.connection.execute(update(rounds).where(here).values(state=state))
    change.record("state of the round", change.state, state, why)
    change.state = state


def _free_id(name: str, taken: dict[str, State]) -> str:
    """An id from the name. A name is taken while a round that bears it is kept."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "round"
    id, number = stem, 1
    while id in taken:
        if taken[id] != "deleted":
            raise _taken(name)
        number += 1
        id = f"{stem}-{number}"
    return id


def _taken(name: str) -> Exception:
    wanted = "a name that no other round has: choose another, or ask its owner to invite you"
    return NameTaken(Problem("name of the round", name, wanted, kind="store"))


def _round(row: Row[*tuple[Any, ...]]) -> Round:
    return Round(
        id=row.id,
        name=row.name,
        state=row.state,
        scope=row.scope,
        owner=row.owner,
        deadline=date.fromisoformat(row.deadline) if row.deadline else None,
        framework_id=row.framework_id,
        framework_name=row.framework_name,
        created_at=row.created_at,
        changed_at=row.changed_at,
        version=row.audit_seq,
        predecessor=row.predecessor,
        published_scenario=row.published_scenario,
        role=row.role,
    )
