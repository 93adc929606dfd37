"""The decisions log and the assumptions log: what, why, who, when, signed off by whom.

After the AQuA Book (HM Treasury, 2015): whoever assures an analysis is not who made it.
"""

from __future__ import annotations

from sqlalchemy import func, insert, select, update

from store.permission import changing, reading
from store.records import LogEntry, LogKind
from store.schema import intentions, log_entries
from store.text import check_text
from store.transaction import Change, Reading, refused


@reading()
def read_log(source: Reading, kind: LogKind | None = None) -> tuple[LogEntry, ...]:
    """Decisions, assumptions or both, in the order in which they were entered."""
    query = (
        select(log_entries)
        .where(log_entries.c.round_id == source.round_id)
        .order_by(log_entries.c.number)
    )
    if kind is not None:
        query = query.where(log_entries.c.kind == kind)
    return tuple(
        LogEntry(r.number, r.kind, r.what, r.why, r.ref, r.by, r.at, r.signed_by, r.signed_at)
        for r in source.connection.execute(query)
    )


@changing("analyst")
def log(change: Change, kind: LogKind, what: str, why: str, ref: str = "") -> int:
    """Enter a decision or an assumption; returns its number. `ref` where it is of one intention."""
    if kind not in ("decision", "assumption"):
        raise refused("log", kind, "decision or assumption")
    what = check_text(f"the {kind}", what, needed=True)
    why = check_text("reason", why, needed=True)
    if ref:
        known = select(intentions.c.ref).where(
            intentions.c.round_id == change.round_id, intentions.c.ref == ref
        )
        if not change.connection.execute(known).all():
            raise refused("ref", ref, "an intention of this round")
    last = select(func.max(log_entries.c.number)).where(log_entries.c.round_id == change.round_id)
    number = (change.connection.execute(last).scalar_one() or 0) + 1
    row = {
        "round_id": change.round_id, "number": number, "kind": kind, "what": what, "why": why,
        "ref": ref, "by": change.actor.id, "at": change.at,
    }  # fmt: skip
    change.connection.execute(insert(log_entries), row)
    change.record(kind, None, {"number": number, "what": what}, why, ref=ref)
    return number


@changing("analyst")
def sign_off(change: Change, number: int, why: str = "") -> None:
    """Sign a decision or an assumption off, as another person than who entered it."""
    here = (log_entries.c.round_id == change.round_id, log_entries.c.number == number)
    row = change.connection.execute(select(log_entries).where(*here)).one_or_none()
    if row is None:
        raise refused("log", f"number {number}", "the number of an entry")
    if row.by == change.actor.id:
        wanted = "another person: whoever assures is not who made it"
        raise refused(f"signing off number {number}", change.actor.name, wanted)
    if row.signed_by:
        raise refused(
            f"signing off number {number}", f"signed by {row.signed_by}", "one not signed"
        )
    values = {"signed_by": change.actor.id, "signed_at": change.at}
    change.connection.execute(update(log_entries).where(*here).values(**values))
    now = {"number": number, "signed_by": change.actor.id}
    change.record("signed off", None, now, check_text("reason", why, 2000), ref=row.ref)
