"""The app: settings, state and navigation. Every page is `render(state)` in `views/`."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import streamlit as st

from views.following import follow
from views.keeping import keep
from views.notices import show_notices
from views.starting import start
from views.state import current
from views.tab import which_tab
from views.tour import show_tour

# Sections of the navigation: the first stands open, the others are menus. A page is its address,
# title, icon and module.
PAGES: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "": (
        ("rank", "Rank", "format_list_numbered", "views.rank"),
        ("compare", "Compare", "compare_arrows", "views.compare"),
        ("how-firm", "How firm?", "balance", "views.how_firm"),
        ("load", "Load", "upload_file", "views.load"),
        ("score", "Score", "edit_note", "views.score"),
        ("segments", "Segments", "account_tree", "views.segments"),
        ("export", "Export", "download", "views.export"),
    ),
    "Round": (
        ("rounds", "Rounds", "folder_open", "views.rounds"),
        ("intentions", "Intentions", "list_alt", "views.intentions"),
        ("record", "Record", "history_edu", "views.decisions_log"),
        ("duplicates", "Duplicates", "join_inner", "views.duplicates"),
    ),
    "Method": (
        ("method", "Method", "menu_book", "views.method"),
        ("matrix", "Matrix", "grid_on", "views.matrix"),
    ),
}
VIEWS = Path(__file__).parent / "views"

st.set_page_config(page_title="Prioritiser", page_icon=VIEWS / "icon.png", layout="wide")
st.html(VIEWS / "style.css")
state = current()
start(state)
keep(state)  # what a run that was cut short left unsaved
for section in PAGES.values():
    for path, title, icon, module in section:
        # A page is imported when it is opened: the first one does not wait for the others.
        state.pages[path] = st.Page(
            lambda module=module: import_module(module).render(state),
            title=title,
            icon=f":material/{icon}:",
            url_path=path,
            default=path == "rank",  # its address is the bare one
        )
menu = {name: [state.pages[entry[0]] for entry in section] for name, section in PAGES.items()}
page = st.navigation(menu, position="top")
with st.container(key="notices"):  # whatever stands in it, what follows keeps its place
    show_notices(state)
follow(state, page.title)
if page.url_path == "":  # the landing page
    show_tour(state)
page.run()
keep(state)
which_tab(state)
