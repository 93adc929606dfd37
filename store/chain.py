"""The audit chain: each link's hash covers the link and the hash before it (SHA-256)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.records import Actor
from store.schema import as_text

START = "0" * 64


def link(
    round_id: str,
    seq: int,
    previous: str,
    at: datetime,
    actor: Actor,
    action: str,
    ref: str,
    field: str,
    was: Any,
    now: Any,
    why: str,
) -> dict[str, Any]:
    """The next row of the audit, after link number `seq` whose hash is `previous`."""
    row = {
        "round_id": round_id,
        "seq": seq + 1,
        "at": at,
        "by": actor.id,
        "name": actor.name,
        "action": action,
        "ref": ref,
        "field": field,
        "was": _json(was),
        "now": _json(now),
        "why": why,
        "previous": previous,
    }
    return {**row, "hash": hash_of(row)}


def hash_of(row: dict[str, Any]) -> str:
    """The hash of one link, from everything in it but the hash itself."""
    content = {name: value for name, value in row.items() if name != "hash"}
    content["at"] = as_text(content["at"])
    return hashlib.sha256(_json(content).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Verified:
    """What checking a chain found: how many links hold, and the first that does not."""

    links: int
    broken: int | None
    says: str

    @property
    def holds(self) -> bool:
        """Whether every link holds."""
        return self.broken is None


def verify(rows: Iterable[dict[str, Any]], head_seq: int, head_hash: str) -> Verified:
    """Check the links of one round in order against each other and against the round's head."""
    previous, seq = START, 0
    for row in rows:
        seq += 1
        if row["seq"] != seq:
            return Verified(seq - 1, seq, f"Link {seq} is missing; the next one is {row['seq']}.")
        if row["previous"] != previous:
            return Verified(seq - 1, seq, f"Link {seq} does not follow link {seq - 1}.")
        if hash_of(row) != row["hash"]:
            who = f"{row['name']} on {row['at']:%d %B %Y}"
            says = f"Link {seq} ({row['action']} by {who}) was altered after it was written."
            return Verified(seq - 1, seq, says)
        previous = row["hash"]
    if (seq, previous) != (head_seq, head_hash):
        if seq < head_seq:
            says = f"Links {seq + 1} to {head_seq} are missing from the end."
        else:
            says = f"The round says that its last link is {head_seq}, but the audit ends at {seq}."
        return Verified(seq, min(seq, head_seq) + 1, says)
    return Verified(seq, None, f"All {seq} links hold.")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
