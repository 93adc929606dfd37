"""Whether what a round holds is what its audit says: every value against the link that set it.

A chain that holds shows that the records were not altered. This shows that the values were not
altered past them, by somebody with the run of the database.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row

from store.holdings import AS_MADE, Held, Key, held_by
from store.records import SAID_FOR_IT
from store.schema import as_text

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Told:
    """What a link says that something is; `row` is the link."""

    value: Any
    row: Row[Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """The number of a link that is not what the round holds, and the difference in words."""

    link: int
    says: str


@dataclass
class Record:
    """What each thing is by the last link that set it, and what was loaded or added."""

    said: dict[Key, Told] = field(default_factory=dict)
    loads: list[Row[Any]] = field(default_factory=list)
    added: set[str] = field(default_factory=set)
    titles: dict[str, str] = field(default_factory=dict)  # as first loaded, of those renamed
    newest: dict[Key, int] = field(default_factory=dict)  # version of a cell
    last: int = 0


def loaded_digest(
    first: Iterable[Mapping[Any, Any]], listed: Iterable[Sequence[Any]] | None = None
) -> str:
    """A SHA-256 of what was loaded, in one order: the first versions of the cells, and `listed`.

    `listed` are (ref, title, carried, file, sheet, row); with it the cells' own rows and columns
    count too. Without it: as rounds were recorded before those were covered.
    """
    names: tuple[str, ...] = ("ref", "field", "number", "text")
    if listed is not None:
        names += ("source_row", "source_column")
    told: Any = sorted(tuple(cell[name] for name in names) for cell in first)
    if listed is not None:
        told = (told, sorted(map(tuple, listed)))
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()


def differences(
    connection: Connection, round_id: str, links: Iterable[Row[Any]]
) -> list[Difference]:
    """Everything that a round holds and its audit does not say, or the other way round.

    In the order of the links; one past the last stands for a link that is not there.
    """
    record = _read(links)
    held = held_by(connection, round_id, record.said)
    found = _take_out_what_was_loaded(record, held)
    said, holds = record.said, held.values
    for key in sorted(holds.keys() | said.keys()):
        told = said.get(key)
        if told is None:
            says = f"{_name(key)}: the round holds {_short(holds[key])}, but no link says so."
            found.append(Difference(record.last + 1, says))
        elif key not in holds or not _same(told.value, holds[key]):
            now = _short(holds[key]) if key in holds else "nothing"
            says = (
                f"{_name(key)}: {_link(told.row)} says {_short(told.value)}; the round holds {now}."
            )
            found.append(Difference(told.row.seq, says))
    return sorted(found, key=lambda difference: difference.link)


def _same(said: Any, held: Any) -> bool:
    if said == held or not isinstance(held, dict) or not held.get("taken_from"):
        return bool(said == held)
    # Recorded before the file and cell had a place of its own: they were in the reason only.
    older = {**held, "taken_from": ""}
    return bool(said == older) and held["why"].startswith(f"Taken from {held['taken_from']}")


def _read(links: Iterable[Row[Any]]) -> Record:
    record = Record()
    for row in links:
        record.last = row.seq
        _take_in(record, row, json.loads(row.was), json.loads(row.now))
    for (_, ref, id), version in record.newest.items():
        told = record.said["cell", ref, id, f"{version:06}"]
        record.said["cell", ref, id, f"{version:06}"] = Told({**told.value, "now": True}, told.row)
    return record


def _take_in(record: Record, row: Row[Any], was: Any, now: Any) -> None:
    said, ref, name = record.said, row.ref, row.field
    match row.action:
        case "round created" | "round described":
            for part, value in now.items():
                _set(said, ("round", part), value or None, row)
            if row.action == "round created":
                said["member", row.by] = Told("owner", row)
        case "state of the round":
            said["round", "state"] = Told(now, row)
        case "published scenario":
            said["round", "published_scenario"] = Told(now, row)
        case "round deleted":
            record.said = {key: said[key] for key in said if key[0] in ("round", "member")}
            record.said["round", "state"] = Told(now, row)
            for part in (record.loads, record.added, record.titles, record.newest):
                part.clear()
        case "intentions loaded":
            record.loads.append(row)
        case "intention added":
            record.added.add(ref)
            said["title", ref] = Told(now, row)
        case "title":
            record.titles.setdefault(ref, was)
            said["title", ref] = Told(now, row)
        case "score" | "field":
            record.newest["cell", ref, name] = now["version"]
            extra = {part: now.get(part, "") for part in SAID_FOR_IT}
            extra["at"] = as_text(row.at)
            told = {"value": now["value"], **extra, "by": row.by, "why": row.why}
            said["cell", ref, name, f"{now['version']:06}"] = Told({**told, "now": False}, row)
        case "status":
            _set(said, ("status", ref), None if now == AS_MADE else now, row)
        case "segment":
            said["segment", ref] = Told([now, row.why], row)
        case "link added":
            said["link", ref, now["kind"], now["other"]] = Told("a link", row)
        case "link removed":
            said.pop(("link", ref, was["kind"], was["other"]), None)
        case "member" | "scenario" | "setting":
            _set(said, (row.action, name), now, row)
        case "released setting":
            said["released", name] = Told(now, row)
        case "decision" | "assumption":
            entry = {"kind": row.action, "what": now["what"], "why": row.why, "ref": ref}
            said["log", str(now["number"])] = Told({**entry, "signed_by": ""}, row)
        case "signed off":
            key = "log", str(now["number"])
            before = said[key].value if key in said else {}
            said[key] = Told({**before, "signed_by": now["signed_by"]}, row)


def _set(said: dict[Key, Told], key: Key, value: Any, row: Row[Any]) -> None:
    said.pop(key, None)
    if value is not None:
        said[key] = Told(value, row)


def _take_out_what_was_loaded(record: Record, held: Held) -> list[Difference]:
    """Check what was loaded against its digest; what is left is for single links to say."""
    found = []
    listed = [row for row in held.intentions if row.ref not in record.added]
    counts = [json.loads(load.now) for load in record.loads]
    if sum(told["intentions"] for told in counts) != len(listed):
        wanted = sum(told["intentions"] for told in counts)
        says = f"{wanted} intentions were loaded by the record; the round holds {len(listed)}."
        found.append(Difference(record.loads[-1].seq if record.loads else record.last + 1, says))
    by_ref: dict[str, list[Row[Any]]] = {}
    for cell in held.first:
        by_ref.setdefault(cell.ref, []).append(cell)
    for load, told in zip(record.loads, counts, strict=True):
        rows, listed = listed[: told["intentions"]], listed[told["intentions"] :]
        first = [cell for row in rows for cell in by_ref.pop(row.ref, ())]
        altered = [
            cell
            for cell in first
            if ((cell.ref, cell.field) in held.standing)
            == (("cell", cell.ref, cell.field) in record.newest)
        ]
        as_listed = [
            (r.ref, record.titles.get(r.ref, r.title), r.carried, r.source_file, r.source_sheet,
             r.source_row)
            for r in rows
        ]  # fmt: skip
        cells = [cell._mapping for cell in first]
        covered = told["sha256"] == loaded_digest(cells, as_listed)
        if altered or not (covered or told["sha256"] == loaded_digest(cells)):
            says = f"{_link(load)}: what was loaded is not what the round holds of it."
            found.append(Difference(load.seq, says))
        for row in rows:
            if row.ref not in record.titles:
                held.values.pop(("title", row.ref))
    for cell in (cell for left in by_ref.values() for cell in left):
        value = cell.text if cell.number is None else cell.number
        held.values["cell", cell.ref, cell.field, "000001"] = {"value": value}
    return found


def _link(row: Row[Any]) -> str:
    return f"link {row.seq} ({row.action} by {row.name} on {row.at.day} {row.at:%B %Y})"


def _name(key: Key) -> str:
    kind, *parts = key
    if kind == "cell":
        return f"{parts[0]}, {parts[1]}, version {int(parts[2])}"
    if kind == "round":
        return f"The round's {parts[0].replace('_', ' ')}"
    return f"{kind[0].upper()}{kind[1:]} {', '.join(parts)}"


def _short(value: Any) -> str:
    if isinstance(value, dict) and "value" in value:
        value = value["value"]
    told = json.dumps(value, ensure_ascii=False, default=str)
    return told if len(told) <= _LONGEST else f"{told[:_LONGEST]} ..."
