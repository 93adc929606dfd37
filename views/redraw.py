"""Drawing the whole page anew from a part of it that runs by itself."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx


def redraw() -> None:
    """Draw the page anew: raises as `st.rerun` does, or returns, to be called on the next look.

    Parts of a page that are asked for at one moment run one after the other, and beginning the
    page again forgets those that wait. Among them may be one whose button was just pressed: they
    go first.
    """
    context = get_script_run_ctx()
    if context is None or len(context.fragment_ids_this_run or ()) < 2:
        st.rerun()
