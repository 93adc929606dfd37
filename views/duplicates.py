"""The Duplicates page: pairs that look alike, and what a person says of each. Nothing merges itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from scoring.intake.duplicates import Pair

from scoring.sheet import ScoreSheet
from views.draft import PairMark
from views.explanation import plain
from views.standing import why_closed
from views.state import AppState
from views.tables import show_table

MOST = 100


def render(state: AppState) -> None:
    """Draw the page."""
    st.title("Duplicates and overlaps")
    st.markdown(
        "Different teams describe the same idea in different words. These pairs look alike, the most "
        "likely first. A suggestion never merges anything: you say whether they are the same."
    )
    # scikit-learn takes most of a second to import, which the first page must not wait for.
    from scoring.intake.duplicates import find_duplicates

    sheet = state.intake.sheet
    with st.spinner("Comparing titles"):
        pairs = state.once(("duplicates", sheet), lambda: find_duplicates(sheet, top=MOST))
    waiting = [pair for pair in pairs if (pair.a, pair.b) not in state.pairs]
    if not pairs and not state.pairs:
        st.info("No two intentions look alike.")
        return
    if closed := why_closed(state):
        st.info(plain(closed))
    else:
        _mark(state, sheet, waiting)
    _waiting(sheet, waiting)
    _marked(state, sheet)


def _mark(state: AppState, sheet: ScoreSheet, waiting: list[Pair]) -> None:
    st.header(f"{len(waiting)} to look at")
    if not waiting:
        st.markdown("Every pair has been looked at.")
        return
    by_name = {f"{pair.a} and {pair.b}": pair for pair in waiting}
    chosen = st.selectbox("Pair", list(by_name), key=f"pair_{state.pushes}")
    pair = by_name[chosen]
    left, right = st.columns(2)
    for column, ref in ((left, pair.a), (right, pair.b)):
        i = sheet.index(ref)
        with column.container(border=True):
            st.markdown(f"**{plain(ref)}**  {plain(sheet.titles[i])}")
            details = [sheet.text(field, i) for field in ("function", "domain", "provider")]
            st.caption(plain(", ".join(filter(None, details)) or "no function or domain given"))
            st.caption(plain(sheet.where.row(i)))
    st.markdown(plain(f"Why they look alike. {pair.reason}"))
    with st.form(f"mark_{pair.a}_{pair.b}"):
        choices = {
            f"The same: keep {pair.a}": ("same", pair.a),
            f"The same: keep {pair.b}": ("same", pair.b),
            "Linked: keep both": ("linked", ""),
            "Different": ("different", ""),
        }
        choice = st.radio("These two are", list(choices), index=None)
        note_box, name_box = st.columns(2)
        note = note_box.text_input("Note", max_chars=300)
        by = name_box.text_input("Your name", value=state.made_by, max_chars=120)
        if st.form_submit_button("Save"):
            if choice is None or not by.strip():
                st.error("There is a problem. Choose what they are and give your name.")
                return
            kind, keep = choices[choice]
            state.mark(PairMark(pair.a, pair.b, kind, keep, note.strip(), by.strip()))
            st.rerun()


def _waiting(sheet: ScoreSheet, waiting: list[Pair]) -> None:
    if not waiting:
        return
    with st.expander("All pairs still to look at"):
        show_table(
            [
                {
                    "Likeness": f"{pair.score:.2f}",
                    "One": f"{pair.a} {sheet.titles[sheet.index(pair.a)]}",
                    "Other": f"{pair.b} {sheet.titles[sheet.index(pair.b)]}",
                    "Why": pair.reason,
                }
                for pair in waiting
            ],
            "Pairs that look alike",
            right=("Likeness",),
        )


def _marked(state: AppState, sheet: ScoreSheet) -> None:
    marks = list(state.pairs.values())
    if not marks:
        return
    st.header("What was said")
    titles = dict(zip(sheet.refs, sheet.titles, strict=True))
    if state.kept is not None and state.kept.round is not None:
        titles = {ref: intention.title for ref, intention in state.kept.standing.items()}
    words = {"linked": "Linked", "different": "Different"}
    show_table(
        [
            {
                "One": f"{mark.a} {titles.get(mark.a, '')}",
                "Other": f"{mark.b} {titles.get(mark.b, '')}",
                "Said": words.get(mark.kind, f"The same, {mark.keep} is kept"),
                "Note": mark.note,
                "By": mark.by,
            }
            for mark in marks
        ],
        "Pairs that were looked at",
    )
    st.caption(
        f"Merged: {sum(1 for mark in marks if mark.merged)}. A merged intention leaves the ranking and stays in the ledger."
    )
    if why_closed(state):
        return
    back = st.selectbox(
        "Take back",
        marks,
        index=None,
        placeholder="Choose a pair",
        format_func=lambda mark: f"{mark.a} and {mark.b}",
        key=f"take_back_{state.pushes}",
    )
    if back is not None and st.button("Take this back"):
        state.unmark(back)
        st.rerun()
