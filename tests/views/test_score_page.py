"""The Score page: the grid, one at a time, what is left, and what others do meanwhile."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from store.carry_over import copy_round
from store.cells import cells_of, history, save_scores
from store.people import invite
from store.presence import seen
from store.records import Cell, NewValue
from store.rounds import freeze_round
from tests.views.kept_pages import BEN, LOCAL, data, now, open_kept, opened, state_of
from tests.views.test_rounds_page import click
from views.opening import open_round

__all__ = ["data"]


@pytest.fixture
def page(data: str) -> AppTest:
    """The Score page on a copy of the sample."""
    return click(open_kept("score"), "Copy the sample and score it")


def typed(page: AppTest, edits: dict[int, dict[str, str]]) -> AppTest:
    """What the browser sends when cells of the grid are typed or pasted."""
    grid = state_of(page).kept.grid
    page.session_state[grid.key] = {"edited_rows": edits, "added_rows": [], "deleted_rows": []}
    page.run()
    assert not page.exception, page.exception
    return page


def cell(page: AppTest, data: str, row: int, field: str) -> Cell:
    state = state_of(page)
    with opened(data).read(state.kept.round.id, LOCAL) as source:
        return cells_of(source, state.sheet.refs[row])[field]


def test_the_sample_itself_cannot_be_scored(data: str) -> None:
    page = open_kept("score")
    assert "example to look at" in page.markdown[0].value
    assert not page.get("data_editor")


def test_a_typed_score_is_saved_and_ranked_at_once(page: AppTest, data: str) -> None:
    state = state_of(page)
    new = 1 if state.sheet.scores[0, 2] != 1 else 5
    typed(page, {0: {"cost": str(new)}})
    assert state.sheet.scores[0, 2] == new
    assert cell(page, data, 0, "cost").value == new
    assert cell(page, data, 0, "cost").version == 2


def test_a_score_off_its_scale_is_refused_with_the_reason_and_the_others_are_saved(
    page: AppTest, data: str
) -> None:
    state = state_of(page)
    before = state.sheet.scores[0, 2]
    new = 1 if state.sheet.scores[1, 2] != 1 else 5
    typed(page, {0: {"cost": "9", "time": "soon"}, 1: {"cost": str(new)}})
    said = page.error[0].value.replace("\\", "")
    assert f'{state.sheet.refs[0]}, Cost: found "9", expected a whole number from 1 to 5' in said
    assert f'{state.sheet.refs[0]}, Time: found "soon"' in said
    assert state.sheet.scores[0, 2] == before
    assert cell(page, data, 1, "cost").value == new


def test_a_refused_score_that_is_corrected_is_saved(page: AppTest, data: str) -> None:
    new = 1 if state_of(page).sheet.scores[0, 2] != 1 else 5
    typed(page, {0: {"cost": "9"}})
    typed(page, {0: {"cost": str(new)}})
    assert not page.error
    assert cell(page, data, 0, "cost").value == new


def test_an_emptied_cell_is_not_scored_and_never_a_low_score(page: AppTest, data: str) -> None:
    typed(page, {0: {"cost": ""}})
    state = state_of(page)
    assert not state.sheet.scored[0, 2]
    assert cell(page, data, 0, "cost").value is None
    assert state.ranking.places.place[0] == 0


def test_an_edit_is_saved_once_however_often_the_page_runs(page: AppTest, data: str) -> None:
    typed(page, {0: {"cost": ""}})
    page.run()
    page.run()
    assert cell(page, data, 0, "cost").version == 2


def test_a_score_typed_over_and_back_before_the_page_ran_is_no_change(
    page: AppTest, data: str
) -> None:
    was = state_of(page).sheet.scores[0, 2]
    typed(page, {0: {"cost": f"{was:g}"}})
    assert not page.error
    assert cell(page, data, 0, "cost").version == 1
    new = 1 if was != 1 else 5
    typed(page, {0: {"cost": str(new)}})
    assert (cell(page, data, 0, "cost").value, cell(page, data, 0, "cost").version) == (new, 2)


def test_a_cell_that_somebody_else_changed_first_is_told_and_chosen(
    page: AppTest, data: str
) -> None:
    state = state_of(page)
    ref, was = state.sheet.refs[0], state.sheet.scores[0, 2]
    theirs, mine = (float(s) for s in (1, 2, 3) if s != was) if was <= 3 else (1.0, 2.0)
    with opened(data).change(state.kept.round.id, LOCAL, now()) as change:
        save_scores(change, [NewValue(ref, "cost", theirs, 1, why="New tariff")])
    typed(page, {0: {"cost": f"{mine:g}"}})
    said = " ".join(m.value for m in page.markdown).replace("\\", "")
    assert f"changed Cost of {ref} to {theirs:g}" in said
    assert "because: New tariff" in said
    assert f"You wanted {mine:g}" in said
    assert cell(page, data, 0, "cost").value == theirs
    click(page, f"Change it to {mine:g}")
    assert cell(page, data, 0, "cost").value == mine
    with opened(data).read(state.kept.round.id, LOCAL) as source:
        assert [c.value for c in history(source, ref, "cost")] == [was, theirs, mine]


def test_a_cell_typed_again_before_one_chose_is_one_choice_on_what_was_typed_last(
    page: AppTest, data: str
) -> None:
    state = state_of(page)
    ref, was = state.sheet.refs[0], state.sheet.scores[0, 2]
    theirs, first, last = (float(s) for s in (1, 2, 3, 4) if s != was)
    with opened(data).change(state.kept.round.id, LOCAL, now()) as change:
        save_scores(change, [NewValue(ref, "cost", theirs, 1)])
    typed(page, {0: {"cost": f"{first:g}"}})
    typed(page, {0: {"cost": f"{last:g}"}})
    labels = [b.label for b in page.button if b.label.startswith(("Keep ", "Change it to "))]
    assert labels == [f"Keep {theirs:g}", f"Change it to {last:g}"]
    click(page, f"Change it to {last:g}")
    assert cell(page, data, 0, "cost").value == last


def test_keeping_theirs_changes_nothing(page: AppTest, data: str) -> None:
    state = state_of(page)
    ref = state.sheet.refs[0]
    with opened(data).change(state.kept.round.id, LOCAL, now()) as change:
        save_scores(change, [NewValue(ref, "cost", None, 1)])
    typed(page, {0: {"cost": "1" if state.sheet.scores[0, 2] != 1 else "2"}})
    click(page, "Keep not scored")
    assert cell(page, data, 0, "cost").value is None
    assert not state.kept.conflicts


def test_others_who_are_here_and_what_they_change_are_shown(page: AppTest, data: str) -> None:
    state = state_of(page)
    round_id = state.kept.round.id
    with opened(data).change(round_id, LOCAL, now()) as change:
        invite(change, BEN.id, BEN.name, "assessor")
    seen(opened(data), round_id, BEN, "ben's tab", "Score", now())
    with opened(data).change(round_id, BEN, now()) as change:
        save_scores(change, [NewValue(state.sheet.refs[1], "impact", None, 1)])
    page.run()
    said = " ".join(c.value for c in page.caption).replace("\\", "")
    assert "Here now: Ben (Score)." in said
    assert f"Ben changed Impact of {state.sheet.refs[1]} to not scored." in said
    assert state.sheet.scored[1, 1]  # what is on the page stays of one moment
    drawn = state.kept.grid
    assert drawn.rows[1]["impact"] != ""  # what one is typing in stays as it was drawn
    click(page, "Show changes")
    assert state.kept.grid.rows[1]["impact"] == ""
    assert not state.sheet.scored[1, 1]


def test_what_is_left_is_counted(page: AppTest) -> None:
    sheet = state_of(page).sheet
    given = int(sheet.scored.sum())
    progress = page.get("progress")[0].proto.text
    assert progress == f"{given} of 658 scores given, {658 - given} left"


def test_only_those_with_a_gap_can_be_listed(page: AppTest) -> None:
    next(s for s in page.selectbox if s.label == "Show").select("With a score missing").run()
    state = state_of(page)
    gaps = [r for r, full in zip(state.sheet.refs, state.sheet.complete, strict=True) if not full]
    assert list(state.kept.grid.refs) == gaps
    criterion = next(
        c.id for j, c in enumerate(state.framework.criteria)
        if not state.sheet.scored[state.sheet.index(gaps[0]), j]
    )  # fmt: skip
    typed(page, {0: {criterion: "3"}})
    assert state.kept.grid.refs[0] == gaps[0]  # it stays while one is at it


def test_one_at_a_time_shows_anchors_and_saves_evidence(page: AppTest, data: str) -> None:
    page.session_state["how_to_score"] = "One at a time"
    page.run()
    assert not page.exception, page.exception
    radio = page.radio[0]
    assert radio.options[0] == "Not scored yet"
    assert "several organisations" in " ".join(radio.options) or ":" in radio.options[1]
    page.text_area[0].input("Board paper, page 3")
    click(page, "Save")
    state = state_of(page)
    ref = state.sheet.refs[0]
    with opened(data).read(state.kept.round.id, LOCAL) as source:
        kept = [c for c in cells_of(source, ref).values() if c.evidence]
    assert [c.evidence for c in kept] == ["Board paper, page 3"]


def test_a_frozen_round_can_be_looked_at_only(page: AppTest, data: str) -> None:
    state = state_of(page)
    with opened(data).change(state.kept.round.id, LOCAL, now()) as change:
        freeze_round(change, "Scoring is over")
    typed(page, {0: {"cost": ""}})
    assert "on a round that is frozen" in " ".join(e.value for e in page.error).replace("\\", "")
    assert cell(page, data, 0, "cost").value is not None


def test_who_may_not_score_sees_every_score_and_what_to_do(page: AppTest, data: str) -> None:
    state = state_of(page)
    with opened(data).change(state.kept.round.id, LOCAL, now()) as change:
        freeze_round(change, "Scoring is over")
    page = open_kept("score")
    said = "This round is frozen: nothing in it changes. An owner can open it again on Rounds."
    assert page.info[0].value.replace("\\", "") == said
    assert not page.get("data_editor")
    shown = page.dataframe[0].value
    assert list(shown["Cost"]) == [
        f"{score:g}" if score == score else "not scored" for score in state.sheet.scores[:, 2]
    ]


def test_the_round_before_stands_right_of_the_grid_and_takes_no_typing(
    page: AppTest, data: str
) -> None:
    last = state_of(page)
    ref = last.sheet.refs[0]
    assert not [box for box in page.checkbox if "last round" in box.label]  # there is none
    new = copy_round(opened(data), LOCAL, now(), last.kept.round.id, "Round 2027-28")
    open_round(last, new)
    page.run()
    asked = next(box for box in page.checkbox if "last round" in box.label)
    assert "Cost, last round" not in last.kept.grid.rows[0]
    typed(page, {0: {"cost": "9"}})  # off the scale: to be mended, not lost
    asked.check().run()
    assert not page.exception, page.exception
    row = last.kept.grid.rows[0]
    assert (row["Ref"], row["cost"], row["Cost, last round"]) == (ref, "9", "3")
    assert (row["Place, last round"], row["Total, last round"]) == ("=6 of 88", "71.3")
    criteria = [criterion.id for criterion in last.framework.criteria]
    assert list(row)[2 : 2 + len(criteria)] == criteria  # a pasted block meets scores only
    typed(page, {0: {"cost": "4"}, 1: {"cost": "2"}})
    assert (cell(page, data, 0, "cost").value, cell(page, data, 1, "cost").value) == (4, 2)


def test_one_at_a_time_names_the_criteria_of_last_round_and_rounds_its_total_as_everywhere(
    page: AppTest, data: str
) -> None:
    state = state_of(page)
    new = copy_round(opened(data), LOCAL, now(), state.kept.round.id, "Round 2027-28")
    open_round(state, new)
    page.session_state["how_to_score"] = "One at a time"
    page.run()
    labels = [box.label for box in page.expander]
    assert "Last round (Copy of the sample): place =6 of 88, total 71.3" in [
        label.replace("\\", "") for label in labels
    ]
    said = " ".join(m.value for m in page.markdown).replace("\\", "")
    assert "Scores: Strategic Alignment 5, Impact 4, Cost 3, Complexity 5," in said


def test_one_at_a_time_who_saves_second_is_told_and_chooses(page: AppTest, data: str) -> None:
    page.session_state["how_to_score"] = "One at a time"
    page.run()
    state = state_of(page)
    ref = state.sheet.refs[0]
    field = state.framework.criteria[0].id
    with opened(data).change(state.kept.round.id, LOCAL, now()) as change:
        save_scores(change, [NewValue(ref, field, 2, 1, why="Asked again")])
    page.run()  # the page follows; the form stays as it was drawn
    page.radio[0].set_value(1)
    click(page, "Save")
    said = " ".join(m.value for m in page.markdown).replace("\\", "")
    assert "because: Asked again. You wanted 1." in said
    click(page, "Change it to 1")
    assert cell(page, data, 0, field).value == 1
