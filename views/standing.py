"""How the intentions of the open round stand: set aside, linked, waiting at gates, last round."""

from __future__ import annotations

from scoring.analysis.gates import GATES, INVESTMENTS, outstanding
from scoring.analysis.links import LinkWarning, link_warnings, links_of
from scoring.rounding import one_decimal
from store.intentions import STATUS_WORDS
from store.records import Intention, Round
from views.in_the_running import must_dos
from views.kept import Kept
from views.state import AppState


def accounted(kept: Kept) -> str:
    """Submitted = the parts by status, in a sentence that adds up."""
    counts = dict.fromkeys(STATUS_WORDS, 0)
    for intention in kept.standing.values():
        counts[intention.status] += 1
    parts = [f"{n} {STATUS_WORDS[status]}" for status, n in counts.items() if n]
    return f"{len(kept.standing)} submitted = {' + '.join(parts) or 'none yet'}."


def why_closed(state: AppState) -> str:
    """Why this person may change nothing but scores in the round that is open; "" where they may."""
    kept = state.kept
    if kept is None or kept.round is None or kept.may("analyst"):
        return ""
    if kept.round.state != "open":
        return closed_in_words(kept.round)
    return "You may look, but changing this takes an analyst of this round: ask its owner."


def closed_in_words(round_: Round) -> str:
    """That nothing changes in a round, and what to do who wants to change something."""
    if round_.state == "frozen":
        return "This round is frozen: nothing in it changes. An owner can open it again on Rounds."
    return "This round is published: nothing in it changes. Copy it on the Rounds page to go on."


def set_aside(state: AppState) -> tuple[tuple[str, str], ...]:
    """(ref, what became of it) of every intention that a person took out of the ranking."""
    kept = state.kept
    if kept is None or kept.round is None:
        return ()
    words = {**STATUS_WORDS, "merged": "merged"}
    return tuple(
        (ref, words[intention.status].capitalize())
        for ref, intention in kept.standing.items()
        if intention.status != "active"
    )


def warnings_of(state: AppState) -> tuple[LinkWarning, ...]:
    """What the line that is drawn now makes of the links of the round that is open."""
    kept = state.kept
    if kept is None or kept.round is None or not kept.links:
        return ()
    must_do, counted = must_dos(state)
    return link_warnings(state.ranking, kept.links, state.line, must_do, counted)


def links_said(state: AppState, ref: str) -> list[str]:
    """The links of one intention, and what the line makes of them."""
    kept = state.kept
    if kept is None or kept.round is None:
        return []
    titles = {other: intention.title for other, intention in kept.standing.items()}
    odd = [str(warning) for warning in warnings_of(state) if ref in warning.refs]
    return [*links_of(ref, kept.links, titles), *(f"Look at this: {said}" for said in odd)]


def gates_said(state: AppState, ref: str) -> list[str]:
    """The gates that one intention has still to pass, where anything is recorded of gates at all."""
    sheet = state.sheet
    if not any(id in sheet.fields for id in (*GATES, *INVESTMENTS)):
        return []
    kept = state.kept
    routes = kept.routes if kept is not None and kept.round is not None else ()
    return [gate.says for gate in outstanding(sheet, sheet.index(ref), routes)]


def last_round_said(state: AppState, ref: str) -> list[str]:
    """Where it stood in the round that this one was copied from, and what was decided there."""
    kept = state.kept
    if kept is None or kept.round is None or ref not in kept.standing:
        return []
    intention = kept.standing[ref]
    stood = last_round(intention)
    return [f"{intention.carried['round_name']}: {stood}"] if stood else []


def last_round(intention: Intention) -> str:
    """Its place and total in the round before, and what was decided there; "" without one."""
    carried = intention.carried
    if not carried:
        return ""
    stood = (
        f"place {carried['place']} of {carried['ranked']}, total {one_decimal(carried['total'])}"
        if "place" in carried
        else "not ranked"
    )
    decided = "; ".join(carried.get("decisions", ()))
    return f"{stood}. Decided: {decided}" if decided else stood
