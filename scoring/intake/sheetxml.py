"""The XML of .xlsx sheets, looked over before it is read: how large, and which cells are faulty."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from scoring.intake.result import Limits
from scoring.intake.safety import refuse

_MOST_TEXT = 250 * 1024**2  # text of shared strings, counted once for each cell that shows it
_CELL = re.compile(
    rb"<(?:\w+:)?c\b(?P<attributes>[^>]*?)(?:/>|>(?P<content>.*?)</(?:\w+:)?c>)", re.DOTALL
)
_REF = re.compile(rb'\br="([A-Za-z]{1,7})([0-9]{1,9})"')
_FILLED = re.compile(rb"<(?:\w+:)?(?:v|t|f)\b")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)<")
_SHEET = re.compile(r"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b([^>]*)>")


_WIDE = 500  # the column SF: the limit unless another was set
# A cell that does not begin with where it stands, in columns A to SF.
_OTHER_CELL = re.compile(rb'<c(?=[ />])(?! r="(?:[A-Z]|[A-R][A-Z]|S[A-F])[0-9]{1,7}")')


@dataclass
class SheetScan:
    """How far a sheet reaches, and its faulty cells: (row, column) from 1 -> what they show."""

    rows: int = 0
    columns: int = 0
    faults: dict[tuple[int, int], str] = field(default_factory=dict)


def scan_sheets(name: str, parts: dict[str, bytes], limits: Limits) -> dict[str, SheetScan]:
    """Look over every sheet of a workbook. Raises `Unusable` where one is absurdly large.

    Empty cells that are only formatted do not count. Returns scans by the names of sheets.
    """
    scans: dict[str, SheetScan] = {}
    area = 0
    sheets = {path: part for path, part in parts.items() if b"sheetData" in part}
    for path, part in sheets.items():
        scan = _scan(part, limits, len(sheets))
        if scan.rows > limits.rows or scan.columns > limits.columns:
            refuse_size(name, f"a sheet of {scan.rows:,} rows and {scan.columns:,} columns", limits)
        area += scan.rows * scan.columns
        if area > limits.cells:
            refuse_size(name, f"sheets of {area:,} cells in all", limits)
        scans[path.replace("\\", "/").lower()] = scan
    _check_text(name, parts, list(sheets.values()))
    return {sheet: scans[path] for sheet, path in _paths(parts).items() if path in scans}


def refuse_size(name: str, found: str, limits: Limits) -> None:
    """Refuse a table that is too large."""
    refuse(
        name,
        found,
        f"at most {limits.rows:,} rows, {limits.columns:,} columns and {limits.cells:,} cells; "
        "keep only the sheets and rows that hold intentions",
    )


def _scan(part: bytes, limits: Limits, sheets: int) -> SheetScan:
    """Quickly where every cell says where it stands and none can be too far; else cell by cell."""
    rows = [int(number) for number in re.findall(rb'<row [^>]*?\br="([0-9]{1,9})"', part)]
    last = max(rows, default=0)
    regular = b"<sheetData" in part and len(rows) == part.count(b"<row") and last <= limits.rows
    regular = regular and _OTHER_CELL.search(part) is None
    if not regular:
        return _scan_each_cell(part, regular=False)
    if b"<f" in part or b't="e"' in part:
        return _scan_each_cell(part, regular=True)
    if limits.columns == _WIDE and last * _WIDE * sheets <= limits.cells // 4:
        return SheetScan(last, 1)  # so few rows that it cannot matter how wide they are
    letters = set(re.findall(rb'<c r="([A-Z]{1,2})[0-9]', part))
    scan = SheetScan(last, max(map(_column, letters), default=0))
    too_large = scan.columns > limits.columns or scan.rows * scan.columns > limits.cells
    return _scan_each_cell(part, regular=True) if too_large else scan


def _scan_each_cell(part: bytes, regular: bool) -> SheetScan:
    """The same, cell by cell: exact, and slower."""
    scan = SheetScan()
    row = column = 0
    tags = re.compile(
        rb"<(?:\w+:)?(?P<tag>row|c)\b(?P<attributes>[^>]*?)"
        rb"(?P<end>/>|>(?P<content>(?:(?!<(?:\w+:)?(?:row|c)\b).)*?</(?:\w+:)?c>)?)",
        re.DOTALL,
    )  # fmt: skip
    for found in _CELL.finditer(part) if regular else tags.finditer(part):
        attributes, content = found["attributes"], found["content"] or b""
        ref = _REF.search(attributes)
        if not regular and found["tag"] == b"row":
            number = re.search(rb'\br="([0-9]{1,9})"', attributes)
            row, column = (int(number[1]) if number else row + 1), 0
            continue
        row, column = (int(ref[2]), _column(ref[1])) if ref else (row, column + 1)
        if not _FILLED.search(content):
            continue
        scan.rows, scan.columns = max(scan.rows, row), max(scan.columns, column)
        fault = _fault(attributes, content)
        if fault:
            scan.faults[(row, column)] = fault
    return scan


def _fault(attributes: bytes, content: bytes) -> str:
    """What a faulty cell shows: its error, or the formula that was saved without a value."""
    value = _VALUE.search(content)
    if b't="e"' in attributes:
        return value[1].decode("utf-8", "replace")[:20] if value else "#ERROR!"
    if b"<f" not in content and b":f" not in content:
        return ""
    if (value and value[1]) or b't="str"' in attributes:
        return ""
    formula = re.search(rb"<(?:\w+:)?f\b[^>]*>([^<]*)<", content)
    text = html.unescape(formula[1].decode("utf-8", "replace")) if formula else ""
    return f"={text}"[:80]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _check_text(name: str, parts: dict[str, bytes], sheets: list[bytes]) -> None:
    """A long text that very many cells share would fill the memory when each gets its own copy."""
    shared = next(
        (p for path, p in parts.items() if path.lower().endswith("sharedstrings.xml")), b""
    )
    lengths = [len(item) for item in shared.split(b"</si>")]
    smallest = len(b'<c t="s"><v>0</v></c>')
    if max(lengths) * sum(len(sheet) // smallest for sheet in sheets) <= _MOST_TEXT:
        return
    shown = 0
    for sheet in sheets:
        for index in re.findall(rb't="s"[^>]*><v>([0-9]{1,9})<', sheet):
            at = int(index)
            shown += lengths[at] if at < len(lengths) else 0
    if shown > _MOST_TEXT:
        refuse(name, f"cells with {shown / 1024**2:,.0f} MB of text",
               f"at most {_MOST_TEXT // 1024**2} MB of text in all cells")  # fmt: skip


def _paths(parts: dict[str, bytes]) -> dict[str, str]:
    """The name of each sheet and the part that holds it."""
    lowered = {path.replace("\\", "/").lower(): part for path, part in parts.items()}
    book = lowered.get("xl/workbook.xml", b"").decode("utf-8", "replace")
    relations = lowered.get("xl/_rels/workbook.xml.rels", b"").decode("utf-8", "replace")
    targets = {}
    for attributes in _RELATION.findall(relations):
        id, target = _attribute(attributes, "Id"), _attribute(attributes, "Target")
        path = target.lower().removeprefix("/")
        targets[id] = path if path.startswith("xl/") else f"xl/{path}"
    return {
        _attribute(attributes, "name"): targets.get(_attribute(attributes, r"\w+:id"), "")
        for attributes in _SHEET.findall(book)
    }


def _attribute(attributes: str, name: str) -> str:
    found = re.search(rf"(?:^|\s){name}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", attributes)
    return html.unescape(found[1] or found[2] or "") if found else ""
