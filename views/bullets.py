"""A list of sentences, shown as they are."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from views.explanation import plain


def bullets(sentences: Iterable[str]) -> None:
    """One list, a point a sentence; nothing when there is none."""
    text = "\n".join(f"- {plain(sentence)}" for sentence in sentences)
    if text:
        st.markdown(text)
