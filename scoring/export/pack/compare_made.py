"""Where a file of a pack says otherwise than the same file made again from the pack's inputs."""

from __future__ import annotations

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from xml.etree import ElementTree

from scoring.export.pack.differences import Difference
from scoring.export.pack.formulas_kept import formulas_of
from scoring.export.pack.pixels import same_picture
from scoring.intake.result import Limits, Source
from scoring.intake.workbook import Workbook
from scoring.problem import Unusable
from scoring.sheet import column_letters

MOST = 20  # differences of one file that are named one by one
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LONG, _BEFORE = 120, 30  # letters that are shown of a paragraph or line, and before they part
_BROKEN = (zipfile.BadZipFile, KeyError, UnicodeDecodeError, zlib.error, ElementTree.ParseError,
           csv.Error, ValueError, Unusable)  # fmt: skip


def compare_made(
    name: str, found: bytes, made: bytes, known: Iterable[str] = (), parts: bool = True
) -> list[Difference]:
    """What differs in one file; `known` are the places (`Difference.where`) already told of.

    `parts`: whether parts of a workbook or document that hold no text are compared too.
    """
    if found == made:
        return []
    told = tuple(known)
    try:
        differences = list(_differences(name, found, made, told, parts))
    except _BROKEN as error:
        differences = [Difference("copy", name, "a file that can be read", str(error))]
    more = len(differences) - MOST
    if more > 0:
        said = Difference("copy", name, "what the inputs come to", f"{more:,} more differences")
        return [*differences[:MOST], said]
    return differences


def _differences(
    name: str, found: bytes, made: bytes, known: tuple[str, ...], parts: bool
) -> Iterator[Difference]:
    if name.endswith(".csv"):
        yield from _csv(name, found, made)
    elif name.endswith(".xlsx"):
        yield from _workbook(name, found, made, known, parts)
    elif name.endswith(".docx"):
        yield from _document(name, found, made, parts)
    elif name.endswith(".json"):
        yield from _json(name, json.loads(found), json.loads(made))
    else:
        yield from _lines(name, _text(found), _text(made))


def _text(data: bytes) -> list[str]:
    return data.decode("utf-8-sig").splitlines()


def _lines(name: str, found: Sequence[str], made: Sequence[str]) -> Iterator[Difference]:
    """Line by line; a line too many or too few is told once, not as all that follow."""
    pairs = SequenceMatcher(None, made, found, autojunk=False).get_opcodes()
    for what, start, end, first, last in pairs:
        if what == "equal":
            continue
        for k, (was, now) in enumerate(zip_longest(made[start:end], found[first:last])):
            yield _one(f"{name}, line {first + 1 + k}", was, now)


def _csv(name: str, found: bytes, made: bytes) -> Iterator[Difference]:
    now, was = (
        list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        for data in (found, made)
    )
    header = was[0] if was else []
    for number, (row, own) in enumerate(zip_longest(now, was), 1):
        if row is None or own is None:
            given = "no such row" if row is None else "a row"
            yield _one(f"{name}, row {number}", "a row" if row is None else "no such row", given)
            continue
        called = own[0] if own and own[0] else f"row {number}"
        for k, (value, wanted) in enumerate(zip_longest(row, own)):
            if value != wanted:
                column = header[k] if k < len(header) else f"column {k + 1}"
                yield _one(f"{name}, {called}, {column}", wanted, value)


def _json(where: str, found: object, made: object) -> Iterator[Difference]:
    if isinstance(found, dict) and isinstance(made, dict):
        for key in {**made, **found}:
            yield from _json(f"{where}, {key}", found.get(key), made.get(key))
    elif isinstance(found, list) and isinstance(made, list) and len(found) == len(made):
        for number, (now, was) in enumerate(zip(found, made, strict=True), 1):
            yield from _json(f"{where}, {number}", now, was)
    elif found != made:
        yield _one(where, made, found)


