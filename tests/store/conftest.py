"""Every test that takes `url` or `store` runs twice: on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scoring.framework import Framework
from scoring.sheet import ScoreSheet
from store.records import Actor
from store.rounds import create_round, new_round
from store.settings import as_url
from store.sheets import load_sheet
from store.store import Store
from tests.postgres import Cluster, postgres_folder

ANN = Actor("ann@example.org", "Ann")
BEN = Actor("ben@example.org", "Ben")
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def minutes(n: float) -> datetime:
    """So many minutes after noon."""
    return NOON + timedelta(minutes=n)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One quick PostgreSQL for the session."""
    if postgres_folder() is None and not os.environ.get("CI"):
        pytest.skip("needs PostgreSQL: store")
    server = Cluster()
    yield server
    server.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return as_url(str(tmp_path / "rounds.sqlite"))
    return request.getfixturevalue("cluster").new_database()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty store."""
    opened = Store.open(url)
    yield opened
    opened.close()


@pytest.fixture
def round_id(store: Store, five: ScoreSheet) -> str:
    """Ann's open round with the five intentions A to E; D lacks its cost."""
    with new_round(store, ANN, NOON, "Round 2026-27", five.framework) as change:
        load_sheet(change, five)
        return change.round_id


@pytest.fixture
def empty_round(store: Store, lsc: Framework) -> str:
    """Ann's open round with nothing in it."""
    return create_round(store, ANN, NOON, "Empty", lsc)
