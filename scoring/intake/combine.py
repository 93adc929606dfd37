"""Many files into one round: refs that clash between files are kept apart, and said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import PurePath

import numpy as np

from scoring.framework import Framework
from scoring.intake.apart import apart, renamed_lines, renamed_problems, same_ref
from scoring.intake.read import read_file
from scoring.intake.result import DEFAULT_OPTIONS, FileRead, Intake, ReadingOptions, Source
from scoring.intake.wording import plain
from scoring.problem import Problem, Unusable
from scoring.sheet import FieldValue, Origins, ScoreSheet


def read_intentions(
    sources: Sequence[Source],
    framework: Framework,
    options: ReadingOptions = DEFAULT_OPTIONS,
    progress: Callable[[float, str], None] | None = None,
) -> Intake:
    """Read files against a framework, into one intake.

    Every row read has a line in the ledger; everything a person must fix is in `problems`, in the
    order of the files. Raises `Unusable` with a message for every file of which nothing can be used.
    """
    if not sources:
        raise Unusable(Problem("files", "", "at least one file of intentions", kind="file"))
    reads: list[FileRead] = []
    unusable: list[Problem] = []
    for k, source in enumerate(_told_apart(sources)):

        def tell(share: float, doing: str, k: int = k) -> None:
            if progress is not None:
                progress((k + share) / len(sources), doing)

        try:
            reads.append(read_file(source, framework, options, tell))
        except Unusable as error:
            unusable += [p for p in error.problems if p not in unusable]
    if not unusable:
        unusable = [*_unknown_sheets(reads, options), *_unknown_headers(reads, options)]
    if unusable:
        raise Unusable(unusable)
    return combine(reads, framework, options)


def combine(
    reads: Sequence[FileRead], framework: Framework, options: ReadingOptions = DEFAULT_OPTIONS
) -> Intake:
    """Put files that were read with the same framework and options together. A file given twice,
    the same byte for byte, counts once, and that is said."""
    reads, problems = _each_once(reads)
    clashing = _clashing(reads)
    renamed: list[FileRead] = []
    taken = {same_ref(ref) for read in reads for ref in read.sheet.refs} if clashing else set()
    for read in reads:
        changes: dict[str, str] = {}
        for ref in read.sheet.refs if clashing else ():
            if same_ref(ref) in clashing:
                changes[ref] = apart(ref, PurePath(read.file.name).stem, taken)
                taken.add(same_ref(changes[ref]))
        renamed.append(_rename(read, changes) if changes else read)
        problems += read.problems if not changes else renamed[-1].problems
        for old, new in changes.items():
            i = read.sheet.index(old)
            others = ", ".join(clashing[same_ref(old)])
            problems.append(
                Problem(read.sheet.where.row(i), old,
                        f"a ref that no other file uses ({others}); it is called {new} here",
                        "Ref", "ref", new, read.sheet.titles[i])
            )  # fmt: skip
    return Intake(
        _joined([read.sheet for read in renamed], framework),
        tuple(problems),
        tuple(line for read in renamed for line in read.ledger),
        tuple(table for read in reads for table in read.tables),
        tuple(sheet for read in reads for sheet in read.sheets),
        tuple(read.file for read in reads),
    )


def _told_apart(sources: Sequence[Source]) -> list[Source]:
    """Sources whose names differ: a second "team.xlsx" becomes "team.xlsx (2)"."""
    seen: Counter[str] = Counter()
    apart: list[Source] = []
    for source in sources:
        seen[source.name] += 1
        again = seen[source.name]
        apart.append(source if again == 1 else Source(f"{source.name} ({again})", source.data))
    return apart


def _each_once(reads: Sequence[FileRead]) -> tuple[list[FileRead], list[Problem]]:
    """The files without those that repeat another's bytes, and a Problem for each of these."""
    first: dict[str, FileRead] = {}
    problems: list[Problem] = []
    for read in reads:
        same = first.setdefault(read.file.sha256, read)
        if same is not read:
            problems.append(
                Problem(read.file.name, f"the same file as {same.file.name} (equal SHA-256)",
                        "each file once; it was read once", "file", "file")
            )  # fmt: skip
    return list(first.values()), problems


def _clashing(reads: Sequence[FileRead]) -> dict[str, list[str]]:
    """Refs used in more than one file, and in which."""
    if len(reads) == 1:
        return {}
    files: dict[str, list[str]] = {}
    for read in reads:
        for ref in read.sheet.refs:
            files.setdefault(same_ref(ref), []).append(read.file.name)
    return {ref: names for ref, names in files.items() if len(names) > 1}


def _rename(read: FileRead, changes: dict[str, str]) -> FileRead:
    sheet = replace(read.sheet, refs=tuple(changes.get(ref, ref) for ref in read.sheet.refs))
    ledger = tuple(renamed_lines(read.ledger, changes))
    return replace(
        read, sheet=sheet, ledger=ledger, problems=tuple(renamed_problems(read.problems, changes))
    )


def _joined(sheets: Sequence[ScoreSheet], framework: Framework) -> ScoreSheet:
    if len(sheets) == 1:
        return sheets[0]
    if not sheets:
        return ScoreSheet(framework, (), (), np.zeros((0, len(framework.criteria))))
    ids = dict.fromkeys(id for sheet in sheets for id in sheet.fields)
    fields: dict[str, tuple[FieldValue, ...]] = {
        id: tuple(value for sheet in sheets for value in sheet.fields.get(id, (None,) * len(sheet)))
        for id in ids
    }
    offsets = np.cumsum([0, *(len(sheet.where.tables) for sheet in sheets)]).tolist()
    origins = Origins(
        tuple(table for sheet in sheets for table in sheet.where.tables),
        np.concatenate([s.where.table_of + k for s, k in zip(sheets, offsets, strict=False)]),
        np.concatenate([sheet.where.row_of for sheet in sheets]),
        np.concatenate([sheet.where.score_rows for sheet in sheets]),
        np.concatenate([sheet.where.score_cols for sheet in sheets]),
    )
    return ScoreSheet(
        framework,
        tuple(ref for sheet in sheets for ref in sheet.refs),
        tuple(title for sheet in sheets for title in sheet.titles),
        np.concatenate([sheet.scores for sheet in sheets]),
        fields,
        origins,
    )


def _unknown_headers(reads: Sequence[FileRead], options: ReadingOptions) -> list[Problem]:
    """Headers named with --map that no table has."""
    headers = {c.header for read in reads for table in read.tables for c in table.columns}
    comparable = [f" {plain(header)} " for header in headers]
    problems = []
    for text in options.columns:
        if not any(f" {plain(text)} " in header for header in comparable):
            close = get_close_matches(text, sorted(headers), 4, 0.4) or sorted(headers)[:12]
            expected = f"a header of one of the tables; close to it: {', '.join(close)}"
            problems.append(Problem("--map", text, expected, "header", "column"))
    return problems


def _unknown_sheets(reads: Sequence[FileRead], options: ReadingOptions) -> list[Problem]:
    """Sheets named with --sheet that no file has."""
    there = list(dict.fromkeys(sheet.sheet for read in reads for sheet in read.sheets))
    known = {plain(sheet) for sheet in there} - {""}
    names = ", ".join(filter(None, there))
    return [
        Problem("--sheet", sheet, f"a sheet of one of the files: {names}", "sheet", "table")
        for sheet in options.sheets
        if known and plain(sheet) not in known
    ]
