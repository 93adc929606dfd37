"""Pages on a store of their own: a fresh SQLite file a test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from store.audit import verify_all
from store.records import Actor
from store.schema import rounds
from store.settings import URL_VARIABLE
from store.store import Store
from views.starting import opened_store
from views.state import AppState

LOCAL = Actor("local", "Local owner")
BEN = Actor("ben@example.org", "Ben")


def opened(url: str) -> Store:
    """The store that the pages use, seen from the test."""
    store: Store = opened_store(url)
    return store


def open_kept(page: str) -> AppTest:
    """One page of `views/` as app.py shows it: connected, with notices, saved at the end."""
    script = (
        f"from views import {page}\n"
        "from views.following import follow\n"
        "from views.keeping import keep\n"
        "from views.notices import show_notices\n"
        "from views.starting import start\n"
        "from views.state import current\n"
        "state = current()\nstart(state)\nkeep(state)\nshow_notices(state)\n"
        f"follow(state, '{page.capitalize()}')\n"
        f"{page}.render(state)\nkeep(state)\n"
    )
    shown = AppTest.from_string(script, default_timeout=120).run()
    assert not shown.exception, shown.exception
    return shown


def state_of(page: AppTest) -> AppState:
    """The state of the page's session."""
    state: AppState = page.session_state["app_state"]
    return state


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of the store that the pages of this test use.

    Whatever a test does on them, every round must hold afterwards what its audit says.
    """
    file = tmp_path / "rounds.sqlite"
    monkeypatch.setenv(URL_VARIABLE, str(file))
    yield f"sqlite:///{file}"
    if file.exists():
        with opened(f"sqlite:///{file}").database.reading() as connection:
            for id in connection.execute(select(rounds.c.id)).scalars().all():
                assert verify_all(connection, id).holds, verify_all(connection, id).says
