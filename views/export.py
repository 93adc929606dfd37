"""The Export page: what each output is for, and only what is asked for is built."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from scoring.export.about import About
from scoring.export.accessible_workbook import write_accessible_workbook
from scoring.export.firmness import Firmness, assess
from scoring.export.json_document import ranking_document, to_json
from scoring.export.ranked_csv import write_ranked_csv
from scoring.export.ranked_workbook import write_ranked_workbook
from scoring.export.scenarios import SideBySide, side_by_side
from scoring.rounding import one_decimal
from scoring.version import VERSION
from views.documents import offer_documents
from views.explanation import plain
from views.file_names import file_name
from views.firm_settings import assumptions_or_usual
from views.in_the_running import must_dos
from views.standing import set_aside
from views.state import AppState
from views.tables import show_table

SAMPLE_NOTE = "Illustrative: the sample round's scores, money and answers are invented"


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
    _offer(
        state,
        "Ranked workbook for Excel",
        "The list with live formulas: change a weight in Excel and totals and places follow. Sheets for "
        "weights, segments, criteria and anchors, incomplete intentions, how firm each place is, and where "
        "every row went.",
        "xlsx",
        lambda about: write_ranked_workbook(
            state.ranking, about, _compared(state), firmness=_firmness(state)
        ),
    )
    _offer(
        state,
        "Accessible workbook",
        "The same list for people who use a screen reader: one marked-up table a sheet, no merged or "
        "blank cells left unexplained, a contents sheet, values only.",
        "xlsx",
        lambda about: write_accessible_workbook(
            state.ranking, about, _compared(state), _firmness(state)
        ),
        part="accessible",
    )
    _offer(
        state,
        "Ranked list as CSV",
        "One row an intention: place, total, every score and point, weights, framework and time. For other tools.",
        "csv",
        lambda about: write_ranked_csv(state.ranking, about),
    )
    _offer(
        state,
        "Everything as JSON",
        "The same document that the command line gives, with problems and the count of rows. For analysts.",
        "json",
        lambda about: to_json(ranking_document(state.ranking, state.accounted)).encode(),
    )
    offer_documents(state, _offer)
    st.subheader("Preview: the first ten")
    sheet = state.sheet
    show_table(
        [
            {
                "Place": ranking.places.shown(i),
                "Ref": sheet.refs[i],
                "Intention": sheet.titles[i],
                "Segment": ranking.segments[i].segment,
                "Total": one_decimal(ranking.totals.total[i]),
            }
            for i in map(int, ranking.places.order[:10])
        ],
        "The first ten",
        right=("Place", "Total"),
    )


def _compared(state: AppState) -> SideBySide:
    """The published weights, today's and every saved scenario, side by side."""
    must_do, counted = must_dos(state)
    return side_by_side(state.ranking, state.line, state.scenarios, must_do, counted)


def _firmness(state: AppState) -> Firmness | None:
    """How firm today's ranking is for today's line; None where no line is drawn."""
    if state.line < 1:
        return None
    must_do, counted = must_dos(state)
    ranking, line, asked = state.ranking, state.line, assumptions_or_usual(state)
    return state.once(
        ("firmness", ranking, line, counted, asked),
        lambda: assess(ranking, line, must_do, counted, asked),
    )


def _offer(
    state: AppState,
    title: str,
    what: str,
    kind: str,
    make: Callable[[About], bytes],
    part: str = "",
    scenario: str = "",
) -> None:
    with st.container(border=True):
        text, button = st.columns([5, 2], vertical_alignment="center")
        text.markdown(f"**{title}**  \n{what}")
        at = datetime.now().astimezone()
        about = About(
            round_name=state.round_name,
            made_by=state.made_by,
            made_at=at,
            version=VERSION,
            files=state.intake.files,
            scenario=scenario or ("Published weights" if state.is_published else "Changed weights"),
            illustrative=SAMPLE_NOTE if state.is_sample else "",
            ledger=state.accounted.ledger,
            set_aside=set_aside(state),
        )
        button.download_button(
            f"Download {part} .{kind}" if part else f"Download .{kind}",
            lambda: make(about),
            file_name=file_name(state, kind, at, part, scenario),
            on_click="ignore",
            key=f"download_{part or kind}",
            width="stretch",
        )
