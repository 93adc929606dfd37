"""The chances on the How firm? page: the sentence, the picture, and every place on request."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from scoring.analysis.progress import Progress
from scoring.analysis.shares import shown_chance
from scoring.problem import Unusable
from views import how_firm_central
from views.background import beside
from views.charts import show_chart
from views.explanation import plain
from views.firm_settings import FirmSettings, assumptions_of
from views.how_firm_charts import chance_chart, place_chart, range_chart
from views.how_firm_settings import settings
from views.in_the_running import must_dos
from views.state import AppState, widget
from views.tables import show_long_table, show_table

if TYPE_CHECKING:
    from scoring.analysis.simulation import Simulation

_MOST_BARS = 120  # bars in the picture, those nearest the line
_NEAR = 40  # rows in the heat map, the ranges and the table beside them
_FULL = 2000  # with more intentions only the line is counted, not every place
_AT_ONCE = 500  # up to here every place is counted before anyone asks
_SHOWN = 0.5  # chances below this many % are not drawn


@st.fragment
def show(state: AppState) -> None:
    """The sentence and the picture first, then the settings, then the details."""
    lead = st.container()
    settings(state)
    # Every place is counted where that takes no time, or where somebody looks at them.
    box_open = bool(widget("firm_places", False))
    full = len(state.sheet) <= (_FULL if box_open else _AT_ONCE)
    try:
        with lead:
            found = chances(state, full)
    except Unusable as refused:
        lead.info(plain(" ".join(map(str, refused.problems))))
        return
    if found is None:
        return
    if not len(found):
        lead.header(plain(found.sentence))
        return
    order = _order(state, found)
    with lead:
        st.header(plain(found.sentence))
        _picture(state, found, order)
    st.caption(plain(_explained(state, found)))
    box = st.expander(
        "The chances in figures, and the chance of each place", key="firm_places", on_change="rerun"
    )
    if box.open:
        with box:
            _places(state, found, order)
    box = st.expander(
        "Which weights would put one intention first?", key="firm_central", on_change="rerun"
    )
    if box.open:
        with box:
            how_firm_central.show(state, found)


def chances(state: AppState, full: bool) -> Simulation | None:
    """The chances by the page's settings; None, and how far it is, while they are worked out.

    Raises `Unusable` while a setting is not made, or where no chance can be given.
    """
    asked = assumptions_of(state)
    ranking, line, (must_do, counted) = state.ranking, state.line, must_dos(state)

    def draw(progress: Progress) -> Simulation:
        # The thresholds are no part of the draws: another one is at once.
        plainly = replace(asked, firm=FirmSettings().firm / 100, firm_out=None)
        return plainly.simulate(ranking, line, full, must_do, counted, progress)

    key = (ranking, line, counted, asked.weights, asked.scores, asked.draws, asked.seed, full)
    doing = f"Drawing weights and ranking {asked.draws:,} times."
    found = beside(state, "chances", key, draw, doing)
    if found is None:
        return None
    return state.once(
        ("chances", found, asked.firm, asked.firm_out),
        lambda: found.with_firm(asked.firm, asked.firm_out),
    )


def _order(state: AppState, found: Simulation) -> list[int]:
    """Rows of the simulation by today's place, those without a place last."""
    places, sheet = state.ranking.places, state.sheet
    rank = {sheet.refs[i]: k for k, i in enumerate(map(int, places.order))}
    return sorted(range(len(found)), key=lambda k: rank.get(found.refs[k], len(rank)))


