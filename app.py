"""The app: settings, state and navigation. Every page is `render(state)` in `views/`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from views import (
    compare,
    decisions_log,
    duplicates,
    export,
    load,
    matrix,
    method,
    rank,
    rounds,
    score,
    segments,
)
from views.keeping import keep, start
from views.notices import show_notices
from views.state import AppState, current
from views.tour import show_tour

PAGES: tuple[tuple[str, str, str, Callable[[AppState], None]], ...] = (
    ("rank", "Rank", "format_list_numbered", rank.render),
    ("compare", "Compare", "compare_arrows", compare.render),
    ("score", "Score", "edit_note", score.render),
    ("record", "Record", "history_edu", decisions_log.render),
    ("rounds", "Rounds", "folder_open", rounds.render),
    ("load", "Load", "upload_file", load.render),
    ("duplicates", "Duplicates", "join_inner", duplicates.render),
    ("segments", "Segments", "account_tree", segments.render),
    ("matrix", "Matrix", "grid_on", matrix.render),
    ("method", "Method", "menu_book", method.render),
    ("export", "Export", "download", export.render),
)

VIEWS = Path(__file__).parent / "views"

st.set_page_config(page_title="Prioritiser", page_icon=VIEWS / "icon.png", layout="wide")
st.html(VIEWS / "style.css")
state = current()
start(state)
keep(state)  # what a run that was cut short left unsaved
for path, title, icon, render in PAGES:
    # The landing page's address is the bare one.
    state.pages[path] = st.Page(
        lambda render=render: render(state),
        title=title,
        icon=f":material/{icon}:",
        url_path=path,
        default=path == "rank",
    )
page = st.navigation(list(state.pages.values()), position="top")
show_notices(state)
if page.url_path == "":  # the landing page
    show_tour(state)
page.run()
keep(state)
