"""Members of a round: invite, change a role, remove."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select, update

from store.permission import changing, reading
from store.records import ROLES, Actor, Member, Role
from store.schema import members, rounds
from store.store import Store
from store.text import check_text
from store.transaction import Change, Reading, refused


@reading()
def list_members(source: Reading) -> tuple[Member, ...]:
    """Everybody in the round, by name."""
    query = (
        select(members.c.person, members.c.name, members.c.role)
        .where(members.c.round_id == source.round_id)
        .order_by(members.c.name, members.c.person)
    )
    return tuple(Member(*row) for row in source.connection.execute(query))


@changing("owner")
def invite(change: Change, person: str, name: str, role: Role, why: str = "") -> None:
    """Add a person, or change their role. A round keeps at least one owner."""
    _put(change, person, name, role, check_text("reason", why, 2000))


def admit_owner(store: Store, round_id: str, person: str, at: datetime) -> None:
    """Make a person an owner of a round, from the command line of who runs the database.

    For rounds that would otherwise be out of reach: made before sign-in was set up, or whose owner
    has left. Who may look does not alter what a round says, so it works on closed rounds too; it is
    on record like everything else. Raises `Refused` for a round that is not there.
    """
    query = select(rounds).where(rounds.c.id == round_id, rounds.c.state != "deleted")
    administrator = Actor("administrator", "Administrator, on the command line")
    with store.database.writing() as connection:
        row = connection.execute(query.with_for_update()).one_or_none()
        if row is None:
            raise refused("round", round_id, "the id of a round (python -m store rounds)")
        change = Change(
            connection, administrator, round_id, row.name, "owner", row.state, row.audit_seq,
            row.audit_hash, at,
        )  # fmt: skip
        _put(change, person, "", "owner", "Given by whoever runs the database")
        change.finish()


def _put(change: Change, person: str, name: str, role: Role, why: str) -> None:
    person = check_text("sign-in name", person, longest=320, needed=True).casefold()
    name = check_text("name", name, longest=200)
    if role not in ROLES:
        raise refused("role", role, f"one of {', '.join(ROLES)}")
    before = _role_of(change, person)
    if before == role and not name:
        return  # nothing that is not so already
    if role != "owner":
        _keep_an_owner(change, person)
    values = {"name": name, "role": role} if name else {"role": role}
    if before is None:
        row = {"round_id": change.round_id, "person": person, "name": person, **values}
        change.connection.execute(insert(members), row)
    else:
        change.connection.execute(update(members).where(*_is(change, person)).values(**values))
    change.record("member", before, role, why, field=person)


@changing("owner")
def remove_member(change: Change, person: str, why: str = "") -> None:
    """Take a person out of the round; what they did stays."""
    before = _role_of(change, person)
    if before is None:
        raise refused("member", person, "somebody who is in the round")
    _keep_an_owner(change, person)
    change.connection.execute(delete(members).where(*_is(change, person)))
    change.record("member", before, None, check_text("reason", why, 2000), field=person)


def _is(change: Change, person: str) -> tuple[ColumnElement[bool], ...]:
    return members.c.round_id == change.round_id, members.c.person == person


def _role_of(change: Change, person: str) -> str | None:
    query = select(members.c.role).where(*_is(change, person))
    return change.connection.execute(query).scalar_one_or_none()


def _keep_an_owner(change: Change, person: str) -> None:
    query = select(members.c.person).where(
        members.c.round_id == change.round_id, members.c.role == "owner"
    )
    owners = set(change.connection.execute(query).scalars())
    if owners == {person}:
        raise refused("owner", person, "another owner first: a round keeps at least one")
