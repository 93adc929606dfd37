"""Every test that takes `url` or `store` runs twice: on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
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
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with nothing in it, not even tables."""
    if request.param == "sqlite":
        yield as_url(str(tmp_path / "rounds.sqlite"))
        return
    server: Cluster = request.getfixturevalue("cluster")
    address = server.new_database()
    yield address
    server.drop(address)


@pytest.fixture(scope="session")
def with_tables(request: pytest.FixtureRequest, tmp_path_factory) -> Callable[[str], str]:
    """Gives the address of a database of that kind with the tables made, to be copied."""

    @cache
    def made(kind: str) -> str:
        if kind == "sqlite":
            address = as_url(str(tmp_path_factory.mktemp("tables") / "rounds.sqlite"))
        else:
            address = request.getfixturevalue("cluster").new_database()
        Store.open(address).close()
        return address

    return made


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path, with_tables) -> Iterator[str]:
    """The address of a database with tables and no rounds."""
    if request.param == "sqlite":
        made = shutil.copy(with_tables("sqlite").removeprefix("sqlite:///"), tmp_path)
        yield as_url(made)
        return
    server: Cluster = request.getfixturevalue("cluster")
    address = server.new_database(like=with_tables("postgresql"))
    yield address
    server.drop(address)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty store."""
    opened = Store.open(url)
    yield opened
    opened.close()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def common_store(request: pytest.FixtureRequest, tmp_path_factory) -> Iterator[Store]:
    """One store for many tests that each make a round of their own."""
    if request.param == "sqlite":
        address = as_url(str(tmp_path_factory.mktemp("common") / "rounds.sqlite"))
    else:
        address = request.getfixturevalue("cluster").new_database()
    opened = Store.open(address)
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
