"""Work that tells nothing of itself: it is heard of meanwhile, and can be given up at once."""

from __future__ import annotations

from threading import Event

import pytest

from scoring.analysis.progress import Stopped, told

WAIT = 30  # seconds at most for what takes a moment


def test_what_nobody_listens_to_is_simply_done():
    assert told(lambda: 42, None) == 42


def test_more_and_more_is_told_until_the_work_is_done_and_never_that_it_is():
    heard: list[float] = []
    enough = Event()

    def listen(share: float) -> None:
        heard.append(share)
        if len(heard) == 3:
            enough.set()

    assert told(lambda: enough.wait(WAIT), listen) is True
    assert heard[:3] == pytest.approx([1 / 11, 2 / 12, 3 / 13])
    assert heard == sorted(heard)
    assert heard[-1] < 1


def test_a_listener_who_gives_up_does_not_wait_for_the_work():
    go, ended = Event(), Event()

    def long() -> None:
        go.wait(WAIT)
        ended.set()

    def stop(share: float) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        told(long, stop)
    assert not ended.is_set()
    go.set()
    assert ended.wait(WAIT)


def test_what_the_work_raises_reaches_who_asked():
    def fails() -> None:
        raise ValueError("no weights")

    with pytest.raises(ValueError, match="no weights"):
        told(fails, lambda share: None)
