"""The charts of a paper, described in Vega-Lite: read in grey, labelled, no colour alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from scoring.analysis.limits import Limits
from scoring.analysis.moves import Comparison
from scoring.export.paper.blocks import Picture
from scoring.export.paper.pictures import FONT
from scoring.export.paper.wording import count, listed, short
from scoring.export.styles import BLUE, SERIES, TEXT
from scoring.export.tables import segment_name
from scoring.ranking import Ranking
from scoring.rounding import one_decimal

WIDTH = 400
MOST_BARS = 30
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_CONFIG: dict[str, Any] = {
    "font": FONT,
    "background": "white",
    "view": {"stroke": None},
    "axis": {
        "labelColor": TEXT,
        "titleColor": TEXT,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "gridColor": "#d8dde0",
        "domainColor": "#768692",
        "tickColor": "#768692",
    },
    "legend": {
        "labelLimit": 0,
        "labelColor": TEXT,
        "titleColor": TEXT,
        "labelFontSize": 12,
        "titleFontSize": 12,
    },
}


def _spec(values: Sequence[dict[str, Any]], height: int, rest: dict[str, Any]) -> dict[str, Any]:
    return {
        "$schema": _SCHEMA,
        "config": _CONFIG,
        "width": WIDTH,
        "height": height,
        "data": {"values": list(values)},
        **rest,
    }


def _names(field: str = "label", title: str | None = None) -> dict[str, Any]:
    """A vertical axis of names, in the order of the data."""
    axis = {"labelLimit": 300, "domain": False, "ticks": False, "title": title}
    return {"field": field, "type": "nominal", "sort": None, "axis": axis}


def _label(ranking: Ranking, i: int) -> str:
    return (
        f"{ranking.places.shown(i)}  {ranking.sheet.refs[i]}  {short(ranking.sheet.titles[i], 48)}"
    )


def top_points(
    ranking: Ranking, rows: Sequence[int], top: int, apart: bool = False
) -> Picture | None:
    """The points of the first `top` of `rows` (best first), criterion by criterion.

    A tie is not cut below `MOST_BARS`. None when there are no rows; `apart`: must-dos are not
    among them.
    """
    place = ranking.places.place
    order = [i for i in rows if place[i] <= place[rows[min(top, len(rows)) - 1]]][:MOST_BARS]
    if not order:
        return None
    criteria, points = ranking.sheet.framework.criteria, ranking.totals.points
    values = [
        {
            "label": _label(ranking, i),
            "criterion": criterion.name,
            "order": j,
            "points": None if np.isnan(points[i, j]) else round(float(points[i, j]), 6),
        }
        for i in order
        for j, criterion in enumerate(criteria)
    ]
    names = [criterion.name for criterion in criteria]
    colours = [SERIES[j % len(SERIES)] for j in range(len(criteria))]
    legend = {"title": None, "orient": "bottom", "columns": 4, "symbolType": "square"}
    spec = _spec(
        values,
        22 * len(order),
        {
            "mark": {"type": "bar", "stroke": "white", "strokeWidth": 1},
            "encoding": {
                "y": _names(),
                "x": {
                    "field": "points",
                    "type": "quantitative",
                    "scale": {"domain": [0, 100]},
                    "axis": {"title": "Total (points out of 100)"},
                },
                "color": {
                    "field": "criterion",
                    "type": "nominal",
                    "sort": None,
                    "scale": {"domain": names, "range": colours},
                    "legend": legend,
                },
                "order": {"field": "order", "type": "quantitative"},
            },
        },
    )
    totals = ranking.totals.total
    alternative = (
        f"Stacked bars of the points of {count(len(order), 'intention')} with the highest totals, "
        f"from {one_decimal(float(totals[order[0]]))} down to "
        f"{one_decimal(float(totals[order[-1]]))}; each bar is made of the "
        f"points from {listed(names)}. The scores and totals stand in the tables of this paper."
    )
    caption = f"Where the points of the first {count(len(order), 'intention')} come from"
    caption += ", must-dos apart" if apart else ""
    return Picture("points", spec, caption, alternative)


def segment_counts(ranking: Ranking) -> Picture:
    """How many intentions each segment has."""
    counts = {segment_name(ranking, id): n for id, n in ranking.segments.counts().items() if n}
    values = [{"label": short(name, 60), "count": n} for name, n in counts.items()]
    encoding = {
        "y": _names(),
        "x": {
            "field": "count",
            "type": "quantitative",
            "axis": {"title": "Intentions", "tickMinStep": 1, "format": "d"},
        },
    }
    text = {"mark": {"type": "text", "align": "left", "dx": 4, "color": TEXT, "fontSize": 12},
            "encoding": {"text": {"field": "count", "type": "quantitative"}}}  # fmt: skip
    bars = {"mark": {"type": "bar", "color": BLUE}}
    spec = _spec(values, 26 * max(1, len(values)), {"encoding": encoding, "layer": [bars, text]})
    said = listed([f"{name} {n}" for name, n in counts.items()])
    return Picture(
        "segments",
        spec,
        "Intentions by segment",
        f"Bars of the number of intentions by segment: {said}.",
    )


def largest_moves(moved: Comparison, rows: Sequence[int], before: str) -> Picture:
    """Places before and now of the intentions that moved most; a line joins the two."""
    sheet = moved.after.sheet
    was, now = moved.before.places.place, moved.after.places.place
    values = [
        {
            "label": f"{sheet.refs[i]}  {short(sheet.titles[i], 48)}",
            "was": int(was[i]),
            "now": int(now[i]),
        }
        for i in rows
    ]
    last = 2 + max(int(place[i]) for place in (was, now) for i in rows)
    axis = {"title": "Place (1 is best)", "format": "d", "tickMinStep": 1}
    place = {
        "type": "quantitative",
        "scale": {"domain": [1, last], "reverse": True, "nice": False},
        "axis": axis,
    }

    def points(field: str, mark: dict[str, Any], said: str) -> dict[str, Any]:
        scale = {"domain": [f"Place by {before}", "Place now"], "range": ["white", BLUE]}
        fill = {"datum": said, "type": "nominal", "scale": scale, "legend": legend}
        shape = {"type": "point", "size": 90, "stroke": BLUE, "strokeWidth": 2, **mark}
        return {"mark": shape, "encoding": {"x": {"field": field, **place}, "fill": fill}}

    legend = {"title": None, "orient": "bottom", "symbolType": "circle", "symbolStrokeColor": BLUE}
    layers = [
        {
            "mark": {"type": "rule", "color": "#768692", "strokeWidth": 2},
            "encoding": {"x": {"field": "was", **place}, "x2": {"field": "now"}},
        },
        points("was", {}, f"Place by {before}"),
        points("now", {}, "Place now"),
    ]
    spec = _spec(values, 24 * len(values), {"encoding": {"y": _names()}, "layer": layers})
    said = "; ".join(f"{sheet.refs[i]} from {was[i]} to {now[i]}" for i in rows)
    return Picture("moves", spec, "The largest moves", f"Places before and now: {said}.")


def weight_limits(limits: Limits) -> Picture:
    """The range of each weight inside which the answer stays, and where the weight is now."""
    values = [
        {
            "label": limit.name,
            "low": round(float(limit.low), 6),
            "high": round(float(limit.high), 6),
            "today": round(float(limit.today), 6),
        }
        for limit in limits.by_criterion
    ]
    axis = {"title": "Weight (% of all weight)", "format": "d"}
    end = min(100, 10 * math.ceil(max(limit.high for limit in limits.by_criterion) / 10))
    weight = {"type": "quantitative", "scale": {"domain": [0, end]}, "axis": axis}
    layers = [
        {
            "mark": {"type": "bar", "color": "#7fb2e5", "height": 12},
            "encoding": {"x": {"field": "low", **weight}, "x2": {"field": "high"}},
        },
        {
            "mark": {"type": "tick", "color": TEXT, "thickness": 3, "height": 20},
            "encoding": {"x": {"field": "today", **weight}},
        },
    ]
    spec = _spec(values, 26 * len(values), {"encoding": {"y": _names()}, "layer": layers})
    said = "; ".join(
        f"{v['label']} {v['low']:.1f}% to {v['high']:.1f}%, now {v['today']:.1f}%" for v in values
    )
    subject = limits.subject
    if subject.startswith("The "):  # a ref keeps its capitals
        subject = f"the {subject[4:]}"
    caption = f"How far each weight may go, alone, while {subject}"
    return Picture(
        "weight-limits",
        spec,
        f"{caption} (bar), and the weight now (mark)",
        f"For each criterion the range of weight inside which nothing changes: {said}.",
    )
