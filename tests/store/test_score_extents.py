"""The lowest and highest value of every score, over all that it ever held."""

from __future__ import annotations

from store.cells import save_scores
from store.records import NewValue
from store.score_extents import score_extents
from store.store import Store
from tests.store.conftest import ANN, minutes


def cost(value: float | None, version: int, **rest: str) -> NewValue:
    return NewValue("A", "cost", value, version, **rest)  # type: ignore[arg-type]


def test_a_score_of_three_then_five_then_four_ranges_from_three_to_five(
    store: Store, round_id: str
) -> None:
    for minute, new in enumerate((cost(5, 1), cost(4, 2, confidence="low")), 1):
        with store.change(round_id, ANN, minutes(minute)) as change:
            save_scores(change, [new])
    with store.read(round_id, ANN) as source:
        found = {(one.ref, one.criterion): one for one in score_extents(source)}
    one = found["A", "cost"]
    assert (one.low, one.high, one.score, one.confidence) == (3, 5, 4, "low")
    others = [other for key, other in found.items() if key != ("A", "cost")]
    assert others
    assert all(other.low == other.high == other.score for other in others)


def test_a_score_that_was_taken_back_is_none(store: Store, round_id: str) -> None:
    with store.change(round_id, ANN, minutes(1)) as change:
        save_scores(change, [cost(None, 1)])
    with store.read(round_id, ANN) as source:
        assert ("A", "cost") not in {(one.ref, one.criterion) for one in score_extents(source)}
