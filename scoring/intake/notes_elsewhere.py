"""What another sheet of the file says of the scales: a guide to the scores."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from scoring.framework import Criterion
from scoring.intake.cells import Cell, Cells, shown
from scoring.intake.direction import agreement, longer_at_the_good_end, statements
from scoring.intake.match import Matcher
from scoring.intake.notes_beside import Contradiction, Note, mentions
from scoring.intake.scores import ScoreReader
from scoring.intake.tables import Table

_MOST_ROWS = 300  # a longer sheet is no guide to the scores
_MOST_LEVELS = 12  # rows of a guide with criteria across the top
_LONGEST = 200  # characters of what is said of one level; more is a sentence about something else
_HIGH_LOW = frozenset({"high", "higher", "highest", "low", "lower", "lowest"})
_LEVEL = re.compile(r"(?:score|level|rating)?\s*(\d{1,3})(?:\s*[-–(=:]\D*)?", re.IGNORECASE)


def notes_elsewhere(cells: Cells) -> list[Note]:
    """Every line of a sheet that says something of levels, under the name that it stands beside.

    Three shapes are known: levels across the top with a criterion in each row, a level and its
    meaning side by side, and text such as "1 = low, 5 = high".
    """
    if cells.height > _MOST_ROWS:
        return []
    return list(_lines(cells))


def is_guide(table: Table, matcher: Matcher) -> bool:
    """Whether a table with criteria across the top is a guide: each row has a level of its own,
    words where the scores would be, few of them the word for another level, and nothing else."""
    if {header.match.field for header in table.headers} & {"ref", "title", "description"}:
        return False
    criteria = {
        header.column: matcher.criteria[header.match.fields[0]]
        for header in table.headers
        if header.names_criterion
    }
    rows = [row for row in table.cells.rows[table.first : table.end] if any(c != "" for c in row)]
    levels = [_only_level([c for j, c in enumerate(row) if j not in criteria]) for row in rows]
    if not 1 < len(rows) <= _MOST_LEVELS or len(set(levels)) < len(levels) or "" in levels:
        return False
    others = 0
    for row, level in zip(rows, levels, strict=True):
        for j, criterion in criteria.items():
            if not isinstance(row[j], str) or _level_alone(row[j]):
                return False
            read = ScoreReader(criterion).read(row[j])
            others += isinstance(read, float) and read != float(level)
    return 4 * others <= len(rows) * len(criteria)


def notes_of_guide(table: Table, matcher: Matcher) -> list[Note]:
    """What a guide with criteria across the top says of each."""
    notes: list[Note] = []
    rows = [i for i in range(table.first, table.end) if any(c != "" for c in table.cells.rows[i])]
    for header in table.headers:
        if not header.names_criterion:
            continue
        said = []
        for i in rows:
            row = table.cells.rows[i]
            level = next(level for cell in row if (level := _level_alone(cell)))
            said.append(f"{level} = {shown(row[header.column])}")
        where = table.cells.where(table.label_row, header.column)
        notes.append(Note(where, "; ".join(said), matcher.name_of(header.match.fields[0])))
    return notes


def against_elsewhere(
    notes: Sequence[Note], criterion: Criterion, favourable: bool
) -> Contradiction | None:
    """What notes on another sheet say against a criterion's direction, on the whole: for sure where
    two statements of it alone do and none agrees. Words that a sheet has for every criterion alike
    count only where they say high or low, and never for sure."""
    against: list[Contradiction] = []
    agreeing = 0
    others = {
        statement
        for note in notes
        if not _is_of(note, criterion)
        for statement in statements(note.text)
    }
    for note in notes:
        if not _is_of(note, criterion):
            continue
        if longer := longer_at_the_good_end(note.text.casefold(), criterion):
            return Contradiction(note, statements(longer)[0], True)
        for statement in statements(note.text):
            alike = statement in others
            if alike and not _HIGH_LOW.intersection(statement.phrase.split()):
                continue
            held = agreement(statement, criterion, favourable)
            agreeing += held > 0
            if held < 0:
                against.append(Contradiction(note, statement, not alike))
    if len(against) <= agreeing:
        return None
    sure = sum(1 for one in against if one.for_sure) > 1 and not agreeing
    return against[-1]._replace(for_sure=sure)


def _is_of(note: Note, criterion: Criterion) -> bool:
    return mentions(note.about or note.text, criterion)


def _lines(cells: Cells) -> Iterator[Note]:
    levels: dict[int, str] = {}
    about = ""
    for i in range(cells.height):
        row = cells.rows[i]
        found = {j: level for j in range(cells.width) if (level := _level_alone(row[j]))}
        if len(found) > 1:
            levels = found
            continue
        texts = [(j, shown(row[j]).strip()) for j in range(cells.width) if shown(row[j]).strip()]
        if not texts:
            levels = {}
            continue
        name = next((text for j, text in texts if j not in levels and not _is_level(text)), "")
        said = [
            f"{levels[j]} = {text}" for j, text in texts if j in levels and len(text) < _LONGEST
        ]
        if len(said) > 1:
            yield Note(cells.where(i), "; ".join(said), name)
            continue
        pair = _level_and_meaning([text for _, text in texts])
        if pair:
            first = texts[0][1]
            about = about if _is_level(first) else first
            yield Note(cells.where(i), pair, about)
            continue
        for k, (j, text) in enumerate(texts):
            if statements(text):
                beside = texts[0][1] if k else ""
                yield Note(cells.where(i, j), text, beside or ("" if ":" in text else about))
            elif k == 0:
                about = text if len(text) < _LONGEST else ""


def _only_level(cells: Sequence[Cell]) -> str:
    """The level that is all these cells hold."""
    filled = [cell for cell in cells if shown(cell).strip()]
    return _level_alone(filled[0]) if len(filled) == 1 else ""


def _level_alone(cell: Cell) -> str:
    """The level that a cell names and nothing more: 5, "Score 5", "5 (best)"."""
    text = shown(cell).strip()
    found = _LEVEL.fullmatch(text) if len(text) <= 30 else None
    return found[1] if found else ""


def _is_level(text: str) -> bool:
    return text.isdigit() and len(text) <= 3


def _level_and_meaning(texts: Sequence[str]) -> str:
    """ "1 = lowest cost" of a row that has the level and its meaning in neighbouring cells."""
    for level, meaning in pairwise(texts):
        if _is_level(level) and not _is_level(meaning) and len(meaning) < _LONGEST:
            return f"{level} = {meaning}"
    return ""
