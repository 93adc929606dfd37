"""Text that spreadsheets can hold, and that none of them takes for a formula."""

from __future__ import annotations

import re

CELL_LIMIT = 32_767  # UTF-16 units in one Excel cell
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")


def cell_text(text: str) -> tuple[str, str]:
    """Text as a workbook can hold it, and what had to change ("" when nothing did).

    Text over 32,767 UTF-16 units is cut there; half characters and the two code points that
    XML forbids become U+FFFD. Control characters are left as they are: the Open XML format has an
    escape for them, which XlsxWriter writes.
    """
    said = []
    clean = _UNWRITABLE.sub("\ufffd", text)
    if clean != text:
        said.append("characters that no file can hold were replaced by \ufffd")
    if len(clean) > CELL_LIMIT // 2:
        units = clean.encode("utf-16-le")
        if len(units) > 2 * CELL_LIMIT:
            clean = units[: 2 * CELL_LIMIT].decode("utf-16-le", "ignore")
            said.append(
                f"cut after {len(clean):,} of {len(text):,} characters, all that a cell holds"
            )
    return clean, "; ".join(said)


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LIKE_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def stored_text(text: str) -> str:
    """Text as the stored value of a formula: XlsxWriter escapes control characters in cells of text
    only, and one that stands bare makes a workbook that Excel does not open.
    """
    escaped = _LIKE_ESCAPE.sub("_x005F_", text)
    return _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", escaped)


def one_line(text: str) -> str:
    """Text as a header: one line without control characters, 255 UTF-16 units, nothing escaped.

    A table's list of its columns and the header cells must agree to the letter.
    """
    line = " ".join(cell_text(re.sub("[\x00-\x1f]", " ", text))[0].split())
    plain = _LIKE_ESCAPE.sub("_ ", line)
    return plain.encode("utf-16-le")[:510].decode("utf-16-le", "ignore").strip() or "(no name)"


def csv_text(text: str) -> str:
    """Text that no spreadsheet runs as a formula when it opens a .csv file.

    A .csv has no way to mark text as text, so what starts with = + - @ tab or carriage return
    gets an apostrophe in front, as OWASP advises ("CSV Injection"). `plain_text` takes it off.
    """
    clean = _UNWRITABLE.sub("\ufffd", text)
    return f"'{clean}" if clean.startswith(_FORMULA_STARTS) else clean


def plain_text(text: str) -> str:
    """What `csv_text` was given: without the apostrophe that it put in front."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA_STARTS) else text
