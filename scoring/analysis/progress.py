"""Progress: how a long question tells how far it is, and how it is stopped.

Every function here that may take longer than half a second takes `progress`, which hears how much
is done, from 0 to 1, never less than before, and 1 at the end. Whatever it raises ends the work
and reaches the caller: raise `Stopped` to give up a question that nobody waits for any more.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import TypeVar

T = TypeVar("T")
Progress = Callable[[float], None]


_OFTEN = 0.2  # seconds between two words from work that says nothing itself
_HALF = 10  # words after which half of its share is told


class Stopped(Exception):
    """Raised by a `progress` whose answer is no longer wanted."""


def told(work: Callable[[], T], progress: Progress | None) -> T:
    """What `work` gives, for work that tells nothing of itself, such as another library's solver.

    `progress` hears of it several times a second: ever more, though nobody knows how far it is.
    When it raises, the work is left to itself and what it gives is dropped, so it must have an end
    of its own. It must let other threads run meanwhile. What it raises reaches the caller.
    """
    if progress is None:
        return work()
    given: list[T] = []
    raised: list[BaseException] = []

    def run() -> None:
        try:
            given.append(work())
        except BaseException as fault:
            raised.append(fault)

    beside = Thread(target=run, name="solver", daemon=True)
    beside.start()
    words = 0
    while True:
        beside.join(_OFTEN)
        if not beside.is_alive():
            break
        words += 1
        progress(words / (words + _HALF))
    if raised:
        raise raised[0]
    return given[0]
