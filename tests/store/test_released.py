"""The ledger of settings: what was released in a round, by whom, and with its record."""

from __future__ import annotations

import pytest

from scoring.framework import Framework, Weights
from store.audit import entries, verify_round
from store.people import invite
from store.records import Actor
from store.released import read_released, release_setting
from store.shared_settings import ledger
from store.store import Store
from store.transaction import Refused
from tests.store.conftest import ANN, BEN, minutes


def test_released_settings_are_numbered_by_round_and_recorded_with_what_they_replaced(
    store: Store, round_id: str, lsc: Framework
) -> None:
    first = Weights.of({**lsc.weights, "impact": "33.5"})
    second = Weights.of({**lsc.weights, "cost": 0})
    with store.change(round_id, ANN, minutes(1)) as change:
        invite(change, BEN.id, BEN.name, "analyst")
        assert release_setting(change, first, 30, "Impact 20% to 29.5%", "J. Bell") == 1
    with store.change(round_id, BEN, minutes(5)) as change:
        assert release_setting(change, second, 12, "line 30 to 12", at=minutes(4)) == 2
    with store.read(round_id, ANN) as source:
        lines = read_released(source)
        record = entries(source, actions=("released setting",))
        assert verify_round(source).holds
        assert ledger(source) == record
    assert [(r.number, r.weights, r.line, r.what) for r in lines] == [
        (1, first, 30, "Impact 20% to 29.5%"),
        (2, second, 12, "line 30 to 12"),
    ]
    assert [(r.by, r.by_name, r.at) for r in lines] == [
        (ANN.id, "J. Bell", minutes(1)),
        (BEN.id, "Ben", minutes(4)),
    ]
    assert (record[0].was, record[0].field, record[1].by) == (None, "1", BEN.id)
    assert record[1].was == {"weights": record[0].now["weights"], "line": 30}
    assert (record[1].now["weights"]["cost"], record[1].now["line"]) == ("0", 12)
    assert record[1].at == minutes(5)


@pytest.mark.parametrize("role", ["viewer", "assessor"])
def test_what_ifs_of_viewers_and_assessors_never_reach_the_ledger(
    store: Store, round_id: str, lsc: Framework, role: str
) -> None:
    person = Actor("cat@example.org", "Cat")
    with store.change(round_id, ANN, minutes(1)) as change:
        invite(change, person.id, person.name, role)  # type: ignore[arg-type]
    with (
        pytest.raises(Refused, match="an analyst for this"),
        store.change(round_id, person, minutes(2)) as change,
    ):
        release_setting(change, lsc.weights, 30, "As published")
    with store.read(round_id, ANN) as source:
        assert read_released(source) == ()


def test_weights_of_other_criteria_and_a_line_below_0_are_refused(
    store: Store, round_id: str, lsc: Framework
) -> None:
    for weights, line, said in (
        (Weights.of({"prize": 1}), 3, "weights: found"),
        (lsc.weights, -1, "funding line: found"),
    ):
        with (
            pytest.raises(Refused, match=said),
            store.change(round_id, ANN, minutes(1)) as change,
        ):
            release_setting(change, weights, line, "Tried")
