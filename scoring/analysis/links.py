"""Links between intentions: what each says in words, and what a funding line makes of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.analysis.funding_line import funding_line
from scoring.ranking import Ranking
from scoring.sheet import Bools

# How a link reads from its own end and from the other one.
WORDS: Mapping[str, tuple[str, str]] = {
    "duplicate_of": ("is a duplicate of", "has a duplicate,"),
    "depends_on": ("depends on", "is needed by"),
    "excludes": ("excludes", "is excluded by"),
    "mitigates": ("mitigates", "is mitigated by"),
}


@dataclass(frozen=True, slots=True)
class Relation:
    """`ref` duplicates, depends on, excludes or mitigates `other`, because of `why`."""

    ref: str
    kind: str
    other: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class LinkWarning:
    """What a line makes of a link that somebody should look at."""

    kind: str
    refs: tuple[str, ...]
    says: str

    def __str__(self) -> str:
        return self.says


def links_of(
    ref: str, relations: Iterable[Relation], titles: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """The links of one intention from its own side, a sentence each: "Depends on B: the title."."""
    said = []
    for relation in relations:
        if ref not in (relation.ref, relation.other):
            continue
        own = relation.ref == ref
        words = WORDS[relation.kind][0 if own else 1]
        other = relation.other if own else relation.ref
        title = (titles or {}).get(other, "")
        why = f" Because: {relation.why}" if relation.why else ""
        said.append(f"{words[0].upper()}{words[1:]} {other}{f' {title}' if title else ''}.{why}")
    return tuple(said)


def link_warnings(
    ranking: Ranking,
    relations: Collection[Relation],
    line: int,
    must_do: Sequence[bool] | Bools | None = None,
    counted: bool = True,
) -> tuple[LinkWarning, ...]:
    """Links that a line after `line` intentions leaves in an odd place.

    An intention above the line, or a must-do, that depends on one that is neither; two that
    exclude or duplicate each other and are both in. What a tie leaves open is not called in.
    Without a line (0) there is nothing to say.
    """
    if line < 1 or not relations:
        return ()
    cut = funding_line(ranking, line, must_do, counted)
    mine = np.zeros(len(ranking.sheet), bool) if must_do is None else np.asarray(must_do, bool)
    rows = {ref: i for i, ref in enumerate(ranking.sheet.refs)}

    def is_in(ref: str) -> bool:
        return ref in rows and bool(cut.above[rows[ref]] or mine[rows[ref]])

    def stands(ref: str) -> str:
        if ref not in rows:
            return "is not ranked in this round any more"
        if not ranking.places.ranked[rows[ref]]:
            return "is not ranked yet"
        return "is tied at the line" if cut.tied[rows[ref]] else "is below the line"

    found: list[LinkWarning] = []
    for relation in relations:
        a, b = relation.ref, relation.other
        if not is_in(a):
            continue
        if relation.kind == "depends_on" and not is_in(b):
            what = "a must-do" if mine[rows[a]] else "above the line"
            said = f"{a} is {what} but depends on {b}, which {stands(b)}."
            found.append(LinkWarning("depends_on", (a, b), said))
        elif relation.kind == "excludes" and is_in(b):
            said = f"{a} and {b} exclude each other, and both are in."
            found.append(LinkWarning("excludes", (a, b), said))
        elif relation.kind == "duplicate_of" and is_in(b):
            said = f"{a} is marked as a duplicate of {b}, and both are in."
            found.append(LinkWarning("duplicate_of", (a, b), said))
    once = {(w.kind, frozenset(w.refs) if w.kind != "depends_on" else w.refs): w for w in found}
    return tuple(once.values())
