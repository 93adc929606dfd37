"""What a new reading would change, cell by cell, before it replaces anything."""

from __future__ import annotations

import streamlit as st
from scoring.export.diff import diff_sheets

from scoring.sheet import ScoreSheet


def show_difference(before: ScoreSheet, after: ScoreSheet) -> None:
    """Was, is and where for every cell that differs."""
    changes = diff_sheets(before, after)
    st.subheader("Compared with what is in use")
    if not changes:
        st.markdown("No difference: the same intentions with the same scores and texts.")
        return
    st.markdown(f"{len(changes)} differences.")
    st.dataframe(
        [
            {"Ref": c.ref, "What": c.what, "Was": c.was, "Is": c.now, "Where": c.where}
            for c in changes
        ],
        hide_index=True,
        width="stretch",
    )
