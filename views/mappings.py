"""Mappings of columns that are kept by name, and offered for the next file with the same headers."""

from __future__ import annotations

import streamlit as st

from scoring.intake.result import IGNORE, TableRead
from views.draft import Draft
from views.explanation import plain
from views.state import AppState


def offer_mappings(state: AppState, draft: Draft, table: TableRead) -> None:
    """Keep how this table's columns are used, or use a mapping kept from one like it."""
    now = {column.header: column.field or IGNORE for column in table.columns}
    key = f"{table.file}_{table.sheet}_{table.header_row}"
    for name, kept in state.mappings.items():
        if kept.keys() == now.keys() and kept != now:
            st.markdown(plain(f"These headers are those of the kept mapping {name}."))
            if st.button(plain(f"Use the mapping {name}"), key=f"use_mapping_{key}_{name}"):
                columns = {c.column: kept[c.header] for c in table.columns}
                draft.correct(table.file, table.sheet, columns=columns)
                st.rerun()
    with st.popover("Keep this mapping"):
        name = st.text_input("Name of the mapping", max_chars=60, key=f"mapping_name_{key}")
        if st.button("Keep", key=f"keep_mapping_{key}"):
            if name.strip():
                state.mappings[name.strip()] = now
                st.rerun()
            st.error("There is a problem. Give the mapping a name.")
        if now in state.mappings.values():
            st.caption("Kept. It is offered for the next file with the same headers.")
