"""The charts of the How firm? page: plain data in, an Altair chart out. Each has a table beside it.

Altair takes a third of a second to import, so only a page that draws imports it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import altair as alt

Row = Mapping[str, str | float | bool | None]

BLUE, AMBER, GREY, TEXT, TRACK = "#005eb8", "#b35c00", "#768692", "#212b32", "#e8edee"
_VERDICTS = {"firm in": BLUE, "borderline": AMBER, "firm out": GREY}
_FONT = 13
_ROOM = 12  # bars that the words of a mark may take up


def chance_chart(
    rows: Sequence[Row], firm: float, out: float, marks: Sequence[tuple[str, str]]
) -> alt.LayerChart:
    """A bar an intention, its chance of being above the line; a mark after a ref, with its words.

    Rows: ref, title, place, chance (0-100), verdict.
    """
    import altair as alt

    data = _data(rows)
    x = alt.X("ref:N", sort=None, title="Intentions, in order of today's place",
              axis=alt.Axis(labelAngle=-90, labelFontSize=11, ticks=False))  # fmt: skip
    y = alt.Y("chance:Q", title="Chance of being above the line (%)",
              scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(values=[0, 25, 50, 75, 100]))  # fmt: skip
    bars = (
        alt.Chart(data)
        .mark_bar()
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "verdict:N",
                scale=alt.Scale(domain=list(_VERDICTS), range=list(_VERDICTS.values())),
                legend=alt.Legend(title=None, orient="top", symbolType="square"),
            ),
            tooltip=[
                alt.Tooltip("ref:N", title="Ref"),
                alt.Tooltip("title:N", title="Intention"),
                alt.Tooltip("place:N", title="Place today"),
                alt.Tooltip("chance:Q", title="Chance (%)", format=".1f"),
                alt.Tooltip("verdict:N", title="Verdict"),
            ],
        )
    )
    edges = _data([{"at": 100 * firm}, {"at": 100 * out}])
    rules = alt.Chart(edges).mark_rule(strokeDash=[4, 3], color=TEXT).encode(y="at:Q")
    layers: list[Any] = [bars, rules]
    refs = [str(row["ref"]) for row in rows]
    places = [refs.index(ref) for ref, _ in marks]
    for (ref, words), place, after in zip(
        marks, places, [*places[1:], len(refs) + _ROOM], strict=True
    ):
        # Where the next mark or the edge is near, its words stand on the other side of it.
        near = after - place < _ROOM or place == len(refs) - 1
        side: dict[str, Any] = {"align": "right", "dx": -5} if near else {"align": "left", "dx": 5}
        at = _data([{"ref": ref, "label": words}])
        edge = alt.X("ref:N", sort=None, bandPosition=1)
        layers.append(alt.Chart(at).mark_rule(color=TEXT, strokeWidth=2).encode(x=edge))
        label = alt.Chart(at).mark_text(**side, dy=-8, color=TEXT, fontSize=_FONT)
        layers.append(label.encode(x=edge, y=alt.value(0), text="label:N"))
    return _finished(alt.layer(*layers).properties(height=260))


def limit_chart(rows: Sequence[Row], bars: Sequence[Row]) -> alt.LayerChart:
    """A bar a criterion: the weights at which nothing changes, with today's weight on it.

    Rows: name, today (0-100). Bars: name, low, high, kind.
    """
    import altair as alt

    names = [str(row["name"]) for row in rows]
    y = alt.Y("name:N", sort=names, title=None, axis=alt.Axis(labelLimit=300, ticks=False))
    highest = max(float(part) for row in (*rows, *bars) for part in (row.get("high"),
                  row.get("today")) if part is not None)  # fmt: skip
    most = min(100, 10 * math.ceil((highest + 1) / 10))
    x = alt.X("low:Q", title="Weight (%); upright mark: today", scale=alt.Scale(domain=[0, most]),
              axis=alt.Axis(tickCount=10))  # fmt: skip
    tracks = _data([{"name": name, "low": 0, "high": most} for name in names])
    track = alt.Chart(tracks).mark_bar(height=12, color=TRACK).encode(y=y, x=x, x2="high:Q")
    kinds = list(dict.fromkeys(str(bar["kind"]) for bar in bars))
    hue = alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=[BLUE]),
                    legend=alt.Legend(title=None, orient="top", symbolType="square",
                                      labelLimit=0))  # fmt: skip
    spans = alt.Chart(_data(bars)).mark_bar(height=12).encode(
        y=y, x=x, x2="high:Q", color=hue,
        tooltip=[
            alt.Tooltip("name:N", title="Criterion"),
            alt.Tooltip("low:Q", title="From (%)", format=".1f"),
            alt.Tooltip("high:Q", title="To (%)", format=".1f"),
        ],
    )  # fmt: skip
    today = alt.Chart(_data(rows)).encode(y=y, x=alt.X("today:Q"))
    ticks = today.mark_tick(color=TEXT, thickness=3, size=24)
    chart = alt.layer(track, spans, ticks).properties(height=38 * len(names))
    return _finished(chart)


def place_chart(rows: Sequence[Row], cells: Sequence[Row], line: int, most: int) -> alt.LayerChart:
    """The chance of each place as a heat map, with today's place and the line marked on it.

    Rows: ref, today (None where not ranked). Cells: ref, place, chance (0-100).
    """
    import altair as alt

    refs = [str(row["ref"]) for row in rows]
    y = alt.Y("ref:N", sort=refs, title=None, axis=alt.Axis(ticks=False))
    scale = alt.Scale(domain=[0.5, most + 0.5], nice=False)
    heat = alt.Chart(_data(cells)).mark_rect().encode(
        y=y,
        x=alt.X("from:Q", title="Place", scale=scale, axis=alt.Axis(tickMinStep=1, grid=False)),
        x2="to:Q",
        color=alt.Color("chance:Q", title="Chance (%)",
                        scale=alt.Scale(range=["#e5f0fa", "#003087"]),
                        legend=alt.Legend(orient="top", gradientLength=200)),
        tooltip=[
            alt.Tooltip("ref:N", title="Ref"), alt.Tooltip("place:Q", title="Place"),
            alt.Tooltip("chance:Q", title="Chance (%)", format=".1f"),
        ],
    )  # fmt: skip
    marks = (
        alt.Chart(_data([row for row in rows if row["today"] is not None]))
        .mark_point(shape="diamond", filled=True, size=45, color="white", stroke=TEXT, opacity=1)
        .encode(y=y, x=alt.X("today:Q", scale=scale))
    )
    edge = alt.Chart(_data([{"at": line + 0.5}])).mark_rule(color=TEXT, strokeWidth=2, clip=True)
    layers = alt.layer(heat, edge.encode(x=alt.X("at:Q", scale=scale)), marks)
    return _finished(layers.properties(height=max(120, 18 * len(refs))))


def range_chart(rows: Sequence[Row], line: int, most: int) -> alt.LayerChart:
    """The places of 9 draws in 10 as a bar, the mean place as a tick, today's as a diamond.

    Rows: ref, low, high, mean, today (None where not ranked), verdict.
    """
    import altair as alt

    refs = [str(row["ref"]) for row in rows]
    y = alt.Y("ref:N", sort=refs, title=None, axis=alt.Axis(ticks=False))
    scale = alt.Scale(domain=[0.5, most + 0.5], nice=False)
    bars = alt.Chart(_data(rows)).mark_bar(height=9).encode(
        y=y,
        x=alt.X("from:Q", title="Place", scale=scale, axis=alt.Axis(tickMinStep=1)),
        x2="to:Q",
        color=alt.Color(
            "verdict:N",
            scale=alt.Scale(domain=list(_VERDICTS), range=list(_VERDICTS.values())),
            legend=alt.Legend(title=None, orient="top", symbolType="square"),
        ),
        tooltip=[
            alt.Tooltip("ref:N", title="Ref"), alt.Tooltip("low:Q", title="Best place (5%)"),
            alt.Tooltip("mean:Q", title="Mean place", format=".1f"),
            alt.Tooltip("high:Q", title="Worst place (95%)"),
        ],
    )  # fmt: skip
    mean = (
        alt.Chart(_data(rows))
        .mark_tick(color=TEXT, thickness=2, size=15)
        .encode(y=y, x=alt.X("mean:Q", scale=scale))
    )
    today = (
        alt.Chart(_data([row for row in rows if row["today"] is not None]))
        .mark_point(shape="diamond", filled=True, size=45, color="white", stroke=TEXT, opacity=1)
        .encode(y=y, x=alt.X("today:Q", scale=scale))
    )
    edge = alt.Chart(_data([{"at": line + 0.5}])).mark_rule(color=TEXT, strokeWidth=2, clip=True)
    layers = alt.layer(bars, mean, today, edge.encode(x=alt.X("at:Q", scale=scale)))
    return _finished(layers.properties(height=max(120, 18 * len(refs))))


def central_chart(rows: Sequence[Row]) -> alt.LayerChart:
    """The weights that put an intention first as bars, today's as an upright mark on each.

    Rows: name, central, today (0-100).
    """
    import altair as alt

    names = [str(row["name"]) for row in rows]
    y = alt.Y("name:N", sort=names, title=None, axis=alt.Axis(labelLimit=300, ticks=False))
    highest = max(float(row[part] or 0) for row in rows for part in ("central", "today"))
    scale = alt.Scale(domain=[0, min(100, 10 * math.ceil((highest + 1) / 10))])
    base = alt.Chart(_data(rows)).encode(y=y)
    bars = base.mark_bar(height=14, color=BLUE).encode(
        x=alt.X("central:Q", title="Weight (%); bar: where it is first; upright mark: today",
                scale=scale),
        tooltip=[
            alt.Tooltip("name:N", title="Criterion"),
            alt.Tooltip("central:Q", title="Where it is first (%)", format=".1f"),
            alt.Tooltip("today:Q", title="Today (%)", format=".1f"),
        ],
    )  # fmt: skip
    ticks = base.mark_tick(color=TEXT, thickness=3, size=24).encode(x=alt.X("today:Q", scale=scale))
    return _finished(alt.layer(bars, ticks).properties(height=34 * len(names)))


def agreement_chart(rows: Sequence[Row]) -> alt.LayerChart:
    """Kendall's tau as a bar, WS as a diamond, a method a row. Rows: method, tau, ws."""
    import altair as alt

    names = [str(row["method"]) for row in rows]
    y = alt.Y("method:N", sort=names, title=None, axis=alt.Axis(labelLimit=200, ticks=False))
    scale = alt.Scale(domain=[min(0.0, *(float(row["tau"] or 0) for row in rows)), 1])
    base = alt.Chart(_data(rows))
    bars = base.mark_bar(height=12, color=BLUE).encode(
        y=y, x=alt.X("tau:Q", title="1 = the same order (bar: Kendall's tau, diamond: WS)",
                     scale=scale),
        tooltip=[
            alt.Tooltip("method:N", title="Method"),
            alt.Tooltip("tau:Q", title="Kendall's tau", format=".2f"),
            alt.Tooltip("ws:Q", title="WS", format=".2f"),
        ],
    )  # fmt: skip
    marks = base.mark_point(
        shape="diamond", filled=True, size=70, color="white", stroke=TEXT, opacity=1
    ).encode(y=y, x=alt.X("ws:Q", scale=scale))
    return _finished(alt.layer(bars, marks).properties(height=34 * len(rows)))


def _data(rows: Sequence[Row]) -> Any:
    import altair as alt

    return alt.Data(values=[dict(row) for row in rows])


def _finished(chart: Any) -> Any:
    colours = {"labelColor": TEXT, "titleColor": TEXT, "labelFontSize": _FONT}
    return (
        chart.configure_axis(**colours, titleFontSize=_FONT, titleFontWeight="normal",
                             gridColor="#d8dde0")
        .configure_legend(**colours, symbolOpacity=1)
        .configure_view(stroke=None)
        .properties(usermeta={"embedOptions": {"actions": False}})
    )  # fmt: skip
