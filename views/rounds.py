"""The Rounds page: every round with its state and progress; open, copy, freeze, publish, delete."""

from __future__ import annotations

import streamlit as st

from scoring.problem import Unusable
from store.audit import verify_round
from store.chain import Verified
from store.faults import Unavailable
from store.records import Progress, Round
from store.rounds import list_rounds
from store.sheets import progress
from views.explanation import as_problem, plain
from views.keeping import copy_sample
from views.kept import Kept
from views.opening import open_round, open_sample
from views.round_ending import CHOSEN, in_use
from views.round_manage import manage
from views.round_new import start_round
from views.state import AppState, put, widget
from views.tables import show_table

STATES = {"open": "Open", "frozen": "Frozen", "published": "Published"}


def render(state: AppState) -> None:
    """Draw the page."""
    st.title("Rounds")
    kept = state.kept
    if kept is None:
        st.markdown(
            "Rounds are not kept here: what you load and set stays in this browser tab only. "
            "Use the Export page to keep it."
        )
        return
    try:
        _page(state, kept)
    except (Unusable, Unavailable) as refused:
        st.error(as_problem(refused))


def _page(state: AppState, kept: Kept) -> None:
    rounds = list_rounds(kept.store, kept.actor)
    if rounds:
        _listed(state, kept, rounds)
        _one(state, kept, rounds)
        st.header("Start another")
    else:
        st.markdown(
            "You have no rounds yet. Copy the sample to try things out, or load a spreadsheet on "
            "the Load page: what you accept there is kept as a round."
        )
    _sample(state, kept, first=not rounds)
    start_round(state, kept)


def _sample(state: AppState, kept: Kept, first: bool) -> None:
    with st.container(border=True):
        words, look, copy = st.columns([5, 2, 2], vertical_alignment="center")
        words.markdown(
            "**Sample round**  \n94 intentions with illustrative scores. An example to look at; "
            "copy it to change it."
        )
        shown = kept.round is None and state.is_sample
        if look.button("Open the sample", key="open_sample", disabled=shown, width="stretch",
                       help="It is read-only"):  # fmt: skip
            open_sample(state)
            st.rerun()
        if copy.button("Copy the sample", key="copy_sample", width="stretch",
                       type="primary" if first else "secondary",
                       help="Make a round of your own from the sample"):  # fmt: skip
            copy_sample(state)
            st.rerun()


def _listed(state: AppState, kept: Kept, rounds: tuple[Round, ...]) -> None:
    show_table(
        [
            {
                "Round": f"{r.name} (in use)" if in_use(kept, r) else r.name,
                "State": STATES[r.state],
                "Your role": r.role.capitalize(),
                "Scores given": _in_words(_progress(kept, r)),
                "Deadline": f"{r.deadline:%d %B %Y}" if r.deadline else "",
                "Last change": f"{r.changed_at:%d %B %Y %H:%M} UTC",
            }
            for r in rounds
        ],
        "Your rounds, last changed first",
    )


def _progress(kept: Kept, r: Round) -> Progress:
    with kept.store.read(r.id, kept.actor) as source:
        return progress(source)


def _in_words(p: Progress) -> str:
    if not p.intentions:
        return "No intentions yet"
    return f"{p.given} of {p.wanted}; {p.complete} of {p.intentions} intentions complete"


def _about(r: Round, by_id: dict[str, Round]) -> str:
    parts = [f"Framework: {r.framework_name}", f"made on {r.created_at.day} {r.created_at:%B %Y}"]
    if r.predecessor:
        before = by_id.get(r.predecessor)
        parts.append(f"copied from {before.name if before else r.predecessor}")
    if r.published_scenario:
        parts.append(f"published scenario: {r.published_scenario}")
    scope = f" Scope: {r.scope}" if r.scope else ""
    return f"{', '.join(parts)}.{scope}"


def _one(state: AppState, kept: Kept, rounds: tuple[Round, ...]) -> None:
    by_id = {r.id: r for r in rounds}
    st.header("Open or manage a round")
    at = kept.round.id if kept.round and kept.round.id in by_id else rounds[0].id
    key = f"{CHOSEN}{kept.forms}"
    if widget(key) not in by_id:
        put(key, at)
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    chosen = left.selectbox(
        "Round",
        list(by_id),
        format_func=lambda id: by_id[id].name,
        key=key,
    )
    r = by_id[chosen]
    st.caption(plain(_about(r, by_id)))
    if right.button("Open round", type="primary", disabled=in_use(kept, r), width="stretch"):
        open_round(state, r.id)
        st.rerun()
    checked = state.once(("audit checked", r.id, r.version), lambda: _checked(kept, r.id))
    if checked.holds:
        st.caption(
            f"Audit checked: every change is on record ({checked.links:,} so far), none was altered "
            "since, and the round holds what they say."
        )
    else:
        st.error(plain(f"There is a problem with the audit of this round. {checked.says}"))
    if st.button("Export this round", help="Open it and go to the Export page"):
        if not in_use(kept, r):
            open_round(state, r.id)
        st.switch_page(state.pages["export"])
    manage(state, kept, r)


def _checked(kept: Kept, round_id: str) -> Verified:
    with kept.store.read(round_id, kept.actor) as source:
        return verify_round(source)