def _workbook(
    name: str, found: bytes, made: bytes, known: tuple[str, ...], parts: bool
) -> Iterator[Difference]:
    told = False
    now, was = _cells(name, found), _cells(name, made)
    for sheet in {**was, **now}:
        if sheet not in now or sheet not in was:
            given = ("a sheet", "no such sheet")
            told = True
            yield _one(f"{name}, {sheet}", *(given if sheet in was else given[::-1]))
            continue
        if any(where.startswith(f"{name}, {sheet}") for where in known):
            continue
        for at in {**was[sheet], **now[sheet]}:
            if now[sheet].get(at) != was[sheet].get(at):
                told = True
                cell = f"{column_letters(at[1])}{at[0]}"
                yield _one(f"{name}, {sheet}!{cell}", was[sheet].get(at), now[sheet].get(at))
    now_f, was_f = formulas_of(found), formulas_of(made)
    for where in {**was_f, **now_f}:
        if now_f.get(where) != was_f.get(where):
            told = True
            yield _one(
                f"{name}, {where}",
                was_f.get(where, "no formula"),
                now_f.get(where, "no formula"),
                cut=False,
            )
    if parts and not told and not known:
        yield from _other_parts(name, found, made)


def _cells(name: str, data: bytes) -> dict[str, Mapping[tuple[int, int], object]]:
    """{sheet: {(row, column) from 1: value}} of what is not empty."""
    book = Workbook(Source(name, data), Limits())
    made: dict[str, Mapping[tuple[int, int], object]] = {}
    for sheet in book.sheets:
        cells = book.read(sheet)
        made[sheet.name] = {
            (cells.top + i, cells.left + j): value
            for i, row in enumerate(cells.rows)
            for j, value in enumerate(row)
            if value not in ("", None)
        }
    return made


def _document(name: str, found: bytes, made: bytes, parts: bool) -> Iterator[Difference]:
    told = False
    now, was = _parts(found), _parts(made)
    for part in {**was, **now}:
        if part.startswith("word/") and part.endswith(".xml") and part in now and part in was:
            for number, (one, other) in enumerate(
                zip_longest(_paragraphs(now[part]), _paragraphs(was[part])), 1
            ):
                if one != other:
                    told = True
                    yield _one(f"{name}, paragraph {number}", other, one)
    if parts and not told:
        yield from _other_parts(name, found, made)


def _paragraphs(xml: bytes) -> list[str]:
    """The text of every paragraph, and what its pictures are said to show."""
    if b"<!DOCTYPE" in xml:
        raise ValueError("declarations that no Word document has")
    root = ElementTree.fromstring(xml)  # noqa: S314 - nothing is declared, so nothing expands
    made = []
    for paragraph in root.iter(f"{_W}p"):
        said = "".join(part.text or "" for part in paragraph.iter(f"{_W}t"))
        shown = [part.get("descr", "") for part in paragraph.iter() if part.tag.endswith("docPr")]
        made.append(" ".join(text for text in (said, *shown) if text))
    return made


def _other_parts(name: str, found: bytes, made: bytes) -> Iterator[Difference]:
    now, was = _parts(found), _parts(made)
    for part in {**was, **now}:
        one, other = now.get(part), was.get(part)
        if one != other:
            if one and other and part.endswith(".png") and same_picture(one, other):
                continue
            what = "as it is made again", "other bytes" if part in now else "no such part"
            yield _one(f"{name}, {part}", *(what if part in was else ("no such part", "a part")))


def _parts(data: bytes) -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _one(where: str, made: object, found: object, cut: bool = True) -> Difference:
    was, now = _said(made), _said(found)
    if cut and max(len(was), len(now)) > _LONG:
        # From a little before where they part, so that what differs is among what is shown.
        pairs = enumerate(zip_longest(was, now))
        start = max(0, next((k for k, (a, b) in pairs if a != b), 0) - _BEFORE)
        was, now = (_part(text, start) for text in (was, now))
    return Difference("copy", where, was, now)


def _part(text: str, start: int) -> str:
    lead = "…" if start else ""
    rest = "…" if len(text) > start + _LONG else ""
    return f"{lead}{text[start : start + _LONG]}{rest}"


def _said(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "nothing" if value in (None, "") else str(value)
