"""Firm and borderline rows of the live ranking: who would stay above the line, and who might not."""

from __future__ import annotations

from views.in_the_running import must_dos
from views.live_ranking import FirmMarks
from views.state import AppState

_THOROUGH = 500  # up to here the marks take 10,000 draws, as the How firm? page does
_MOST = 5_000  # with more intentions a release would wait for the marks
_QUICK = 2_000  # draws between the two
_LETTERS = {"firm in": "i", "borderline": "b", "firm out": "o"}


def firm_marks(state: AppState) -> FirmMarks | None:
    """The verdict of every intention under today's weights and line; None where there is none.

    Draws weights around today's, scores as given, with the seed of the How firm? page: up to 500
    intentions the verdicts are those of that page as it opens. Beyond 5,000 there are no marks.
    """
    if state.line < 1 or len(state.sheet) > _MOST or not state.ranking.places.ranked.any():
        return None
    key = ("firm marks", state.ranking, state.line, state.must_dos_counted)
    return state.once(key, lambda: _marks(state))


def _marks(state: AppState) -> FirmMarks | None:
    # It takes a while to import: the page is drawn before.
    from scoring.analysis.simulate import DRAWS, simulate
    from scoring.problem import Unusable

    must_do, counted = must_dos(state)
    draws = DRAWS if len(state.sheet) <= _THOROUGH else _QUICK
    try:
        found = simulate(
            state.ranking, state.line, draws=draws, full=False, must_do=must_do, counted=counted
        )
    except Unusable:
        return None  # the How firm? page says why
    letter = dict(zip(found.refs, map(_LETTERS.__getitem__, found.verdicts), strict=True))
    firm = f"{100 * found.firm:g}%"
    about = (
        f"{found.sentence} Firm: above the line in at least {firm} of {draws:,} draws of weights "
        f"around these, or in at most {100 - 100 * found.firm:g}%; borderline: in between. The How "
        "firm? page has more."
    )
    return FirmMarks("".join(letter.get(ref, "-") for ref in state.sheet.refs), about)
