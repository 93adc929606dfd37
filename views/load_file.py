"""What was found in one file, and how to correct it."""

from __future__ import annotations

import streamlit as st

from scoring.framework import FIELDS, Framework
from scoring.intake import FileRead
from scoring.intake.result import IGNORE, ColumnRead, SheetSeen, Source, TableRead
from scoring.sheet import column_letters
from views.draft import Draft
from views.explanation import plain
from views.mappings import offer_mappings
from views.state import AppState
from views.tables import show_long_table, show_table
from views.take_away import take_table

NOT_USED = "Not used"
PREVIEW_ROWS = 20
FEW_SHEETS = 4  # so many that are not read are listed in view


def show_file(
    state: AppState, draft: Draft, framework: Framework, source: Source, read: FileRead | None
) -> None:
    """Sheets, tables and columns of one file, with controls to correct each."""
    st.header(plain(source.name))
    if read is None:
        st.markdown(
            "This file could not be read: why is said above. Any other file is not affected."
        )
        return
    _sheets(draft, read)
    for table in read.tables:
        with st.expander(_summary(table), expanded=_unsure(table, read)):
            _ask(draft, framework, table, read)
            _columns(draft, framework, table)
            _header_row(draft, table)
            offer_mappings(state, draft, table)
            _left_out(table)
            _weights(framework, table)
    if not read.tables:
        st.markdown("No table of intentions was found in the sheets that are read.")
    _preview(read)


def field_names(framework: Framework) -> dict[str, str]:
    """What each field is called on screen, criteria first."""
    return {
        **{c.id: f"Score: {c.name}" for c in framework.criteria},
        **{f.id: f.name for f in FIELDS},
        **{q.id: f"Question: {q.asks}" for q in framework.questions},
    }


def _summary(table: TableRead) -> str:
    used = sum(1 for column in table.columns if column.field and column.field != IGNORE)
    where = f"{table.sheet}, " if table.sheet else ""
    return plain(
        f"{where}header in row {table.header_row}: rows {table.first_row} to {table.last_row}, "
        f"{used} of {len(table.columns)} columns used"
    )


def _unsure(table: TableRead, read: FileRead) -> bool:
    """Whether a person should look at how the columns were understood."""
    here = f"{table.file}, {table.sheet}!" if table.sheet else f"{table.file}, "
    asked = any(p.kind == "column" and p.where.startswith(here) for p in read.problems)
    return asked or any(column.field and column.confidence < 0.8 for column in table.columns)


def _sheets(draft: Draft, read: FileRead) -> None:
    if len(read.sheets) < 2:
        return
    unread = [seen for seen in read.sheets if not seen.used]
    many = len(unread) > FEW_SHEETS
    for seen in read.sheets:
        if seen.used or not many:
            _sheet(draft, seen)
    if many:
        with st.expander(f"{len(unread)} sheets are not read"):
            for seen in unread:
                _sheet(draft, seen)


def _sheet(draft: Draft, seen: SheetSeen) -> None:
    name = f"{seen.sheet} (hidden)" if seen.hidden else seen.sheet
    told = plain(f"{seen.rows} rows, {seen.columns} columns: {seen.why}.")
    left, right = st.columns([1, 3], vertical_alignment="center")
    use = left.checkbox(plain(f"Read {name}"), value=seen.used, key=f"use_{seen.file}_{seen.sheet}")
    right.caption(told)
    if use != seen.used:
        draft.correct(seen.file, seen.sheet, leave_out=not use)
        st.rerun()


def _header_row(draft: Draft, table: TableRead) -> None:
    row = st.number_input(
        "Header row",
        min_value=1,
        value=table.header_row,
        step=1,
        key=f"header_{table.file}_{table.sheet}_{table.first_row}",
        help="The row that holds the names of the columns.",
    )
    if row != table.header_row:
        draft.correct(table.file, table.sheet, header_row=int(row))
        st.rerun()