def _picture(state: AppState, found: Simulation, order: list[int]) -> None:
    """Everyone with a chance worth drawing, by today's place, with the line among them."""
    drawn = [k for k in order if found.standing[k] or 100 * found.above[k] >= _SHOWN]
    inside = [k for k in drawn if found.standing[k]]
    more = max(0, len(drawn) - _MOST_BARS)
    if more:
        start = max(0, len(inside) - _MOST_BARS // 2)
        drawn = drawn[start : start + _MOST_BARS]
    if not drawn:
        return  # the sentence says why nobody could be above the line
    marks = [(found.refs[inside[-1]], "the line")] if inside else []
    placed = [k for k in drawn if state.ranking.places.ranked[state.sheet.index(found.refs[k])]]
    if 0 < len(placed) < len(drawn):
        last = found.refs[placed[-1]]
        also = "the line; then not ranked" if (last, "the line") in marks else "not ranked"
        marks = [mark for mark in marks if mark[0] != last] + [(last, also)]
    rows = [
        {
            "ref": found.refs[k],
            "title": state.sheet.titles[state.sheet.index(found.refs[k])],
            "place": _place(state, found.refs[k]),
            "chance": round(100 * float(found.above[k]), 2),
            "verdict": found.verdicts[k],
        }
        for k in drawn
    ]
    alt = f"A bar an intention: its chance of being above the line. {found.sentence}"
    # Describing a chart takes longer than all else on the page: once for each answer.
    spec = state.once(
        ("chance chart", found), lambda: chance_chart(rows, found.firm, found.out, marks).to_dict()
    )
    show_chart(spec, "Chance of being above the line", alt)
    said = (
        "A bar for each intention, in order of today's place: how often it is above the line when "
        "weights and scores are drawn as chosen below. At the upper dashed line "
        f"({100 * found.firm:g}%) or over it: firm in. At the lower ({100 * found.out:g}%) or "
        "under it: firm out."
    )
    left_out = len(found) - len(rows)
    if left_out:
        what = "the others are further from the line" if more else f"under {_SHOWN}% each"
        said += f" {left_out} more {'is' if left_out == 1 else 'are'} not drawn: {what}."
    st.caption(said)


def _explained(state: AppState, found: Simulation) -> str:
    """What was done, for a lay reader."""
    from scoring.analysis.assumptions import spread_in_words

    if not len(found) or found.fixed:
        return found.error_in_words
    said = [
        f"Drawn {found.draws:,} times: {found.weights}; {found.scores}. Everyone was ranked each "
        "time, and the chance is how often an intention was above the line."
    ]
    heaviest = max(state.framework.criteria, key=lambda c: state.weights.percent[c.id])
    said.append(spread_in_words(found.weights, state.weights, heaviest.id, heaviest.name))
    if found.incomplete:
        several = found.incomplete > 1
        said.append(
            f"{found.incomplete} intention{'s' if several else ''} with a missing score "
            f"{'are' if several else 'is'} drawn "
            f"{'in their ranges or ' if state.firm.scores == 'ranges' else ''}over the whole scale "
            "there."
        )
    return " ".join([*said, found.error_in_words])


def _places(state: AppState, found: Simulation, order: list[int]) -> None:
    """The table of chances, and, unless there are too many, each place as a picture."""
    near = _nearest(found, order)
    full = found.acceptability is not None
    st.markdown(
        f"The {len(near)} intentions nearest the line, in order of today's place. "
        "A place counts the intentions that are not must-dos."
    )
    show_table(
        [_chances(state, found, k, full) for k in near],
        "Chances of the intentions nearest the line",
        right=["Place today", "Above the line", "First place",
               *(["Mean place", "9 draws in 10"] if full else [])],
    )  # fmt: skip
    if not full:
        st.caption(f"With more than {_FULL:,} intentions only the line is counted.")
        return
    rows, cells, most = _cells(state, found, near)
    left, right = st.columns(2)
    with left:
        st.markdown(
            "**Chance of each place** (darker: more likely; diamond: today; upright: the line)"
        )
        alt = "Heat map: the chance of each place; the table above has the range in figures."
        places = state.once(
            ("place chart", found), lambda: place_chart(rows, cells, found.room, most).to_dict()
        )
        show_chart(places, "Chance of each place", alt)
    with right:
        st.markdown(
            "**Range of places** (bar: 9 draws in 10; tick: mean; diamond: today; upright: the line)"
        )
        alt = "Bars: the places of nine draws in ten; the table above has them in figures."
        ranges = state.once(
            ("range chart", found), lambda: range_chart(rows, found.room, most).to_dict()
        )
        show_chart(ranges, "Range of places", alt)
    st.markdown("**Everyone**")
    show_long_table(
        [
            {
                "Ref": found.refs[k],
                "Intention": state.sheet.titles[state.sheet.index(found.refs[k])],
                "Above the line (%)": round(100 * float(found.above[k]), 1),
                "First place (%)": round(100 * float(found.first[k]), 1),
                "Mean place": round(float(found.expected_place[k]), 1),
                "Verdict": found.verdicts[k],
            }
            for k in order
        ],
        "Chances of every intention",
        column_config={
            name: st.column_config.NumberColumn(format="%.1f")
            for name in ("Above the line (%)", "First place (%)", "Mean place")
        },
    )


def _nearest(found: Simulation, order: list[int]) -> list[int]:
    """The rows whose chance is least certain first chosen, then in the order given."""
    position = {k: n for n, k in enumerate(order)}
    inside = int(found.standing.sum())
    by_doubt = sorted(
        order, key=lambda k: (-round(float(found.standard_error[k]), 6), abs(position[k] - inside))
    )
    return sorted(by_doubt[:_NEAR], key=position.__getitem__)


def _chances(state: AppState, found: Simulation, k: int, full: bool) -> dict[str, str | int]:
    ref = found.refs[k]
    row: dict[str, str | int] = {
        "Place today": _place(state, ref),
        "Ref": ref,
        "Intention": state.sheet.titles[state.sheet.index(ref)],
        "Above the line": shown_chance(float(found.above[k])),
        "First place": shown_chance(float(found.first[k])),
    }
    if full:
        row["Mean place"] = f"{float(found.expected_place[k]):.1f}"
        row["9 draws in 10"] = f"{int(found.low_place[k])} to {int(found.high_place[k])}"
    return {**row, "Verdict": found.verdicts[k]}


def _cells(
    state: AppState, found: Simulation, near: list[int]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    """Rows and cells of the two pictures, and the last place that they need."""
    chances = found.acceptability
    assert chances is not None
    most = int(max(found.high_place[k] for k in near))
    today = _places_among(state, found)
    rows, cells = [], []
    for k in near:
        low, high = int(found.low_place[k]), int(found.high_place[k])
        place = today[k] if today[k] and today[k] <= most else None
        rows.append({"ref": found.refs[k], "low": low, "high": high, "from": low - 0.5,
                     "to": high + 0.5, "mean": round(float(found.expected_place[k]), 2),
                     "today": place, "verdict": found.verdicts[k]})  # fmt: skip
        for j in np.flatnonzero(chances[k, :most] * 100 >= _SHOWN):
            place = int(j) + 1
            cells.append({"ref": found.refs[k], "place": place, "from": place - 0.5,
                          "to": place + 0.5, "chance": round(100 * float(chances[k, j]), 1)})  # fmt: skip
    return rows, cells, most


def _places_among(state: AppState, found: Simulation) -> list[int | None]:
    """Today's places with must-dos left out, as the simulation counts them."""
    places, sheet = state.ranking.places, state.sheet
    rows = [sheet.index(ref) for ref in found.refs]
    mine = np.array([places.place[i] if places.ranked[i] else 0 for i in rows])
    others = np.sort(mine[mine > 0])
    return [int(np.searchsorted(others, p)) + 1 if p else None for p in mine.tolist()]


def _place(state: AppState, ref: str) -> str:
    return state.ranking.places.shown(state.sheet.index(ref)) or "not ranked"
