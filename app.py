"""The app: settings, state and navigation. Every page is `render(state)` in `views/`."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from views import export, how_firm, load, method, rank, segments
from views.state import AppState, current

st.set_page_config(page_title="Prioritiser", page_icon=":material/format_list_numbered:", layout="wide")


def page(render: Callable[[AppState], None], title: str, icon: str, path: str) -> st.Page:
    """A page of the app. Its address is `path`; the first page is the landing page."""
    return st.Page(
        lambda: render(current()), title=title, icon=f":material/{icon}:", url_path=path, default=path == "rank"
    )


st.navigation(
    [
        page(rank.render, "Rank", "format_list_numbered", "rank"),
        page(load.render, "Load", "upload_file", "load"),
        page(segments.render, "Segments", "account_tree", "segments"),
        page(how_firm.render, "How firm?", "balance", "how-firm"),
        page(method.render, "Method", "menu_book", "method"),
        page(export.render, "Export", "download", "export"),
    ],
    position="top",
).run()
