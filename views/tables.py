"""Tables as every page shows them: a name for screen readers, text kept as text, numbers right.

Under each stands a quiet button to copy or download it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from scoring.export.shown_table import Rows
from views.explanation import plain
from views.take_away import take_table

_RIGHT = "right !important"  # Streamlit aligns by type; places and percentages are text


def show_table(
    rows: Iterable[Mapping[str, str | int]],
    name: str,
    right: Sequence[str] = (),
    scenario: str = "",
) -> None:
    """A small table that is read from top to bottom. Columns named in `right` align right.

    `scenario` is what it is about where that is not today's weights.
    """
    rows = list(rows)
    if not rows:
        return
    frame = pd.DataFrame([{plain(k): plain(str(v)) for k, v in row.items()} for row in rows])
    columns = [plain(column) for column in right]
    headers = [
        {"selector": f"th.col{frame.columns.get_loc(column)}", "props": [("text-align", _RIGHT)]}
        for column in columns
    ]
    styled = frame.style.set_properties(subset=columns, **{"text-align": _RIGHT})
    st.table(styled.set_table_styles(headers), hide_index=True, alt=name)
    take_table(rows, name, scenario, right)


def show_long_table(
    rows: Rows,
    name: str,
    right: Sequence[str] = (),
    column_config: Mapping[str, Any] | None = None,
    **more: Any,
) -> Any:
    """A long table that scrolls, sorts and can be searched; what `st.dataframe` gives back.

    Columns of text named in `right` align right. `more` goes to `st.dataframe`.
    """
    columns = {name: st.column_config.Column(alignment="right") for name in right}
    given = st.dataframe(
        rows, hide_index=True, width="stretch", alt=name,
        column_config={**columns, **(column_config or {})}, **more,
    )  # fmt: skip
    take_table(rows, name, numbers=right)
    return given
