"""Scenarios and the ledger: save, restore, delete with undo; every released setting in order."""

from __future__ import annotations

import streamlit as st

from scoring.export.ledger_csv import ledger_to_csv
from scoring.framework import Weights
from scoring.problem import Unusable
from scoring.scenario import Scenario, built_in_scenarios, from_link, to_link
from views.explanation import plain
from views.state import AppState

_SHOWN_LINES = 5


def follow_link(state: AppState) -> None:
    """Take the weights and the line of the page's address, once a session; say what is wrong."""
    if not state.link_read:
        state.link_read = True
        if state.link is None:  # later the address holds what the page wrote there
            state.link = dict(st.query_params)
        try:
            found = from_link(state.link, state.framework)
        except Unusable as refused:
            state.link_problem = f"The link was not used. {refused}"
        else:
            if found is not None:
                weights, line = found[0], state.line if found[1] is None else found[1]
                # The address holds today's setting too: a refreshed page was opened from no link.
                if (weights, line) != (state.weights, state.line):
                    state.restore(weights, line, "Opened from a link", own=True)
    if state.link_problem:
        st.warning(plain(state.link_problem))


def write_link(state: AppState) -> None:
    """Keep today's weights and line in the address: it can be sent on, and survives a refresh."""
    wanted = to_link(state.framework, state.weights, state.line)
    if wanted != dict(st.query_params):
        st.query_params.from_dict(wanted)


def all_scenarios(state: AppState) -> list[Scenario]:
    """Those of the framework, then the saved ones."""
    return [*built_in_scenarios(state.framework, state.line), *state.scenarios]


@st.fragment
def show_scenarios(state: AppState) -> None:
    """Save, restore and delete; take a setting back from the ledger.

    A part of the page of its own: a release, which happens many times a minute, does not run it.
    """
    left, right = st.columns(2, gap="large")
    with left:
        st.header("Scenarios")
        _list(state)
    with right:
        _save(state)
        st.header("Ledger of settings")
        _ledger(state)


def latest_releases(state: AppState) -> str:
    """The last few released settings, the latest first, as plain text; "" before the first."""
    return "\n".join(
        f"{line.number}. {line.at:%H:%M:%S} {line.by or 'no name given'}: {line.what}"
        for line in reversed(state.ledger[-_SHOWN_LINES:])
    )


def _list(state: AppState) -> None:
    for k, scenario in enumerate(all_scenarios(state)):
        who = f" {scenario.by}, {scenario.at:%d %B %Y %H:%M}." if scenario.at else ""
        with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
            st.markdown(
                f"**{plain(scenario.name)}**  \n{plain(scenario.why + who)}", width="stretch"
            )
            if st.button(
                _button("Restore", scenario),
                key=f"restore_{k}",
                help=plain(f"Take the weights of {scenario.name}"),
            ):
                _restore(state, scenario.weights, scenario.line, f"Restored {scenario.name}")
            if not scenario.built_in:
                st.button(
                    _button("Delete", scenario),
                    key=f"delete_{k}",
                    help=plain(f"Delete {scenario.name}"),
                    on_click=state.delete_scenario,
                    args=(scenario,),
                )
    if state.deleted:
        st.button(
            plain(f"Undo: bring back {state.deleted[-1].name}"),
            on_click=state.undelete_scenario,
        )


def _button(does: str, scenario: Scenario) -> str:
    """The label of one of several buttons alike: which one it is is heard, and seen beside it."""
    return f"{does} :gray[{plain(scenario.name)}]"


def _restore(state: AppState, weights: Weights, line: int, what: str) -> None:
    state.restore(weights, line, what)
    st.rerun()


def _save(state: AppState) -> None:
    with st.form("save_scenario", clear_on_submit=False):
        st.markdown("**Save today's weights and line**")
        name = st.text_input("Name of the scenario", max_chars=80)
        why = st.text_input("Why, in a sentence", max_chars=300)
        by = st.text_input("Saved by", state.made_by, max_chars=80)
        if not st.form_submit_button("Save scenario"):
            return
    try:
        state.save_scenario(name.strip(), why.strip(), by.strip())
    except ValueError as refused:
        st.error(plain(f"There is a problem: {refused}."))
        return
    st.rerun()


def _ledger(state: AppState) -> None:
    st.caption("Every setting that you release is kept, in order, with when and by whom.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = int(st.number_input("Setting number", 1, step=1, width=180))
        restore = st.button("Restore setting")
        st.download_button(
            "Download the ledger (.csv)",
            lambda: ledger_to_csv(state.ledger, state.framework),
            "ledger.csv",
            "text/csv",
            on_click="ignore",
        )
    if restore:
        if number <= len(state.ledger):
            line = state.ledger[number - 1]
            _restore(state, line.weights, line.line, f"Restored setting {number}")
        st.error(f"There is no setting {number} yet: the ledger has {len(state.ledger)}.")
