"""Who is using the app: one local owner, or whoever signed in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from store.rounds import list_rounds
from tests.views.kept_pages import LOCAL, data, open_kept, opened, state_of
from tests.views.test_rounds_page import click
from views.state import sample_state

__all__ = ["data"]


@pytest.fixture
def open_to_others() -> Iterator[None]:
    """The app as it is started with --server.address 0.0.0.0."""
    before = config.get_option("server.address")
    config.set_option("server.address", "0.0.0.0")  # noqa: S104
    yield
    config.set_option("server.address", before)


def test_without_sign_in_there_is_one_local_owner(data: str) -> None:
    page = click(open_kept("rounds"), "Copy the sample")
    (kept,) = list_rounds(opened(data), LOCAL)
    assert (kept.owner, kept.role) == ("local", "owner")
    assert "People" not in [e.label for e in page.expander]


@pytest.mark.usefixtures("open_to_others")
def test_other_machines_are_not_served_while_nobody_can_sign_in(data: str) -> None:
    page = open_kept("rounds")
    assert "open to other machines, but nobody can sign in" in page.error[0].value
    assert not page.button
    assert not page.title


def test_with_sign_in_set_up_nothing_is_shown_before_one_signs_in(data: str) -> None:
    script = (
        "from views import rounds\nfrom views.starting import start\n"
        "from views.state import current\nstate = current()\nstart(state)\nrounds.render(state)\n"
    )
    page = AppTest.from_string(script, default_timeout=120)
    page.secrets["auth"] = {"redirect_uri": "http://localhost/oauth2callback"}
    page.run()
    assert [b.label for b in page.button] == ["Sign in"]
    assert "Rounds" not in [t.value for t in page.title]


def test_what_is_accepted_on_the_load_page_becomes_a_round_named_after_its_file(data: str) -> None:
    page = open_kept("rank")
    state_of(page).accept(sample_state().intake)
    page.run()
    assert state_of(page).round_name == "sample-round"
    again = open_kept("rank")
    assert state_of(again).round_name == "sample-round"
    assert state_of(again).intake.files == sample_state().intake.files
    assert state_of(again).intake.ledger == sample_state().intake.ledger
    state_of(again).accept(sample_state().intake)
    again.run()
    assert {r.name for r in list_rounds(opened(data), LOCAL)} == {
        "sample-round",
        "sample-round (2)",
    }


def test_the_first_steps_are_shown_until_they_are_hidden_and_never_beside_a_round(
    data: str,
) -> None:
    script = (
        "from views.starting import start\nfrom views.state import current\n"
        "from views.tour import show_tour\nstate = current()\nstart(state)\nshow_tour(state)\n"
    )
    page = AppTest.from_string(script, default_timeout=120).run()
    assert [m.value[:2] for m in page.markdown] == ["1\\", "2\\", "3\\", "4\\"]
    click(page, "Hide")
    assert not page.markdown
    click(open_kept("rounds"), "Copy the sample")
    assert not AppTest.from_string(script, default_timeout=120).run().markdown
