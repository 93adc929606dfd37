"""Rules of Office Open XML (ECMA-376) and limits of Excel 2016, checked part by part.

A file that breaks one opens in forgiving programs and is "repaired" by Excel. Each check gives the
faults that it finds, in words.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from openpyxl.utils import range_boundaries

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}"
LINKS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# The order in which ECMA-376 part 1, 18.3.1.99, wants the children of a worksheet.
ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
    "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations",
    "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks",
    "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
    "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip
# All that the workbooks use; every one of them is in Excel 2007 and in LibreOffice.
FUNCTIONS = {
    "AND", "COUNT", "COUNTIF", "COUNTIFS", "IF", "IFERROR", "INDEX", "ISNUMBER", "LEFT", "LEN",
    "MATCH", "MAX", "N", "NOT", "OR", "RANK", "ROUND", "ROW", "ROWS", "SMALL", "SUM", "SUMPRODUCT",
}  # fmt: skip
CELL_LIKE = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*")
NAME = re.compile(r"[A-Za-z_\\][\w.\\]*")


def faults(data: bytes) -> list[str]:
    """Every fault of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    found = [f"{name} twice" for name in _twice([n.casefold() for n in parts])]
    trees, found = {}, []
    for name, part in parts.items():
        if name.endswith((".xml", ".rels", ".vml")):
            try:
                trees[name] = ET.fromstring(part)  # noqa: S314 - what we wrote ourselves
            except ET.ParseError as error:
                found.append(f"{name} is no XML: {error}")
    if found:
        return found
    found += _package(parts, trees)
    found += _names(trees)
    book = trees["xl/workbook.xml"]
    names = [sheet.get("name", "") for sheet in book.iter(f"{MAIN}sheet")]
    strings = _strings(trees)
    found += [f"text {i} is too long" for i, text in enumerate(strings) if _units(text) > 32_767]
    styles = trees["xl/styles.xml"]
    looks = len(_one(styles, "cellXfs"))
    changes = len(_one(styles, "dxfs"))
    found += [] if looks < 64_000 else ["too many formats"]
    ranges: list[tuple[str, str, str]] = []
    ids: list[str] = []
    for number, name in enumerate(names, 1):
        part = f"xl/worksheets/sheet{number}.xml"
        sheet = trees[part]
        found += [f"{name}: {fault}" for fault in _sheet(sheet, names, looks, changes)]
        values = {c.get("r", ""): _value(c, strings) for c in sheet.iter(f"{MAIN}c")}
        for target in _targets(trees, part, "table"):
            table = trees[target]
            ids.append(table.get("id", ""))
            ranges.append((name, table.get("displayName", ""), table.get("ref", "")))
            found += [f"{name}: {fault}" for fault in _table(table, values)]
    found += [f"table {name} twice" for name in _twice([n.casefold() for _, n, _ in ranges])]
    found += [f"table id {id} twice" for id in _twice(ids)]
    return found


def _package(parts: dict[str, bytes], trees: dict[str, ET.Element]) -> Iterator[str]:
    """Every part has a type, and every relationship leads to a part."""
    types = trees["[Content_Types].xml"]
    named = {node.get("PartName") for node in types}
    endings = {node.get("Extension") for node in types}
    for name in parts:
        if f"/{name}" not in named and name.rsplit(".", 1)[-1] not in endings:
            yield f"{name} has no content type"
    for name in named - {None}:
        if str(name).lstrip("/") not in parts:
            yield f"content type of {name}, which is not there"
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        for link in tree:
            target = posixpath.normpath(posixpath.join(folder, link.get("Target", "")))
            if link.get("TargetMode") != "External" and target.lstrip("/") not in parts:
                yield f"{name} leads to {target}, which is not there"


def _names(trees: dict[str, ET.Element]) -> Iterator[str]:
    """Sheets' names and defined names."""
    book = trees["xl/workbook.xml"]
    sheets = [sheet.get("name", "") for sheet in book.iter(f"{MAIN}sheet")]
    yield from (f"sheet {name} twice" for name in _twice([n.casefold() for n in sheets]))
    for name in sheets:
        bad = not 0 < len(name) <= 31 or re.search(r"[\[\]:*?/\\]", name) or name.strip("'") != name
        if bad:
            yield f"sheet name {name!r}"
    seen: list[str] = []
    for node in book.iter(f"{MAIN}definedName"):
        name, where = node.get("name", ""), node.get("localSheetId", "")
        seen.append(f"{name.casefold()} of {where}")
        plain = name.removeprefix("_xlnm.")
        if not NAME.fullmatch(plain) or CELL_LIKE.fullmatch(plain) or len(name) > 255:
            yield f"defined name {name!r}"
        for sheet in _sheets_named(node.text or ""):
            if sheet not in sheets:
                yield f"{name} names the sheet {sheet}"
    yield from (f"defined name {name} twice" for name in _twice(seen))


