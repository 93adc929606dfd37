"""A pause of the garbage collector while many small values are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """Pause Python's garbage collector, and wake it afterwards.

    A sheet of 50,000 rows becomes over a million values, none of which refers back to another, so
    the collector would search them again and again (a fifth of the time) and find nothing.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
