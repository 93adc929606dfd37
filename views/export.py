"""The Export page: what each output is for, and only what is asked for is built."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

import streamlit as st

from scoring.analysis.progress import Progress
from scoring.export.about import About
from scoring.export.accessible_workbook import write_accessible_workbook
from scoring.export.charts import TOP
from scoring.export.firmness import Firmness, assess
from scoring.export.json_document import ranking_document, to_json
from scoring.export.ranked_csv import write_ranked_csv
from scoring.export.ranked_workbook import write_ranked_workbook
from scoring.export.scenarios import PUBLISHED, side_by_side
from scoring.scenario import Scenario
from views import export_preview as preview
from views.documents import offer_documents
from views.explanation import plain
from views.export_card import Job, Make, Output, about_now, offer
from views.firm_settings import assumptions_or_usual
from views.in_the_running import must_dos
from views.scenarios import all_scenarios
from views.state import AppState


def render(state: AppState) -> None:
    """Draw the page."""
    st.title("Export")
    ranking = state.ranking
    ranked = int(ranking.places.ranked.sum())
    weights = (
        "the published weights"
        if state.is_published
        else "today's weights (not the published ones)"
    )
    st.markdown(
        plain(
            f"{ranked} ranked intentions and {len(state.sheet) - ranked} incomplete ones, under {weights}: "
        )
        + plain(
            ", ".join(f"{c.name} {state.weights.shown()[c.id]}%" for c in state.framework.criteria)
        )
        + plain(".")
    )
    left, right = st.columns(2)
    round_name = left.text_input("Name of the round", state.round_name, max_chars=80)
    by = right.text_input("Your name (shown in the files)", state.made_by, max_chars=80)
    state.round_name, state.made_by = round_name.strip() or "Round", by.strip()
    st.header("For Excel and other tools")
    compared, top = _choose(state)
    for output in (*_workbooks(state, compared, top), *_texts(state)):
        offer(state, output)
    offer_documents(state, offer)


def _choose(state: AppState) -> tuple[tuple[Scenario, ...], int]:
    """Which scenarios the workbooks compare, and how many intentions their chart shows."""
    others = [s for s in all_scenarios(state) if s.name != PUBLISHED or not s.built_in]
    saved = [k for k, s in enumerate(others) if not s.built_in]
    with st.expander("Choose what the workbooks show"):
        chosen = st.multiselect(
            "Scenarios beside the published and today's weights",
            range(len(others)),
            default=saved,
            format_func=lambda k: others[k].name,
            help="Places, totals, moves, and who is in or out at each scenario's line.",
            key=f"workbook_scenarios_{len(others)}",
        )
        most = max(1, min(100, len(state.sheet)))
        top = st.number_input(
            "Intentions in the chart of points", 1, most, min(TOP, most), key="workbook_top"
        )
    return tuple(others[k] for k in chosen), int(top)


def _workbooks(state: AppState, scenarios: tuple[Scenario, ...], top: int) -> tuple[Output, ...]:
    ranking, line, asked = state.ranking, state.line, assumptions_or_usual(state)
    must_do, counted = must_dos(state)
    compared = state.once(
        ("side by side", ranking, line, scenarios, counted),
        lambda: side_by_side(ranking, line, scenarios, must_do, counted),
    )

    firmness = _firmness(state)

    def ranked(about: About) -> Job:
        def job(progress: Progress) -> bytes:
            firm = firmness(lambda share: progress(0.4 * share))
            rest = partial(_part, progress, 0.4)
            return write_ranked_workbook(ranking, about, compared, rest, top, firm)

        return job

    def accessible(about: About) -> Job:
        def job(progress: Progress) -> bytes:
            firm = firmness(lambda share: progress(0.4 * share))
            return write_accessible_workbook(
                ranking, about, compared, firm, partial(_part, progress, 0.4)
            )

        return job

    rests_on = (compared, asked, top)
    return (
        Output(
            "Ranked workbook for Excel",
            "The list with live formulas: change a weight in Excel and totals and places follow. "
            "Sheets for weights, each segment, scenarios side by side, criteria and anchors, incomplete "
            "intentions, how firm each place is, and where every row went.",
            "xlsx",
            ranked,
            "ranked workbook",
            rests_on=rests_on,
            preview=lambda: preview.sheets(state),
        ),
        Output(
            "Accessible workbook",
            "The same list for people who use a screen reader: one marked-up table a sheet, no merged "
            "or blank cells left unexplained, a contents sheet, values only.",
            "xlsx",
            accessible,
            "accessible workbook",
            rests_on=rests_on,
            preview=lambda: preview.sheets(state, ("Live order", "Segment 0, ...", "Charts")),
        ),
    )


def _firmness(state: AppState) -> Callable[[Progress], Firmness | None]:
    """The work of finding how firm today's ranking is for today's line; None where there is none."""
    ranking, line, asked = state.ranking, state.line, assumptions_or_usual(state)
    must_do, counted = must_dos(state)

    def found(progress: Progress) -> Firmness | None:
        return assess(ranking, line, must_do, counted, asked, progress) if line >= 1 else None

    return found


def _texts(state: AppState) -> tuple[Output, ...]:
    ranking, accounted = state.ranking, state.accounted

    def as_csv(about: About) -> Job:
        return lambda progress: write_ranked_csv(ranking, about)

    def as_json(about: About) -> Job:
        return lambda progress: to_json(ranking_document(ranking, accounted)).encode()

    def beginning(make: Make) -> Callable[[], None]:
        at = datetime.now().astimezone()
        return lambda: preview.beginning(make(about_now(state, at))(lambda share: None))

    return (
        Output(
            "Ranked list as CSV",
            "One row an intention: place, total, every score and point, weights, framework and time. "
            "For other tools.",
            "csv",
            as_csv,
            "ranked list",
            preview=beginning(as_csv),
            quick=True,
        ),
        Output(
            "Everything as JSON",
            "The same document that the command line gives, with problems and the count of rows. For "
            "analysts.",
            "json",
            as_json,
            "ranking",
            preview=beginning(as_json),
            quick=True,
        ),
    )


def _part(progress: Progress, start: float, share: float) -> None:
    """The rest of some work whose beginning took `start` of the whole."""
    progress(start + (1 - start) * share)
