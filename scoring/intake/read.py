"""One file: bytes -> its tables, its intentions and scores, its problems, every row accounted for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from difflib import get_close_matches

import numpy as np

from scoring.framework import Framework
from scoring.intake.assemble import Assembly
from scoring.intake.cells import Cells
from scoring.intake.choose import choose_tables
from scoring.intake.long_tables import put_together
from scoring.intake.match import Matcher
from scoring.intake.notes_beside import Note
from scoring.intake.notes_elsewhere import is_guide, notes_elsewhere, notes_of_guide
from scoring.intake.own_sheets import WHY, own_sheets
from scoring.intake.result import (
    DEFAULT_OPTIONS,
    IGNORE,
    Correction,
    FileRead,
    FileSeen,
    ReadingOptions,
    SheetSeen,
    Source,
)
from scoring.intake.tables import Table, find_tables
from scoring.intake.turned import find_turned_tables
from scoring.intake.undisturbed import undisturbed
from scoring.intake.weights_elsewhere import WeightList, weight_lists
from scoring.intake.wording import plain
from scoring.intake.workbook import SheetName, Workbook
from scoring.problem import Problem, Unusable
from scoring.sheet import Origins, ScoreSheet

Progress = Callable[[float, str], None]


def read_file(
    source: Source,
    framework: Framework,
    options: ReadingOptions = DEFAULT_OPTIONS,
    progress: Progress | None = None,
) -> FileRead:
    """Read one file against a framework.

    Raises `Unusable` when nothing can be used: not a spreadsheet, protected, too large, no table,
    no criterion columns (where `options.need_scores`), a sheet or field named that does not exist.
    """
    with undisturbed():
        return _read(source, framework, options, progress or (lambda share, doing: None))


def _read(
    source: Source, framework: Framework, options: ReadingOptions, tell: Progress
) -> FileRead:
    matcher = Matcher(framework)
    wanted = _wanted_columns(options, matcher)
    tell(0.0, f"Opening {source.name}")
    book = Workbook(source, options.limits)
    _check_sheet_names(source.name, options, book)
    seen, tables, notes, weights = _tables_of(book, options, matcher, tell)
    tell(0.6, f"Reading the tables of {source.name}")
    chosen = choose_tables(source.name, tables, matcher, options, wanted, notes)
    assembly = Assembly(framework, source.name)
    for problem in chosen.problems:
        assembly.problems.append(problem)
    for k, (table, columns) in enumerate(chosen.tables):
        assembly.add(table, columns, refuse=chosen.refused.get(k, ""))
        tell(0.6 + 0.35 * (k + 1) / len(chosen.tables), f"Reading {table.where()}")
    assembly.heed_weights(weights)
    assembly.finish()
    used = {table.cells.sheet for table, _ in chosen.tables}
    sheets = tuple(
        _seen_again(sheet, sheet.sheet in used, chosen.why_not.get(sheet.sheet)) for sheet in seen
    )
    tell(1.0, f"Read {source.name}")
    return FileRead(
        FileSeen(source.name, len(source.data), hashlib.sha256(source.data).hexdigest()),
        _score_sheet(framework, assembly),
        tuple(assembly.problems),
        tuple(assembly.ledger),
        tuple(assembly.tables),
        sheets,
    )


def _tables_of(
    book: Workbook, options: ReadingOptions, matcher: Matcher, tell: Progress
) -> tuple[list[SheetSeen], list[Table], list[Note], list[WeightList]]:
    """The sheets, their tables, what the sheets without criteria say of the scales, and weights."""
    seen: list[SheetSeen] = []
    tables: list[Table] = []
    read: list[Cells] = []
    notes: list[Note] = []
    corrections = {c.sheet: c for c in options.corrections if c.file == book.name}
    repeating = own_sheets(sheet.name for sheet in book.sheets)
    for k, sheet in enumerate(book.sheets):
        correction = corrections.get(sheet.name)
        why = _why_skipped(sheet, options, correction, repeating)
        if why:
            seen.append(SheetSeen(book.name, sheet.name, sheet.hidden, 0, 0, False, why))
            continue
        cells = book.read(sheet)
        read.append(cells)
        found = _find(cells, matcher, correction)
        guides = [table for table in found if correction is None and is_guide(table, matcher)]
        notes += [note for table in guides for note in notes_of_guide(table, matcher)]
        found = [table for table in found if table not in guides]
        tables.extend(found)
        why = "it holds a table" if found else "no table of intentions was found in it"
        why = why if cells.rows else "it is empty"
        seen.append(
            SheetSeen(book.name, sheet.name, sheet.hidden, cells.height, cells.width, False, why)
        )
        tell(0.6 * (k + 1) / len(book.sheets), f"Read the sheet {sheet.name or book.name}")
    if not any(table.criteria for table in tables):
        # Only then: a guide to the scale lists the criteria as rows too.
        tables += [table for cells in read for table in find_turned_tables(cells, matcher)]
    scored = {table.cells.sheet for table in tables if table.criteria}
    notes += [n for cells in read if cells.sheet not in scored for n in notes_elsewhere(cells)]
    weights = [
        listed
        for cells in read
        if not any(table.cells.transposed and table.cells.sheet == cells.sheet for table in tables)
        for listed in weight_lists(cells, matcher, tables)
    ]
    return seen, tables, notes, weights


def _find(cells: Cells, matcher: Matcher, correction: Correction | None) -> list[Table]:
    if not cells.rows:
        return []
    at = None if correction is None else correction.header_row
    together = put_together(cells, matcher, None if at is None else at - cells.top)
    if together is not None:
        return find_tables(together, matcher)
    if correction is not None and correction.header_row is not None:
        found = find_tables(cells, matcher, correction.header_row - cells.top)
        return found or find_turned_tables(cells, matcher, correction.header_row - cells.left)
    return find_tables(cells, matcher)


def _why_skipped(
    sheet: SheetName,
    options: ReadingOptions,
    correction: Correction | None,
    repeating: frozenset[str],
) -> str:
    if not sheet.is_table:
        return "a chart or macro sheet"
    if correction is not None and correction.leave_out:
        return "left out because you said so"
    if options.sheets:
        named = plain(sheet.name) in {plain(name) for name in options.sheets}
        return "" if named or not sheet.name else "another sheet was asked for"
    if sheet.name in repeating and correction is None:
        return WHY
    if sheet.hidden and correction is None:
        return "it is hidden; name it with --sheet to read it"
    return ""


def _seen_again(sheet: SheetSeen, used: bool, why_not: str | None) -> SheetSeen:
    why = "it holds a table" if used else why_not or sheet.why
    return replace(sheet, used=used, why=why)


def _check_sheet_names(name: str, options: ReadingOptions, book: Workbook) -> None:
    known = {plain(sheet.name) for sheet in book.sheets}
    if known == {""}:
        return  # a text table has no sheets to choose from
    if not options.sheets or any(plain(sheet) in known for sheet in options.sheets):
        return
    there = ", ".join(sheet.name for sheet in book.sheets)
    raise Unusable(
        [
            Problem(name, sheet, f"one of its sheets: {there}", "sheet", "table")
            for sheet in options.sheets
        ]
    )


def _wanted_columns(options: ReadingOptions, matcher: Matcher) -> Mapping[str, str]:
    """Plain header text -> field, as a person said. Raises `Unusable` for an unknown field."""
    known = (*matcher.field_ids, IGNORE)
    said = [("--map", text, field) for text, field in options.columns.items()]
    for correction in options.corrections:
        where = f"{correction.file}, {correction.sheet}" if correction.sheet else correction.file
        said += [(where, f"column {n}", field) for n, field in correction.columns.items()]
    problems = []
    for where, text, field in said:
        if field not in known:
            close = get_close_matches(field, known, 4, 0.5) or list(known)
            expected = f"a field for {text}; close to it: {', '.join(close)}"
            problems.append(Problem(where, field, expected, "field", "column"))
    if problems:
        raise Unusable(problems)
    return {plain(text): field for text, field in options.columns.items()}


def _score_sheet(framework: Framework, assembly: Assembly) -> ScoreSheet:
    size = (len(assembly.refs), len(framework.criteria))
    scores = np.concatenate(assembly.scores) if assembly.scores else np.zeros(size)
    empty = np.zeros(0, np.int64)
    origins = Origins(
        tuple(assembly.places) or (("", ""),),
        np.concatenate(assembly.table_of) if assembly.table_of else empty,
        np.concatenate(assembly.row_of) if assembly.row_of else empty,
        np.concatenate(assembly.score_rows) if assembly.score_rows else empty.reshape(0, size[1]),
        np.concatenate(assembly.score_cols) if assembly.score_cols else empty.reshape(0, size[1]),
    )
    return ScoreSheet(
        framework,
        tuple(assembly.refs),
        tuple(assembly.titles),
        scores,
        {id: tuple(values) for id, values in assembly.fields.items()},
        origins,
    )
