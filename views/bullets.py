"""A list of sentences, shown as they are."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from views.explanation import plain


def bullets(sentences: Iterable[str]) -> None:
    """One list, a point a sentence; nothing when there is none."""
    text = as_list(sentences)
    if text:
        st.markdown(text)


def as_list(sentences: Iterable[str]) -> str:
    """The same as Markdown, for a box that holds more than the list."""
    return "\n".join(f"- {plain(sentence)}" for sentence in sentences)