def _ask(draft: Draft, framework: Framework, table: TableRead, read: FileRead) -> None:
    """One question for each column that could not be settled."""
    here = f"{table.file}, {table.sheet}!" if table.sheet else f"{table.file}, "
    header = range(table.header_row, table.header_row + table.header_rows)
    asked = {problem.where for problem in read.problems}
    unsettled = [
        column
        for column in table.columns
        if column.field is None
        and any(f"{here}{column_letters(column.column)}{row}" in asked for row in header)
    ]
    if not unsettled:
        return
    names = field_names(framework)
    st.markdown("**Please say what these columns are**")
    places = st.columns(3)
    for number, column in enumerate(unsettled):
        examples = ", ".join(filter(None, column.samples))
        chosen = places[number % 3].selectbox(
            plain(f"Column {column_letters(column.column)}: {column.header}"),
            [*names, IGNORE],
            index=None,
            placeholder="Choose a field, or leave it out",
            format_func=lambda id: names.get(id, "Leave it out"),
            help=plain(f"{column.why}. Examples: {examples}"),
            key=f"ask_{table.file}_{table.sheet}_{table.header_row}_{column.column}",
        )
        if chosen is not None:
            draft.correct(table.file, table.sheet, columns={column.column: chosen})
            st.rerun()


def _columns(draft: Draft, framework: Framework, table: TableRead) -> None:
    names = field_names(framework)
    labels = {NOT_USED: None, **{label: id for id, label in names.items()}}
    rows = [
        {
            "Column": column_letters(column.column),
            "Header": column.header,
            "Used as": names.get(column.field or "", NOT_USED),
            "Sure": _sureness(column),
            "Examples": "  |  ".join(column.samples),
            "Why": column.why,
        }
        for column in table.columns
    ]
    edited = st.data_editor(
        rows,
        hide_index=True,
        width="stretch",
        height=min(38 + 35 * len(rows), 38 + 35 * 30),
        disabled=["Column", "Header", "Sure", "Examples", "Why"],
        key=f"columns_{table.file}_{table.sheet}_{table.header_row}_{draft.version}",
        column_config={
            "Used as": st.column_config.SelectboxColumn(
                options=list(labels), required=True, width="medium"
            ),
            "Why": st.column_config.TextColumn(width="large"),
        },
    )
    take_table(edited, f"Columns of {table.sheet}")
    changes = {
        column.column: labels[after["Used as"]] or IGNORE
        for column, before, after in zip(table.columns, rows, edited, strict=True)
        if after["Used as"] != before["Used as"]
    }
    if changes:
        draft.correct(table.file, table.sheet, columns=changes)
        st.rerun()


def _sureness(column: ColumnRead) -> str:
    if not column.field or column.field == IGNORE:
        return ""
    if column.confidence >= 0.95:
        return "Certain"
    return "Likely" if column.confidence >= 0.8 else "Please check"


def _left_out(table: TableRead) -> None:
    if not table.left_out:
        return
    st.markdown(f"**Left out: {len(table.left_out)}**")
    show_long_table(
        [{"Where": left.where, "What": left.what, "Why": left.why} for left in table.left_out],
        "Rows left out, and why",
    )


def _weights(framework: Framework, table: TableRead) -> None:
    if not differing_weights(framework, table):
        return
    published = framework.weights.shown()
    st.markdown("**Weights found in the file**")
    show_table(
        [
            {
                "Criterion": framework.criterion(id).name,
                "In the file": f"{weight:f}",
                "Published": f"{published[id]}%",
            }
            for id, weight in table.weights_found.items()
        ],
        "Weights in the file beside the published ones",
        right=("In the file", "Published"),
    )


def differing_weights(framework: Framework, table: TableRead) -> bool:
    """Whether the file states weights, and not the published ones."""
    return any(weight != framework.weights[id] for id, weight in table.weights_found.items())


def _preview(read: FileRead) -> None:
    sheet = read.sheet
    names = {c.id: c.name for c in sheet.framework.criteria}
    shown = min(PREVIEW_ROWS, len(sheet))
    with st.expander(
        f"Preview: the first {shown} of {len(sheet)} intentions as they were understood"
    ):
        show_long_table(
            [
                {
                    "Ref": sheet.refs[i],
                    "Intention": sheet.titles[i],
                    **{
                        name: f"{sheet.scores[i, j]:g}" if sheet.scored[i, j] else ""
                        for j, name in enumerate(names.values())
                    },
                    "Read from": sheet.where.row(i),
                }
                for i in range(shown)
            ],
            "Preview as it was understood",
            right=tuple(names.values()),
        )
