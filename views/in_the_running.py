"""Who is in the running for a place above the line, as the questions about a line ask it."""

from __future__ import annotations

from scoring.analysis.funding_line import must_do_reasons
from views.explanation import plain
from views.state import AppState


def must_dos(state: AppState) -> tuple[list[bool], bool]:
    """Which intentions are must-dos, and whether they take places above the line."""
    sheet = state.sheet
    mine = state.once(("must-dos", sheet), lambda: [bool(r) for r in must_do_reasons(sheet)])
    return mine, state.must_dos_counted


def in_the_running(state: AppState) -> list[str]:
    """The refs of the ranked intentions that are no must-dos, best place first."""
    mine, refs = must_dos(state)[0], state.sheet.refs
    return [refs[i] for i in map(int, state.ranking.places.order) if not mine[i]]


def labels(state: AppState) -> dict[str, str]:
    """Ref and title of every intention as a list to choose from shows them, by ref."""
    sheet = state.sheet
    return state.once(
        ("labels", sheet),
        lambda: {
            ref: plain(f"{ref} {title}")
            for ref, title in zip(sheet.refs, sheet.titles, strict=True)
        },
    )
