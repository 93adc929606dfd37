"""The Method page: criteria, weights, anchors, segment rules, and one intention worked through."""

from __future__ import annotations

import streamlit as st

from scoring.explain import explain
from scoring.framework import Framework, framework_to_toml
from scoring.rounding import two_decimals
from scoring.score import MISSING_IN_WORDS
from views.explanation import plain
from views.state import AppState
from views.tables import show_table


def render(state: AppState) -> None:
    """Draw the page."""
    framework = state.framework
    st.title("Method")
    st.markdown(plain(f"{framework.name}. {framework.about}"))
    if framework.source:
        st.caption(plain(f"Source: {framework.source}"))
    _criteria(state)
    _formula(state)
    _segments(framework)
    st.header("Use another framework")
    st.markdown(
        "A framework is a text file. Download this one, change it, and rank with it from the command "
        "line (`--framework my.toml`), or start from `data/frameworks/blank.toml`."
    )
    st.download_button(
        "Download this framework file",
        framework_to_toml(framework),
        file_name=f"{framework.id}.toml",
        mime="application/toml",
        on_click="ignore",
    )


def _criteria(state: AppState) -> None:
    framework = state.framework
    published, today = framework.weights.shown(), state.weights.shown()
    st.header("Criteria and weights")
    if framework.direction_note:
        st.markdown(f"**{plain(framework.direction_note)}**")
    show_table(
        [
            {
                "Criterion": c.name,
                "Published weight": f"{published[c.id]}%",
                "Today's weight": f"{today[c.id]}%",
                "Asks": c.asks,
                "Scale": f"{c.scale.low:f} to {c.scale.high:f}; {c.scale.direction_in_words}",
                "Why it counts": c.justification,
            }
            for c in framework.criteria
        ],
        "Criteria and weights",
        right=("Published weight", "Today's weight"),
    )
    with_anchors = [c for c in framework.criteria if c.anchors]
    if with_anchors:
        st.header("What each score means")
        levels = list(dict.fromkeys(level for c in with_anchors for level in c.anchors))
        show_table(
            [
                {"Criterion": c.name, **{level: c.anchors.get(level, "") for level in levels}}
                for c in with_anchors
            ],
            "What each score means",
        )


def _formula(state: AppState) -> None:
    st.header("How a total is made")
    st.markdown(
        "1. A score becomes a **value** between 0 (the worse end of its scale) and 1 (the better end). "
        "The ends come from the framework, so adding an intention never moves another.\n"
        "2. Value × weight gives **points**. The weights add to 100.\n"
        "3. The points add up to the **total**, from 0 to 100. Totals are added without rounding, so "
        "equal totals are equal exactly and share a place (1, 2, 2, 4)."
    )
    st.markdown(f"Missing scores: {MISSING_IN_WORDS[state.missing]}")
    complete = (i for i in map(int, state.ranking.places.order) if state.sheet.complete[i])
    first = next(complete, None)
    if first is None:
        return
    worked = explain(state.ranking, state.sheet.refs[first])
    st.markdown(plain(f"Worked through for {worked.ref}, {worked.title}:"))
    show_table(
        [
            {
                "Criterion": line.name,
                "Score": f"{line.score:g}",
                "Value": f"{line.value:.2f}",
                "Weight": f"{line.weight:.2f}",
                "Points = value × weight": two_decimals(line.points),
            }
            for line in worked.lines
        ]
        + [
            {
                "Criterion": "Total",
                "Score": "",
                "Value": "",
                "Weight": "100.00",
                "Points = value × weight": two_decimals(worked.total),
            }
        ],
        "One intention worked through",
        right=("Score", "Value", "Weight", "Points = value × weight"),
    )
    st.markdown(f"**{plain(worked.headline)}**")


def _segments(framework: Framework) -> None:
    if not framework.rules:
        return
    st.header("Segments")
    st.markdown(
        "A segment follows from what an intention **is**, never from its score. The rules are asked in "
        "order and the first that fits decides."
    )
    asks = {question.id: question.asks for question in framework.questions}
    names = {segment.id: segment.name for segment in framework.segments}
    show_table(
        [
            {
                "Rule": rule.id,
                "If": rule.wording,
                "Then": names[rule.segment]
                if rule.segment
                else "; ".join(f"{answer}: {names[id]}" for answer, id in rule.segments.items())
                + f". Otherwise: ask. ({asks[rule.then_by or '']})",
                "Check": rule.flag.says if rule.flag else "",
            }
            for rule in framework.rules
        ],
        "Segment rules in order",
    )
    show_table(
        [
            {"Segment": s.name, "What is in it": s.definition, "Goes to": s.route}
            for s in framework.segments
        ],
        "Segments and their routes",
    )
