"""Where a score comes from that people gave in the app: who and when, not the file."""

from __future__ import annotations

from datetime import date

from scoring.explain import explain
from scoring.ranking import prioritise
from scoring.sheet import Entered, ScoreSheet
from store.audit import entries, verify_round
from store.cells import read_cells, save_scores
from store.people import invite, list_members
from store.records import Actor, NewValue
from store.sheets import open_sheet, with_cells
from store.store import Store
from tests.store.conftest import ANN, BEN, minutes

BEN_AT_WORK = Actor(BEN.id, "Ben Brown")


def save(store: Store, round_id: str, actor: Actor, at: float, new: NewValue) -> None:
    with store.change(round_id, actor, minutes(at)) as change:
        save_scores(change, [new])


def opened(store: Store, round_id: str) -> ScoreSheet:
    with store.read(round_id, ANN) as source:
        return open_sheet(source).sheet


def cost(sheet: ScoreSheet, ref: str) -> str:
    return sheet.where.cell(sheet.index(ref), list(sheet.framework.weights).index("cost"))


def ben_scores(store: Store, round_id: str) -> None:
    with store.change(round_id, ANN, minutes(1)) as change:
        invite(change, BEN.id, "", "assessor")


def test_a_typed_score_says_who_typed_it_and_when(store: Store, round_id: str) -> None:
    ben_scores(store, round_id)
    save(store, round_id, BEN_AT_WORK, 2, NewValue("D", "cost", 5, 0))
    assert cost(opened(store, round_id), "D") == "typed by Ben Brown on 4 March 2026"


def test_a_score_that_nobody_changed_is_not_said_to_be_typed(store: Store, round_id: str) -> None:
    ben_scores(store, round_id)
    save(store, round_id, BEN_AT_WORK, 2, NewValue("D", "cost", 5, 0))
    assert "typed" not in cost(opened(store, round_id), "A")


def test_better_evidence_leaves_the_score_with_who_gave_it(store: Store, round_id: str) -> None:
    ben_scores(store, round_id)
    save(store, round_id, BEN_AT_WORK, 2, NewValue("D", "cost", 5, 0))
    save(store, round_id, ANN, 3, NewValue("D", "cost", 5, 1, evidence="Page 3"))
    save(store, round_id, ANN, 4, NewValue("D", "cost", 5, 2, evidence="Page 4"))
    assert cost(opened(store, round_id), "D") == "typed by Ben Brown on 4 March 2026"
    save(store, round_id, ANN, 5, NewValue("D", "cost", 4, 3))
    assert cost(opened(store, round_id), "D") == "typed by Ann on 4 March 2026"


def test_evidence_for_a_loaded_score_does_not_make_it_typed(store: Store, round_id: str) -> None:
    sheet = opened(store, round_id)
    held = float(sheet.scores[0, list(sheet.framework.weights).index("cost")])
    save(store, round_id, ANN, 3, NewValue("A", "cost", held, 1, evidence="Page 3"))
    assert "typed" not in cost(opened(store, round_id), "A")


def test_a_score_taken_over_from_a_file_names_its_cell(store: Store, round_id: str) -> None:
    where = "edited.xlsx, Ranked list!F7"
    save(store, round_id, ANN, 2, NewValue("D", "cost", 5, 0, taken_from=where))
    said = "edited.xlsx, Ranked list!F7, accepted by Ann on 4 March 2026"
    assert cost(opened(store, round_id), "D") == said
    with store.read(round_id, ANN) as source:
        last = entries(source)[-1]
        assert verify_round(source).holds
    assert last.now == {"value": 5, "version": 1, "taken_from": where}


