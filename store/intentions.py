"""Intentions: add, rename, give a status, link; so that submitted = accounted for."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from store.permission import changing, reading
from store.records import LINK_KINDS, STATUSES, Intention, Link, LinkKind, Outdated, Status
from store.schema import intentions, links
from store.text import check_text
from store.transaction import Change, Reading, refused

STATUS_WORDS: dict[Status, str] = {
    "active": "active",
    "merged": "merged into another",
    "rejected": "rejected",
    "deferred": "deferred",
    "business_as_usual": "business as usual",
}
LINK_WORDS: dict[LinkKind, str] = {
    "duplicate_of": "duplicate of",
    "depends_on": "depends on",
    "excludes": "excludes",
    "mitigates": "mitigates",
}


@dataclass(frozen=True, slots=True)
class Account:
    """Every submitted intention by its status: the parts add to `submitted`."""

    submitted: int
    by_status: dict[Status, int]


@reading()
def list_intentions(source: Reading) -> tuple[Intention, ...]:
    """Every intention with its status, in the order of the source."""
    query = (
        select(intentions)
        .where(intentions.c.round_id == source.round_id)
        .order_by(intentions.c.position, intentions.c.ref)
    )
    return tuple(_intention(row) for row in source.connection.execute(query))


@reading()
def account(source: Reading) -> Account:
    """How many intentions were submitted and what became of them."""
    query = select(intentions.c.status).where(intentions.c.round_id == source.round_id)
    counted = Counter(source.connection.execute(query).scalars())
    return Account(counted.total(), {status: counted[status] for status in STATUSES})


@changing("analyst")
def add_intention(change: Change, ref: str, title: str, why: str = "") -> None:
    """A new intention, with nothing scored."""
    ref = check_text("ref", ref, longest=200, needed=True)
    title = check_text("title", title, longest=2000, needed=True)
    if _find(change, ref) is not None:
        raise refused("ref", ref, "a ref that no other intention of this round has")
    last = select(func.max(intentions.c.position)).where(intentions.c.round_id == change.round_id)
    position = (change.connection.execute(last).scalar_one() or 0) + 1
    row = {"round_id": change.round_id, "ref": ref, "position": position, "title": title}
    change.connection.execute(insert(intentions), row)
    change.record("intention added", None, title, check_text("reason", why, 2000), ref=ref)


@changing("analyst")
def rename_intention(
    change: Change, ref: str, title: str, version: int, why: str = ""
) -> Outdated | None:
    """Another title. `Outdated` when somebody changed the intention since `version`."""
    row = _known(change, ref)
    title = check_text("title", title, longest=2000, needed=True)
    if row.title == title:
        return None
    if row.version != version:
        return _outdated(row)
    _update(change, ref, version=version + 1, title=title)
    change.record(
        "title", row.title, title, check_text("reason", why, 2000), ref=ref, field="title"
    )
    return None


@changing("analyst")
def set_status(
    change: Change, ref: str, status: Status, reason: str, version: int, merged_into: str = ""
) -> Outdated | None:
    """Say what becomes of an intention. Anything but active needs a reason; merging, a target.

    Only active intentions are ranked. `Outdated` when somebody changed it since `version`.
    """
    row = _known(change, ref)
    if status not in STATUSES:
        raise refused("status", status, f"one of {', '.join(STATUS_WORDS.values())}")
    reason = check_text("reason", reason, longest=2000, needed=status != "active")
    if status == "merged":
        _check_merge(change, ref, merged_into)
    elif merged_into:
        raise refused("merged into", merged_into, "nothing unless the status is merged")
    if row.version != version:
        return _outdated(row)
    was = {"status": row.status, "reason": row.reason, "merged_into": row.merged_into}
    now = {"status": status, "reason": reason, "merged_into": merged_into}
    _update(change, ref, version=version + 1, status_by=change.actor.id, status_at=change.at, **now)
    change.record("status", was, now, reason, ref=ref, field="status")
    return None


@reading()
def list_links(source: Reading) -> tuple[Link, ...]:
    """Every relation between intentions."""
    query = (
        select(links)
        .where(links.c.round_id == source.round_id)
        .order_by(links.c.ref, links.c.kind, links.c.other)
    )
    rows = source.connection.execute(query)
    return tuple(Link(r.ref, r.kind, r.other, r.why, r.by, r.at) for r in rows)


@changing("analyst")
def add_link(change: Change, ref: str, kind: LinkKind, other: str, why: str = "") -> None:
    """Say that one intention duplicates, depends on, excludes or mitigates another."""
    if kind not in LINK_KINDS:
        raise refused("link", kind, f"one of {', '.join(LINK_WORDS.values())}")
    _known(change, ref)
    _known(change, other)
    if ref == other:
        raise refused("link", ref, "two different intentions")
    if change.connection.execute(select(links.c.ref).where(*_link(change, ref, kind, other))).all():
        return
    why = check_text("reason", why, 2000)
    row = {"round_id": change.round_id, "ref": ref, "kind": kind, "other": other, "why": why,
           "by": change.actor.id, "at": change.at}  # fmt: skip
    change.connection.execute(insert(links), row)
    change.record("link added", None, {"kind": kind, "other": other}, why, ref=ref)


@changing("analyst")
def remove_link(change: Change, ref: str, kind: LinkKind, other: str, why: str = "") -> None:
    """Take a relation back."""
    gone = change.connection.execute(delete(links).where(*_link(change, ref, kind, other)))
    if gone.rowcount:
        was = {"kind": kind, "other": other}
        change.record("link removed", was, None, check_text("reason", why, 2000), ref=ref)


def _check_merge(change: Change, ref: str, target: str) -> None:
    if not target:
        raise refused("merged into", "", "the intention that stays")
    row = _known(change, target)
    if target == ref:
        raise refused("merged into", target, "another intention")
    if row.status != "active":
        wanted = "an active intention, so that what is merged is still ranked somewhere"
        raise refused("merged into", f"{target}, which is {STATUS_WORDS[row.status]}", wanted)


def _link(change: Change, ref: str, kind: str, other: str) -> tuple[Any, ...]:
    return (
        links.c.round_id == change.round_id,
        links.c.ref == ref,
        links.c.kind == kind,
        links.c.other == other,
    )


def _find(source: Reading, ref: str) -> Row[Any] | None:
    query = select(intentions).where(
        intentions.c.round_id == source.round_id, intentions.c.ref == ref
    )
    return source.connection.execute(query).one_or_none()


def _known(source: Reading, ref: str) -> Row[Any]:
    row = _find(source, ref)
    if row is None:
        raise refused("ref", ref, "an intention of this round")
    return row


def _update(change: Change, ref: str, **values: Any) -> None:
    here = (intentions.c.round_id == change.round_id, intentions.c.ref == ref)
    change.connection.execute(update(intentions).where(*here).values(**values))


def _outdated(row: Row[Any]) -> Outdated:
    now = {"title": row.title, "status": row.status, "reason": row.reason}
    return Outdated(row.ref, now, row.status_by, row.status_at, row.version)


def _intention(row: Row[Any]) -> Intention:
    return Intention(
        row.ref, row.title, row.status, row.reason, row.merged_into, row.status_by, row.status_at,
        row.version, json.loads(row.carried) if row.carried else {},
    )  # fmt: skip
