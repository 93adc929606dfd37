"""Signing in with OpenID Connect, from the button to the role in the round."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scoring.framework import load_framework
from store.people import invite
from store.records import Actor
from store.rounds import create_round
from store.settings import as_url
from store.store import Store
from tests.browser.conftest import start_app, stop
from tests.browser.identity_provider import Provider
from tests.ports import free_port
from tests.views.kept_pages import now

ANN = Actor("ann@example.org", "Ann")


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """The app with sign-in set up, and a round of Ann's that Ben is invited to score."""
    file = str(tmp_path / "rounds.sqlite")
    store = Store.open(as_url(file))
    id = create_round(store, ANN, now(), "Round 2026-27", load_framework("lsc-2025-26"))
    with store.change(id, ANN, now()) as change:
        invite(change, "ben@example.org", "", "assessor")
    store.close()
    provider, port = Provider(), free_port()
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(provider.secrets(port))
    process, app = start_app(
        port=port, PRIORITISER_DATABASE_URL=file, STREAMLIT_SECRETS_FILES=str(secrets)
    )
    yield app
    stop(process)
    provider.stop()


def sign_in(page: Page, url: str, name: str) -> None:
    """From the button by the provider's page back to the app, then to the Rounds page."""
    page.goto(url)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", name="Ranked intentions", level=1)).to_be_visible()
    page.goto(f"{url}/rounds")
    expect(page.get_by_role("heading", name="Rounds", level=1)).to_be_visible()


def test_who_was_invited_to_score_comes_in_as_an_assessor_and_who_was_not_sees_no_round(
    page: Page, url: str
) -> None:
    sign_in(page, url, "Ben")
    row = page.get_by_role("row").filter(has_text="Round 2026-27")
    expect(row).to_contain_text("Assessor")
    page.get_by_role("button", name="Open round").click()
    expect(page.get_by_text("Round 2026-27 (in use)")).to_be_visible()
    expect(page.get_by_text("Freeze or publish")).to_have_count(0)
    page.context.clear_cookies()
    sign_in(page, url, "Eve")
    expect(page.get_by_text("You have no rounds yet.")).to_be_visible()
    expect(page.get_by_text("Round 2026-27")).to_have_count(0)
