"""The XML of .xlsx sheets, looked over before it is read: how large, and which cells are faulty."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from scoring.intake.crossed import cells_with, crossing_formats
from scoring.intake.result import Limits
from scoring.intake.safety import damaged, refuse
from scoring.sheet import column_letters

_SMALLEST_CELL = len(b'<c t="s"><v>0</v></c>')
_MOST_TEXT = 250 * 1024**2  # text of shared strings, counted once for each cell that shows it
_FILLED = re.compile(rb"<(?:\w+:)?(?:v|t|f)\b")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)<")
_SHEET = re.compile(r"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b([^>]*)>")


# A cell that does not begin with its place within so many columns and digits of a row: then every
# cell is looked at, one by one.
_OTHER_CELL = rb'<c(?! r="(?:%s)[1-9][0-9]{0,%d}")[\s/>]'
_NARROW = 26  # Z: most tables are no wider, and one letter is looked for more quickly
_WIDEST = 702  # ZZ: the quick look knows columns of two letters
_PREFIXED = re.compile(rb":(?:row|c)[\s/>]")
_FORMULA, _ERROR = re.compile(rb"<f[ >/]"), re.compile(rb"t=[\"']e[\"']")
_TAG = re.compile(
    rb"<(?:\w+:)?(?P<tag>row|c)(?=[\s/>])(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>"
)
_PLACE = re.compile(rb"(?<![\w:.-])r\s*=\s*(?:\"([^\"]*)\"|'([^']*)')?")
_REF = re.compile(rb"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_ROW_NUMBER = re.compile(rb"[1-9][0-9]{0,6}")


@dataclass
class SheetScan:
    """How far a sheet reaches, its faulty cells, (row, column) from 1 -> what they show, and those
    that are crossed out.

    Where `rough` it may reach less far, never further.
    """

    rows: int = 0
    columns: int = 0
    rough: bool = False
    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    crossed: frozenset[tuple[int, str]] = frozenset()


def scan_sheets(name: str, parts: dict[str, bytes], limits: Limits) -> dict[str, SheetScan]:
    """Look over every sheet of a workbook. Raises `Unusable` where one is absurdly large.

    Empty cells that are only formatted do not count. Returns scans by the names of sheets.
    """
    sheets = {path: part for path, part in parts.items() if b"sheetData" in part}
    scans = {path: _scan(name, part, limits, len(sheets)) for path, part in sheets.items()}
    if sum(scan.rows * scan.columns for scan in scans.values()) > limits.cells:
        scans = {path: _scan_each_cell(name, part) for path, part in sheets.items()}
    for scan in scans.values():
        if (scan.rows > limits.rows and not scan.rough) or scan.columns > limits.columns:
            refuse_size(name, f"a sheet of {scan.rows:,} rows and {scan.columns:,} columns", limits)
    area = sum(scan.rows * scan.columns for scan in scans.values())
    if area > limits.cells:
        refuse_size(name, f"sheets of {area:,} cells in all", limits)
    scans = {path.replace("\\", "/").lower(): scan for path, scan in scans.items()}
    _check_text(name, parts, list(sheets.values()))
    styles = next((p for path, p in parts.items() if path.lower().endswith("xl/styles.xml")), b"")
    if formats := crossing_formats(styles):
        for path, part in sheets.items():
            scans[path.replace("\\", "/").lower()].crossed = cells_with(formats, part)
    return {sheet: scans[path] for sheet, path in _paths(parts).items() if path in scans}


def refuse_size(name: str, found: str, limits: Limits) -> None:
    """Refuse a table that is too large."""
    refuse(
        name,
        found,
        f"at most {limits.rows:,} rows, {limits.columns:,} columns and {limits.cells:,} cells; "
        "keep only the sheets and rows that hold intentions",
    )


def _scan(name: str, part: bytes, limits: Limits, sheets: int) -> SheetScan:
    """Quickly, where every cell says where it stands and none can be too far: how far a sheet can
    reach at most. Else cell by cell: how far it does."""
    # Rows are written in order: the last number has the most digits, or the cells do not fit in.
    at = part.rfind(b'<row r="')
    number = _ROW_NUMBER.match(part, at + len(b'<row r="')) if at >= 0 else None
    last = int(number[0]) if number else 0
    rows = 10 ** len(str(last)) - 1
    quick = (
        last <= limits.rows
        and b"<sheetData" in part
        and not _PREFIXED.search(part)
        and not _has_faults(part)
    )
    if not quick:
        return _scan_each_cell(name, part)
    most = min(limits.columns, _WIDEST)
    if min(most, limits.cells // rows // sheets) > _NARROW and not _reaches_beyond(
        part, _NARROW, rows
    ):
        return SheetScan(rows, _NARROW, rough=True)
    width = min(most, limits.cells // rows // sheets)
    if width and not _reaches_beyond(part, width, rows):
        return SheetScan(rows, width, rough=True)
    if _reaches_beyond(part, most, rows):
        return _scan_each_cell(name, part)
    letters = set(re.findall(rb'<c r="([A-Z]{1,2})[0-9]', part))
    return SheetScan(rows, max(map(_column, letters), default=0), rough=True)


def _has_faults(part: bytes) -> bool:
    """Whether a sheet has formulas or errors. Where its cells have no letter f and no letter e, as
    those of plain numbers and shared strings, one quick look at each letter is enough."""
    start, end = part.find(b"<sheetData"), part.rfind(b"</sheetData>")
    cells = start + len(b"<sheetData")
    return any(
        (part.find(letter, cells, end) >= 0 and pattern.search(part, cells, end))
        or pattern.search(part, 0, cells)
        or pattern.search(part, max(end, cells))
        for letter, pattern in ((b"f", _FORMULA), (b"e", _ERROR))
    )


def _reaches_beyond(part: bytes, width: int, rows: int) -> bool:
    """Whether some cell is not plainly written, or is not within these columns and rows."""
    last = column_letters(width)
    columns = f"[A-{last}]"
    if len(last) == 2:
        before = f"|[A-{chr(ord(last[0]) - 1)}][A-Z]" if last[0] > "A" else ""
        columns = f"[A-Z]{before}|{last[0]}[A-{last[1]}]"
    pattern = _OTHER_CELL % (columns.encode(), len(str(rows)) - 1)
    return re.search(pattern, part) is not None


def _scan_each_cell(name: str, part: bytes) -> SheetScan:
    """How far a sheet reaches, exactly, and its faulty cells.

    A place that is not plainly written is refused: another reader could take it for any other.
    """
    scan = SheetScan()
    row = column = 0
    end = part.find(b"sheetData>", part.find(b"sheetData") + 1)
    tags = list(_TAG.finditer(part))
    for k, found in enumerate(tags):
        attributes = found["attributes"]
        place = _PLACE.search(attributes)
        written = (place[1] or place[2] or b"") if place else b""
        if found["tag"] == b"row":
            number = _ROW_NUMBER.fullmatch(written)
            if place and not number:
                damaged(name)
            row, column = (int(written) if number else row + 1), 0
            continue
        ref = _REF.fullmatch(written)
        if place and not ref:
            damaged(name)
        row, column = (int(ref[2]), _column(ref[1])) if ref else (row, column + 1)
        until = tags[k + 1].start() if k + 1 < len(tags) else max(end, found.end())
        content = part[found.end() : until]
        if attributes.endswith(b"/") or not _FILLED.search(content):
            continue
        scan.rows, scan.columns = max(scan.rows, row), max(scan.columns, column)
        fault = _fault(attributes, content)
        if fault:
            scan.faults[(row, column)] = fault
    return scan


def _fault(attributes: bytes, content: bytes) -> str:
    """What a faulty cell shows: its error, or the formula that was saved without a value."""
    value = _VALUE.search(content)
    if _ERROR.search(attributes):
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
    items = shared.split(b"</si>")
    longest = max(map(len, items))
    if longest * sum(len(sheet) // _SMALLEST_CELL for sheet in sheets) <= _MOST_TEXT:
        return
    if longest * sum(sheet.count(b't="s"') for sheet in sheets) <= _MOST_TEXT:
        return
    lengths = [len(item) for item in items]
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
