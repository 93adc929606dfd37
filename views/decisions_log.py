"""The Record page: what became of every intention, decisions, assumptions, and every change."""

from __future__ import annotations

import streamlit as st

from scoring.problem import Unusable
from store.audit import entries
from store.faults import Unavailable
from store.intentions import STATUS_WORDS
from store.logs import log, read_log, sign_off
from store.records import LOG_KINDS, AuditEntry, LogEntry, LogKind
from views.audit_words import about, content
from views.explanation import as_problem, plain
from views.kept import Kept
from views.notices import signed
from views.round_change import change_round
from views.standing import accounted
from views.state import AppState
from views.tables import show_long_table, show_table

LATEST = 100


def render(state: AppState) -> None:
    """Draw the page."""
    st.title("Record")
    kept = state.kept
    if kept is None:
        st.markdown("Rounds are not kept here, so there is no record of them.")
        return
    if kept.round is None:
        st.markdown(
            "A record is kept of rounds of your own. Copy the sample, or load a spreadsheet: the "
            "Rounds page shows both."
        )
        return
    try:
        _page(state, kept, kept.round.id)
    except (Unusable, Unavailable) as refused:
        st.error(as_problem(refused))


def _page(state: AppState, kept: Kept, round_id: str) -> None:
    with kept.store.read(round_id, kept.actor) as source:
        logged = read_log(source)
        last = max(0, source.seq - LATEST)
        changes = entries(source, after=last)
    _set_aside(state, kept)
    _logs(state, kept, logged)
    _changes(state, kept, changes, last)


def _set_aside(state: AppState, kept: Kept) -> None:
    st.header("Every submitted intention accounted for")
    st.markdown(plain(accounted(kept)))
    others = [i for i in kept.standing.values() if i.status != "active"]
    if others:
        show_table(
            [
                {
                    "Ref": i.ref,
                    "Intention": i.title,
                    "Status": STATUS_WORDS[i.status]
                    + (f": {i.merged_into}" if i.merged_into else ""),
                    "Reason": i.reason,
                    "By": signed(state, i.by),
                    "On": f"{i.at:%d %B %Y}" if i.at else "",
                }
                for i in others
            ],
            "Intentions that are not ranked, and why",
        )
    if "intentions" in state.pages:
        st.page_link(
            state.pages["intentions"], label="Each intention and its status, on the Intentions page"
        )


def _logs(state: AppState, kept: Kept, logged: tuple[LogEntry, ...]) -> None:
    st.header("Decisions and assumptions")
    if logged:
        show_table(
            [
                {
                    "No.": entry.number,
                    "Kind": entry.kind.capitalize(),
                    "What": " ".join(
                        filter(None, (f"{entry.ref}:" if entry.ref else "", entry.what))
                    ),
                    "Why": entry.why,
                    "By": f"{signed(state, entry.by)}, {entry.at:%d %B %Y}",
                    "Signed off": f"{signed(state, entry.signed_by)}, {entry.signed_at:%d %B %Y}"
                    if entry.signed_at
                    else "not yet",
                }
                for entry in logged
            ],
            "Decisions and assumptions with their reasons",
        )
    else:
        st.markdown("None entered yet.")
    if not kept.may("analyst"):
        return
    with st.expander("Enter a decision or an assumption"), st.form(f"log_{kept.forms}"):
        kind: LogKind = st.radio("Kind", LOG_KINDS, format_func=str.capitalize, horizontal=True)
        what = st.text_input("What", max_chars=2000)
        why = st.text_input("Why", max_chars=2000)
        ref = st.selectbox(
            "About one intention (optional)",
            list(kept.standing),
            index=None,
            format_func=lambda ref: f"{ref}  {kept.standing[ref].title}",
        )
        if st.form_submit_button("Enter"):
            change_round(
                state,
                kept,
                lambda change: log(change, kind, what, why, str(ref or "")),
                f"{kind.capitalize()} entered",
            )
    waiting = [entry.number for entry in logged if not entry.signed_by]
    if waiting:
        with st.expander("Sign off"), st.form(f"sign_off_{kept.forms}"):
            st.markdown("Whoever signs off is another person than who entered it.")
            number = st.selectbox("Number", waiting)
            if st.form_submit_button("Sign off"):
                change_round(
                    state,
                    kept,
                    lambda change: sign_off(change, number),
                    f"Number {number} signed off",
                )


def _changes(state: AppState, kept: Kept, changes: tuple[AuditEntry, ...], before: int) -> None:
    st.header("Every change")
    ref = st.selectbox(
        "Of which intention",
        list(kept.standing),
        index=None,
        format_func=lambda ref: f"{ref}  {kept.standing[ref].title}",
        placeholder="All of them",
        key="record_of",
    )
    if ref is not None:
        assert kept.round is not None
        with kept.store.read(kept.round.id, kept.actor) as source:
            changes, before = entries(source, ref=ref), 0
    more = f" The {before} before are in the audit too." if before else ""
    st.caption(f"The latest {len(changes)}, newest first.{more}")
    show_long_table(
        [
            {
                "No.": entry.seq,
                "When (UTC)": f"{entry.at:%d %b %Y %H:%M:%S}",
                "Who": entry.name,
                "Ref": entry.ref,
                "What": about(state, entry),
                "Was": content(entry, entry.was),
                "Is": content(entry, entry.now),
                "Why": entry.why,
            }
            for entry in reversed(changes)
        ],
        "Every change",
    )
