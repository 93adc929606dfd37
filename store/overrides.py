"""Overrides of the segment that the rules give: with a reason, a name and a date."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, select, update

from scoring.framework.rules import UNASSIGNED
from scoring.segment import Override
from store.permission import changing, reading
from store.records import Outdated
from store.schema import intentions, overrides
from store.text import check_text
from store.transaction import Change, Reading, refused


@reading()
def read_overrides(source: Reading) -> dict[str, tuple[Override, int]]:
    """The overrides in force, by ref, each with its version."""
    query = (
        select(overrides)
        .join(
            intentions,
            (intentions.c.round_id == overrides.c.round_id) & (intentions.c.ref == overrides.c.ref),
        )
        .where(
            overrides.c.round_id == source.round_id,
            overrides.c.segment.is_not(None),
            intentions.c.status == "active",
        )
        .order_by(overrides.c.ref)
    )
    return {
        r.ref: (Override(r.ref, r.segment, r.reason, r.by_name, r.at.date()), r.version)
        for r in source.connection.execute(query)
    }


@changing("analyst")
def set_override(
    change: Change, ref: str, segment: str | None, reason: str, version: int, name: str = ""
) -> Outdated | None:
    """Put an intention in a segment; None follows the rules again.

    `version` is that of the override seen, 0 where there was none. `name` is who decided, the
    actor where it is not given. `Outdated` when somebody else decided since.
    """
    known = {s.id for s in change.framework.segments} | {UNASSIGNED}
    if segment is not None and segment not in known:
        raise refused(f"segment of {ref}", segment, f"one of {', '.join(sorted(known))}")
    reason = check_text("reason", reason, longest=2000, needed=segment is not None)
    by_name = check_text("name", name, longest=200) or change.actor.name
    refs = select(intentions.c.ref).where(
        intentions.c.round_id == change.round_id, intentions.c.ref == ref
    )
    if not change.connection.execute(refs).all():
        raise refused("ref", ref, "an intention of this round")
    here = (overrides.c.round_id == change.round_id, overrides.c.ref == ref)
    row = change.connection.execute(select(overrides).where(*here)).one_or_none()
    current = row.version if row is not None else 0
    if row is not None and (row.segment, row.reason) == (segment, reason):
        return None
    # One that was taken back reads as none, so 0 is up to date as well as its version.
    up_to_date = (current, 0) if row is None or row.segment is None else (current,)
    if version not in up_to_date:
        now, by, at = (None, "", None) if row is None else (row.segment, row.by_name, row.at)
        return Outdated(f"segment of {ref}", now, by, at, current)
    values: dict[str, Any] = {
        "segment": segment,
        "reason": reason,
        "by": change.actor.id,
        "by_name": by_name,
        "at": change.at,
        "version": current + 1,
    }
    if row is None:
        if segment is None:
            return None
        key = {"round_id": change.round_id, "ref": ref}
        change.connection.execute(insert(overrides), {**key, **values})
    else:
        change.connection.execute(update(overrides).where(*here).values(**values))
    was = row.segment if row is not None else None
    change.record("segment", was, segment, reason, ref=ref, field="segment")
    return None
