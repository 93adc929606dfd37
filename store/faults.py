"""What can be wrong with the database itself, said in plain words."""

from __future__ import annotations

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from scoring.problem import Problem

# What the driver says (part of its message, or PostgreSQL's code) -> what is wrong, what to do.
_SQLITE: tuple[tuple[str, str, str], ...] = (
    ("locked", "locked by another program",
     "it to be free: close what has it open (a backup, a database browser) and try again"),
    ("readonly", "read-only",
     "a folder and a file that you may write to: ask for write access, or name another folder "
     "in PRIORITISER_DATA_FOLDER"),
    ("unable to open", "a place where no file can be opened",
     "a folder that exists and that you may write to: ask for write access, or name another "
     "folder in PRIORITISER_DATA_FOLDER"),
    ("full", "no space left on the disk",
     "free space: remove files you no longer need and try again; nothing was half saved"),
    ("disk i/o", "a disk that does not take the write",
     "a working disk with free space: make room or move the file, then try again"),
    ("not a database", "a file that is not a database",
     "a file made by this app: restore a backup with python -m store restore"),
    ("malformed", "a damaged file",
     "a whole file: restore a backup with python -m store restore"),
)  # fmt: skip
_POSTGRES: tuple[tuple[str, str, str], ...] = (
    ("53100", "no space left on its disk", "free space on the database server; nothing was half saved"),
    ("25006", "read-only", "a database that may be written to: ask its administrator"),
    ("53300", "too many connections", "a free connection: try again in a moment"),
    ("28", "a name or password that it refuses", "the right PRIORITISER_DATABASE_URL"),
    ("3D", "no database of that name", "the right PRIORITISER_DATABASE_URL"),
    ("42501", "no right to do that", "a database user that owns its tables: ask its administrator"),
    ("55P03", "busy", "it to be free: try again in a moment"),
    ("40", "busy", "it to be free: try again in a moment"),
)  # fmt: skip
# A connection that fails has no code, only words.
_ON_CONNECTING = {
    "authentication failed": "28",
    "no password supplied": "28",
    "does not exist": "3D",
    "too many": "53300",
}
_STOPPED = (
    "no answer",
    "a running database: what you typed is kept on this page; try again in a moment, and tell "
    "whoever looks after the database if it goes on",
)


class Unavailable(Exception):
    """The database cannot do what it is asked, through nobody's mistake here. Nothing was saved."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def where_is(url: URL) -> str:
    """What messages call a database: its file or its server, never with the password."""
    if url.drivername.startswith("sqlite"):
        return f"database file {url.database}"
    return f"database {url.database or ''} on {url.host or 'this machine'}"


def unavailable(url: URL, found: str, expected: str) -> Unavailable:
    """That, as an exception to raise."""
    return Unavailable(Problem(where_is(url), found, expected, kind="store"))


def explain_fault(url: URL, error: DBAPIError) -> Unavailable | None:
    """What a driver's error means; None when it is no fault of the database but ours."""
    if url.drivername.startswith("sqlite"):
        message = str(error.orig).casefold()
        known = next((rest for mark, *rest in _SQLITE if mark in message), None)
        return unavailable(url, *known) if known else None
    code = str(getattr(error.orig, "sqlstate", None) or "")
    message = str(error.orig).casefold()
    marks = {code} if code else {c for words, c in _ON_CONNECTING.items() if words in message}
    known = next(
        (rest for mark, *rest in _POSTGRES if any(m.startswith(mark) for m in marks)), None
    )
    if known:
        return unavailable(url, *known)
    lost = not code or code.startswith(("08", "57P")) or error.connection_invalidated
    return unavailable(url, *_STOPPED) if lost and _is_operational(error) else None


def _is_operational(error: DBAPIError) -> bool:
    return type(error).__name__ in ("OperationalError", "InterfaceError", "DBAPIError")
