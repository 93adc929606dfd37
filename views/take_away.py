"""Copy or download what is on screen: a quiet button under each table and each chart.

Nothing is made before it is asked for: a chart is drawn as a file, and a table written, when
somebody presses the button. What a browser copies is sent with the page, so that a long table is
downloaded only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitDuplicateElementKey

from scoring.export.shown_table import Rows, plain_places, shown_csv, shown_json, shown_tsv
from views.file_names import file_name, weights_in_words
from views.state import current

_HERE = Path(__file__).parent
_copy = st.components.v2.component(
    "copy_table",
    html='<button type="button"></button><span role="status"></span>',
    css=(_HERE / "copy_table.css").read_text(encoding="utf-8"),
    js=(_HERE / "copy_table.js").read_text(encoding="utf-8"),
)
MOST_COPIED = 1000  # rows
Spec = Callable[[], Mapping[str, Any]]


def take_table(rows: Rows, name: str, scenario: str = "", numbers: Sequence[str] = ()) -> None:
    """Copy for a spreadsheet, .csv and .json of the rows shown, with `name` in the file's name.

    In columns named in `numbers` a shared place, "=3", is a number and a word beside it.
    """
    if not rows:
        return
    rows = plain_places(rows, numbers)
    state, at = current(), datetime.now().astimezone()
    with st.popover("Copy or download", type="tertiary"), st.container(horizontal=True):
        if len(rows) <= MOST_COPIED:
            data = {"text": shown_tsv(rows), "rows": len(rows)}
            _once(f"copy {name}", lambda key: _copy(key=key, data=data, width="content"))
        round_name = state.round_name
        kinds: tuple[tuple[str, Callable[[], bytes]], ...] = (
            ("csv", lambda: shown_csv(rows)),
            ("json", lambda: shown_json(rows, name, round_name, at)),
        )
        for kind, make in kinds:
            _download(kind, make, file_name(state, kind, at, name, scenario))


def take_chart(spec: Spec, name: str, alt: str, scenario: str = "") -> None:
    """A chart as .png and .svg; `spec` gives its Vega-Lite description when it is asked for."""
    state, at = current(), datetime.now().astimezone()
    about = f"{state.round_name}, {scenario or weights_in_words(state)}, {at.day} {at:%B %Y}"

    def drawn(kind: str) -> bytes:
        # vl-convert takes a second to start: only who asks for a file waits for it.
        from scoring.export.chart_files import ChartFile

        chart = ChartFile(spec(), name, about, alt)
        return chart.png() if kind == "png" else chart.svg()

    with st.popover("Download chart", type="tertiary"), st.container(horizontal=True):
        for kind in ("png", "svg"):
            make = lambda kind=kind: drawn(kind)  # noqa: E731
            _download(kind, make, file_name(state, kind, at, name, scenario))


def _download(kind: str, make: Callable[[], bytes], name: str) -> None:
    _once(
        f"take {name}",
        lambda key: st.download_button(
            f"Download {kind.upper()}", make, file_name=name, on_click="ignore", key=key
        ),
    )


def _once(key: str, draw: Callable[[str], object]) -> None:
    """Draw under a key of its own: a page may show two tables of one name."""
    for number in count(1):
        try:
            draw(key if number == 1 else f"{key} ({number})")
        except StreamlitDuplicateElementKey:
            continue
        return
