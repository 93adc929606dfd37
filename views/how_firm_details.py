"""What the How firm? page works out when asked: reach, argument, overlap, cross-check."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import streamlit as st

from scoring.analysis.argument import argument
from scoring.analysis.overlap import overlap
from scoring.analysis.reach import reach
from scoring.analysis.weight_change import WeightChange
from scoring.analysis.weight_search import SLIGHT
from views.background import beside, stop
from views.bullets import bullets
from views.charts import show_chart
from views.explanation import plain
from views.how_firm_charts import agreement_chart
from views.in_the_running import in_the_running, labels, must_dos
from views.state import AppState
from views.tables import show_table

if TYPE_CHECKING:
    from scoring.analysis.crosscheck import Crosscheck
    from scoring.analysis.progress import Progress

_PAIRS = 10


def reach_(state: AppState) -> None:
    """The smallest change that lifts a chosen intention over the line."""
    st.markdown(
        "The smallest change of weights that lifts an intention over the line, and, separately, "
        "the fewest steps up in its scores. Nothing is changed: this shows how far away it is."
    )
    refs = in_the_running(state)
    room = max(0, state.line - sum(must_dos(state)[0]) if state.must_dos_counted else state.line)
    ref = st.selectbox(
        "Intention",
        [*refs[room:], *refs[:room]],  # those below the line first
        index=None,
        placeholder="Choose an intention",
        format_func=labels(state).__getitem__,
        key="firm_reach_ref",
    )
    if ref is None:
        stop(state, "reach")
        return
    ranking, (must_do, counted) = state.ranking, must_dos(state)
    line = state.line
    found = beside(
        state,
        "reach",
        (ranking, line, counted, ref),
        lambda progress: reach(ranking, ref, line, must_do, counted, progress),
        "Searching for the smallest change of weights.",
        kind="search",
    )
    if found is None:
        return
    bullets(found.sentences)
    change = found.by_weights
    # Of the slightest change every figure would be the same as today's.
    if isinstance(change, WeightChange) and change.change >= SLIGHT:
        before, after = ranking.weights.percent, change.weights.percent
        fine = 1 if change.change >= 1 else 2
        rows = [
            {"Criterion": c.name, "Today": f"{before[c.id]:.{fine}f}%", "It would take":
             f"{after[c.id]:.{fine}f}%", "Change": _moved(after[c.id] - before[c.id], fine)}
            for c in state.framework.criteria
        ]  # fmt: skip
        show_table(rows, f"Weights that lift {ref} over the line",
                   right=["Today", "It would take", "Change"])  # fmt: skip
    if found.by_scores is not None and len(found.by_scores.ways) > 1:
        ways = [
            {"Way": k, "Scores": ", ".join(map(str, way))}
            for k, way in enumerate(found.by_scores.ways[:_PAIRS], 1)
        ]
        show_table(ways, f"Ways to lift {ref} over the line by its scores", right=["Way"])


def _moved(points: float, fine: int) -> str:
    shown = f"{points:+.{fine}f}"
    return shown if float(shown) else "none"


def argument_(state: AppState) -> None:
    """The pairs next to the line."""
    ranking, (must_do, counted) = state.ranking, must_dos(state)
    found = state.once(
        ("argument", ranking, state.line, counted),
        lambda: argument(ranking, state.line, must_do, counted),
    )
    if found.tie:
        st.markdown(plain(found.tie))
    if not found.pairs:
        st.markdown("Nobody stands on one side of the line, so there is no pair to argue about.")
        return
    st.markdown(
        plain(
            f"The {len(found.refs)} that matter: {', '.join(found.refs)}. A panel's time is best "
            "spent on their scores. The closest pairs across the line:"
        )
    )
    bullets([str(pair) for pair in found.pairs[:_PAIRS]])


def overlap_(state: AppState) -> None:
    """Double counting and direction."""
    ranking = state.ranking
    found = state.once(("overlap", ranking), lambda: overlap(ranking))
    st.markdown(f"**{plain(found.sentence)}**")
    bullets(found.findings)
    if found.spread:
        st.markdown(
            "A criterion decides as much as its points differ between intentions, which need not "
            "be what its weight says. Shares of the differences between totals add to 100%, but for rounding."
        )
        show_table(
            [
                {"Criterion": s.name, "Weight": f"{s.weight:.1f}%", "Decides": f"{s.share:.1f}%"}
                for s in found.spread
            ],
            "Weight of each criterion and what it decides",
            right=["Weight", "Decides"],
        )
    if len(found.names) > 1:
        st.markdown(
            "How far criteria rise and fall together: 1 is the same order, 0 is unrelated, "
            "-1 is reversed (Spearman's rank correlation)."
        )
        rows = [
            {
                "Criterion": name,
                **{
                    other: "" if other == name else "-" if math.isnan(value) else f"{value:.2f}"
                    for other, value in zip(found.names, row, strict=True)
                },
            }
            for name, row in zip(found.names, found.correlations.tolist(), strict=True)
        ]
        show_table(rows, "Rank correlations between criteria", right=list(found.names))


def crosscheck_(state: AppState) -> None:
    """Other methods on the same values."""
    ranking, line, (must_do, counted) = state.ranking, state.line, must_dos(state)

    def work_out(progress: Progress) -> Crosscheck:
        # pymcdm takes a second to import: even who opens this does not wait for it.
        from scoring.analysis.crosscheck import crosscheck

        return crosscheck(ranking, line, must_do, counted)

    found = beside(
        state, "crosscheck", (ranking, line, counted), work_out, "Ranking by other methods."
    )
    if found is None:
        return
    st.markdown(f"**{plain(found.sentence)}**")
    st.markdown(
        "The ranking adds points up. Other methods treat the same values differently; where they "
        "agree, the choice of method decides nothing."
    )
    rows = [
        {"method": a.method.name, "tau": a.tau, "ws": a.ws}
        for a in found.agreements
        if a.tau is not None
    ]
    if rows:
        st.markdown(
            "Kendall's tau says for how many pairs the two orders agree on who comes first: 1 for "
            "all, 0 for half, -1 for none. WS says the same of the top of the list above all."
        )
        alt = "Bars: how far each method agrees with the ranking; the table below says the same."
        show_chart(agreement_chart(rows), "How far other methods agree", alt)
    show_table(
        [
            {"Method": a.method.name, "What it does": a.method.about,
             "Kendall's tau": _figure(a.tau), "WS": _figure(a.ws),
             "In": ", ".join(a.enters) or "none", "Out": ", ".join(a.leaves) or "none"}
            for a in found.agreements
        ],
        "How far other methods agree",
        right=["Kendall's tau", "WS"],
    )  # fmt: skip
    if found.disputed:
        st.markdown("**Only these would be decided differently**")
        show_table(
            [
                {"Place today": d.place, "Ref": d.ref, "Intention": d.title,
                 "Today": "above the line" if d.above else "below the line",
                 "Differently under": ", ".join(d.methods)}
                for d in found.disputed
            ],
            "Intentions that other methods would decide differently",
            right=["Place today"],
        )  # fmt: skip


def _figure(number: float | None) -> str:
    return "" if number is None else f"{number:.2f}"
