"""What the chances on the How firm? page take for unsure: weights, scores, and what counts as firm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from views.explanation import plain
from views.state import AppState

if TYPE_CHECKING:
    from scoring.analysis.draws import WeightDraws

_WEIGHTS = {
    "around": "Around today's",
    "within": "Within some points of today's",
    "order": "Any in today's order of importance",
    "any": "Any at all",
}
_SCORES = {0: "as given", 10: "1 in 10 is one step off", 20: "1 in 5 is one step off",
           40: "2 in 5 are one step off"}  # fmt: skip


def settings(state: AppState) -> tuple[WeightDraws, int, int]:
    """How weights are drawn, the chance in % that a score is off by one, and firm from what %."""
    # scipy.stats takes a while to import: only this page waits for it.
    from scoring.analysis.draws import UNSURE, Anywhere, AroundToday, InOrder, Within

    first, second, third, last = st.columns([3, 3, 3, 2])
    kind = first.selectbox(
        "Which weights might be right?",
        list(_WEIGHTS),
        format_func=_WEIGHTS.__getitem__,
        key="firm_weights",
    )
    how: WeightDraws = Anywhere()
    if kind == "around":
        how = AroundToday(
            str(
                second.select_slider(
                    "How sure are we of the weights?",
                    list(UNSURE),
                    value="somewhat unsure",
                    key="firm_unsure",
                )
            )
        )
    elif kind == "within":
        how = Within(float(second.number_input("Points up or down", 1, 30, 5, key="firm_points")))
    elif kind == "order":
        shares = state.weights.percent
        order = tuple(sorted(shares, key=lambda criterion: -shares[criterion]))
        names = [state.framework.criterion(criterion).name for criterion in order]
        second.caption(plain(f"In this order: {', '.join(names)}."))
        how = InOrder(order)
    off = third.selectbox(
        "How sure are we of the scores?",
        list(_SCORES),
        format_func=lambda chance: f"Scores {_SCORES[chance]}",
        key="firm_scores",
    )
    firm = last.number_input("Firm from (%)", 51, 100, 90, key="firm_threshold")
    return how, int(off), int(firm)
