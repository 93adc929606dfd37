"""What changed by itself, for people who do not see it: read out when the speech is free."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_spoken = st.components.v2.component(
    "spoken",
    html='<span role="status"></span>',
    css="span { position: absolute; width: 1px; height: 1px; overflow: hidden; "
    "clip-path: inset(50%); }",
    js=Path(__file__).with_suffix(".js").read_text("utf-8"),
)


def speak(text: str, key: str) -> None:
    """Read `text` out once, when it is another than before; nothing is seen of it."""
    _spoken(key=key, data={"text": text}, height=1)
