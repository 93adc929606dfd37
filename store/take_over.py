"""What an edited file changes in a round that is open: planned row by row, then saved at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from scoring.export.diff import Change as Differs
from scoring.export.diff import renamed_refs
from scoring.export.edition import Edition
from scoring.framework import Framework
from scoring.sheet import FieldValue, ScoreSheet
from store.cell_checks import field_problems, score_problems
from store.cells import save_fields, save_scores
from store.intentions import STATUS_WORDS, rename_intention, set_status
from store.permission import may
from store.readings import with_added_rows
from store.records import Conflict, Intention, NewValue, Outdated, Role, Saved
from store.sheets import load_sheet
from store.transaction import Change


@dataclass(frozen=True)
class Seen:
    """A round as a person saw it when the file was compared with it.

    `versions` are those of its cells, `standing` its intentions by ref, whatever their status.
    """

    edition: Edition
    versions: Mapping[tuple[str, str], int]
    standing: Mapping[str, Intention]
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """A difference that is not taken over, and why."""

    change: Differs
    why: str


@dataclass(frozen=True)
class Plan:
    """What will be saved: every value on the version that was seen, with the cell it comes from.

    `titles` are (ref, title, version, why); `rejected` are (ref, reason, version).
    """

    scores: tuple[NewValue, ...] = ()
    fields: tuple[NewValue, ...] = ()
    titles: tuple[tuple[str, str, int, str], ...] = ()
    rejected: tuple[tuple[str, str, int], ...] = ()
    added: ScoreSheet | None = None
    reading: str = ""
    left: tuple[Left, ...] = ()

    def __len__(self) -> int:
        """How many changes there are to save."""
        added = 0 if self.added is None else len(self.added)
        return sum(map(len, (self.scores, self.fields, self.titles, self.rejected))) + added


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What became of a plan: how much was saved, and what somebody else had changed first."""

    saved: int
    conflicts: tuple[Conflict, ...]
    outdated: tuple[Outdated, ...]


def plan(
    seen: Seen,
    new: Edition,
    chosen: Collection[Differs],
    role: Role,
    rejected: Mapping[str, str] | None = None,
) -> Plan:
    """What the chosen differences come to in the round, for a person of that role.

    `rejected` gives a reason for each row that the file lacks and that is to be rejected; the
    others stay. Weights are no part of a round's content and are left to the caller.
    """
    b = new.intake.sheet
    old_ref = renamed_refs(seen.edition.intake, new.intake)
    names = {criterion: j for j, criterion in enumerate(b.framework.weights)}
    made: dict[str, list[NewValue]] = {"score": [], "field": []}
    titles: list[tuple[str, str, int, str]] = []
    added: list[int] = []
    left: list[Left] = []
    for change in chosen:
        if change.kind in ("weight", "deleted"):
            continue
        why_not = _why_not(change, role, seen.standing)
        ref = old_ref.get(change.ref, change.ref)
        why = f"Taken from {change.where}"
        if why_not:
            left.append(Left(change, why_not))
        elif change.kind == "added":
            added.append(b.index(change.ref))
        elif change.field == "title":
            version = seen.standing[ref].version
            titles.append((ref, b.titles[b.index(change.ref)], version, why))
        else:
            k, is_score = b.index(change.ref), change.kind == "score"
            if is_score:
                value = _score(b, k, names[change.field])
            else:
                value = b.fields[change.field][k] if change.field in b.fields else None
            version = seen.versions.get((ref, change.field), 0)
            entry = NewValue(ref, change.field, value, version, why=why, taken_from=change.where)
            if problem := _problem(b.framework, entry, change):
                left.append(Left(change, problem))
            else:
                made["score" if is_score else "field"].append(entry)
    sheet = b.take(sorted(added)) if added else None
    return Plan(
        tuple(made["score"]),
        tuple(made["field"]),
        tuple(titles),
        tuple((ref, why, seen.standing[ref].version) for ref, why in (rejected or {}).items()),
        sheet,
        with_added_rows(seen.reading, new.intake, set(sheet.refs)) if sheet else "",
        tuple(left),
    )


def take_over(change: Change, what: Plan) -> TakenOver:
    """Save a plan in one transaction, each part under the rules for its kind.

    What somebody else changed since it was seen is not written over but given back. Raises
    `Refused`, and saves nothing, where the role or the state of the round does not allow a part.
    """
    outcomes = list(save_scores(change, what.scores)) if what.scores else []
    outcomes += save_fields(change, what.fields) if what.fields else ()
    others: list[Outdated | None] = [rename_intention(change, *title) for title in what.titles]
    others += [
        set_status(change, ref, "rejected", reason, version)
        for ref, reason, version in what.rejected
    ]
    if what.added is not None:
        load_sheet(change, what.added, what.reading, "Added in a file that was loaded again")
    conflicts = tuple(o for o in outcomes if isinstance(o, Conflict))
    outdated = tuple(o for o in others if o is not None)
    saved = sum(isinstance(o, Saved) for o in outcomes) + len(others) - len(outdated)
    return TakenOver(saved + (len(what.added) if what.added else 0), conflicts, outdated)


def _score(sheet: ScoreSheet, i: int, j: int) -> FieldValue:
    return float(sheet.scores[i, j]) if sheet.scored[i, j] else None


def _why_not(change: Differs, role: Role, standing: Mapping[str, Intention]) -> str:
    """Why a difference cannot be taken over at all; "" where it can."""
    if change.kind == "segment":
        return "a segment is changed on the Segments page, with a reason"
    if change.field == "ref":
        return "a ref stays for as long as the round lasts"
    if change.field == "status":
        return "a status is changed on the Intentions page, with a reason"
    if change.kind == "added" and (known := standing.get(change.ref)) is not None:
        if known.status == "active":
            return "it is in the round already, merged into another on the Duplicates page"
        return f"it is in the round already, set aside ({STATUS_WORDS[known.status]})"
    needed: Role = "assessor" if change.kind == "score" else "analyst"
    if not may(role, needed):
        return f"it takes an {needed}; you are a{'n' if role[0] in 'ao' else ''} {role}"
    return ""


def _problem(framework: Framework, entry: NewValue, change: Differs) -> str:
    """What is wrong with a value; "" where nothing is."""
    if entry.value is None and change.now:
        return f'"{change.now}" was refused when the file was read: see its problems'
    check = score_problems if change.kind == "score" else field_problems
    problems = check(framework, [replace(entry, ref=change.ref)])
    return f"expected {problems[0].expected}" if problems else ""
