"""The Score page while the database is stopped and started again."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from store.cells import cells_of
from store.settings import URL_VARIABLE
from tests.postgres import Cluster, postgres_folder
from tests.views.kept_pages import LOCAL, open_kept, opened, state_of
from tests.views.test_rounds_page import click
from tests.views.test_score_page import typed


@pytest.fixture
def server() -> Iterator[Cluster]:
    """A PostgreSQL of its own, to be stopped."""
    if postgres_folder() is None and not os.environ.get("CI"):
        pytest.skip("needs PostgreSQL: store")
    own = Cluster()
    yield own
    own.remove()


def test_a_database_that_stops_is_said_what_was_typed_stays_and_is_saved_when_it_is_back(
    server: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.new_database()
    monkeypatch.setenv(URL_VARIABLE, url)
    page = click(open_kept("score"), "Copy the sample and score it")
    state = state_of(page)
    round_id, ref = state.kept.round.id, state.sheet.refs[0]
    new = 1 if state.sheet.scores[0, 2] != 1 else 5
    server.stop()
    typed(page, {0: {"cost": str(new)}})
    said = " ".join(e.value for e in [*page.error, *page.warning]).replace("\\", "")
    assert "no answer" in said
    assert "It stays in the grid" in said
    server.start()
    page.run()
    assert not page.error
    with opened(url).read(round_id, LOCAL) as source:
        assert cells_of(source, ref)["cost"].value == new
    assert state.sheet.scores[0, 2] == new
