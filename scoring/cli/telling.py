"""How far a document is, for a person who waits at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def telling(what: str) -> Iterator[Callable[[float], None] | None]:
    """A function that shows the share done on stderr; None where stderr is no terminal.

    The line is wiped when the work ends, well or not, so that what follows stands alone.
    """
    if not sys.stderr.isatty():
        yield None
        return
    shown = -1

    def tell(share: float) -> None:
        nonlocal shown
        percent = int(100 * share)
        if percent != shown:
            shown = percent
            print(f"\r{what}: {percent}%", end="", file=sys.stderr, flush=True)

    try:
        yield tell
    finally:
        print("\r" + " " * (len(what) + 6) + "\r", end="", file=sys.stderr, flush=True)
