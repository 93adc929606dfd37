"""The live ranking's list as it is shown, to copy or download; the browser writes the file."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
_take = st.components.v2.component(
    "live_ranking_take",
    html='<button type="button"></button>' * 3 + '<span role="status"></span>',
    js=(_HERE / "take_list.js").read_text(encoding="utf-8"),
    css=(_HERE / "copy_table.css").read_text(encoding="utf-8"),
)


def take_list(key: str, round_name: str) -> None:
    """Offer what the live ranking of that key shows, filters and all."""
    with st.popover("Copy or download the list", type="tertiary"):
        _take(key=f"{key}_take", data={"to": key, "round": round_name})
