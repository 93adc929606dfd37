"""Each page on its own: AppTest cannot switch between pages that are functions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from views import background
from views.state import AppState

Open = Callable[[str], AppTest]


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is worked out beside a page is there at once: AppTest does not look again by itself."""
    monkeypatch.setattr(background, "PATIENCE", 60)


@pytest.fixture
def open_page() -> Open:
    """Open a page of `views/` by its module's name, on the sample round."""

    def opened(name: str) -> AppTest:
        script = (
            f"from views import {name}\nfrom views.state import current\n{name}.render(current())\n"
        )
        page = AppTest.from_string(script, default_timeout=120).run()
        assert not page.exception, page.exception
        return page

    return opened


def state_of(page: AppTest) -> AppState:
    """The state of the page's session."""
    state: AppState = page.session_state["app_state"]
    return state
