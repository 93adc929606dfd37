"""Work beside the page: at once where it is quick, stopped where nobody waits, a few answers kept."""

from __future__ import annotations

from threading import Event
from typing import Any

import pytest
from streamlit.runtime import Runtime

from scoring.analysis.progress import Progress, Stopped
from views import background
from views.background import beside
from views.state import AppState, sample_state

WAIT = 30  # seconds at most for what takes a moment


@pytest.fixture(autouse=True)
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where the page would look again and again: noted instead."""
    seen: list[str] = []
    monkeypatch.setattr(background, "PATIENCE", 0.01)
    monkeypatch.setattr(
        background, "_watch", lambda state, question, work, doing: seen.append(doing)
    )
    return seen


def state() -> AppState:
    return sample_state()


def ask(state: AppState, key: str, make: Any, question: str = "q") -> Any:
    return beside(state, question, key, make, f"Doing {key}")


def settled(state: AppState, key: str, question: str = "q") -> Any:
    """The answer, once it is there."""
    work = state.work[question]
    if work.future is not None:
        work.future.exception(WAIT)
    return ask(state, key, never, question)


def never(progress: Progress) -> Any:
    raise AssertionError("this was to be known already")


def test_what_is_quick_is_there_at_once(looks: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "PATIENCE", WAIT)
    assert ask(state(), "a", lambda progress: 42) == 42
    assert looks == []


def test_what_takes_longer_is_none_until_it_is_done(looks: list[str]) -> None:
    mine, go = state(), Event()
    assert ask(mine, "a", lambda progress: go.wait(WAIT) and 42) is None
    assert looks == ["Doing a"]
    assert ask(mine, "a", never) is None  # the same question is not asked twice
    go.set()
    assert settled(mine, "a") == 42


def test_another_setting_stops_the_work_and_takes_its_place() -> None:
    mine, begun, heard = state(), Event(), Event()

    def long(progress: Progress) -> None:
        begun.set()
        try:
            while not heard.wait(0.005):
                progress(0.5)
        except BaseException:
            heard.set()
            raise

    assert ask(mine, "a", long) is None
    assert begun.wait(WAIT)
    ask(mine, "b", lambda progress: "b")
    assert heard.wait(WAIT)
    assert settled(mine, "b") == "b"


def test_how_far_it_is_can_be_read_meanwhile() -> None:
    mine, there, go = state(), Event(), Event()

    def half(progress: Progress) -> str:
        progress(0.5)
        there.set()
        go.wait(WAIT)
        return "done"

    assert ask(mine, "a", half) is None
    assert there.wait(WAIT)
    assert mine.work["q"].share == 0.5
    go.set()
    assert settled(mine, "a") == "done"


def test_going_back_to_an_earlier_setting_is_at_once_for_the_last_four() -> None:
    mine, made = state(), []

    def make(key: str) -> Any:
        return lambda progress: made.append(key) or key

    for key in "abcde":
        ask(mine, key, make(key))
        assert settled(mine, key) == key
    assert ask(mine, "b", never) == "b"
    assert made == list("abcde")
    ask(mine, "a", make("a"))
    settled(mine, "a")
    assert made == [*"abcde", "a"]


def test_what_it_raises_is_raised_on_the_page_and_can_be_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mine = state()
    monkeypatch.setattr(background, "PATIENCE", WAIT)

    def wrong(progress: Progress) -> None:
        raise ValueError("no such thing")

    with pytest.raises(ValueError, match="no such thing"):
        ask(mine, "a", wrong)
    assert ask(mine, "a", lambda progress: 1) == 1


def test_two_questions_do_not_get_in_each_others_way() -> None:
    mine, go = state(), Event()
    assert ask(mine, "a", lambda progress: go.wait(WAIT) and 1, "slow") is None
    ask(mine, "a", lambda progress: 2, "quick")
    assert settled(mine, "a", "quick") == 2
    go.set()
    assert settled(mine, "a", "slow") == 1


def test_what_nobody_is_there_for_any_more_stops_and_is_worked_out_anew_for_who_comes_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mine, here, begun, heard = state(), Event(), Event(), Event()
    here.set()
    monkeypatch.setattr(background, "_session", lambda: here.is_set)

    def long(progress: Progress) -> None:
        begun.set()
        try:
            while not heard.wait(0.005):
                progress(0.5)
        except BaseException:
            heard.set()
            raise

    assert ask(mine, "a", long) is None
    assert begun.wait(WAIT)
    here.clear()
    assert heard.wait(WAIT)
    here.set()
    work = mine.work["q"]
    assert isinstance(work.future.exception(WAIT), Stopped)
    ask(mine, "a", lambda progress: 42)
    assert settled(mine, "a") == 42


def test_what_waits_for_a_turn_is_not_begun_once_its_session_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mine, went = state(), []
    monkeypatch.setattr(background, "_session", lambda: lambda: False)
    assert ask(mine, "a", went.append) is None
    mine.work["q"].future.exception(WAIT)
    assert went == []


def test_a_page_drawn_without_a_server_counts_as_somebody_there() -> None:
    assert background._session()()


def test_streamlit_still_says_from_any_thread_which_sessions_are_connected() -> None:
    assert "Threading: SAFE" in (Runtime.is_active_session.__doc__ or "")
