"""Which code made a pack: a SHA-256 over the source of this package, and its libraries."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

import scoring


@cache
def code_sha256() -> str:
    """The SHA-256 of every .py file of the package, with its path, in order of path.

    Line ends count as one line feed, so that a checkout on Windows has the same.
    """
    root = Path(next(iter(scoring.__path__)))
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py"), key=lambda path: path.relative_to(root).as_posix()):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


_LIBRARIES = ("numpy", "scipy", "pymcdm", "xlsxwriter", "python-docx", "vl-convert-python")


@cache
def libraries() -> dict[str, str]:
    """{library: version} of those that what a pack says, and how, depends on."""
    return {name: version(name) for name in _LIBRARIES}
