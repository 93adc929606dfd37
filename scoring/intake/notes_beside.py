"""What stands above, beside or below a table about its scales: a key, a line of instructions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from scoring.framework import Criterion
from scoring.intake.cells import shown
from scoring.intake.direction import Statement, agreement, statements
from scoring.intake.headers import Header
from scoring.intake.tables import Table
from scoring.intake.wording import plain

_KEY = frozenset(
    [
        "key",
        "legend",
        "meaning",
        "scale",
        "definition",
        "definitions",
        "guide",
        "guidance",
        "scoring",
    ]
)
_PLAINLY = re.compile(r"\d\s*(?:=|is\b|means\b)")  # of one level only: "5 = highest cost"
_MOST_LINES = 15  # in a key beside a table; more are remarks on its rows
_ABOVE, _BESIDE, _BELOW, _GUIDANCE = 15, 60, 30, 3  # rows looked through
_EVERY = re.compile(r"\b(?:every|each|all)\b(?:\s+\w+){0,2}?\s+(?:criteri\w+|columns?|scores?)\b")


class Note(NamedTuple):
    """A line of text by a table; `about` is the heading that it stands under."""

    where: str
    text: str
    about: str


class Contradiction(NamedTuple):
    """What a note says against the framework's direction of one criterion. `for_sure` where it
    says so of this criterion, or of every one."""

    note: Note
    statement: Statement
    for_sure: bool


def notes_by(table: Table) -> list[Note]:
    """The lines by a table that say something of levels."""
    if table.cells.transposed:
        return []
    return [*_above(table), *_beside(table), *_below(table)]


def contradiction(
    notes: list[Note], criterion: Criterion, favourable: bool, criteria: Collection[Criterion]
) -> Contradiction | None:
    """The first thing that notes say against a criterion's direction, the surest first. A line
    that names other `criteria` says nothing of this one."""
    unsure: Contradiction | None = None
    for note in notes:
        about = mentions(note.about, criterion)
        said = statements(note.text)
        of_it = [s for s in said if mentions(s.phrase, criterion)]
        held = [agreement(statement, criterion) for statement in of_it]
        if any(one < 0 for one in held):
            return Contradiction(note, of_it[min(range(len(held)), key=held.__getitem__)], True)
        if any(one > 0 for one in held):
            continue
        line = about or mentions(note.text, criterion)
        every = bool(_EVERY.search(note.text.casefold()))
        against = [s for s in said if agreement(s, criterion, favourable) < 0]
        if against and (line or every):
            return Contradiction(note, against[0], True)
        others = any(mentions(f"{note.about} {note.text}", other) for other in criteria)
        if against and _levels(note) > 1 and not others and unsure is None:
            unsure = Contradiction(note, against[0], False)
    return unsure


def mentions(text: str, criterion: Criterion) -> bool:
    """Whether text names a criterion."""
    words = f" {plain(text)} "
    names = (criterion.name, *criterion.also_called)
    return any(f" {plain(name)} " in words for name in names)


def _above(table: Table) -> Iterator[Note]:
    top = max(0, table.header_row - _ABOVE)
    lines = _lines(table, range(top, table.header_row), range(table.cells.width))
    yield from (note for note in lines if _levels(note) > 1 or _PLAINLY.search(note.text))


def _beside(table: Table) -> Iterator[Note]:
    """Columns with no header, and those whose header says that they are a key."""
    used = {h.column for h in table.headers if not _is_key(table, h)}
    rows = range(table.header_row, min(table.end, table.first + _BESIDE, table.cells.height))
    block: list[int] = []
    for j in range(table.cells.width + 1):
        if j < table.cells.width and j not in used:
            block.append(j)
        elif block:
            lines = list(_lines(table, rows, block))
            levels = {s.level for note in lines for s in statements(note.text)}
            if len(levels) > 1 and len(lines) <= _MOST_LINES:
                yield from lines
            block = []


def _levels(note: Note) -> int:
    return len({statement.level for statement in statements(note.text)})


def _is_key(table: Table, header: Header) -> bool:
    named = "key" in header.match.why.split() or _KEY.intersection(plain(header.text).split())
    return bool(named and header.match.use != "field") or is_lone_key(table, header)


def is_lone_key(table: Table, header: Header) -> bool:
    """Whether a header states levels over an empty column, and another is the column itself."""
    below = table.cells.columns[header.column][table.first : table.end]
    twice = sum(1 for other in table.headers if other.match.fields == header.match.fields) > 1
    return twice and bool(statements(header.text)) and all(cell == "" for cell in set(below))


def _below(table: Table) -> Iterator[Note]:
    """Lines at the foot of a table, in which two levels or more are explained."""
    start = max(table.first, min(table.end, table.cells.height) - _BELOW)
    run: list[str] = []
    for i in range(start, min(table.end, table.cells.height) + 1):
        row = table.cells.rows[i] if i < min(table.end, table.cells.height) else ()
        filled = [shown(cell).strip() for cell in row if shown(cell).strip()]
        if len(filled) == 1:
            run.append(filled[0])
            continue
        if run:
            note = Note(table.cells.where(max(i - len(run), table.first)), "; ".join(run), "")
            if _levels(note) > 1:
                yield note
        run = []


def guidance_below(table: Table, header: Header) -> str:
    """What rows right below the header say of one column: rows that name no intention."""
    names = [h.column for h in table.headers if h.match.field in ("ref", "title")]
    said: list[str] = []
    for i in range(table.first, min(table.first + _GUIDANCE, table.end, table.cells.height)):
        row = table.cells.rows[i]
        labels = {word for j in names for word in plain(shown(row[j])).split()}
        cell = row[header.column]
        if isinstance(cell, str) and names and (not labels or labels & _KEY):
            said.append(cell)
    return "\n".join(said)


def _lines(table: Table, rows: range, columns: range | list[int]) -> Iterator[Note]:
    """Each text cell; a number with text to its right as one line. A line that says nothing of
    levels is the heading of those below it."""
    about = ""
    for i in rows:
        row = table.cells.rows[i]
        texts = [(j, shown(row[j]).strip()) for j in columns if shown(row[j]).strip()]
        if len(texts) == 2 and texts[0][1].isdigit() and not texts[1][1].isdigit():
            texts = [(texts[0][0], f"{texts[0][1]} = {texts[1][1]}")]
        first_at: dict[str, int] = {}
        for j, text in texts:
            first_at.setdefault(text, j)
        for text, j in first_at.items():
            if statements(text):
                yield Note(table.cells.where(i, j), text, about)
            elif len(text) < 200:
                about = text
