"""The weights that put a chosen intention first, beside today's (SMAA-2's central weights)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from views.background import beside
from views.bullets import bullets
from views.charts import show_chart
from views.how_firm_charts import central_chart
from views.in_the_running import labels
from views.state import AppState
from views.tables import show_table

if TYPE_CHECKING:
    from scoring.analysis.progress import Progress
    from scoring.analysis.simulation import Simulation


def show(state: AppState, found: Simulation) -> None:
    """A choice, the sentences, the bars and the table."""
    st.markdown(
        "Of all the weights drawn, some put an intention first. Their mean says what one would have "
        "to value to choose it, and how sure that choice would be, given how sure the scores are."
    )
    if not len(found):
        return
    by_chance = np.lexsort((-found.first, ~found.ranked))
    ref = st.selectbox(
        "Intention",
        [found.refs[k] for k in by_chance],
        format_func=labels(state).__getitem__,
        help="Those that come first most often stand first; those without a place last.",
        key="firm_central_ref",
    )
    if ref not in found.refs:
        return
    ranking = state.ranking

    def work_out(progress: Progress) -> str:
        from scoring.analysis.confidence import central_in_words

        return central_in_words(found, ranking, ref, progress)

    said = beside(state, "central", (found.first.tobytes(), ranking, ref, found.weights,
                                     found.scores), work_out, "Drawing scores.")  # fmt: skip
    if said is None:
        return
    k = found.refs.index(ref)
    bullets([said])
    if not found.first[k]:
        return
    today = state.weights.percent
    rows = [
        {"name": c.name, "central": 100 * float(found.central_weights[k, j]), "today": today[c.id]}
        for j, c in enumerate(state.framework.criteria)
    ]
    left, right = st.columns([3, 2])
    alt = f"Bars: the mean weights that put {ref} first, today's marked; the table says the same."
    with left:
        show_chart(central_chart(rows), f"Weights that put {ref} first", alt)
    with right:
        show_table(
            [
                {"Criterion": str(row["name"]), "Today": f"{row['today']:.1f}%",
                 "Where it is first": f"{row['central']:.1f}%"}
                for row in rows
            ],
            f"Weights that put {ref} first",
            right=["Today", "Where it is first"],
        )  # fmt: skip
