"""`python -m store`: look after the database that rounds are kept in."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from scoring.problem import Problem, Unusable
from store.audit import verify_all
from store.backup import back_up, restore
from store.copying import Copied, copy_rounds
from store.faults import Unavailable
from store.people import admit_owner
from store.schema import rounds
from store.settings import as_url, database_url
from store.store import Store

DONE, BROKEN, UNUSABLE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status 0: done; 1: an audit chain is broken; 2: it could not be done, and why."""
    given = _parser().parse_args(arguments)
    try:
        return _run(given)
    except Unusable as refused:
        for problem in refused.problems:
            print(problem, file=sys.stderr)
    except Unavailable as fault:
        print(fault, file=sys.stderr)
    return UNUSABLE


def _run(given: argparse.Namespace) -> int:
    if given.command == "copy":
        source, target = _existing(given.source), Store.open(as_url(given.target))
        return _told(f"Copied to {target.database.where}", copy_rounds(source, target, given.round))
    store = _ours()
    if given.command == "backup":
        return _told(f"Backed up to {given.file}", back_up(store, Path(given.file)))
    if given.command == "restore":
        return _told(f"Restored to {store.database.where}", restore(Path(given.file), store))
    if given.command == "give":
        admit_owner(store, given.round, given.person, datetime.now(UTC))
        print(f"{given.person} is now an owner of {given.round}.")
        return DONE
    if given.command == "audit":
        return _audit(store, given.round)
    with store.database.reading() as connection:
        query = select(rounds.c.id, rounds.c.state, rounds.c.name).order_by(rounds.c.id)
        for id, state, name in connection.execute(query):
            print(f"{id}\t{state}\t{name}")
    return DONE


def _audit(store: Store, round_id: str) -> int:
    with store.database.reading() as connection:
        try:
            verified = verify_all(connection, round_id)
        except KeyError:
            known = ", ".join(connection.execute(select(rounds.c.id)).scalars()) or "none yet"
            wanted = f"the id of a round of {store.database.where}: {known}"
            raise Unusable(Problem("round", round_id, wanted, kind="store")) from None
    print(f"{round_id}: {verified.says}")
    return DONE if verified.holds else BROKEN


def _ours() -> Store:
    url = database_url(os.environ)
    if url is None:
        wanted = "a database: set PRIORITISER_DATABASE_URL, or leave it out"
        raise Unusable(Problem("PRIORITISER_DATABASE_URL", "none", wanted, kind="store"))
    return Store.open(url)


def _existing(given: str) -> Store:
    """A database to read from; a mistyped file name must not make an empty one."""
    url = as_url(given)
    path = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite") and not path.is_file():
        raise Unusable(Problem("copy from", str(path), "a file that exists", kind="store"))
    return Store.open(url)


def _told(what: str, copied: Copied) -> int:
    rows = sum(copied.rows.values())
    print(f"{what}: {len(copied.rounds)} rounds, {rows:,} rows, checksum {copied.checksum}.")
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m store", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("rounds", help="list the rounds: id, state, name")
    give = commands.add_parser("give", help="make a person an owner of a round")
    give.add_argument("round")
    give.add_argument("person", help="the email address they sign in with")
    audit = commands.add_parser(
        "audit", help="check the audit of a round, and the round against it"
    )
    audit.add_argument("round")
    copy = commands.add_parser("copy", help="copy rounds to another database, verified")
    copy.add_argument("source", metavar="FROM", help="a database address or a SQLite file")
    copy.add_argument("target", metavar="TO", help="a database address or a SQLite file")
    copy.add_argument("--round", action="append", default=[], help="only this round (repeatable)")
    backup = commands.add_parser("backup", help="write every round to one file")
    backup.add_argument("file")
    back = commands.add_parser("restore", help="put a backup into an empty database")
    back.add_argument("file")
    return parser


if __name__ == "__main__":
    sys.exit(main())
