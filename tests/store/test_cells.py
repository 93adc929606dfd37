"""Scores and answers: saved on a version, never overwritten in silence, every value kept."""

from __future__ import annotations

import pytest

from store.audit import entries
from store.cells import cells_of, history, insist, read_cells, save_fields, save_scores
from store.intentions import add_intention
from store.records import Conflict, NewValue, Saved
from store.sheets import open_sheet
from store.store import Store
from store.transaction import Refused
from tests.store.conftest import ANN, minutes


def cost(value: float | None, version: int, **rest: str) -> NewValue:
    return NewValue("A", "cost", value, version, **rest)  # type: ignore[arg-type]


def save(store: Store, round_id: str, *values: NewValue, at: float = 1):
    with store.change(round_id, ANN, minutes(at)) as change:
        return save_scores(change, values)


def test_a_saved_score_is_read_back_with_who_when_and_why(store: Store, round_id: str) -> None:
    new = cost(
        4, 1, evidence="Tariff", link="https://example.org/t", confidence="high", why="New price"
    )
    (saved,) = save(store, round_id, new)
    assert isinstance(saved, Saved)
    with store.read(round_id, ANN) as source:
        cell = cells_of(source, "A")["cost"]
    assert cell == saved.cell
    assert (cell.value, cell.evidence, cell.confidence, cell.version) == (4, "Tariff", "high", 2)
    assert (cell.by, cell.at, cell.why) == (ANN.id, minutes(1), "New price")


def test_every_earlier_value_is_kept_in_order(store: Store, round_id: str) -> None:
    save(store, round_id, cost(4, 1, why="New price"))
    save(store, round_id, cost(5, 2, why="Newer price"), at=2)
    with store.read(round_id, ANN) as source:
        values = history(source, "A", "cost")
    assert [(c.value, c.version, c.why) for c in values] == [
        (3, 1, ""), (4, 2, "New price"), (5, 3, "Newer price"),
    ]  # fmt: skip


def test_who_comes_second_to_a_cell_is_told_what_the_first_did(store: Store, round_id: str) -> None:
    save(store, round_id, cost(4, 1, why="New price"))
    (outcome,) = save(store, round_id, cost(2, 1))
    assert isinstance(outcome, Conflict)
    assert (outcome.theirs.value, outcome.theirs.by, outcome.theirs.why) == (4, ANN.id, "New price")
    assert outcome.yours.value == 2
    with store.read(round_id, ANN) as source:
        assert cells_of(source, "A")["cost"].value == 4


def test_who_comes_second_may_insist(store: Store, round_id: str) -> None:
    save(store, round_id, cost(4, 1))
    (conflict,) = save(store, round_id, cost(2, 1))
    assert isinstance(conflict, Conflict)
    (outcome,) = save(store, round_id, insist(conflict))
    assert isinstance(outcome, Saved)
    assert outcome.cell.value == 2


def test_of_two_cells_in_one_save_the_one_in_conflict_does_not_hold_back_the_other(
    store: Store, round_id: str
) -> None:
    save(store, round_id, cost(4, 1))
    first, second = save(store, round_id, cost(2, 1), NewValue("A", "impact", 1, 1))
    assert isinstance(first, Conflict)
    assert isinstance(second, Saved)
    with store.read(round_id, ANN) as source:
        cells = cells_of(source, "A")
    assert (cells["cost"].value, cells["impact"].value) == (4, 1)


def test_the_same_save_sent_twice_is_no_conflict_and_no_second_change(
    store: Store, round_id: str
) -> None:
    save(store, round_id, cost(4, 1))
    (again,) = save(store, round_id, cost(4, 1))
    assert isinstance(again, Saved)
    assert again.cell.version == 2
    with store.read(round_id, ANN) as source:
        assert [e.action for e in entries(source)].count("score") == 1


