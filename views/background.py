"""Work beside the page: a long question is answered by a worker while the page goes on.

Each question of a session has one place of work. When its settings change, what was being worked
out is told to stop, and the new question takes its place. It stops too once its session is gone: a
closed tab keeps nobody else waiting. The last few answers are kept, so that going back is at once.
There are few workers for all sessions together: what is asked meanwhile waits its turn, and the
page says so.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor, TimeoutError
from dataclasses import dataclass, field
from typing import Any, TypeVar

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from scoring.analysis.progress import Progress, Stopped
from views.redraw import redraw
from views.state import AppState

WORKERS = 2  # at a time for all sessions: numpy and HiGHS let others run meanwhile
SEARCHERS = 1  # the same for searches, which may take long
PATIENCE = 0.35  # seconds: what takes less is shown without a word of waiting
_POLL = 0.4  # seconds between two looks
_KEPT = 4  # answers of one question
T = TypeVar("T")


@dataclass(eq=False)
class Work:
    """One question: what is being worked out, how far it is, and the last few answers."""

    key: Hashable = None
    future: Future[Any] | None = None
    share: float = 0.0
    begun: bool = False
    wanted: bool = True
    answers: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)


@st.cache_resource(show_spinner=False)
def _workers(kind: str) -> ThreadPoolExecutor:
    most = SEARCHERS if kind == "search" else WORKERS
    return ThreadPoolExecutor(most, thread_name_prefix=f"beside the page, {kind}")


def beside(
    state: AppState,
    question: str,
    key: Hashable,
    make: Callable[[Progress], T],
    doing: str,
    kind: str = "draw",
) -> T | None:
    """What `make` gives for `key`; None while it is worked out, and how far it is stands there.

    `make` runs in a thread of its own: it must touch neither Streamlit nor the session, and call
    what it is given as it goes. What it raises is raised here. `kind` "search" is for questions
    that may take long, so that the others never wait for them.
    """
    work: Work = state.work.setdefault(question, Work())
    if key in work.answers:
        work.answers.move_to_end(key)
        stop(state, question)
        answer: T = work.answers[key]
        return answer
    if work.future is None or work.key != key or _given_up(work.future):
        stop(state, question)
        work = state.work[question] = Work(key, answers=work.answers)
        work.future = _workers(kind).submit(_run, work, make, _session())
        try:
            work.future.result(PATIENCE)
        except (TimeoutError, Stopped):
            pass
        except Exception:
            return _taken(state, question, work)
    if work.future is not None and work.future.done() and not _given_up(work.future):
        return _taken(state, question, work)
    _watch(state, question, work, doing)
    return None


def stop(state: AppState, question: str) -> None:
    """Give up what is being worked out for a question; the answers it had are kept."""
    work: Work | None = state.work.get(question)
    if work is not None and work.future is not None:
        work.wanted = False
        work.future.cancel()
        state.work[question] = Work(answers=work.answers)


def _given_up(future: Future[Any]) -> bool:
    """Whether it stopped without an answer, its session having been away for a while."""
    return future.done() and (future.cancelled() or isinstance(future.exception(), Stopped))


def _session() -> Callable[[], bool]:
    """Tells, from any thread, whether somebody is still connected to this session."""
    context = get_script_run_ctx()
    if context is None or not runtime.exists():
        return lambda: True
    server, session = runtime.get_instance(), context.session_id
    return lambda: bool(server.is_active_session(session))


def _run(work: Work, make: Callable[[Progress], T], there: Callable[[], bool]) -> T:
    def progress(share: float) -> None:
        if not work.wanted or not there():
            raise Stopped
        work.share = share

    work.begun = True
    progress(0.0)
    return make(progress)


def _taken(state: AppState, question: str, work: Work) -> Any:
    """The answer of work that is done, kept for the next time; what it raised is raised."""
    state.work[question] = Work(answers=work.answers)
    assert work.future is not None
    answer = work.future.result()
    work.answers[work.key] = answer
    while len(work.answers) > _KEPT:
        work.answers.popitem(last=False)
    return answer


def _watch(state: AppState, question: str, work: Work, doing: str) -> None:
    """How far the work is, looked at again and again; the page is drawn anew once it is done."""

    @st.fragment(run_every=_POLL)
    def look() -> None:
        if work.future is None or work.future.done():
            if state.work.get(question) is not work:
                return
            redraw()
        text = f"{doing} {100 * work.share:.0f}%" if work.begun else f"{doing} Waiting for a turn…"
        st.progress(min(1.0, work.share), text)
        st.caption("The rest of the page can be used meanwhile.")

    look()
