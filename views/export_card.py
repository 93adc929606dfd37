"""One output on the Export page: what it is for, a preview, and the file, built when asked for.

What takes a moment is built beside the page, with how far it is, and then stands there to
download until something that it says has changed. What is quick is downloaded at once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from scoring.analysis.progress import Progress
from scoring.export.about import About
from scoring.problem import Unusable
from scoring.version import VERSION
from store.faults import Unavailable
from views.background import beside
from views.explanation import plain
from views.file_names import file_name
from views.standing import set_aside
from views.state import AppState, put, widget

SAMPLE_NOTE = "Illustrative: the sample round's scores, money and answers are invented"
Job = Callable[[Progress], bytes]
Make = Callable[[About], Job]


@dataclass(frozen=True)
class Output:
    """What can be taken away: its title, what it is for, its kind of file and what it is called.

    `make` gathers, on the page, what the file is about; the job that it gives writes the file and
    touches neither the page nor the session. `rests_on` is all that the file follows from besides
    the ranking and its names. `preview` draws what will be in it. `quick`: no need to build first.
    """

    title: str
    what: str
    kind: str
    make: Make
    part: str
    scenario: str = ""
    rests_on: Hashable = ()
    preview: Callable[[], None] | None = None
    quick: bool = False


@dataclass(frozen=True, eq=False)
class Asked:
    """A file that was asked for: what it rests on, when, and the work that writes it."""

    key: Hashable
    at: datetime
    job: Job


def offer(state: AppState, output: Output) -> None:
    """Draw the card of one output."""
    with st.container(border=True):
        text, side = st.columns([3, 2], vertical_alignment="center")
        text.markdown(f"**{output.title}**  \n{output.what}")
        if output.quick:
            _at_once(state, output, side)
        else:
            _when_built(state, output, side)
        if output.preview is not None and st.toggle(
            f"Preview the {output.part}", key=f"preview_{output.part}"
        ):
            output.preview()


def about_now(state: AppState, at: datetime, scenario: str = "") -> About:
    """What every file says about itself."""
    return About(
        round_name=state.round_name,
        made_by=state.made_by,
        made_at=at,
        version=VERSION,
        files=state.intake.files,
        scenario=scenario or ("Published weights" if state.is_published else "Changed weights"),
        illustrative=SAMPLE_NOTE if state.is_sample else "",
        ledger=state.accounted.ledger,
        set_aside=set_aside(state),
    )


def _at_once(state: AppState, output: Output, side: DeltaGenerator) -> None:
    at = datetime.now().astimezone()
    about = about_now(state, at, output.scenario)

    def made() -> bytes:
        return output.make(about)(lambda share: None)

    _download(state, output, side, made, at)


def _when_built(state: AppState, output: Output, side: DeltaGenerator) -> None:
    key: Hashable = (
        output.part, state.ranking, state.accounted, state.round_name, state.made_by, output.scenario,
        output.rests_on,
    )  # fmt: skip
    asked: Asked | None = widget(f"asked_{output.part}")
    slot = side.empty()
    if asked is None or asked.key != key:
        if not slot.button(
            f"Build {output.part} .{output.kind}", key=f"build_{output.part}", width="stretch"
        ):
            if asked is not None:
                st.caption("Something that it says has changed since it was built: build it again.")
            return
        at = datetime.now().astimezone()
        try:
            asked = Asked(key, at, output.make(about_now(state, at, output.scenario)))
        except (Unusable, Unavailable) as fault:
            st.error(plain(f"There is a problem. {fault}"))
            return
        put(f"asked_{output.part}", asked)
        slot.empty()
    try:
        what = (output.part, asked.at)
        data = beside(
            state, f"export {output.part}", what, asked.job, f"Building the {output.part}:"
        )
    except Unusable as refused:
        put(f"asked_{output.part}", None)
        st.error(plain(f"There is a problem. {refused}"))
        return
    if data is not None:
        _download(state, output, slot, data, asked.at, primary=True)
        st.caption(f"Built at {asked.at:%H:%M:%S}: {_size(len(data))}.")


def _download(
    state: AppState,
    output: Output,
    place: DeltaGenerator,
    data: bytes | Callable[[], bytes],
    at: datetime,
    primary: bool = False,
) -> None:
    place.download_button(
        f"Download {output.part} .{output.kind}",
        data,
        file_name=file_name(state, output.kind, at, output.part, output.scenario),
        on_click="ignore",
        key=f"download_{output.part}",
        type="primary" if primary else "secondary",
        width="stretch",
    )


def _size(length: int) -> str:
    return f"{length / 1024**2:.1f} MB" if length >= 1024**2 else f"{max(1, length // 1024)} KB"
