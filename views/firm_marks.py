"""Firm and borderline rows of the live ranking: who would stay above the line, and who might not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from scoring.problem import Unusable
from views.background import beside
from views.explanation import plain
from views.firm_settings import FirmSettings, assumptions_of
from views.in_the_running import must_dos
from views.live_ranking import FirmMarks
from views.state import AppState

if TYPE_CHECKING:
    from scoring.analysis.progress import Progress
    from scoring.analysis.simulation import Simulation

_MOST = 5_000  # with more intentions there are no marks: the browser would wait for them
_LETTERS = {"firm in": "i", "borderline": "b", "firm out": "o"}


def firm_marks(state: AppState) -> FirmMarks | None:
    """The verdict of every intention under today's weights and line; None where there is none yet.

    Drawn and judged by the settings of the How firm? page: the verdicts are that page's. What
    takes longer is worked out beside the page, and how far it is is drawn meanwhile. Beyond 5,000
    intentions there are no marks.
    """
    if state.line < 1 or not state.ranking.places.ranked.any():
        return None
    if len(state.sheet) > _MOST:
        st.caption(
            f"With more than {_MOST:,} intentions rows are not marked as firm or borderline; the How "
            "firm? page has the chances."
        )
        return None
    try:
        asked = assumptions_of(state)
    except Unusable as refused:
        st.caption(plain(f"Rows are not marked as firm or borderline. {refused}"))
        return None
    ranking, line, (must_do, counted) = state.ranking, state.line, must_dos(state)

    def draw(progress: Progress) -> Simulation:
        return asked.simulate(ranking, line, False, must_do, counted, progress)

    key = (ranking, line, counted, asked)
    try:
        found = beside(state, "marks", key, draw, "How firm: drawing weights and ranking.")
    except Unusable:
        return None  # the How firm? page says why
    if found is None:
        return None
    return state.once(("firm marks", found, state.firm), lambda: _marks(state, found))


def _marks(state: AppState, found: Simulation) -> FirmMarks:
    letter = dict(zip(found.refs, map(_LETTERS.__getitem__, found.verdicts), strict=True))
    if found.fixed or not len(found):
        about = f"{found.sentence} {found.error_in_words}"
    else:
        how = "around these" if state.firm.weights == "around" else "as set on the How firm? page"
        about = (
            f"{found.sentence} Firm: above the line in at least {100 * found.firm:g}% of "
            f"{found.draws:,} draws of weights {how}, or in at most {100 * found.out:g}%; "
            "borderline: in between. The How firm? page has more."
        )
        if state.firm.scores != FirmSettings().scores:
            about += f" Drawn with {found.scores}."
    return FirmMarks("".join(letter.get(ref, "-") for ref in state.sheet.refs), about)