def test_a_reason_that_sounds_like_a_file_is_a_reason(store: Store, round_id: str) -> None:
    why = "Taken from the tariff, table 3"
    save(store, round_id, ANN, 2, NewValue("D", "cost", 5, 0, why=why))
    assert cost(opened(store, round_id), "D") == "typed by Ann on 4 March 2026"
    with store.read(round_id, ANN) as source:
        changed = read_cells(source, [("D", "cost")]).values()
        before = open_sheet(source).sheet
    now = with_cells(before, changed, {ANN.id: "Ann"})
    assert cost(now, "D") == "typed by Ann on 4 March 2026"


def test_better_evidence_leaves_a_score_with_the_file_it_was_taken_from(
    store: Store, round_id: str
) -> None:
    where = "edited.xlsx, Ranked list!F7"
    save(store, round_id, ANN, 2, NewValue("D", "cost", 5, 0, taken_from=where))
    save(store, round_id, ANN, 3, NewValue("D", "cost", 5, 1, evidence="Page 3"))
    assert cost(opened(store, round_id), "D") == f"{where}, accepted by Ann on 4 March 2026"
    save(store, round_id, ANN, 4, NewValue("D", "cost", 4, 2))
    assert cost(opened(store, round_id), "D") == "typed by Ann on 4 March 2026"


def test_a_sheet_in_use_says_the_same_as_one_opened_anew(store: Store, round_id: str) -> None:
    before = opened(store, round_id)
    save(store, round_id, ANN, 2, NewValue("D", "cost", 5, 0))
    with store.read(round_id, ANN) as source:
        changed = read_cells(source, [("D", "cost")]).values()
    now = with_cells(before, changed, {ANN.id: "Ann"})
    assert now.where.entered == opened(store, round_id).where.entered
    assert now.fingerprint == opened(store, round_id).fingerprint


def test_a_score_that_was_taken_back_comes_from_nobody(store: Store, round_id: str) -> None:
    save(store, round_id, ANN, 2, NewValue("D", "cost", 5, 0))
    save(store, round_id, ANN, 3, NewValue("D", "cost", None, 1))
    assert opened(store, round_id).where.entered == {}


def test_the_explanation_says_who_typed_the_score(store: Store, round_id: str) -> None:
    save(store, round_id, ANN, 2, NewValue("D", "cost", 5, 0))
    lines = explain(prioritise(opened(store, round_id)), "D").lines
    told = next(str(line) for line in lines if line.criterion == "cost")
    assert "score 5, typed by Ann on 4 March 2026" in told


def test_it_goes_where_its_intention_goes(store: Store, round_id: str) -> None:
    save(store, round_id, ANN, 2, NewValue("D", "cost", 5, 0))
    sheet = opened(store, round_id)
    moved = sheet.take([sheet.index("D"), sheet.index("A")])
    j = list(sheet.framework.weights).index("cost")
    assert moved.where.entered == {(0, j): Entered("Ann", date(2026, 3, 4))}


def test_who_was_invited_by_address_is_called_by_the_name_they_signed_with(
    store: Store, round_id: str
) -> None:
    ben_scores(store, round_id)
    with store.read(round_id, ANN) as source:
        assert open_sheet(source).names == {ANN.id: "Ann", BEN.id: BEN.id}
    save(store, round_id, BEN_AT_WORK, 2, NewValue("D", "cost", 5, 0))
    with store.read(round_id, ANN) as source:
        assert open_sheet(source).names == {ANN.id: "Ann", BEN.id: "Ben Brown"}


def test_a_new_role_leaves_the_name_and_the_same_role_again_is_no_change(
    store: Store, round_id: str
) -> None:
    with store.change(round_id, ANN, minutes(1)) as change:
        invite(change, BEN.id, "Ben Brown", "viewer")
    with store.change(round_id, ANN, minutes(2)) as change:
        invite(change, BEN.id, "", "analyst")
        before = change.seq
        invite(change, BEN.id, "", "analyst")
        assert change.seq == before
        assert [(m.name, m.role) for m in list_members(change)] == [
            ("Ann", "owner"), ("Ben Brown", "analyst"),
        ]  # fmt: skip
