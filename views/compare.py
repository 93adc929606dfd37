"""The Compare page: scenarios side by side, who moves and who crosses the line."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import streamlit as st

from scoring.analysis.funding_line import must_do_reasons
from scoring.analysis.moves import Comparison, compare
from scoring.ranking import Ranking
from scoring.scenario import Scenario
from views.charts import show_chart
from views.explanation import plain
from views.scenarios import all_scenarios
from views.state import AppState
from views.tables import show_table

_TODAY = "Today's weights"
_ROW_HEIGHT = 19
_NAMED = 3  # refs that share a place and are named beside it


def render(state: AppState) -> None:
    """Draw the page."""
    st.title("Compare scenarios")
    today = Scenario(_TODAY, state.weights, state.line, "As set on the Rank page.", built_in=True)
    choices = [*all_scenarios(state), today]
    first = [0, len(choices) - 1 if not state.is_published else 1]
    left, right = st.columns([4, 1])
    chosen = left.multiselect(
        "Scenarios, in the order they are shown",
        range(len(choices)),
        default=first,
        format_func=lambda k: choices[k].name,
        key="compared",
    )
    top = int(right.number_input("First places shown", 1, max(1, len(state.sheet)), _top(state)))
    if len(chosen) < 2:
        st.info("Choose two or more scenarios.")
        return
    scenarios = [choices[k] for k in chosen]
    rankings = [state.ranking_for(scenario.weights) for scenario in scenarios]
    if not rankings[0].places.ranked.any():
        st.info("No intention is ranked yet: each lacks a score.")
        return
    st.header(f"Places, first {top}")
    spec = slope_chart(list(zip(_names(scenarios), rankings, strict=True)), top)
    show_chart(spec, f"Places, first {top}", spec["description"], _beside(scenarios))
    st.caption("Point at a line to follow one intention. The tables below say the same in words.")
    for k, scenario in enumerate(scenarios[1:], 1):
        _against(state, scenarios[0], scenario, compare(rankings[0], rankings[k]), top)
    st.header("Weights of each")
    _weights(state, scenarios)


def _top(state: AppState) -> int:
    return max(1, min(state.line, 30, len(state.sheet)))


def _names(scenarios: list[Scenario]) -> list[str]:
    """Names that tell the scenarios apart, also when two share one."""
    names = [scenario.name for scenario in scenarios]
    return [f"{name} ({k + 1})" if names.count(name) > 1 else name for k, name in enumerate(names)]


def _beside(scenarios: list[Scenario]) -> str:
    """What the page is about, for the name of a file."""
    return " and ".join(scenario.name for scenario in scenarios)


def _weights(state: AppState, scenarios: list[Scenario]) -> None:
    names = _names(scenarios)
    shown = [scenario.weights.shown() for scenario in scenarios]
    rows = [
        {"Criterion": c.name, **{n: f"{s[c.id]}%" for n, s in zip(names, shown, strict=True)}}
        for c in state.framework.criteria
    ]
    show_table(rows, "Weights of each scenario", right=names, scenario=_beside(scenarios))


def _against(
    state: AppState, before: Scenario, after: Scenario, comparison: Comparison, top: int
) -> None:
    st.header(plain(f"From {before.name} to {after.name}"))
    st.markdown(plain(comparison.in_words(top)))
    must_do = [bool(reason) for reason in must_do_reasons(state.sheet)]
    crossings = comparison.crossings(state.line, must_do, state.must_dos_counted)
    for verb, refs in (("Above the line now", crossings.enter), ("No longer", crossings.leave)):
        st.markdown(f"**{verb}** ({len(refs)}): {plain(', '.join(refs)) or 'none'}")
    if crossings.tied:
        st.markdown(plain(crossings.line.in_words))
    moved = moved_in_the_top(comparison, top)
    if not moved:
        st.caption(f"Nobody in the first {top} places moves.")
        return
    sheet = comparison.after.sheet
    show_table(
        [
            {
                "Ref": sheet.refs[i],
                "Intention": sheet.titles[i],
                "Before": comparison.before.places.shown(i),
                "After": comparison.after.places.shown(i),
                "Why": str(comparison.move(sheet.refs[i])),
            }
            for i in moved
        ],
        f"Moves from {before.name} to {after.name}",
        right=["Before", "After"],
        scenario=f"{before.name} to {after.name}",
    )


def moved_in_the_top(comparison: Comparison, top: int) -> list[int]:
    """Rows among the first `top` places of either ranking whose place differs, best first."""
    then, now = comparison.before.places, comparison.after.places
    near = {int(i) for places in (then, now) for i in places.order if places.place[i] <= top}
    return [int(i) for i in now.order if int(i) in near and comparison.up[i]]


def slope_chart(rankings: list[tuple[str, Ranking]], top: int) -> dict[str, Any]:
    """A Vega-Lite description: one line an intention, one column a scenario.

    Whoever is among the first `top` in any scenario has a line; a place below `top` is drawn
    just beneath the others, and the tooltip gives it.
    """
    sheet = rankings[0][1].sheet
    names = [name for name, _ in rankings]
    shown = sorted(
        {int(i) for _, r in rankings for i in r.places.order if r.places.place[i] <= top}
    )
    points, labels = [], []
    for name, ranking in rankings:
        at: dict[int, list[str]] = {}
        for i in shown:
            place = int(ranking.places.place[i])
            height = min(place, top + 1)
            at.setdefault(height, []).append(sheet.refs[i])
            points.append(
                {
                    "ref": sheet.refs[i],
                    "title": sheet.titles[i],
                    "scenario": name,
                    "height": height,
                    "place": ranking.places.shown(i),
                }
            )
        if name in (names[0], names[-1]):
            labels += [
                {"scenario": name, "height": height, "text": _label(height, top, refs)}
                for height, refs in at.items()
            ]
    x = {"field": "scenario", "type": "nominal", "sort": names, "title": None,
         "axis": {"orient": "top", "labelAngle": 0, "labelLimit": 220},
         "scale": {"type": "point", "padding": 0.8}}  # fmt: skip
    y = {"field": "height", "type": "quantitative", "title": "Place",
         "scale": {"domain": [0.5, top + 1.5], "reverse": True, "nice": False},
         "axis": {"tickMinStep": 1, "grid": False,
                  "labelExpr": f"datum.value > {top} ? 'below' : datum.value"}}  # fmt: skip
    hover = {"param": "hover", "empty": False}
    line = {
        "params": [
            {
                "name": "hover",
                "select": {"type": "point", "on": "pointerover", "clear": "pointerout",
                           "fields": ["ref"], "nearest": False},
            }
        ],
        "mark": {"type": "line", "point": {"size": 60}, "strokeWidth": 2},
        "encoding": {
            "x": x,
            "y": y,
            "detail": {"field": "ref"},
            "color": {"condition": {**hover, "value": "#d5281b"}, "value": "#005eb8"},
            "opacity": {"condition": {**hover, "value": 1}, "value": 0.55},
            "tooltip": [
                {"field": "ref", "title": "Ref"}, {"field": "title", "title": "Intention"},
                {"field": "scenario", "title": "Scenario"}, {"field": "place", "title": "Place"},
            ],
        },
    }  # fmt: skip
    sides = ((names[0], "right", -10), (names[-1], "left", 10))
    texts = [
        {
            "data": {"values": [label for label in labels if label["scenario"] == name]},
            "mark": {"type": "text", "align": align, "dx": dx, "fontSize": 12, "limit": 240},
            "encoding": {"x": x, "y": y, "text": {"field": "text"}},
        }
        for name, align, dx in sides
    ]
    words = ", ".join(f"{a} to {b}" for a, b in pairwise(names))
    return {
        "description": f"Slope chart of the first {top} places from {words}",
        "data": {"values": points},
        "height": _ROW_HEIGHT * (top + 2),
        "layer": [line, *texts],
        "config": {
            "axis": {
                "labelColor": "#212b32",
                "titleColor": "#212b32",
                "labelFontSize": 13,
                "titleFontSize": 13,
                "titleFontWeight": "normal",
            },
            "view": {"stroke": None},
        },
        "usermeta": {"embedOptions": {"actions": False}},
    }


def _label(height: int, top: int, refs: list[str]) -> str:
    """The refs that share a place; how many are below the last one shown."""
    if height > top:
        return f"{len(refs)} below place {top}"
    more = f" and {len(refs) - _NAMED} more" if len(refs) > _NAMED else ""
    return ", ".join(refs[:_NAMED]) + more
