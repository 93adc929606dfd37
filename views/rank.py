"""The Rank page: the list, the weights beside it, and why an intention stands where it does."""

from __future__ import annotations

import streamlit as st

from scoring.framework.rules import UNASSIGNED
from scoring.problem import Unusable
from views.explanation import plain, show_explanation
from views.state import AppState, forget, widget


def render(state: AppState) -> None:
    """Draw the page."""
    st.title("Ranked intentions")
    if state.is_sample:
        st.info(
            "Sample round: real titles, illustrative scores and money. Load your own on the Load page."
        )
    controls, results = st.columns([1, 3], gap="large")
    with controls:
        _weights(state)
    with results:
        _list(state)


def _weights(state: AppState) -> None:
    st.subheader("Weights")
    shown = state.weights.shown()
    changes: dict[str, float] = {}
    for criterion in state.framework.criteria:
        changes[criterion.id] = st.slider(
            criterion.name,
            0.0,
            100.0,
            float(state.weights[criterion.id]),
            0.5,
            key=f"weight_{state.pushes}_{criterion.id}",
            help=plain(f"{criterion.asks} {criterion.scale.direction_in_words}."),
        )
    try:
        state.set_weights(changes)
        shown = state.weights.shown()
    except Unusable as refused:
        st.error(plain(str(refused)))
    st.caption(" · ".join(f"{c.name} {shown[c.id]}%" for c in state.framework.criteria) + " = 100%")
    if st.button("Back to the published weights", disabled=state.is_published):
        state.publish_weights()
        forget("weight_")
        st.rerun()


def _list(state: AppState) -> None:
    ranking, baseline, sheet = state.ranking, state.baseline, state.sheet
    rows = []
    for i in ranking.places.order:
        move = int(baseline.places.place[i] - ranking.places.place[i])
        rows.append(
            {
                "Place": ranking.places.shown(i),
                "Change": f"▲ {move}" if move > 0 else f"▼ {-move}" if move < 0 else "–",
                "Ref": sheet.refs[i],
                "Intention": sheet.titles[i],
                "Function": sheet.text("function", i),
                "Segment": ranking.segments[i].segment,
                "Points": [round(float(p), 2) for p in ranking.totals.points[i]],
                "Total": f"{ranking.totals.total[i]:.1f}",
            }
        )
    event = st.dataframe(
        rows,
        hide_index=True,
        width="stretch",
        height=560,
        key="ranked_list",
        on_select="rerun",
        selection_mode="single-row",
        column_config={"Points": st.column_config.BarChartColumn("Points per criterion", y_min=0)},
    )
    chosen = event["selection"]["rows"]
    ref = rows[chosen[0]]["Ref"] if chosen and chosen[0] < len(rows) else widget("explained")
    if ref in sheet.refs:
        show_explanation(state, str(ref))
    unranked = [i for i in range(len(sheet)) if ranking.unranked[i]]
    if unranked:
        st.subheader(f"Not ranked: {len(unranked)} with a score missing")
        st.dataframe(
            [
                {
                    "Ref": sheet.refs[i],
                    "Intention": sheet.titles[i],
                    "Missing": ", ".join(sheet.framework.criterion(c).name for c in span.missing),
                    "Total could be": f"{span.total[0]:.1f} to {span.total[1]:.1f}",
                    "Place could be": f"{span.place[0]} to {span.place[1]}",
                    "Segment": "" if (s := ranking.segments[i].segment) == UNASSIGNED else s,
                }
                for i in unranked
                if (span := ranking.span(i))
            ],
            hide_index=True,
            width="stretch",
        )
