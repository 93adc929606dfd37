"""Who is in the running for a place above the line, as the questions about a line ask it."""

from __future__ import annotations

from scoring.analysis.funding_line import must_do_reasons
from views.state import AppState


def must_dos(state: AppState) -> tuple[list[bool], bool]:
    """Which intentions are must-dos, and whether they take places above the line."""
    return [bool(reason) for reason in must_do_reasons(state.sheet)], state.must_dos_counted


def in_the_running(state: AppState) -> list[str]:
    """The refs of the ranked intentions that are no must-dos, best place first."""
    mine = must_dos(state)[0]
    places = state.ranking.places
    return [state.sheet.refs[i] for i in map(int, places.order) if not mine[i]]
