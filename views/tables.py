"""Tables as every page shows them: a name for screen readers, text kept as text, numbers right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
import streamlit as st

from views.explanation import plain

_RIGHT = "right !important"  # Streamlit aligns by type; places and percentages are text


def show_table(
    rows: Iterable[Mapping[str, str | int]], name: str, right: Sequence[str] = ()
) -> None:
    """A small table that is read from top to bottom. Columns named in `right` align right."""
    frame = pd.DataFrame([{plain(k): plain(str(v)) for k, v in row.items()} for row in rows])
    columns = [plain(column) for column in right]
    headers = [
        {"selector": f"th.col{frame.columns.get_loc(column)}", "props": [("text-align", _RIGHT)]}
        for column in columns
    ]
    styled = frame.style.set_properties(subset=columns, **{"text-align": _RIGHT})
    st.table(styled.set_table_styles(headers), hide_index=True, alt=name)
