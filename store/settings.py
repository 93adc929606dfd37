"""Where rounds are kept: a file in the user's data folder, or a database named by the environment."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import platformdirs
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from scoring.problem import Problem, Unusable

URL_VARIABLE = "PRIORITISER_DATABASE_URL"
FOLDER_VARIABLE = "PRIORITISER_DATA_FOLDER"
FILE_NAME = "rounds.sqlite"
NOTHING_KEPT = "none"


def database_url(environment: Mapping[str, str]) -> str | None:
    """The address of the database; None when nothing is to be kept.

    `PRIORITISER_DATABASE_URL` names a PostgreSQL database or a SQLite file; "none" keeps nothing
    (for demonstrations). Without it: one file in `PRIORITISER_DATA_FOLDER`, or in the user's own
    data folder.
    """
    given = environment.get(URL_VARIABLE, "").strip()
    if given.casefold() == NOTHING_KEPT:
        return None
    if given:
        return as_url(given)
    folder = environment.get(FOLDER_VARIABLE, "").strip()
    home = Path(folder) if folder else Path(platformdirs.user_data_dir("prioritiser", False))
    return as_url(str(home / FILE_NAME))


def as_url(given: str) -> str:
    """A database address from an address or the path of a SQLite file.

    Raises `Unusable` for an address that is neither.
    """
    if "://" not in given:
        return f"sqlite:///{Path(given).expanduser().absolute()}"
    try:
        url = make_url(given)
    except (ArgumentError, ValueError):
        url = None
    if url is not None and url.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    if url is not None and url.drivername == "sqlite" and url.database:
        return given
    # The address may hold a password, so it is not repeated.
    found = f"an address that begins {given.split('://')[0]}://"
    wanted = "postgresql://user:password@host/name, or the path of a file"
    raise Unusable(Problem("database address", found, wanted, kind="store"))
