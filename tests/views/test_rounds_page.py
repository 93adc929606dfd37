"""The Rounds page, and what is kept of a session."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from scoring.segment import Override
from store.audit import entries, verify_round
from store.rounds import describe_round, list_rounds
from store.scenarios import name_published_scenario
from store.schema import audit, places, rounds
from tests.views.kept_pages import LOCAL, data, now, open_kept, opened, state_of

__all__ = ["data"]


def button(page, label: str):
    return next(b for b in page.button if b.label == label)


def click(page, label: str):
    button(page, label).click().run()
    assert not page.exception, page.exception
    return page


def test_the_first_run_opens_on_the_sample_and_writes_nothing_of_the_person(data: str) -> None:
    page = open_kept("rank")
    state = state_of(page)
    assert state.is_sample
    assert state.kept is not None
    assert list_rounds(opened(data), LOCAL) == ()
    with opened(data).database.reading() as connection:
        for table in (rounds, places, audit):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 0


def test_without_a_store_the_page_says_that_nothing_is_kept() -> None:
    page = open_kept("rounds")
    assert "Rounds are not kept here" in page.markdown[0].value


def test_a_store_that_cannot_be_opened_is_said_and_the_sample_still_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a database " * 100)
    monkeypatch.setenv("PRIORITISER_DATABASE_URL", str(file))
    page = open_kept("rank")
    assert "Nothing can be saved" in page.error[0].value
    assert "a file that is not a database" in page.error[0].value
    assert len(state_of(page).sheet) == 94


def test_one_click_copies_the_sample_into_a_round_that_ranks_the_same(data: str) -> None:
    page = open_kept("rounds")
    before = state_of(page).ranking.places.place.tolist()
    click(page, "Copy the sample")
    state = state_of(page)
    assert (state.is_sample, state.round_name) == (False, "Copy of the sample")
    assert state.ranking.places.place.tolist() == before
    (kept,) = list_rounds(opened(data), LOCAL)
    with opened(data).read(kept.id, LOCAL) as source:
        assert verify_round(source).holds


def test_the_sample_can_be_copied_twice(data: str) -> None:
    page = click(click(open_kept("rounds"), "Copy the sample"), "Copy the sample")
    assert state_of(page).round_name == "Copy of the sample (2)"


def test_a_refreshed_browser_comes_back_to_the_round_and_the_weights(data: str) -> None:
    page = click(open_kept("rounds"), "Copy the sample")
    state_of(page).set_weights({"impact": "42.5"})
    state_of(page).line = 12
    page.run()
    again = state_of(open_kept("rank"))
    assert again.round_name == "Copy of the sample"
    assert (str(again.weights["impact"]), again.line) == ("42.5", 12)


def test_a_refreshed_browser_on_the_sample_comes_back_to_its_weights(data: str) -> None:
    page = open_kept("rank")
    state_of(page).set_weights({"impact": "42.5"})
    page.run()
    again = state_of(open_kept("rank"))
    assert again.is_sample
    assert str(again.weights["impact"]) == "42.5"


def test_answers_overrides_and_scenarios_last(data: str) -> None:
    page = click(open_kept("rounds"), "Copy the sample")
    state = state_of(page)
    first, second = state.sheet.refs[:2]
    state.answer("main_impact", first, "both")
    state.overrides[second] = Override(second, "3", "Long term", "Cat", date.today())
    state.save_scenario("Patients first", "Asked for", "Cat")
    page.run()
    again = state_of(open_kept("segments"))
    assert again.sheet.text("main_impact", 0) == "both"
    assert again.segments[1].segment == "3"
    assert again.segments[1].override is not None
    assert again.segments[1].override.by == "Cat"
    assert [s.name for s in again.scenarios] == ["Patients first"]


def test_an_answer_that_somebody_else_changed_first_is_a_choice_not_a_loss(data: str) -> None:
    one = click(open_kept("rounds"), "Copy the sample")
    before = state_of(one)
    ref, was = before.sheet.refs[0], before.sheet.text("main_impact", 0)
    theirs, mine = (answer for answer in ("provider", "ICB", "both") if answer != was)
    other = open_kept("segments")
    state_of(other).answer("main_impact", ref, theirs)
    other.run()
    before.answer("main_impact", ref, mine)
    one.run()
    one.run()
    assert before.sheet.text("main_impact", 0) == theirs
    assert f"You wanted {mine}" in " ".join(m.value for m in one.markdown).replace("\\", "")
    click(one, f"Change it to {mine}")
    assert before.sheet.text("main_impact", 0) == mine
    assert state_of(open_kept("segments")).sheet.text("main_impact", 0) == mine


def test_deleting_needs_the_typed_name_and_goes_back_to_the_sample(data: str) -> None:
    page = click(open_kept("rounds"), "Copy the sample")
    confirm = next(t for t in page.text_input if t.label.startswith("Type the name"))
    confirm.input("copy")
    click(page, "Delete for good")
    (said,) = (error.value.replace("\\", "") for error in page.error)
    assert said == (
        'There is a problem. Deleting a round: found "copy", expected its name typed exactly, '
        '"Copy of the sample"; nothing was deleted.'
    )
    confirm = next(t for t in page.text_input if t.label.startswith("Type the name"))
    confirm.input("Copy of the sample")
    click(page, "Delete for good")
    assert [toast.value for toast in page.toast] == ["Copy of the sample is deleted"]
    assert state_of(page).is_sample
    assert list_rounds(opened(data), LOCAL) == ()


def test_freezing_and_opening_again_are_shown(data: str) -> None:
    page = click(open_kept("rounds"), "Copy the sample")
    assert "nobody can change anything in it" in " ".join(m.value for m in page.markdown)
    click(page, "Freeze")
    assert [toast.value for toast in page.toast] == ["Copy of the sample is frozen"]
    assert list_rounds(opened(data), LOCAL)[0].state == "frozen"
    click(page, "Open again")
    assert "expected a few words" in page.error[0].value
    why = next(t for t in page.text_input if t.label.startswith("Reason (kept"))
    why.input("A score was wrong")
    click(page, "Open again")
    assert list_rounds(opened(data), LOCAL)[0].state == "open"


def test_what_publishing_means_is_said_first_and_then_nothing_changes_any_more(data: str) -> None:
    page = click(open_kept("rounds"), "Copy the sample")
    (kept,) = list_rounds(opened(data), LOCAL)
    said = " ".join(m.value for m in page.markdown)
    assert "This is final" in said
    assert "the weights on record would be the framework's" in said
    assert "**6 of 94** active intentions still have a score missing" in said
    assert button(page, "Publish").disabled
    page.text_input(key=f"why_{kept.id}").input("Agreed by the board on 2 April")
    page.checkbox(key=f"sure_{kept.id}").check().run()
    assert not button(page, "Publish").disabled
    click(page, "Publish")
    assert [toast.value for toast in page.toast] == ["Copy of the sample is published"]
    assert "nothing in it changes any more. Copy it to go on." in " ".join(
        m.value for m in page.markdown
    )
    assert {b.label for b in page.button}.isdisjoint(
        {"Freeze", "Open again", "Publish", "Delete for good", "Save"}
    )
    assert [r.state for r in list_rounds(opened(data), LOCAL)] == ["published"]
    with opened(data).read(kept.id, LOCAL) as source:
        last = entries(source)[-1]
    assert (last.action, last.now, last.why) == (
        "state of the round", "published", "Agreed by the board on 2 April",
    )  # fmt: skip


def test_the_scenario_that_would_be_published_is_named_before_it_is(data: str) -> None:
    page = click(open_kept("rounds"), "Copy the sample")
    state_of(page).save_scenario("Board", "Agreed", "Cat")
    page.run()
    (kept,) = list_rounds(opened(data), LOCAL)
    with opened(data).change(kept.id, LOCAL, now()) as change:
        name_published_scenario(change, "Board", "")
    page.run()
    assert "would be those of the scenario Board" in " ".join(m.value for m in page.markdown)


def test_ones_own_rounds_come_first_and_the_sample_stands_below_them(data: str) -> None:
    page = open_kept("rounds")
    assert [h.value for h in page.header] == []
    assert button(page, "Copy the sample").proto.type == "primary"
    click(page, "Copy the sample")
    assert [h.value for h in page.header] == ["Open or manage a round", "Start another"]
    assert button(page, "Copy the sample").proto.type == "secondary"


def test_the_round_that_was_chosen_stays_chosen_under_its_new_name(data: str) -> None:
    page = click(click(open_kept("rounds"), "Copy the sample"), "Copy the sample")
    older = next(r for r in list_rounds(opened(data), LOCAL) if r.name == "Copy of the sample")
    next(box for box in page.selectbox if box.label == "Round").select(older.id).run()
    page.text_input(key=f"describe_{older.id}_name").input("Round 2026-27")
    click(page, "Save")
    chosen = next(box for box in page.selectbox if box.label == "Round")
    assert (chosen.value, chosen.format_func(older.id)) == (older.id, "Round 2026-27")
    assert sorted(chosen.options) == ["Copy of the sample (2)", "Round 2026-27"]


def test_a_copied_round_appears_in_the_list(data: str) -> None:
    page = click(open_kept("rounds"), "Copy the sample")
    next(t for t in page.text_input if t.label == "Name of the new round").input("Round 2027-28")
    copies = [b for b in page.button if b.label == "Copy"]
    copies[-1].click().run()
    names = {r.name for r in list_rounds(opened(data), LOCAL)}
    assert names == {"Copy of the sample", "Round 2027-28"}


def test_the_owner_sets_scope_deadline_and_the_published_scenario(data: str) -> None:
    page = click(open_kept("rounds"), "Copy the sample")
    state_of(page).save_scenario("Board", "Agreed", "Cat")
    page.run()
    next(t for t in page.text_area if t.label.startswith("Scope")).input("All functions")
    next(d for d in page.date_input if str(d.key).startswith("describe_")).set_value(
        date(2026, 12, 1)
    )
    next(s for s in page.selectbox if s.label.startswith("Published")).select("Board")
    click(page, "Save")
    (kept,) = list_rounds(opened(data), LOCAL)
    assert (kept.scope, kept.deadline, kept.published_scenario) == (
        "All functions", date(2026, 12, 1), "Board",
    )  # fmt: skip


def test_a_round_is_started_empty_filled_by_hand_and_every_page_opens_on_it(data: str) -> None:
    page = open_kept("rounds")
    page.text_input(key="new_round_name").input("Round 2027-28")
    page.text_input(key="new_round_scope").input("All functions")
    click(page, "Start the round")
    state = state_of(page)
    assert (state.round_name, len(state.sheet)) == ("Round 2027-28", 0)
    for name in ("rank", "compare", "how_firm", "load", "score", "segments", "export", "intentions",
                 "decisions_log", "duplicates", "method", "matrix"):  # fmt: skip
        open_kept(name)
    page = open_kept("intentions")
    assert "0 submitted = none yet." in page.markdown[0].value
    next(t for t in page.text_input if t.label == "Ref").input("A-1")
    next(t for t in page.text_input if t.label == "Title").input("First")
    click(page, "Add")
    assert state_of(page).sheet.refs == ("A-1",)


def test_a_name_that_is_taken_is_refused_in_place_and_nothing_typed_is_lost(data: str) -> None:
    page = click(open_kept("rounds"), "Copy the sample")
    page.text_input(key="new_round_name").input("copy of the sample")
    click(page, "Start the round")
    assert "a name that no other round has" in page.error[0].value
    assert page.text_input(key="new_round_name").value == "copy of the sample"


def test_an_owner_who_describes_a_round_second_is_told_before_anything_is_replaced(
    data: str,
) -> None:
    page = click(open_kept("rounds"), "Copy the sample")
    (kept,) = list_rounds(opened(data), LOCAL)
    page.text_area(key=f"describe_{kept.id}_scope").input("Mine")
    with opened(data).change(kept.id, LOCAL, now()) as change:
        describe_round(change, kept.name, "Theirs", None)
    click(page, "Save")
    assert "found" in page.error[0].value
    assert "Theirs" in page.error[0].value
    assert list_rounds(opened(data), LOCAL)[0].scope == "Theirs"
    click(page, "Save")
    assert list_rounds(opened(data), LOCAL)[0].scope == "Mine"
