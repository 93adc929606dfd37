"""Progress: how a long question tells how far it is, and how it is stopped.

Every function here that may take longer than half a second takes `progress`, which hears how much
is done, from 0 to 1, never less than before, and 1 at the end. Whatever it raises ends the work
and reaches the caller: raise `Stopped` to give up a question that nobody waits for any more.
"""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float], None]


class Stopped(Exception):
    """Raised by a `progress` whose answer is no longer wanted."""
