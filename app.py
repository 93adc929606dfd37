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

Render = Callable[[AppState], None]
# Sections of the navigation: the first stands open, the others are menus.
PAGES: dict[str, tuple[tuple[str, str, str, Render], ...]] = {
    "": (
        ("rank", "Rank", "format_list_numbered", rank.render),
        ("compare", "Compare", "compare_arrows", compare.render),
        ("load", "Load", "upload_file", load.render),
        ("score", "Score", "edit_note", score.render),
        ("segments", "Segments", "account_tree", segments.render),
        ("export", "Export", "download", export.render),
    ),
    "Round": (
        ("rounds", "Rounds", "folder_open", rounds.render),
        ("record", "Record", "history_edu", decisions_log.render),
        ("duplicates", "Duplicates", "join_inner", duplicates.render),
    ),
    "Method": (
        ("method", "Method", "menu_book", method.render),
        ("matrix", "Matrix", "grid_on", matrix.render),
    ),
}

VIEWS = Path(__file__).parent / "views"

st.set_page_config(page_title="Prioritiser", page_icon=VIEWS / "icon.png", layout="wide")
st.html(VIEWS / "style.css")
state = current()
start(state)
keep(state)  # what a run that was cut short left unsaved
for section in PAGES.values():
    for path, title, icon, render in section:
        # The landing page's address is the bare one.
        state.pages[path] = st.Page(
            lambda render=render: render(state),
            title=title,
            icon=f":material/{icon}:",
            url_path=path,
            default=path == "rank",
        )
menu = {name: [state.pages[entry[0]] for entry in section] for name, section in PAGES.items()}
page = st.navigation(menu, position="top")
show_notices(state)
if page.url_path == "":  # the landing page
    show_tour(state)
page.run()
keep(state)
