"""Tables and charts of a page, without a browser: what their buttons give, and that any page may."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.views.conftest import Open
from views.take_away import MOST_COPIED


def shown(rows: list[dict[str, object]], times: int = 1) -> AppTest:
    script = (
        "import streamlit as st\nfrom views.tables import show_long_table\n"
        f"for _ in range({times}):\n    show_long_table(st.session_state['rows'], 'Rows')\n"
    )
    page = AppTest.from_string(script, default_timeout=120)
    page.session_state["rows"] = rows
    page.run()
    assert not page.exception, page.exception
    return page


def labels(page: AppTest) -> list[str]:
    return [button.proto.label for button in page.get("download_button")]


def test_two_tables_of_one_name_stand_on_one_page() -> None:
    page = shown([{"Ref": "A"}], times=3)
    assert labels(page) == ["Download CSV", "Download JSON"] * 3
    assert len(page.get("bidi_component")) == 3


def test_a_table_with_no_row_offers_nothing() -> None:
    assert labels(shown([])) == []


@pytest.mark.parametrize(("rows", "copies"), [(MOST_COPIED, 1), (MOST_COPIED + 1, 0)])
def test_a_long_table_is_downloaded_only(rows: int, copies: int) -> None:
    page = shown([{"Ref": f"A-{k}"} for k in range(rows)])
    assert len(page.get("bidi_component")) == copies
    assert labels(page) == ["Download CSV", "Download JSON"]


PAGES = {  # page: how many charts and tables it offers at first, on the sample round
    "compare": (1, 2),
    "matrix": (0, 1),
    "method": (0, 5),
    "segments": (0, 2),
}


@pytest.mark.parametrize("name", PAGES)
def test_each_chart_and_table_of_a_page_has_its_buttons(open_page: Open, name: str) -> None:
    found = labels(open_page(name))
    charts, tables = PAGES[name]
    assert found.count("Download PNG") == found.count("Download SVG") == charts
    assert found.count("Download CSV") == found.count("Download JSON") == tables
