"""Does the board paper in a pack list the places and totals that the inputs come to?"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from scoring.export.pack.copies import Expected
from scoring.export.pack.differences import Difference
from scoring.rounding import one_decimal

PAPER = "results/board-paper.docx"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACES = ("Place", "Place overall")


def compare_paper(files: Mapping[str, bytes], expected: Expected) -> list[Difference]:
    """Every row of every table of intentions with place and total; other text is not compared."""
    if PAPER not in files:
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(files[PAPER])) as parts:
            text = parts.read("word/document.xml")
        if b"<!DOCTYPE" in text:
            return [Difference("copy", PAPER, "a Word document", "declarations that none has")]
        document = ElementTree.fromstring(text)  # noqa: S314 - nothing is declared, so nothing expands
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, zlib.error) as error:
        return [Difference("copy", PAPER, "a Word document", str(error))]
    return [found for table in document.iter(f"{_W}tbl") for found in _table(table, expected)]


def _table(table: ElementTree.Element, expected: Expected) -> Iterator[Difference]:
    rows = [[_text(cell) for cell in row.iter(f"{_W}tc")] for row in table.iter(f"{_W}tr")]
    header = rows[0] if rows else []
    place = next((name for name in _PLACES if name in header), None)
    if place is None or not {"Ref", "Intention", "Total"} <= set(header):
        return
    ref_at, place_at, total_at = (header.index(name) for name in ("Ref", place, "Total"))
    ranking, sheet = expected.ranking, expected.ranking.sheet
    known = {" ".join(ref.split()): i for i, ref in enumerate(sheet.refs)}
    for row in rows[1:]:
        if len(row) != len(header):
            continue
        i = known.get(" ".join(row[ref_at].split()))
        if i is None:
            yield Difference("copy", f"{PAPER}, {row[ref_at]}", "no such intention", "a row")
            continue
        total = one_decimal(ranking.totals.total[i]) if ranking.places.ranked[i] else ""
        pairs = (("place", ranking.places.shown(i), row[place_at]), ("total", total, row[total_at]))
        for what, wanted, found in pairs:
            if wanted != found:
                yield Difference(
                    "copy", f"{PAPER}, {sheet.refs[i]}, {what}", wanted, found or "nothing"
                )


def _text(cell: ElementTree.Element) -> str:
    return "".join(part.text or "" for part in cell.iter(f"{_W}t")).strip()
