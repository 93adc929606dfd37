"""The template: a workbook that a team fills in and that reads back without a question."""

from __future__ import annotations

import io
from itertools import zip_longest
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from scoring.export.formulas import address
from scoring.export.sheet_writer import Book, header_text, set_up_page, table_name
from scoring.export.styles import BLUE, PALE, Styles
from scoring.export.tables import Column, Kind, Table
from scoring.export.template_entries import (
    LIST_TEXT,
    MESSAGE,
    MESSAGE_TITLE,
    Entry,
    entries_of,
)
from scoring.export.template_guidance import columns_table, levels_table
from scoring.framework import Framework

SHEET, CHOICES = "Intentions", "Choices"
ROWS = 300  # prepared rows; a protected sheet cannot grow a table by itself
_COLOURS = {"what": "#003087", "score": BLUE, "question": "#00582f", "rest": "#425563"}


class _LockedStructure(Workbook):  # type: ignore[misc]
    """A workbook whose sheets cannot be renamed, moved or deleted by accident."""

    def _write_workbook_pr(self) -> None:
        super()._write_workbook_pr()
        self._xml_empty_tag("workbookProtection", [("lockStructure", 1)])


def write_template(framework: Framework) -> bytes:
    """The bytes of an .xlsx to fill in: one row an intention, dropdowns, anchors, guidance.

    The first row under the header is an example with the ref EXAMPLE, which reading leaves out.
    Cells to fill in are unlocked; headers are locked without a password, so that nobody changes
    them by accident and anybody can on purpose.
    """
    out = io.BytesIO()
    workbook = _LockedStructure(out, {"in_memory": True})
    workbook.set_properties({"title": f"Template, {framework.name}"})
    book = Book(workbook, Styles(workbook))
    entries = entries_of(framework)
    sheet = workbook.add_worksheet(SHEET)
    _write_header(book, sheet, entries)
    _write_example(book, sheet, entries)
    listed = [entry for entry in entries if _needs_a_sheet(entry)]
    for k, entry in enumerate(entries):
        source = _on_sheet(listed.index(entry), entry) if entry in listed else list(entry.choices)
        _write_rule(sheet, k, entry, source)
    _set_up(sheet, entries, framework)
    guidance = book.add(levels_table(framework), tall=True, widths={"means": 60}, freeze=1)
    steps = book.add(columns_table(framework, entries), tall=True, widths={"enter": 80}, freeze=1)
    others = [guidance, steps]
    if listed:
        others.append(book.add(_choices_table(listed)))
    for other in others:
        other.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    sheet.activate()
    workbook.close()
    return out.getvalue()


def _write_header(book: Book, sheet: Worksheet, entries: tuple[Entry, ...]) -> None:
    looks = {group: book.styles.header_in(colour) for group, colour in _COLOURS.items()}
    columns = [
        {"header": header_text(entry.column), "header_format": looks[entry.group]}
        for entry in entries
    ]
    options = {"name": table_name(SHEET), "style": "Table Style Light 1", "columns": columns}
    sheet.add_table(0, 0, ROWS + 1, len(entries) - 1, options)


def _write_example(book: Book, sheet: Worksheet, entries: tuple[Entry, ...]) -> None:
    for k, entry in enumerate(entries):
        look = book.styles.example(entry.column.kind, PALE)
        if isinstance(entry.example, str):
            sheet.write_string(1, k, entry.example, look)
        elif entry.example is None:
            sheet.write_blank(1, k, None, look)
        else:
            sheet.write_number(1, k, entry.example, look)
        sheet.set_column(
            k, k, _WIDTHS.get(entry.column.kind, 18), book.styles.open(entry.column.kind)
        )


_WIDTHS: dict[Kind, float] = {"long": 44, "score": 18, "money": 17, "number": 12, "text": 20}


def _needs_a_sheet(entry: Entry) -> bool:
    """Whether choices do not fit a list's own text: too long, or with a comma in one of them."""
    text = ",".join(entry.choices)
    return len(text) > LIST_TEXT or text.count(",") >= max(len(entry.choices), 1)


def _on_sheet(k: int, entry: Entry) -> str:
    first, last = address(1, k, fixed="both"), address(len(entry.choices), k, fixed="both")
    return f"={CHOICES}!{first}:{last}"


def _choices_table(entries: list[Entry]) -> Table:
    rows = tuple(zip_longest(*(entry.choices for entry in entries)))
    columns = tuple(Column(entry.column.id, entry.column.header, "long") for entry in entries)
    return Table(CHOICES, "The choices of the longer lists", columns, rows)


def _write_rule(sheet: Worksheet, k: int, entry: Entry, source: str | list[str]) -> None:
    """The dropdown or limits of a column, with its input message."""
    rule: dict[str, Any] = {
        "validate": "any",
        "input_title": entry.column.header.split(":")[0][:MESSAGE_TITLE],
        "input_message": entry.message[:MESSAGE],
        "error_title": "Not one of the choices",
    }
    if entry.choices:
        wanted = ", ".join(entry.choices)
        rule |= {"validate": "list", "source": source}
        message = f"Choose one of: {wanted}. Leave it empty when not known."
        rule["error_message"] = message[:MESSAGE]
    elif entry.levels:
        low, high, _ = entry.levels
        rule |= {"validate": "decimal", "criteria": "between"}
        rule |= {"minimum": float(low), "maximum": float(high)}
        rule["error_message"] = f"A number from {low} to {high}. Leave it empty when not scored."
    elif entry.column.kind in ("money", "number"):
        rule |= {"validate": "decimal", "criteria": ">=", "value": 0}
        rule["error_message"] = "A number that is not below zero."
    sheet.data_validation(1, k, ROWS + 1, k, rule)


def _set_up(sheet: Worksheet, entries: tuple[Entry, ...], framework: Framework) -> None:
    table = Table(SHEET, f"{framework.name}: intentions", tuple(e.column for e in entries), ())
    set_up_page(sheet, table, 2)
    sheet.set_row(0, 62)
    sheet.set_row(1, 40)
    sheet.fit_to_pages(3, 0)
    sheet.repeat_columns(0, 1)
    sheet.print_area(0, 0, ROWS + 1, len(entries) - 1)
    allowed = ("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows",
               "sort", "autofilter", "select_locked_cells", "select_unlocked_cells")  # fmt: skip
    sheet.protect("", dict.fromkeys(allowed, True))