def test_a_first_score_of_a_blank_cell_conflicts_with_another_first_score(
    store: Store, round_id: str
) -> None:
    (first,) = save(store, round_id, NewValue("D", "cost", 3, 0))
    (second,) = save(store, round_id, NewValue("D", "cost", 5, 0))
    assert isinstance(first, Saved)
    assert isinstance(second, Conflict)


def test_a_score_taken_back_is_not_scored_again(store: Store, round_id: str) -> None:
    save(store, round_id, cost(None, 1, why="Entered by mistake"))
    with store.read(round_id, ANN) as source:
        sheet = open_sheet(source).sheet
        values = [c.value for c in history(source, "A", "cost")]
    assert not sheet.scored[sheet.index("A"), 2]
    assert values == [3, None]


def test_better_evidence_for_a_score_keeps_the_score_and_the_cell_it_was_read_from(
    store: Store, round_id: str
) -> None:
    save(store, round_id, cost(3, 1, evidence="Tariff 2026"))
    with store.read(round_id, ANN) as source:
        cell = cells_of(source, "A")["cost"]
    assert (cell.value, cell.evidence, cell.version) == (3, "Tariff 2026", 2)


@pytest.mark.parametrize(
    ("value", "found"), [(6, "6"), (0, "0"), (2.5, "2.5"), (float("nan"), "nan"), ("4", "4"),
                         (True, "True"), (float("inf"), "inf")],
)  # fmt: skip
def test_a_score_off_its_scale_is_refused_with_the_reason(
    store: Store, round_id: str, value: float, found: str
) -> None:
    with pytest.raises(Refused) as refused:
        save(store, round_id, cost(value, 1))
    assert f'A, Cost: found "{found}", expected a whole number from 1 to 5' in str(refused.value)


def test_all_problems_of_a_save_are_told_at_once_and_nothing_is_saved(
    store: Store, round_id: str
) -> None:
    wrong = [
        NewValue("A", "impact", 1, 1),
        cost(9, 1),
        NewValue("Z", "cost", 3, 0),
        NewValue("A", "beauty", 3, 0),
        NewValue("A", "time", 3, 1, link="javascript:alert(1)"),
        NewValue("B", "time", 3, 1, evidence="a\0b"),
    ]
    with pytest.raises(Refused) as refused:
        save(store, round_id, *wrong)
    assert len(refused.value.problems) == 5
    with store.read(round_id, ANN) as source:
        assert cells_of(source, "A")["impact"].version == 1
        assert len(entries(source)) == 2


def test_a_segment_answer_must_be_one_of_the_answers(store: Store, round_id: str) -> None:
    with store.change(round_id, ANN, minutes(1)) as change:
        (saved,) = save_fields(change, [NewValue("A", "main_impact", "provider", 0)])
    assert isinstance(saved, Saved)
    with (
        pytest.raises(Refused, match='found "perhaps", expected one of yes, no'),
        store.change(round_id, ANN, minutes(1)) as change,
    ):
        save_fields(change, [NewValue("A", "business_as_usual", "perhaps", 0)])


def test_a_text_is_kept_as_it_was_typed(store: Store, round_id: str) -> None:
    text = "=1+1 <b>*bold*</b> 😀 'quote\" \\ \n second line"
    with store.change(round_id, ANN, minutes(1)) as change:
        save_fields(change, [NewValue("A", "notes", text, 0)])
    with store.read(round_id, ANN) as source:
        assert read_cells(source, [("A", "notes")])["A", "notes"].value == text


def test_a_thousand_cells_fit_in_one_save(store: Store, empty_round: str) -> None:
    with store.change(empty_round, ANN, minutes(1)) as change:
        for n in range(150):
            add_intention(change, f"I-{n}", f"Intention {n}")
        criteria = [c.id for c in change.framework.criteria]
        new = [NewValue(f"I-{n}", c, 3, 0) for n in range(150) for c in criteria]
        outcomes = save_scores(change, new)
    assert len(outcomes) == 1050
    with store.read(empty_round, ANN) as source:
        assert open_sheet(source).sheet.scored.all()
