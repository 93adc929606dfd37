"""Pairs that a person said are the same, as statuses of the round: merged into the one that stays."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from store.intentions import set_status
from store.records import Outdated
from store.transaction import Change
from views.draft import PairMark
from views.kept import Kept

TAKEN_BACK = "No longer marked as the same on the Duplicates page"


def merges(marks: Iterable[PairMark]) -> dict[str, tuple[str, str]]:
    """{ref that is merged: (ref that stays, why)}; a chain ends at the one that stays."""
    into = {mark.merged: mark for mark in marks if mark.merged}
    return {ref: (_end(ref, into), _why(mark)) for ref, mark in into.items()}


def merge_work(kept: Kept, marks: Iterable[PairMark]) -> list[Callable[[Change], Outdated | None]]:
    """What makes the statuses of the open round follow the marks that were made or taken back."""
    saved = json.loads(kept.pairs[0]) if kept.pairs[0] else []
    before, after = merges(PairMark(**mark) for mark in saved), merges(marks)
    work: list[Callable[[Change], Outdated | None]] = []
    for ref in sorted({*before, *after}):
        standing = kept.standing.get(ref)
        if standing is None or before.get(ref) == after.get(ref):
            continue
        if ref in after and standing.status == "active":
            keep, why = after[ref]
            work.append(partial(_merge, ref=ref, keep=keep, why=why, version=standing.version))
        elif ref not in after and standing.status == "merged":
            work.append(partial(_part, ref=ref, version=standing.version))
    return work


def merge_all(change: Change, marks: Iterable[PairMark]) -> None:
    """The same for a round that was just made of them."""
    for ref, (keep, why) in merges(marks).items():
        _merge(change, ref, keep, why, 1)


def _merge(change: Change, ref: str, keep: str, why: str, version: int) -> Outdated | None:
    return set_status(change, ref, "merged", why, version, keep)


def _part(change: Change, ref: str, version: int) -> Outdated | None:
    return set_status(change, ref, "active", TAKEN_BACK, version)


def _end(ref: str, into: Mapping[str, PairMark]) -> str:
    seen = {ref}
    while ref in into and into[ref].keep not in seen:
        ref = into[ref].keep
        seen.add(ref)
    return ref


def _why(mark: PairMark) -> str:
    return " ".join(filter(None, (mark.note or "Marked as the same", f"({mark.by})")))
