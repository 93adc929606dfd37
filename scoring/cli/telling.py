"""How far a document is, for a person who waits at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Tell = Callable[[float], None]


def part_of(tell: Tell | None, start: float, end: float) -> Tell | None:
    """A function for one part of the work: its 0 to 1 is `start` to `end` of the whole."""
    return None if tell is None else lambda share: tell(start + (end - start) * share)


@contextmanager
def telling(what: str) -> Iterator[Tell | None]:
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
