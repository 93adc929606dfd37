"""The Intentions page: status, links, gates, money and thresholds, and the sum that holds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from scoring.export.about import About
from scoring.export.summary_tables import accounted_table
from store.audit import entries, verify_round
from store.carry_over import copy_round
from store.cells import cells_of, save_fields, save_scores
from store.intentions import account, add_link, list_links, set_status
from store.logs import log
from store.people import invite
from store.records import NewValue, Role
from store.rounds import freeze_round
from store.shared_settings import read_settings, routes_of
from tests.views.kept_pages import BEN, LOCAL, data, now, open_kept, opened, state_of
from tests.views.test_rounds_page import click
from views.draft import PairMark
from views.keeping import keep_as_round
from views.standing import set_aside
from views.why import why

__all__ = ["data"]


def intentions(data: str) -> AppTest:
    """The Intentions page on a copy of the sample."""
    click(open_kept("rounds"), "Copy the sample")
    return open_kept("intentions")


def fill(page: AppTest, label: str, text: str) -> None:
    next(t for t in page.text_input if t.label == label).input(text)


def choose(page: AppTest, label: str, value: object) -> None:
    next(s for s in page.selectbox if s.label == label).select(value)


def words(page: AppTest) -> str:
    shown = [*page.markdown, *page.error, *page.warning, *page.caption, *page.info]
    return " ".join(m.value for m in shown).replace("\\", "")


def row_of(page: AppTest, ref: str) -> dict[str, str]:
    listed = page.dataframe[0].value
    return dict(listed[listed["Ref"] == ref].iloc[0])


def forms(page: AppTest) -> list[str]:
    """What there is to press, apart from the line that says who else is here."""
    return [b.label for b in page.button if b.label != "Show changes"]


def round_of(page: AppTest) -> str:
    kept = state_of(page).kept
    assert kept is not None
    assert kept.round is not None
    return kept.round.id


def test_on_the_sample_it_offers_a_copy(data: str) -> None:
    page = click(open_kept("intentions"), "Copy the sample and work on it")
    assert "94 submitted = 94 active." in words(page)


def test_a_rejected_intention_is_accounted_for_and_no_longer_ranked(data: str) -> None:
    page = intentions(data)
    ref = page.selectbox(key="intention_at").value
    fill(page, "Reason (needed for anything but active)", "Out of scope")
    choose(page, "It is", "rejected")
    click(page, "Save status")
    assert "94 submitted = 93 active + 1 rejected." in words(page)
    assert len(state_of(page).sheet) == 93
    assert row_of(page, ref)["Status"] == "Rejected"
    assert "Set by Local owner on" in words(page)
    assert "because: Out of scope" in words(page)


def test_a_status_without_a_reason_is_refused_in_place(data: str) -> None:
    page = intentions(data)
    choose(page, "It is", "deferred")
    click(page, "Save status")
    assert "Reason: found nothing, expected a few words" in words(page)
    assert len(state_of(page).sheet) == 94


def test_merging_names_the_intention_that_stays(data: str) -> None:
    page = intentions(data)
    first, second = state_of(page).sheet.refs[:2]
    choose(page, "It is", "merged")
    fill(page, "Reason (needed for anything but active)", "The same clinic")
    click(page, "Save status")
    assert "Merged into: found nothing, expected the intention that stays" in words(page)
    assert len(state_of(page).sheet) == 94
    choose(page, "Merged into (only if it is merged)", second)
    click(page, "Save status")
    assert "94 submitted = 93 active + 1 merged into another." in words(page)
    page.selectbox(key="intention_at").select(second).run()
    assert f"Merged into it: {first}." in words(page)


def test_a_link_is_added_said_from_both_ends_and_taken_back(data: str) -> None:
    page = intentions(data)
    first, second = state_of(page).sheet.refs[:2]
    choose(page, "... this one", second)
    fill(page, "Why? (shown with the link)", "Same staff")
    click(page, "Add link")
    assert f"Is a duplicate of {second}" in words(page)
    assert "Because: Same staff" in words(page)
    page.selectbox(key="intention_at").select(second).run()
    assert f"Has a duplicate, {first}" in words(page)
    fill(page, "Reason (kept on record)", "A mistake")
    click(page, "Take back")
    with opened(data).read(round_of(page), LOCAL) as source:
        assert list_links(source) == ()
        assert [e.why for e in entries(source)[-2:]] == ["Same staff", "A mistake"]


def test_a_link_that_the_line_parts_is_warned_of_and_can_be_found(data: str) -> None:
    page = intentions(data)
    state = state_of(page)
    order = [int(i) for i in state.ranking.places.order]
    best, worst = state.sheet.refs[order[0]], state.sheet.refs[order[-1]]
    with opened(data).change(round_of(page), LOCAL, now()) as change:
        add_link(change, best, "depends_on", worst, "Needs its building")
    page = open_kept("intentions")
    said = f"{best} is above the line but depends on {worst}, which is below the line."
    assert said in words(page)
    choose(page, "Show", "To look at")
    page.run()
    assert set(page.dataframe[0].value["Ref"]) == {best, worst}
    assert row_of(page, best)["Links"] == f"depends on {worst}"


def test_thresholds_decide_which_approval_an_intention_asks_for(data: str) -> None:
    page = intentions(data)
    ref = page.selectbox(key="intention_at").value
    fill(page, "Band 1: up to £", "£100,000")
    fill(page, "Band 1: approved by", "Director of Finance")
    fill(page, "Anything above: approved by", "Board")
    click(page, "Save thresholds")
    page.number_input(
        key=next(n.key for n in page.number_input if "Recurrent" in n.label)
    ).set_value(90_000.0)
    page.number_input(key=next(n.key for n in page.number_input if "One-off" in n.label)).set_value(
        20_000.0
    )
    click(page, "Save gates and money")
    assert row_of(page, ref)["Business case asks for"] == "Board"
    assert "£110,000 of new money asks for: Board." in words(page)
    with opened(data).read(round_of(page), LOCAL) as source:
        assert routes_of(read_settings(source)) == (
            (100_000, "Director of Finance"),
            (None, "Board"),
        )
        assert cells_of(source, ref)["investment_one_off"].value == 20_000
        assert verify_round(source).holds


def test_every_mistake_in_the_thresholds_is_said_at_once(data: str) -> None:
    page = intentions(data)
    fill(page, "Band 1: up to £", "lots")
    fill(page, "Band 2: up to £", "500")
    fill(page, "Band 2: approved by", "Director")
    fill(page, "Band 3: up to £", "400")
    fill(page, "Band 3: approved by", "Committee")
    click(page, "Save thresholds")
    told = words(page)
    assert 'Band 1, up to £: found "lots", expected an amount above 0.' in told
    assert "Band 1, approved by: found nothing, expected who approves it." in told
    assert "Band 3, up to £: found £400, expected more than £500, the amount above it." in told
    assert "Anything above, approved by: found nothing, expected who approves it." in told


def test_a_round_may_have_more_than_six_bands_and_a_later_save_keeps_them_all(data: str) -> None:
    page = intentions(data)
    next(n for n in page.number_input if n.label == "How many bands").set_value(9).run()
    for n in range(1, 9):
        fill(page, f"Band {n}: up to £", f"{n}00,000")
        fill(page, f"Band {n}: approved by", f"Level {n}")
    fill(page, "Anything above: approved by", "Board")
    click(page, "Save thresholds")
    kept = state_of(page).kept
    assert kept.routes[7:] == ((800_000, "Level 8"), (None, "Board"))
    fill(page, "Band 8: approved by", "Executive")
    click(page, "Save thresholds")
    assert [name for _, name in state_of(page).kept.routes] == [
        *(f"Level {n}" for n in range(1, 8)), "Executive", "Board",
    ]  # fmt: skip


def test_a_gate_is_recorded_and_no_longer_outstanding(data: str) -> None:
    page = intentions(data)
    ref = page.selectbox(key="intention_at").value
    choose(page, "Quality impact assessment", "Approved")
    click(page, "Save gates and money")
    assert "Quality impact assessment" not in row_of(page, ref)["Gates open"]
    with opened(data).read(round_of(page), LOCAL) as source:
        assert cells_of(source, ref)["qia"].value == "Approved"


def test_a_gate_that_somebody_else_changed_first_is_a_choice(data: str) -> None:
    page = intentions(data)
    ref = page.selectbox(key="intention_at").value
    with opened(data).change(round_of(page), LOCAL, now()) as change:
        version = cells_of(change, ref)["qia"].version if "qia" in cells_of(change, ref) else 0
        save_fields(change, [NewValue(ref, "qia", "Screened", version)])
    choose(page, "Quality impact assessment", "Approved")
    click(page, "Save gates and money")
    assert "changed Quality impact assessment of" in words(page)
    assert "You wanted Approved." in words(page)
    click(page, "Change it to Approved")
    with opened(data).read(round_of(page), LOCAL) as source:
        assert cells_of(source, ref)["qia"].value == "Approved"


def test_words_and_title_are_changed_with_a_reason(data: str) -> None:
    page = intentions(data)
    ref = page.selectbox(key="intention_at").value
    page.text_input(
        key=next(t.key for t in page.text_input if t.label == "Title" and "title_" in t.key)
    ).input("New words")
    next(t for t in page.text_area if t.label == "Notes").input("To be looked at")
    click(page, "Save words")
    state = state_of(page)
    i = state.sheet.index(ref)
    assert state.sheet.titles[i] == "New words"
    assert state.sheet.text("notes", i) == "To be looked at"


def test_an_intention_added_by_hand_is_submitted_too(data: str) -> None:
    page = intentions(data)
    fill(page, "Ref", "NEW-1")
    next(
        t for t in page.text_input if t.label == "Title" and not (t.key or "").startswith("title_")
    ).input("A new clinic")
    click(page, "Add")
    assert "95 submitted = 95 active." in words(page)
    state = state_of(page)
    assert len(state.sheet) == 95
    assert [line.file for line in state.accounted.ledger if line.ref == "NEW-1"] == [
        "Entered in the app"
    ]


@pytest.mark.parametrize("role", ["viewer", "assessor"])
def test_viewers_and_assessors_look_but_find_no_form(data: str, role: Role) -> None:
    page = intentions(data)
    store, id = opened(data), round_of(page)
    with store.change(id, LOCAL, now()) as change:
        invite(change, BEN.id, BEN.name, "owner")
    with store.change(id, BEN, now()) as change:
        invite(change, LOCAL.id, LOCAL.name, role)
    page = open_kept("intentions")
    assert "94 submitted = 94 active." in words(page)
    assert forms(page) == []


def test_a_frozen_round_is_shown_without_forms(data: str) -> None:
    page = intentions(data)
    with opened(data).change(round_of(page), LOCAL, now()) as change:
        freeze_round(change, "Enough")
    assert forms(open_kept("intentions")) == []


def test_last_years_score_place_and_decision_stand_beside_this_years(data: str) -> None:
    page = intentions(data)
    state = state_of(page)
    order = [int(i) for i in state.ranking.places.order]
    best, second = (state.sheet.refs[i] for i in order[:2])
    store, id = opened(data), round_of(page)
    with store.change(id, LOCAL, now()) as change:
        log(change, "decision", "Fund in full", "Highest total", ref=best)
        set_status(change, second, "deferred", "Next year", 1)
    new = copy_round(store, LOCAL, now(), id, "Round 2027-28")
    with store.read(new, LOCAL) as source:
        assert account(source).submitted == 94
    page = open_kept("rounds")
    next(s for s in page.selectbox if s.label == "Round").select(new).run()
    click(page, "Open round")
    page = open_kept("intentions")
    said = "place =1 of 87, total 77.5. Decided: Fund in full"
    assert row_of(page, best)["Last round"] == said
    page.selectbox(key="intention_at").select(best).run()
    assert "Last round (Copy of the sample, as " + best in words(page)
    assert "Scores then: Strategic Alignment" in words(page)
    page.selectbox(key="intention_at").select(second).run()
    assert "It was deferred: Next year" in words(page)


def test_rank_says_the_links_gates_and_what_the_line_makes_of_them(data: str) -> None:
    page = intentions(data)
    state = state_of(page)
    order = [int(i) for i in state.ranking.places.order]
    best, worst = state.sheet.refs[order[0]], state.sheet.refs[order[-1]]
    with opened(data).change(round_of(page), LOCAL, now()) as change:
        add_link(change, best, "depends_on", worst, "Needs its building")
    page = open_kept("rank")
    said = f"{best} is above the line but depends on {worst}, which is below the line."
    assert said in words(page)
    sections = {part["title"]: part["items"] for part in why(state_of(page), best)["sections"]}
    assert sections["Links"][0].startswith(f"Depends on {worst}")
    assert sections["Links"][1] == f"Look at this: {said}"
    assert all(": open" in gate for gate in sections["Gates to pass"])


def test_what_was_set_aside_is_in_every_export_and_the_sum_holds(data: str) -> None:
    page = intentions(data)
    fill(page, "Reason (needed for anything but active)", "Next year")
    choose(page, "It is", "deferred")
    click(page, "Save status")
    state = state_of(page)
    about = About("Round", "", now(), ledger=state.accounted.ledger, set_aside=set_aside(state))
    table = accounted_table(state.ranking, about)
    headers = [column.header for column in table.columns]
    (row,) = table.rows
    counts = dict(zip(headers[1:], row[1:], strict=True))
    assert counts["Submitted"] == 94
    assert counts["Deferred"] == 1
    assert sum(counts.values()) == 2 * 94


def test_the_history_of_an_intention_is_told_in_sentences(data: str) -> None:
    page = intentions(data)
    ref = page.selectbox(key="intention_at").value
    other = state_of(page).sheet.refs[1]
    at = datetime(2027, 3, 4, 12, 5, tzinfo=UTC)
    with opened(data).change(round_of(page), LOCAL, at) as change:
        save_scores(change, [NewValue(ref, "cost", 5, 1, why="Asked again")])
        save_fields(change, [NewValue(ref, "qia", None, 1)])
        add_link(change, ref, "mitigates", other, "")
        set_status(change, ref, "merged", "The same", 1, other)
    told = words(open_kept("intentions"))
    until = "until 4 March 2027 12:05 UTC"
    assert f"Cost was 3 {until}, changed to 5 by Local owner because: Asked again" in told
    assert f"Quality impact assessment was Drafted {until}, changed to nothing by" in told
    assert f"Link added: mitigates {other}, by Local owner on 4 March 2027 12:05 UTC" in told
    assert f"Status was active {until}, changed to merged into another: {other} by" in told


def test_a_pair_marked_as_the_same_is_merged_in_the_round_and_can_be_taken_back(
    data: str,
) -> None:
    click(open_kept("rounds"), "Copy the sample")
    page = open_kept("duplicates")
    first = page.selectbox[0].value
    stays, goes = first.split(" and ")
    page.radio[0].set_value(f"The same: keep {stays}")
    fill(page, "Your name", "Cat")
    click(page, "Save")
    page = open_kept("intentions")
    assert "94 submitted = 93 active + 1 merged into another." in words(page)
    assert row_of(page, goes)["Status"] == f"Merged into {stays}"
    state = state_of(page)
    assert (len(state.sheet), state.accounted.count()) == (93, 94)
    with opened(data).change(round_of(page), LOCAL, now()) as change:
        set_status(change, stays, "rejected", "Out of scope", 1)
    page = open_kept("intentions")
    assert "94 submitted = 92 active + 1 merged into another + 1 rejected." in words(page)
    page = open_kept("duplicates")
    next(s for s in page.selectbox if s.label == "Take back").select_index(0).run()
    click(page, "Take this back")
    page = open_kept("intentions")
    assert "94 submitted = 93 active + 1 rejected." in words(page)
    assert goes in state_of(page).sheet.refs


def test_duplicates_of_a_file_stay_merged_when_it_becomes_a_round(data: str) -> None:
    page = open_kept("duplicates")
    state = state_of(page)
    stays, goes = page.selectbox[0].value.split(" and ")
    state.mark(PairMark(stays, goes, "same", stays, "One clinic", "Cat"))
    keep_as_round(state, "Kept")
    page.run()  # its place is kept at the end of a run
    page = open_kept("intentions")
    assert "94 submitted = 93 active + 1 merged into another." in words(page)
    assert goes not in state_of(page).sheet.refs
