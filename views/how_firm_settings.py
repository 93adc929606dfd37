"""What the How firm? page takes for unsure: which weights, which scores, and what counts as firm."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import streamlit as st

from views import how_firm_assessors, how_firm_ranges
from views.explanation import plain
from views.firm_settings import MOST_DRAWS, MOST_SEED, FirmSettings, order_of
from views.scenarios import all_scenarios
from views.state import AppState

WEIGHTS = {
    "around": "Around today's",
    "within": "Within some points of today's",
    "order": "Any in an order of importance",
    "assessors": "Assessors' own weights",
    "scenarios": "Those of saved scenarios",
    "any": "Any at all",
}
_WEIGHTS_HELP = {
    "around": "Near today's weights more often than far from them. The less sure, the further.",
    "within": "Each weight up or down by at most so many points; every such mix is as likely.",
    "order": "Any weights that keep this order, most important first; some may be level.",
    "assessors": "One assessor's weights after another, each as likely: would the panel's own "
    "views decide alike?",
    "scenarios": "The weights of one scenario after another, each as likely.",
    "any": "Every mix of weights as likely as any other: what holds here holds for nearly any "
    "weights.",
}
SCORES = {
    "given": "As given",
    "off": "Some are one step off",
    "ranges": "Within assessors' ranges",
}
_SCORES_HELP = {
    "given": "Scores are right as they stand; a missing one is drawn anywhere on its scale.",
    "off": "Each score is one step higher or lower with this chance, up as often as down.",
    "ranges": "Each score anywhere between a lowest and a highest one; the others as given.",
}


def settings(state: AppState) -> None:
    """The choices, in `state.firm`. A change of one runs the part of the page that holds them."""
    with st.container(border=True, key="firm_settings"):
        weights, scores, firm = st.columns(3, gap="medium")
        with weights:
            _which_weights(state)
        with scores:
            _which_scores(state)
        with firm:
            _thresholds(state)
        if state.firm.weights == "order":
            _in_which_order(state)
        elif state.firm.weights == "scenarios":
            _which_scenarios(state)
        elif state.firm.weights == "assessors":
            how_firm_assessors.choose(state)
        if state.firm.scores == "ranges":
            how_firm_ranges.choose(state)


def _take(state: AppState, **changes: Any) -> None:
    state.firm = replace(state.firm, **changes)


def _which_weights(state: AppState) -> None:
    firm = state.firm
    kinds = list(WEIGHTS)
    kind = st.selectbox(
        "Which weights might be right?",
        kinds,
        index=kinds.index(firm.weights) if firm.weights in kinds else 0,
        format_func=WEIGHTS.__getitem__,
        key="firm_weights",
    )
    _take(state, weights=kind)
    st.caption(_WEIGHTS_HELP[kind])
    if kind == "around":
        from scoring.analysis.draws import UNSURE

        unsure = st.select_slider(
            "How sure are we of the weights?", list(UNSURE), value=firm.unsure, key="firm_unsure"
        )
        _take(state, unsure=str(unsure))
    elif kind == "within":
        points = st.number_input(
            "Points up or down", 1, 30, int(min(30, max(1, firm.points))), key="firm_points"
        )
        _take(state, points=float(points))


def _in_which_order(state: AppState) -> None:
    def name(id: str) -> str:
        return plain(state.framework.criterion(id).name)

    stated = [place.split("=") for place in order_of(state)]
    before = {id: one for place in stated for one, id in pairwise(place)}
    order = st.multiselect(
        "Order of importance, most important first",
        list(state.weights),
        default=[id for place in stated for id in place],
        format_func=name,
        help="It opens with today's order. Take a criterion out and choose it again to move it to "
        "the end.",
        key="firm_order",
    )
    follows = dict(zip(order[1:], order, strict=False))
    equal = st.multiselect(
        "Just as important as the one before it",
        list(follows),
        # Whoever was level with the one before stays so as long as that one is still before it.
        default=[id for id, one in follows.items() if before.get(id) == one],
        format_func=name,
        placeholder="None: each matters less than the one before it",
        help="It opens with criteria that have the same weight today.",
        key=f"firm_order_equal {' '.join(order)}",  # another order is another question
    )
    places: list[str] = []
    for id in order:
        if id in equal and places:
            places[-1] += f"={id}"
        else:
            places.append(id)
    _take(state, order=tuple(places))
    if places:
        listed = ", ".join(
            f"{number} {' = '.join(map(name, place.split('=')))}"
            for number, place in enumerate(places, 1)
        )
        st.caption(f"In this order: {listed}.")


def _which_scenarios(state: AppState) -> None:
    names = [scenario.name for scenario in all_scenarios(state)]
    chosen = st.multiselect(
        "Scenarios",
        names,
        default=[name for name in state.firm.scenarios if name in names],
        format_func=plain,
        placeholder="Choose two or more",
        help="Save more on the Rank page.",
        key="firm_scenarios",
    )
    _take(state, scenarios=tuple(chosen))


def _which_scores(state: AppState) -> None:
    firm = state.firm
    kinds = list(SCORES)
    kind = st.selectbox(
        "How sure are we of the scores?",
        kinds,
        index=kinds.index(firm.scores) if firm.scores in kinds else 0,
        format_func=SCORES.__getitem__,
        key="firm_scores",
    )
    _take(state, scores=kind)
    st.caption(_SCORES_HELP[kind])
    if kind == "off":
        off = st.number_input(
            "Chance that a score is one step off (%)",
            1, 100, min(100, max(1, firm.off)), step=5, key="firm_off",
        )  # fmt: skip
        _take(state, off=int(off))


def _thresholds(state: AppState) -> None:
    st.markdown("What counts as firm?")
    left, right = st.columns(2)
    firm = left.number_input(
        "Firm in from (%)", 51, 100, min(100, max(51, state.firm.firm)), key="firm_threshold"
    )
    out = right.number_input(
        "Firm out up to (%)", 0, 49, min(49, max(0, state.firm.firm_out)), key="firm_out"
    )
    _take(state, firm=int(firm), firm_out=int(out))
    st.caption(
        f"Above the line in {firm}% of the draws or more: firm in. In {out}% or fewer: firm out. "
        "In between: borderline."
    )
    with st.popover("Draws and seed", type="tertiary"):
        draws = st.number_input(
            "Draws", 1_000, MOST_DRAWS, min(MOST_DRAWS, max(1_000, state.firm.draws)),
            step=10_000, key="firm_draws",
            help="Ten times as many take ten times as long and make the sampling error a third.",
        )  # fmt: skip
        seed = st.number_input(
            "Seed", 0, MOST_SEED, min(MOST_SEED, max(0, state.firm.seed)), key="firm_seed",
            help="The same seed gives the same answer. Another one shows what is chance.",
        )  # fmt: skip
    _take(state, draws=int(draws), seed=int(seed))


def changed_words(firm: FirmSettings) -> str:
    """That the settings are not those that the page opens with; "" where they are."""
    return "" if firm.untouched else "Set on the How firm? page, not as it opens."
