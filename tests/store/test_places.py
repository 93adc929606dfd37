"""Who is here and where each browser was."""

from __future__ import annotations

import pytest

from store.cells import save_scores
from store.people import invite
from store.places import PLACES, find_place, forget_place, keep_place, last_place
from store.presence import changes_since, seen, who_is_here
from store.records import NewValue
from store.rounds import delete_round
from store.store import Store
from store.transaction import Refused
from tests.store.conftest import ANN, BEN, minutes


def test_a_browser_comes_back_to_its_place_and_another_person_has_none(
    store: Store, round_id: str
) -> None:
    keep_place(store, ANN, "tab", round_id, {"line": 12}, minutes(1))
    keep_place(store, ANN, "tab", round_id, {"line": 13}, minutes(2))
    assert find_place(store, ANN, "tab") == (round_id, {"line": 13})
    assert find_place(store, ANN, "other tab") is None
    assert find_place(store, BEN, "tab") is None


def test_the_last_place_is_never_in_a_deleted_round(store: Store, round_id: str) -> None:
    keep_place(store, ANN, "tab", round_id, {"line": 12}, minutes(1))
    assert last_place(store, ANN) == (round_id, {"line": 12})
    with store.change(round_id, ANN, minutes(2)) as change:
        delete_round(change, "Round 2026-27", "")
    assert last_place(store, ANN) is None


def test_the_last_place_is_that_of_the_tab_used_last_and_may_be_on_the_sample(
    store: Store, round_id: str
) -> None:
    keep_place(store, ANN, "one", round_id, {"line": 12}, minutes(1))
    keep_place(store, ANN, "two", "", {"line": 13}, minutes(2))
    assert last_place(store, ANN) == ("", {"line": 13})
    keep_place(store, ANN, "one", round_id, {"line": 14}, minutes(3))
    assert last_place(store, ANN) == (round_id, {"line": 14})
    forget_place(store, ANN, "one")
    assert last_place(store, ANN) == ("", {"line": 13})
    assert last_place(store, BEN) is None


def test_the_places_of_a_persons_oldest_tabs_are_dropped(store: Store) -> None:
    keep_place(store, BEN, "his", "", {}, minutes(0))
    for number in range(PLACES + 2):
        keep_place(store, ANN, f"tab {number}", "", {"line": number}, minutes(number))
    assert find_place(store, ANN, "tab 1") is None
    assert find_place(store, ANN, "tab 2") == ("", {"line": 2})
    assert find_place(store, BEN, "his") == ("", {})


def test_who_was_seen_half_a_minute_ago_is_no_longer_here(store: Store, round_id: str) -> None:
    with store.change(round_id, ANN, minutes(0)) as change:
        invite(change, BEN.id, BEN.name, "viewer")
    seen(store, round_id, ANN, "a", "Score", minutes(0))
    seen(store, round_id, BEN, "b", "Rank", minutes(0.4))
    with store.read(round_id, ANN) as source:
        assert [p.name for p in who_is_here(source, minutes(0.4))] == ["Ann", "Ben"]
        assert [p.name for p in who_is_here(source, minutes(0.5))] == ["Ben"]
        assert who_is_here(source, minutes(1)) == ()


def test_one_who_is_no_member_cannot_say_they_are_here(store: Store, round_id: str) -> None:
    with pytest.raises(Refused, match="a member of"):
        seen(store, round_id, BEN, "b", "Rank", minutes(0))


def test_what_changed_since_one_looked_comes_with_the_cells_as_they_are_now(
    store: Store, round_id: str
) -> None:
    with store.change(round_id, ANN, minutes(1)) as change:
        before = change.seq
        save_scores(change, [NewValue("A", "cost", 4, 1)])
        save_scores(change, [NewValue("A", "cost", 5, 2), NewValue("B", "impact", 1, 1)])
    with store.read(round_id, ANN) as source:
        found = changes_since(source, before)
        assert changes_since(source, source.seq) == ((), {})
    assert found is not None
    entries, cells = found
    assert [(e.ref, e.now["value"]) for e in entries] == [("A", 4), ("A", 5), ("B", 1)]
    assert {key: cell.value for key, cell in cells.items()} == {
        ("A", "cost"): 5,
        ("B", "impact"): 1,
    }
