"""Backups: one SQLite file holding every round, whatever database they came from."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from scoring.problem import Problem, Unusable
from store.copying import Copied, copy_rounds
from store.schema import rounds
from store.settings import as_url
from store.store import Store


def back_up(store: Store, file: Path) -> Copied:
    """Write every round to a new file, at one moment, while others go on working.

    The file appears only when it is whole and verified. Raises `Unusable` when it exists.
    """
    if file.exists():
        raise Unusable(Problem("backup", str(file), "a file that does not exist yet", kind="store"))
    part = file.with_name(file.name + ".part")
    part.unlink(missing_ok=True)
    backup = Store.open(as_url(str(part)))
    try:
        copied = copy_rounds(store, backup)
        with backup.database.engine.connect() as connection:
            # One file, without the side files of a database in use.
            connection.connection.driver_connection.execute("PRAGMA journal_mode = DELETE")  # type: ignore[union-attr]
    finally:
        backup.close()
    os.replace(part, file)
    return copied


def restore(file: Path, store: Store) -> Copied:
    """Put every round of a backup into a database that holds none.

    Raises `Unusable` when there is no such file or the database holds rounds: a restore never
    writes over anything.
    """
    if not file.is_file():
        raise Unusable(Problem("backup", str(file), "a file that store backup made", kind="store"))
    with store.database.reading() as connection:
        held = len(connection.execute(select(rounds.c.id)).all())
    if held:
        wanted = "an empty one: name a new file or database in PRIORITISER_DATABASE_URL"
        raise Unusable(Problem("database", f"{held} rounds", wanted, kind="store"))
    with TemporaryDirectory() as folder:
        # Opening brings a file up to date; the backup itself stays as it was made.
        copy = shutil.copy(file, Path(folder) / "backup.sqlite")
        backup = Store.open(as_url(str(copy)))
        try:
            return copy_rounds(backup, store)
        finally:
            backup.close()
