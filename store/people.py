"""Members of a round: invite, change a role, remove."""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, insert, select, update

from store.permission import changing, reading
from store.records import ROLES, Member, Role
from store.schema import members
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
    person = check_text("sign-in name", person, longest=320, needed=True).casefold()
    name = check_text("name", name, longest=200) or person
    if role not in ROLES:
        raise refused("role", role, f"one of {', '.join(ROLES)}")
    before = _role_of(change, person)
    if role != "owner":
        _keep_an_owner(change, person)
    values = {"name": name, "role": role}
    if before is None:
        row = {"round_id": change.round_id, "person": person, **values}
        change.connection.execute(insert(members), row)
    else:
        change.connection.execute(update(members).where(*_is(change, person)).values(**values))
    change.record("member", before, role, check_text("reason", why, 2000), field=person)


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
