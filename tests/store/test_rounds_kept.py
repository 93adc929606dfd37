"""Rounds, intentions, overrides, scenarios and logs: what they keep and what they refuse."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from scoring.analysis.gates import route_for
from scoring.framework import load_framework
from scoring.ranking import prioritise
from scoring.segment import assign_segments
from scoring.sheet import Origins, ScoreSheet
from store.audit import verify_round
from store.carry_over import copy_round
from store.cells import save_fields, save_scores
from store.intentions import account, add_link, list_intentions, list_links, set_status
from store.logs import log, read_log, sign_off
from store.overrides import read_overrides, set_override
from store.people import invite
from store.records import NewValue, Outdated
from store.rounds import (
    about_round,
    create_round,
    delete_round,
    describe_round,
    list_rounds,
    new_round,
)
from store.scenarios import list_scenarios, name_published_scenario, remove_scenario, save_scenario
from store.shared_settings import read_settings, routes_of, set_setting
from store.sheets import load_sheet, open_sheet, progress
from store.store import Store
from store.transaction import Refused
from tests.store.conftest import ANN, BEN, NOON, minutes


def test_a_sheet_put_into_a_round_comes_back_equal(store: Store, lsc) -> None:
    scores = np.array([[5, 4, 3, 2, 3, 2, 4], [1, np.nan, 1, 1, 1, 1, 5]])
    where = Origins(
        (("a.xlsx", "Intentions"), ("b.csv", "")), np.array([0, 1]), np.array([7, 2]),
        np.array([[7] * 7, [2] * 7]), np.array([[2, 3, 4, 5, 6, 7, 8]] * 2),
    )  # fmt: skip
    fields = {
        "main_impact": ("provider", None),
        "saving": (1200.5, None),
        "notes": ("=1+1", "a\nb"),
    }
    sheet = ScoreSheet(lsc, ("X", "Y"), ("One", "Two"), scores, fields, where)
    with new_round(store, ANN, NOON, "Round", lsc) as change:
        load_sheet(change, sheet)
    with store.read("round", ANN) as source:
        back = open_sheet(source).sheet
    assert back.framework == lsc
    assert (back.refs, back.titles, dict(back.fields)) == (("X", "Y"), ("One", "Two"), fields)
    assert np.array_equal(back.scores, scores, equal_nan=True)
    assert [back.where.cell(0, 2), back.where.cell(1, 0)] == ["a.xlsx, Intentions!D7", "b.csv, B2"]


def test_a_changed_score_no_longer_claims_a_cell_of_the_file(store: Store, lsc) -> None:
    where = Origins((("a.xlsx", "S"),), np.array([0]), np.array([7]),
                    np.full((1, 7), 7), np.arange(2, 9).reshape(1, 7))  # fmt: skip
    with new_round(store, ANN, NOON, "Round", lsc) as change:
        load_sheet(change, ScoreSheet(lsc, ("X",), ("One",), np.full((1, 7), 3.0), {}, where))
        save_scores(change, [NewValue("X", "cost", 5, 1)])
        origins = open_sheet(change).sheet.where
    assert origins.score_rows[0].tolist() == [7, 7, 0, 7, 7, 7, 7]


def test_a_later_change_of_the_framework_file_does_not_alter_a_round(
    store: Store, round_id: str
) -> None:
    with store.read(round_id, ANN) as source:
        kept = source.framework
    assert kept == load_framework("lsc-2025-26")
    assert kept != kept.with_weights({"impact": 30})


def test_a_ref_already_in_the_round_is_refused_and_nothing_is_loaded(
    store: Store, round_id: str, five: ScoreSheet
) -> None:
    new = ScoreSheet(five.framework, ("F", "A"), ("f", "a"), np.full((2, 7), 3.0))
    with (
        pytest.raises(Refused, match='found "A", expected a ref that is not in the round yet'),
        store.change(round_id, ANN, minutes(1)) as change,
    ):
        load_sheet(change, new)
    with store.read(round_id, ANN) as source:
        assert len(list_intentions(source)) == 5


def test_a_second_round_of_the_same_name_is_refused(store: Store, round_id: str, lsc) -> None:
    for name in ("Round 2026-27", " round  2026/27 "):
        with pytest.raises(Refused, match="expected a name that no other round has"):
            create_round(store, BEN, minutes(1), name, lsc)


def test_the_name_of_a_deleted_round_can_be_used_again(store: Store, round_id: str, lsc) -> None:
    with store.change(round_id, ANN, minutes(1)) as change:
        delete_round(change, "Round 2026-27", "")
    again = create_round(store, ANN, minutes(2), "Round 2026-27", lsc)
    assert again == "round-2026-27-2"
    assert [r.id for r in list_rounds(store, ANN)] == [again]


def test_deleting_needs_the_name_typed_exactly(store: Store, round_id: str) -> None:
    with (
        pytest.raises(Refused, match='its name typed exactly, "Round 2026-27"; nothing was'),
        store.change(round_id, ANN, minutes(1)) as change,
    ):
        delete_round(change, "round 2026-27", "")
    with store.read(round_id, ANN) as source:
        assert len(list_intentions(source)) == 5


def test_a_round_can_be_described_anew(store: Store, round_id: str) -> None:
    with store.change(round_id, ANN, minutes(1)) as change:
        describe_round(change, "Round 26/27", "All functions", date(2026, 12, 1))
    (listed,) = list_rounds(store, ANN)
    assert (listed.name, listed.scope, listed.deadline) == (
        "Round 26/27", "All functions", date(2026, 12, 1),
    )  # fmt: skip


def test_progress_counts_what_is_given_and_what_is_wanted(store: Store, round_id: str) -> None:
    with store.read(round_id, ANN) as source:
        now = progress(source)
    assert (now.intentions, now.given, now.wanted, now.complete) == (5, 34, 35, 4)


def test_submitted_is_accounted_for_and_only_active_intentions_are_ranked(
    store: Store, round_id: str
) -> None:
    with store.change(round_id, ANN, minutes(1)) as change:
        set_status(change, "C", "merged", "The same as B", 1, merged_into="B")
        set_status(change, "D", "deferred", "No figures yet", 1)
        found = account(change)
        sheet = open_sheet(change).sheet
    assert found.submitted == sum(found.by_status.values()) == 5
    assert found.by_status == {
        "active": 3, "merged": 1, "rejected": 0, "deferred": 1, "business_as_usual": 0,
    }  # fmt: skip
    assert sheet.refs == ("A", "B", "E")


@pytest.mark.parametrize(
    ("status", "reason", "target", "says"),
    [
        ("rejected", "", "", "reason: found nothing, expected a few words"),
        ("merged", "Same", "", "merged into: found nothing, expected the intention that stays"),
        ("merged", "Same", "A", "expected another intention"),
        ("rejected", "No", "B", "expected nothing unless the status is merged"),
        ("lost", "No", "", "expected one of active, merged into another, rejected"),
    ],
)  # fmt: skip
def test_a_status_needs_a_reason_and_merging_a_target(
    store: Store, round_id: str, status: str, reason: str, target: str, says: str
) -> None:
    with (
        pytest.raises(Refused, match=says),
        store.change(round_id, ANN, minutes(1)) as change,
    ):
        set_status(change, "A", status, reason, 1, target)  # type: ignore[arg-type]


def test_nothing_is_merged_into_what_is_not_ranked(store: Store, round_id: str) -> None:
    with store.change(round_id, ANN, minutes(1)) as change:
        set_status(change, "B", "rejected", "Out of scope", 1)
    with (
        pytest.raises(Refused, match="B, which is rejected"),
        store.change(round_id, ANN, minutes(2)) as change,
    ):
        set_status(change, "A", "merged", "Same", 1, "B")


def test_a_status_that_somebody_else_changed_is_told(store: Store, round_id: str) -> None:
    with store.change(round_id, ANN, minutes(1)) as change:
        assert set_status(change, "A", "rejected", "Out of scope", 1) is None
        outdated = set_status(change, "A", "deferred", "Later", 1)
    assert isinstance(outdated, Outdated)
    assert outdated.now["status"] == "rejected"
    assert (outdated.by, outdated.version) == (ANN.id, 2)


def test_an_override_moves_the_segment_and_can_be_taken_back(store: Store, round_id: str) -> None:
    with store.change(round_id, ANN, minutes(1)) as change:
        assert set_override(change, "A", "1", "One trust", 0, name="Cat") is None
        kept = read_overrides(change)
        segments = assign_segments(open_sheet(change).sheet, {r: o for r, (o, _) in kept.items()})
        assert (segments[0].segment, segments[0].by_rules) == ("1", "unassigned")
        assert (kept["A"][0].by, kept["A"][0].on) == ("Cat", date(2026, 3, 4))
        assert isinstance(set_override(change, "A", "3", "Other", 0), Outdated)
        assert set_override(change, "A", None, "", 1) is None
        assert read_overrides(change) == {}
        assert set_override(change, "A", "3", "After all", 0) is None


def test_links_between_intentions_are_kept_once(store: Store, round_id: str) -> None:
    with store.change(round_id, ANN, minutes(1)) as change:
        add_link(change, "A", "mitigates", "B", "Answers the lost funding")
        add_link(change, "A", "mitigates", "B")
        found = list_links(change)
    assert [(x.ref, x.kind, x.other, x.why) for x in found] == [
        ("A", "mitigates", "B", "Answers the lost funding")
    ]
    with (
        pytest.raises(Refused, match="two different intentions"),
        store.change(round_id, ANN, minutes(1)) as change,
    ):
        add_link(change, "A", "excludes", "A")


def test_the_published_scenario_is_named_and_cannot_be_removed(
    store: Store, round_id: str, lsc
) -> None:
    with store.change(round_id, ANN, minutes(1)) as change:
        save_scenario(change, "Board", lsc.weights, 30, "unranked", "")
        name_published_scenario(change, "Board", "Agreed")
        assert [(s.name, s.published) for s in list_scenarios(change)] == [("Board", True)]
        assert about_round(change).published_scenario == "Board"
        with pytest.raises(Refused, match="not named as the published one"):
            remove_scenario(change, "Board")


def test_a_scenario_changed_by_somebody_else_is_told(store: Store, round_id: str, lsc) -> None:
    with store.change(round_id, ANN, minutes(1)) as change:
        save_scenario(change, "Board", lsc.weights, 30, "unranked", "")
        outdated = save_scenario(change, "Board", lsc.weights, 20, "unranked", "")
        assert isinstance(outdated, Outdated)
        assert outdated.now["line"] == 30
        assert save_scenario(change, "Board", lsc.weights, 20, "unranked", "", 1) is None


def test_a_decision_is_signed_off_by_another_person(store: Store, round_id: str) -> None:
    with store.change(round_id, ANN, minutes(1)) as change:
        invite(change, BEN.id, BEN.name, "analyst")
        number = log(change, "decision", "Fund A", "Highest total", ref="A")
    with (
        pytest.raises(Refused, match="whoever assures is not who made it"),
        store.change(round_id, ANN, minutes(2)) as change,
    ):
        sign_off(change, number)
    with store.change(round_id, BEN, minutes(3)) as change:
        sign_off(change, number)
        (entry,) = read_log(change, "decision")
    assert (entry.by, entry.signed_by, entry.signed_at) == (ANN.id, BEN.id, minutes(3))


def test_the_route_of_a_business_case_follows_its_value(store: Store, round_id: str) -> None:
    routes = [[100_000, "Director"], [1_000_000, "Committee"], [None, "Board"]]
    with store.change(round_id, ANN, minutes(1)) as change:
        set_setting(change, "business_case_routes", routes, "Scheme of delegation")
        kept = routes_of(read_settings(change))
    assert [route_for(kept, v) for v in (0, 100_000, 100_001, 1_000_001)] == [
        "Director", "Director", "Committee", "Board",
    ]  # fmt: skip
    with (
        pytest.raises(Refused, match="rising amounts above 0, each with a route in words"),
        store.change(round_id, ANN, minutes(1)) as change,
    ):
        set_setting(change, "business_case_routes", [[5, "A"], [2, "B"], [None, "C"]], "", 1)


def test_a_copied_round_starts_blank_beside_last_years_score_place_and_decision(
    store: Store, round_id: str
) -> None:
    with store.change(round_id, ANN, minutes(1)) as change:
        log(change, "decision", "Fund A in part", "Affordable", ref="A")
        set_status(change, "C", "rejected", "Out of scope", 1)
        set_status(change, "B", "deferred", "Wait for the tender", 1)
        save_fields(change, [NewValue("A", "main_impact", "provider", 0)])
        save_fields(change, [NewValue("A", "provider", "A trust", 0)])
    new = copy_round(store, ANN, minutes(2), round_id, "Round 2027-28")
    with store.read(new, ANN) as source:
        sheet = open_sheet(source).sheet
        carried = {i.ref: i.carried for i in list_intentions(source)}
        assert about_round(source).predecessor == round_id
        assert verify_round(source).holds
    assert sheet.refs == ("A", "B", "D", "E")
    assert not sheet.scored.any()
    assert dict(sheet.fields) == {"provider": ("A trust", None, None, None)}
    # Ranked last year: E with 100, A with 62.5; D lacked its cost.
    assert (carried["A"]["total"], carried["A"]["place"], carried["A"]["ranked"]) == (62.5, "2", 2)
    assert carried["A"]["scores"]["cost"] == 3
    assert carried["A"]["decisions"] == ["Fund A in part"]
    assert (carried["B"]["status"], carried["B"]["reason"]) == ("deferred", "Wait for the tender")
    assert "place" not in carried["D"]


def test_a_copy_that_keeps_scores_ranks_as_before(
    store: Store, round_id: str, five: ScoreSheet
) -> None:
    new = copy_round(store, ANN, minutes(2), round_id, "A copy", keep_scores=True)
    with store.read(new, ANN) as source:
        sheet = open_sheet(source).sheet
    assert prioritise(sheet).places.place.tolist() == prioritise(five).places.place.tolist()


def test_a_name_of_nothing_but_signs_still_gives_a_round(store: Store, lsc) -> None:
    assert create_round(store, ANN, NOON, "???", lsc) == "round"
    with pytest.raises(Refused, match="name of the round: found nothing"):
        create_round(store, ANN, NOON, "  ", lsc)
