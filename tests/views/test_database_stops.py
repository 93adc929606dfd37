"""The pages while the database is stopped and started again."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from scoring.framework import Weights
from store.cells import cells_of
from store.places import find_place
from store.settings import URL_VARIABLE
from tests.postgres import Cluster, postgres_folder
from tests.views.kept_pages import LOCAL, open_kept, opened, state_of
from tests.views.test_rounds_page import click
from tests.views.test_score_page import typed
from views.live_ranking import Setting


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


def test_on_rank_a_database_that_stops_is_said_and_weights_and_scenario_are_saved_when_it_is_back(
    server: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.new_database()
    monkeypatch.setenv(URL_VARIABLE, url)
    click(open_kept("rounds"), "Copy the sample")
    page = open_kept("rank")
    state = state_of(page)
    server.stop()
    state.take(Setting(Weights.of({**state.weights, "impact": "30"}), 12))
    state.save_scenario("Workshop", "The room agreed", "J. Bell")
    page.run()
    said = " ".join(e.value for e in page.error).replace("\\", "")
    assert "no answer" in said
    assert "It is kept in this browser tab and saved as soon as that is possible." in said
    assert any("Cannot see what others do at the moment." in c.value for c in page.caption)
    assert any("Impact 27.3%" in c.value for c in page.caption)  # it ranks on
    server.start()
    click(page, "Try again now")
    assert not page.error
    assert [s.name for s in state_of(open_kept("rank")).scenarios] == ["Workshop"]
    found = find_place(opened(url), LOCAL, state.kept.session)
    assert found is not None
    assert (found[1]["weights"]["impact"], found[1]["line"]) == ("30", 12)


def test_the_form_of_one_intention_stands_while_the_database_is_away_and_saves_afterwards(
    server: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.new_database()
    monkeypatch.setenv(URL_VARIABLE, url)
    page = click(open_kept("score"), "Copy the sample and score it")
    page.session_state["how_to_score"] = "One at a time"
    page.run()
    state = state_of(page)
    round_id, ref = state.kept.round.id, state.sheet.refs[0]
    page.text_area[0].input("Board paper, page 3")
    server.stop()
    click(page, "Save")
    said = " ".join(e.value for e in page.error).replace("\\", "")
    assert "What you typed stays in the form." in said
    assert "Not saved:" in said
    assert page.text_area[0].value == "Board paper, page 3"
    server.start()
    click(page, "Save")
    assert not page.error
    with opened(url).read(round_id, LOCAL) as source:
        assert "Board paper, page 3" in {c.evidence for c in cells_of(source, ref).values()}
