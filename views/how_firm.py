"""The How firm? page: would the decision be the same if the weights were a little different?"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import streamlit as st

from scoring.analysis.crossing import Crossing, crossings
from scoring.analysis.funding_line import must_do_reasons
from scoring.analysis.limits import Limits, first_limits, top_limits
from scoring.analysis.shares import shown_share
from scoring.problem import Unusable
from views import how_firm_chances, how_firm_details
from views.background import stop
from views.bullets import bullets
from views.charts import show_chart
from views.explanation import plain
from views.how_firm_charts import limit_chart
from views.in_the_running import in_the_running, labels, must_dos
from views.state import AppState
from views.tables import show_table

if TYPE_CHECKING:
    from collections.abc import Callable

_QUESTIONS = {
    "line": "Who is above the line",
    "first": "Who is first",
    "one": "One intention",
}


def render(state: AppState) -> None:
    """Draw the page."""
    st.title("How firm is this ranking?")
    ranking = state.ranking
    if int(ranking.places.ranked.sum()) < 2:
        st.info(_too_few(state))
        return
    if state.line < 1:
        st.info(
            "No funding line is drawn, so nobody is above it or below. Draw one on the Rank page to "
            "see chances; what can be said without one stands here."
        )
    else:
        st.caption(plain(_about(state)))
        how_firm_chances.show(state)
    st.header("How far may each weight go?")
    st.markdown(
        "One weight moves and the others keep their proportions, so that all add to 100. "
        "These limits are worked out exactly; nothing is sampled. At a limit itself two totals are "
        "level; beyond it they change places."
    )
    _limits(state)
    st.header("More, on request")
    for key, label, show in _DETAILS:
        if state.line >= 1 or key == "overlap":
            _detail(state, key, label, show)


def _too_few(state: AppState) -> str:
    ranked = state.ranking.places.ranked
    waiting = int((~ranked).sum())
    said = "Only one intention is ranked" if ranked.any() else "No intention is ranked"
    said += ", so there is nothing to compare yet."
    if waiting:
        said += (
            f" {waiting:,} {'waits' if waiting == 1 else 'wait'} for scores: with one on every "
            "criterion an intention has a place. The Score page shows what is missing."
        )
    return said


def _about(state: AppState) -> str:
    mine = sum(1 for reason in must_do_reasons(state.sheet) if reason)
    said = f"For today's weights and a line after {state.line}"
    if mine and state.must_dos_counted:
        said += f", of which must-dos take {mine}"
    elif mine:
        said += f", not counting {mine} must-dos"
    return f"{said}. Weights and line are set on the Rank page; this page follows them."


@st.fragment
def _limits(state: AppState) -> None:
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    question = left.segmented_control(
        "What should stay the same?",
        list(_QUESTIONS) if state.line >= 1 else ["first"],
        default="line" if state.line >= 1 else "first",
        required=True,
        format_func=_QUESTIONS.__getitem__,
        key="firm_question",
    )
    try:
        if question == "one":
            ref = right.selectbox(
                "Intention",
                in_the_running(state),
                format_func=labels(state).__getitem__,
                key="firm_one",
            )
            if ref is not None:
                _one(state, ref)
        else:
            _set(state, first=question == "first")
    except Unusable as refused:
        st.info(plain(refusal(refused)))


def _set(state: AppState, first: bool) -> None:
    """The limits of the set above the line, or of first place."""
    ranking, (must_do, counted) = state.ranking, must_dos(state)
    key = ("limits", ranking, state.line, counted, first)

    def make() -> Limits:
        return (
            first_limits(ranking, must_do)
            if first
            else top_limits(ranking, state.line, must_do, counted)
        )

    limits = state.once(key, make)
    if limits.settled:
        st.markdown(plain(f"{limits.subject} whatever the weights: {limits.settled}."))
        return
    if limits.tie:
        st.markdown(plain(limits.tie))
    split = any(limit.splits_tie for limit in limits.by_criterion)
    kind = "nobody below catches up" if split else "nothing changes"
    rows, bars, table = [], [], []
    for limit in limits.by_criterion:
        low, high = (
            (limit.ahead_low, limit.ahead_high) if limit.splits_tie else (limit.low, limit.high)
        )
        rows.append(_today(limit.name, limit.today))
        bars.append({"name": limit.name, "low": float(low), "high": float(high), "kind": kind})
        table.append({"Criterion": limit.name, "Today": _percent(limit.today),
                      "From": shown_share(low, limit.today),
                      "To": shown_share(high, limit.today)})  # fmt: skip
    alt = f"Bars: for each criterion, the weights for which {kind}; the table says the same."
    left, right = st.columns([3, 2])
    with left:
        spec = state.once(("limit chart", limits), lambda: limit_chart(rows, bars).to_dict())
        show_chart(spec, "How far each weight may go", alt)
    with right:
        show_table(table, "How far each weight may go", right=["Today", "From", "To"])
    bullets([limits.sentence(limit) for limit in limits.by_criterion])


def _one(state: AppState, ref: str) -> None:
    """Where one intention changes sides of the line."""
    ranking, (must_do, counted) = state.ranking, must_dos(state)
    key = ("crossings", ranking, state.line, counted, ref)
    found = state.once(key, lambda: crossings(ranking, ref, state.line, must_do, counted))
    if not found:
        st.info("Must-dos take every place above the line: no weight can change that.")
        return
    rows = [_today(c.name, c.today) for c in found]
    bars = [bar for c in found for bar in _spans(c)]
    alt = f"Bars: the weights at which {ref} is above the line; the sentences say the same."
    show_chart(limit_chart(rows, bars), f"Weights at which {ref} is above the line", alt)
    bullets([str(crossing) for crossing in found])


def _spans(crossing: Crossing) -> list[dict[str, str | float]]:
    """Where it is above the line, as far as the nearest crossing on either side tells."""
    low, high = crossing.low, crossing.high
    if crossing.above:
        ends = [(Fraction(0) if low is None else low, Fraction(100) if high is None else high)]
    else:
        ends = [(Fraction(0), low)] if low is not None else []
        ends += [(high, Fraction(100))] if high is not None else []
    kind = "above the line"
    if not crossing.above:
        # Beyond the nearest crossing it may drop out again: the mark says where it comes in.
        ends = [(max(a, b - 1), b) if a == 0 else (a, min(b, a + 1)) for a, b in ends]
        kind = "comes above the line here"
    return [
        {"name": crossing.name, "low": float(a), "high": float(b), "kind": kind} for a, b in ends
    ]


@st.fragment
def _detail(state: AppState, key: str, label: str, show: Callable[[AppState], None]) -> None:
    """A part of the page that is worked out when it is opened, and not before."""
    box = st.expander(label, key=f"firm_{key}", on_change="rerun")
    if not box.open:
        stop(state, key)
        return
    with box:
        try:
            show(state)
        except Unusable as refused:
            st.info(plain(refusal(refused)))


_DETAILS: tuple[tuple[str, str, Callable[[AppState], None]], ...] = (
    ("reach", "What would it take for one intention to be above the line?", how_firm_details.reach_),
    ("argument", "Where is the argument? The pairs next to the line", how_firm_details.argument_),
    ("overlap", "Is anything counted twice, or scored the wrong way round?",
     how_firm_details.overlap_),
    ("crosscheck", "Would other methods decide differently?", how_firm_details.crosscheck_),
)  # fmt: skip


def refusal(refused: Unusable) -> str:
    """Why no exact answer can be given, and what to do."""
    return " ".join(f"{problem}" for problem in refused.problems)


def _today(name: str, today: Fraction) -> dict[str, str | float]:
    return {"name": name, "today": float(today)}


def _percent(share: Fraction) -> str:
    return f"{float(share):.1f}%"