def _sheet(sheet: ET.Element, names: list[str], looks: int, changes: int) -> Iterator[str]:
    tags = [child.tag.removeprefix(MAIN) for child in sheet]
    places = [ORDER.index(tag) for tag in tags]
    if places != sorted(places):
        yield f"parts in the order {tags}"
    last_row = 0
    for row in sheet.iter(f"{MAIN}row"):
        number, columns = int(row.get("r", "0")), []
        if number <= last_row or float(row.get("ht", "0")) > 409.5:
            yield f"row {number}"
        last_row = number
        for cell in row:
            found = re.fullmatch(r"([A-Z]{1,3})([0-9]+)", cell.get("r", ""))
            assert found
            columns.append((len(found[1]), found[1]))
            if int(found[2]) != number or int(cell.get("s", "0")) >= looks:
                yield f"cell {cell.get('r')}"
        if columns != sorted(set(columns)):
            yield f"cells of row {number} out of order"
    for column in sheet.iter(f"{MAIN}col"):
        if not 0 <= float(column.get("width", "0")) <= 255:
            yield f"width {column.get('width')}"
    for node in sheet.iter(f"{MAIN}f"):
        yield from _formula(node.text or "", names)
    for rule in sheet.iter(f"{MAIN}conditionalFormatting"):
        yield from _area(rule.get("sqref", ""))
        for one in rule.iter(f"{MAIN}cfRule"):
            if one.get("dxfId") is not None and int(one.get("dxfId", "0")) >= changes:
                yield f"format {one.get('dxfId')} of a rule"
        for formula in rule.iter(f"{MAIN}formula"):
            yield from _formula(formula.text or "", names)
            if "!" in (formula.text or ""):
                yield f"a rule that looks at another sheet: {formula.text}"
    priorities = [rule.get("priority", "") for rule in sheet.iter(f"{MAIN}cfRule")]
    yield from (f"priority {p} twice" for p in _twice(priorities))
    for entry in sheet.iter(f"{MAIN}dataValidation"):
        yield from _area(entry.get("sqref", ""))
        for what, most in (
            ("promptTitle", 32),
            ("errorTitle", 32),
            ("prompt", 255),
            ("error", 255),
        ):
            if _units(entry.get(what, "")) > most:
                yield f"{what} of {len(entry.get(what, ''))} letters"
        for formula in entry:
            text = formula.text or ""
            if _units(text) > 255:
                yield f"a list of {len(text)} letters"
            yield from (f"a list on {s}" for s in _sheets_named(text) if s not in names)
    links = list(sheet.iter(f"{MAIN}hyperlink"))
    if len(links) > 65_530:
        yield f"{len(links)} links"
    for link in links:
        place = link.get("location", "")
        if place and not set(_sheets_named(place)) <= set(names):
            yield f"a link to {place}"
    for kind in ("oddHeader", "oddFooter"):
        for node in sheet.iter(f"{MAIN}{kind}"):
            if _units(node.text or "") > 255:
                yield f"{kind} of {len(node.text or '')} letters"


def _formula(text: str, names: list[str]) -> Iterator[str]:
    bare = re.sub(r'"[^"]*"', '""', text)  # what stands in quotes is text
    if len(text) > 8_192 or "_xl" in bare or "{" in bare:
        yield f"formula {text[:60]}"
    outside = re.sub(r"'[^']*'", "", bare)
    for function in re.findall(r"([A-Z][A-Z0-9.]*)\(", outside):
        if function not in FUNCTIONS:
            yield f"function {function}"
    yield from (f"formula on {s}" for s in _sheets_named(bare) if s not in names)
    depth = 0
    for letter in outside:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if not 0 <= depth <= 64:
            yield f"brackets of {text[:60]}"
            break
    if depth > 0:
        yield f"brackets of {text[:60]}"


def _table(table: ET.Element, values: dict[str, str | None]) -> Iterator[str]:
    name, area = table.get("displayName", ""), table.get("ref", "")
    if not NAME.fullmatch(name) or CELL_LIKE.fullmatch(name) or len(name) > 255:
        yield f"table name {name!r}"
    left, top, right, bottom = range_boundaries(area)
    columns = list(_one(table, "tableColumns"))
    headers = [column.get("name", "") for column in columns]
    if len(columns) != right - left + 1 or bottom <= top:
        yield f"table {area} of {len(columns)} columns"
    yield from (f"header {h} twice" for h in _twice([h.casefold() for h in headers]))
    for k, header in enumerate(headers):
        cell = values.get(f"{_letters(left + k)}{top}")
        if cell != header or not 0 < _units(header) <= 255:
            yield f"header {header!r} over a cell that says {cell!r}"
    ids = [column.get("id", "") for column in columns]
    yield from (f"column id {id} twice" for id in _twice(ids))
    filtered = table.find(f"{MAIN}autoFilter")
    if filtered is not None and filtered.get("ref") != area:
        yield f"a filter on {filtered.get('ref')}, a table on {area}"


def _strings(trees: dict[str, ET.Element]) -> list[str]:
    tree = trees.get("xl/sharedStrings.xml")
    if tree is None:
        return []
    return ["".join(t.text or "" for t in item.iter(f"{MAIN}t")) for item in tree]


def _value(cell: ET.Element, strings: list[str]) -> str | None:
    value = cell.find(f"{MAIN}v")
    if value is None or value.text is None:
        return None
    return strings[int(value.text)] if cell.get("t") == "s" else value.text


def _targets(trees: dict[str, ET.Element], part: str, kind: str) -> list[str]:
    folder, name = posixpath.split(part)
    tree = trees.get(f"{folder}/_rels/{name}.rels")
    links = [] if tree is None else [link for link in tree if link.get("Type", "").endswith(kind)]
    return [posixpath.normpath(f"{folder}/{link.get('Target')}") for link in links]


def _sheets_named(text: str) -> list[str]:
    quoted = re.findall(r"'((?:[^']|'')+)'!", text)
    plain = re.findall(r"(?<![\w'])([A-Za-z_]\w*)!", text)
    return [name.replace("''", "'") for name in quoted] + plain


def _area(text: str) -> Iterator[str]:
    for area in text.split():
        left, top, right, bottom = range_boundaries(area)
        if not (1 <= left <= right <= 16_384 and 1 <= top <= bottom <= 1_048_576):
            yield f"range {area}"


def _one(tree: ET.Element, tag: str) -> ET.Element:
    found = tree.find(f"{MAIN}{tag}")
    assert found is not None, tag
    return found


def _letters(column: int) -> str:
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _twice(items: list[str]) -> list[str]:
    return sorted({item for item in items if items.count(item) > 1})
