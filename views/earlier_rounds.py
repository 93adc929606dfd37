"""Other rounds of the store, to set this one against: as they stood, under their own weights."""

from __future__ import annotations

from scoring.ranking import Ranking
from store.records import Round
from store.rounds import list_rounds
from views.kept import Kept
from views.opening import open_round
from views.state import AppState


def earlier_rounds(state: AppState) -> tuple[Round, ...]:
    """The other rounds of this person, the one that this round was made from first.

    () on the sample and where no rounds are kept. Raises `Unavailable`.
    """
    kept = state.kept
    if kept is None or kept.round is None:
        return ()
    here = kept.round
    others = [r for r in list_rounds(kept.store, kept.actor) if r.id != here.id]
    return tuple(sorted(others, key=lambda r: r.id != here.predecessor))


def is_predecessor(state: AppState, other: Round) -> bool:
    """Whether the round in use was made from that one."""
    kept = state.kept
    return kept is not None and kept.round is not None and kept.round.predecessor == other.id


def ranking_of_round(state: AppState, other: Round) -> Ranking:
    """Another round ranked: by the weights that were published for it, else its framework's.

    Raises `Refused` and `Unavailable`.
    """
    kept = state.kept
    assert kept is not None

    def read() -> Ranking:
        # A session of its own, that nothing saves: merged pairs and overrides count as they do there.
        aside = AppState(
            intake=state.intake, weights=state.weights, is_sample=False, missing=state.missing
        )
        aside.kept = Kept(kept.store, kept.actor, "", "")
        open_round(aside, other.id)
        return aside.ranking

    return state.once(("another round", other.id, other.version), read)
