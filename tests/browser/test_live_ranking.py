"""The live ranking in real Chromium, as a person uses it: found by name, driven by hand."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from benchmarks._made_up_round import made_up_sheet
from scoring.framework import Framework, Weights
from scoring.ranking import prioritise
from scoring.score import Missing
from scoring.sheet import FieldValue, ScoreSheet
from tests.browser.board import Board, as_sent
from views.live_ranking import Setting

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def sheet(lsc: Framework) -> ScoreSheet:
    """Six intentions. Under 25/20/15/15/10/10/5 the totals are

    A 71.25, B 68.75, C and D 50.0 (tied), E 25.0; F lacks Cost. E is a must-do.
    """
    scores = [
        [5, 5, 3, 3, 3, 3, 2],
        [5, 3, 5, 3, 3, 3, 2],
        [3, 3, 3, 3, 3, 3, 3],
        [3, 3, 3, 3, 3, 3, 3],
        [2, 2, 2, 2, 2, 2, 2],
        [4, 5, np.nan, 4, 4, 4, 4],
    ]
    fields: dict[str, tuple[FieldValue, ...]] = {
        "function": ("Acute", "LDA", "Acute", "LDA", "Acute", "LDA"),
        "domain": ("Start well", "Age well", "Age well", "Age well", "Age well", "Age well"),
        "unifying_goal": ("Healthy life; Children", None, "Children", None, None, None),
        "must_do": (None, "no", None, None, "Court order of May", None),
        "efficiency_or_improvement": ("yes",) * 6,
        "main_impact": ("ICB", "ICB", "provider", "provider", "ICB", "ICB"),
    }
    refs = tuple(f"XY-{letter}" for letter in "ABCDEF")
    titles = tuple(f"Intention {letter}" for letter in "ABCDEF")
    return ScoreSheet(lsc, refs, titles, np.array(scores), fields)


@pytest.fixture
def board(page: Page, sheet: ScoreSheet) -> Board:
    """The six intentions, line after 3 with the must-do counted: room for two others."""
    return Board(page, sheet).open()


def order(board: Board) -> list[str]:
    """What Python says the list should be: the must-do, the ranked, the incomplete."""
    ranking = board.ranking()
    refs = [board.sheet.refs[i] for i in ranking.places.order]
    return ["XY-E", *(ref for ref in refs if ref != "XY-E"), "XY-F"]


# Weights


def test_impact_at_40_leaves_the_others_three_quarters_of_themselves(board: Board) -> None:
    board.type_weight("Impact", "40")
    assert board.weights() == ["18.75", "40", "11.25", "11.25", "7.5", "7.5", "3.75"]
    assert board.sent()[-1]["weights"] == board.weights()


def test_a_drag_reranks_while_it_lasts_and_tells_python_on_release_only(board: Board) -> None:
    board.drag("Cost", 0.9, drop=False)
    assert board.refs()[1:3] == ["XY-B", "XY-A"]
    assert board.sent() == []
    board.page.mouse.up()
    board.settle()
    assert len(board.sent()) == 1
    assert board.refs() == order(board)


def test_a_drag_there_and_back_restores_every_weight(board: Board) -> None:
    board.drag("Impact", 1.0, drop=False)
    assert board.weights()[0] == "0"
    box = board.slider("Impact").bounding_box()
    assert box
    board.page.mouse.move(box["x"] + 10 + (box["width"] - 20) * 0.2, box["y"] + 5)
    board.page.mouse.up()
    board.settle()
    board.type_weight("Impact", "20")
    assert board.weights() == ["25", "20", "15", "15", "10", "10", "5"]


def test_plus_and_minus_move_one_weight_by_one(board: Board) -> None:
    board.press("Raise Time by 1")
    assert board.weights()[6] == "6"
    board.press("Lower Time by 1")
    assert board.weights() == ["25", "20", "15", "15", "10", "10", "5"]
    assert len(board.sent()) == 2


def test_a_locked_weight_stays_while_the_rest_rescale(board: Board) -> None:
    board.press("Lock Strategic Alignment")
    lock = board.page.get_by_role("button", name="Lock Strategic Alignment")
    expect(lock).to_have_attribute("aria-pressed", "true")
    board.type_weight("Impact", "50")
    assert board.weights()[:2] == ["25", "50"]
    assert sum(Decimal(w) for w in board.weights()) == 100
    board.type_weight("Impact", "90")
    assert board.weights()[:2] == ["25", "75"]
    expect(board.page.get_by_role("alert")).to_contain_text("Unlock one to move it further")


def test_with_the_rest_left_as_they_are_only_the_shares_change(board: Board) -> None:
    board.page.get_by_label("stay").check()
    board.type_weight("Impact", "120")
    assert board.weights() == ["25", "120", "15", "15", "10", "10", "5"]
    # 120 of 200 is 60%.
    expect(board.page.get_by_role("group", name="Impact")).to_contain_text("60.0%")
    assert board.sent()[-1]["mode"] == "leave"


def test_the_bar_names_every_share_and_they_add_to_100(board: Board) -> None:
    board.type_weight("Impact", "33.33")
    label = board.page.get_by_role("img", name="Shares:").get_attribute("aria-label")
    assert label is not None
    shares = [part.rsplit(" ", 1)[1].rstrip("%") for part in label.split(", ")]
    assert sum(Decimal(share) for share in shares) == 100


def test_a_weight_can_be_zero(board: Board) -> None:
    board.type_weight("Time", "0")
    assert board.weights()[6] == "0"
    assert board.sent()[-1]["weights"][6] == "0"
    assert board.refs() == order(board)


def test_all_weights_zero_is_refused_and_the_list_stays(board: Board) -> None:
    board.page.get_by_label("stay").check()
    for criterion in board.framework.criteria[:-1]:
        board.type_weight(criterion.name, "0")
    before, sent = board.rows(), board.sent()
    board.type_weight("Time", "0")
    expect(board.page.get_by_role("alert")).to_contain_text(
        "At least one weight must stay above zero, so Time keeps 5."
    )
    assert board.rows() == before
    assert board.sent() == sent


@pytest.mark.parametrize("text", ["abc", "-1", "101", "1e2", "12.345", ""])
def test_a_weight_that_is_none_is_said_and_left_to_mend(board: Board, text: str) -> None:
    board.type_weight("Impact", text)
    expect(board.page.get_by_role("alert")).to_have_text(
        f'Impact: found "{text}", expected a number from 0 to 100 with at most two decimals.'
    )
    expect(board.box("Impact")).to_have_attribute("aria-invalid", "true")
    expect(board.box("Impact")).to_have_value(text)
    assert board.sent() == []


def test_a_double_click_returns_one_weight_and_a_button_all(board: Board) -> None:
    board.type_weight("Impact", "60")
    board.slider("Impact").dblclick()
    board.settle()
    assert board.weights() == ["25", "20", "15", "15", "10", "10", "5"]
    board.type_weight("Cost", "60")
    board.press("Cost back to 15")
    assert board.weights()[2] == "15"
    board.type_weight("Time", "77")
    board.press("Reset all weights to the published ones")
    assert board.weights() == ["25", "20", "15", "15", "10", "10", "5"]


def test_undo_and_redo_by_button_and_by_keyboard(board: Board) -> None:
    board.type_weight("Impact", "40")
    board.type_weight("Impact", "60")
    board.press("Undo (Ctrl+Z)")
    assert board.weights()[1] == "40"
    board.slider("Impact").focus()
    board.page.keyboard.press("Control+z")
    board.settle()
    assert board.weights()[1] == "20"
    board.page.keyboard.press("Control+y")
    board.settle()
    assert board.weights()[1] == "40"
    board.press("Redo (Ctrl+Y)")
    assert board.weights()[1] == "60"
    assert board.sent()[-1]["weights"][1] == "60"


def test_arrow_keys_move_a_slider_and_python_hears_when_the_key_is_up(board: Board) -> None:
    board.slider("Impact").focus()
    for key, now in (("ArrowRight", "21"), ("Shift+ArrowLeft", "20.9"), ("PageUp", "30.9")):
        board.page.keyboard.press(key)
        board.settle()
        assert board.weights()[1] == now
        assert board.sent()[-1]["weights"][1] == now


# The list


def test_rows_stand_in_lanes_and_in_rank_order_with_shared_places(board: Board) -> None:
    rows = board.rows()
    assert [row.split(" ")[0] for row in rows] == [
        "Must",
        "5",
        "Ranked",
        "1",
        "2",
        "=3",
        "=3",
        "Not",
        "–",
    ]
    assert board.refs() == ["XY-E", "XY-A", "XY-B", "XY-C", "XY-D", "XY-F"]
    assert rows[3].endswith("71.3")  # 71.25: halves go up, as everywhere


def test_a_move_is_an_arrow_a_number_and_words(board: Board) -> None:
    board.type_weight("Cost", "80")
    expect(board.row("XY-B")).to_contain_text("▲ 1")
    expect(board.row("XY-B")).to_contain_text("up 1")
    expect(board.row("XY-A")).to_contain_text("down 1")
    expect(board.row("XY-C")).to_contain_text("no change")


def test_hover_and_focus_show_scores_anchors_and_points(board: Board) -> None:
    detail = board.page.get_by_role("region", name="Scores and points")
    board.row("XY-A").hover()
    expect(detail).to_contain_text("Score 5 · 25.00 points")
    expect(detail).to_contain_text("Delivers several priorities, a unifying goal")
    board.row("XY-F").focus()
    expect(detail).to_contain_text("Not scored")


def test_the_row_count_and_the_place_in_it_are_told(page: Page) -> None:
    board = Board(page, made_up_sheet(2_000)).open(line=30)
    grid = page.get_by_role("grid", name="Ranked intentions")
    # 2,000 rows, two headers of lanes, one header row.
    expect(grid).to_have_attribute("aria-rowcount", "2003")
    page.get_by_role("row").nth(3).focus()
    page.keyboard.press("End")
    board.settle()
    expect(page.locator("[aria-rowindex='2003']")).to_have_count(1)
    assert page.get_by_role("row").count() < 60


def test_document_order_is_rank_order_after_many_moves(page: Page) -> None:
    board = Board(page, made_up_sheet(300)).open(line=30)
    for name, weight in (("Impact", "70"), ("Cost", "55"), ("Time", "91"), ("Effort", "3.33")):
        board.type_weight(name, weight)
        ranking, must = board.ranking(), set(page.locator(".row.must b").all_inner_texts())
        expected = [board.sheet.refs[i] for i in ranking.places.order]
        shown = [ref for ref in board.refs() if ref not in must]
        in_list = [ref for ref in expected if ref in set(shown)]
        assert shown == in_list
        assert len(shown) >= 5


def test_of_50000_rows_those_in_view_are_drawn_and_the_last_is_a_key_away(page: Page) -> None:
    board = Board(page, made_up_sheet(50_000)).open(line=100)
    grid = page.get_by_role("grid")
    expect(grid).to_have_attribute("aria-rowcount", re.compile(r"50\d{3}"))
    board.type_weight("Impact", "60")
    page.get_by_role("row").nth(6).focus()
    page.keyboard.press("End")
    board.settle()
    last = board.ranking().sheet.refs[board.ranking().places.order[-1]]
    expect(board.row(last)).to_be_focused()
    assert page.locator(".row").count() < 100


def test_a_focused_row_keeps_its_focus_when_the_order_changes(page: Page) -> None:
    board = Board(page, made_up_sheet(300)).open(line=30)
    row = board.row("CI-00001")
    page.get_by_role("searchbox").fill("00001")
    board.settle()
    row.focus()
    page.get_by_role("searchbox").evaluate(
        "box => { box.value = ''; box.dispatchEvent(new Event('input')); }"
    )
    board.settle()
    page.evaluate(f"push({{push: 1, setting: {_pushed(board, '5,5,60,10,10,5,5')}}})")
    board.settle()
    focused = page.evaluate("() => document.activeElement.shadowRoot.activeElement.textContent")
    assert "CI-00001" in focused


def _pushed(board: Board, weights: str) -> str:
    given = dict(zip(board.framework.weights, weights.split(","), strict=True))
    return json.dumps(as_sent(Setting(Weights.of(given), 30)))


def test_rows_do_not_slide_for_people_who_asked_for_less_motion(
    page: Page, sheet: ScoreSheet
) -> None:
    page.emulate_media(reduced_motion="no-preference")
    board = Board(page, sheet).open()
    sliding = "row => getComputedStyle(row).transitionDuration"
    board.type_weight("Cost", "50")
    board.type_weight("Cost", "60")
    assert board.row("XY-A").evaluate(sliding) == "0.18s"
    page.set_viewport_size({"width": 1100, "height": 900})
    board.settle()
    board.type_weight("Cost", "70")  # drawn at its new width; the next move slides
    board.type_weight("Cost", "80")
    assert board.row("XY-A").evaluate(sliding) == "0.18s"
    page.emulate_media(reduced_motion="reduce")
    assert board.row("XY-A").evaluate(sliding) == "0s"


# The funding line


def test_the_line_lists_who_enters_and_who_leaves(board: Board) -> None:
    board.page.get_by_role("textbox", name="Funding line after").fill("2")
    board.page.get_by_role("textbox", name="Funding line after").press("Enter")
    board.type_weight("Cost", "80")
    panel = board.page.get_by_role("region", name="Funding line")
    expect(panel).to_contain_text("1 enters")
    expect(panel).to_contain_text("1 leaves")
    expect(board.row("XY-B")).to_contain_text("enters")
    expect(board.row("XY-A")).to_contain_text("leaves")
    expect(board.row("XY-B")).to_contain_text("above the funding line")


def test_a_line_inside_a_tie_says_so(board: Board) -> None:
    board.press("Move the funding line down by one")
    expect(board.page.get_by_role("region", name="Funding line")).to_contain_text(
        "The line falls inside a tie: 2 intentions share place 3 and there is room for 1."
    )
    expect(board.row("XY-C")).to_contain_text("tied at the line")
    assert board.sent()[-1]["line"] == 4


def test_the_line_is_dragged_and_moved_by_keys(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")  # it does not slide to its place
    board = Board(page, made_up_sheet(40)).open(line=5, counted=False)
    handle = page.get_by_role("slider", name="Funding line")
    label = page.locator(".handle-label").bounding_box()
    assert label
    y = label["y"] + label["height"] / 2
    page.mouse.move(label["x"] + 20, y)
    page.mouse.down()
    page.mouse.move(label["x"] + 20, y + 46 * 2)
    board.settle()
    assert handle.get_attribute("aria-valuenow") == "7"
    assert board.sent() == []
    page.mouse.up()
    board.settle()
    assert board.sent()[-1]["line"] == 7
    page.keyboard.press("ArrowUp")
    board.settle()
    assert board.sent()[-1]["line"] == 6


def test_a_line_that_is_no_number_is_said(board: Board) -> None:
    box = board.page.get_by_role("textbox", name="Funding line after")
    box.fill("ten")
    box.press("Enter")
    expect(board.page.get_by_role("alert")).to_have_text(
        'Funding line: found "ten", expected a whole number of intentions.'
    )


# Lanes


def test_a_must_do_gives_its_reason_and_can_be_left_out_of_the_count(board: Board) -> None:
    expect(board.row("XY-E")).to_contain_text("Must do: Court order of May")
    expect(board.row("XY-C")).to_contain_text("below the funding line")
    board.page.get_by_label("The 1 must-do count towards it").uncheck()
    board.settle()
    # Three places for the ranked now: the line falls inside the tie of C and D.
    expect(board.row("XY-C")).to_contain_text("tied at the line")
    assert board.sent()[-1]["counted"] is False


def test_a_plain_no_makes_no_must_do(board: Board) -> None:
    expect(board.row("XY-B")).not_to_contain_text("Must do")


def test_an_incomplete_intention_shows_what_is_missing_and_its_possible_places(
    board: Board,
) -> None:
    span = prioritise(board.sheet).span(5)
    expect(board.row("XY-F")).to_contain_text(
        f"Place {span.place[0]} to {span.place[1]}; not scored: Cost"
    )
    expect(board.row("XY-F")).to_contain_text(f"{span.total[0]:.1f}–{span.total[1]:.1f}")


def test_must_dos_stand_in_the_order_of_their_places(page: Page) -> None:
    board = Board(page, made_up_sheet(120)).open()
    ranking = prioritise(board.sheet)
    wanted = [board.sheet.refs[i] for i in ranking.places.order if board.sheet.text("must_do", i)]
    assert wanted != sorted(wanted)
    assert page.locator(".row.must .headline b").all_inner_texts() == wanted


# Find and focus


def test_search_and_filters_keep_the_overall_places(board: Board) -> None:
    board.page.get_by_role("searchbox", name="Find an intention").fill("intention c")
    board.settle()
    assert board.refs() == ["XY-C"]
    expect(board.row("XY-C")).to_contain_text("=3")
    board.page.get_by_role("searchbox", name="Find an intention").fill("")
    board.page.get_by_role("combobox", name="Tag").select_option("Children")
    board.settle()
    assert board.refs() == ["XY-A", "XY-C"]
    board.page.get_by_role("combobox", name="Function").select_option("LDA")
    board.settle()
    expect(board.page.get_by_text("No intention fits the search and the filters.")).to_be_visible()
    board.page.get_by_role("combobox", name="Tag").select_option("All tags")
    board.page.get_by_role("combobox", name="Domain").select_option("Age well")
    board.settle()
    assert board.refs() == ["XY-B", "XY-D", "XY-F"]


def test_a_search_with_no_hit_is_cleared_by_a_button(board: Board) -> None:
    search = board.page.get_by_role("searchbox", name="Find an intention")
    search.fill("no such words")
    board.settle()
    expect(board.page.get_by_role("slider", name="Funding line")).to_be_hidden()
    board.press("Clear the search and the filters")
    expect(search).to_have_value("")
    expect(search).to_be_focused()
    assert board.refs() == ["XY-E", "XY-A", "XY-B", "XY-C", "XY-D", "XY-F"]


def test_grouped_by_segment_each_has_its_own_places(board: Board) -> None:
    board.page.get_by_label("By segment").check()
    board.settle()
    assert board.refs() == ["XY-E", "XY-A", "XY-B", "XY-C", "XY-D", "XY-F"]
    expect(board.row("XY-C")).to_contain_text("1 · =3")
    expect(board.row("XY-D")).to_contain_text("1 · =3")
    expect(board.row("XY-B")).to_contain_text("2 · 2")


def test_a_place_inside_a_segment_counts_the_must_do_above_it(
    page: Page, sheet: ScoreSheet
) -> None:
    must_do = {"XY-A": "Court order of May", "XY-E": None}
    board = Board(page, sheet.with_fields({"must_do": must_do})).open()
    board.page.get_by_label("By segment").check()
    board.settle()
    within = prioritise(board.sheet).segment_places
    assert [within.shown(board.sheet.index(ref)) for ref in ("XY-A", "XY-B", "XY-E")] == [
        "1", "2", "3",
    ]  # fmt: skip
    expect(board.row("XY-B")).to_contain_text("2 · 2")
    expect(board.row("XY-E")).to_contain_text("3 · 5")


def test_a_pinned_intention_stays_in_view(page: Page) -> None:
    board = Board(page, made_up_sheet(400)).open(line=30)
    first = board.refs()[9]
    board.press(f"Pin {first}")
    page.get_by_role("row").nth(6).focus()
    page.keyboard.press("End")
    board.settle()
    pinned = page.get_by_role("region", name="Pinned intentions")
    expect(pinned).to_contain_text(first)
    assert board.sent()[-1]["pinned"] == [first]
    pinned.get_by_role("button", name=f"Unpin {first}").click()
    board.settle()
    expect(pinned).to_be_hidden()


# What arrives from Python


def test_what_python_says_during_a_drag_never_takes_the_slider_away(board: Board) -> None:
    board.drag("Impact", 0.6, drop=False)
    dragged = board.weights()
    for push, rows in ((1, 12), (2, 13)):
        board.page.evaluate(
            f"push({{push: {push}, setting: {_pushed(board, '10,10,10,10,20,20,20')}}})"
        )
        board.page.evaluate("give", Board(board.page, made_up_sheet(rows)).message())
        board.settle()
        assert board.weights() == dragged
    board.page.mouse.up()
    board.settle()
    assert board.sent()[-1]["weights"] == dragged
    # The last sheet that came meanwhile is shown once the hand is off.
    expect(board.page.locator(".finder")).to_contain_text("13 intentions")
    assert board.weights() == dragged


def test_what_one_looked_for_stays_when_a_colleague_changes_the_sheet(
    board: Board, sheet: ScoreSheet
) -> None:
    board.page.get_by_role("searchbox", name="Find an intention").fill("XY-B")
    board.page.get_by_label("By segment").check()
    board.settle()
    changed = sheet.with_fields({"function": {"XY-B": "Acute"}})
    board.page.evaluate("give", Board(board.page, changed).message())
    board.page.get_by_label("Function").select_option("Acute")
    board.settle()
    assert board.refs() == ["XY-B"]
    expect(board.page.get_by_role("searchbox", name="Find an intention")).to_have_value("XY-B")
    expect(board.page.get_by_label("By segment")).to_be_checked()


def test_steps_can_be_undone_after_a_colleague_changed_a_score_but_not_in_another_round(
    board: Board, sheet: ScoreSheet
) -> None:
    published = board.weights()
    board.type_weight("Impact", "40")
    forty = board.weights()
    board.type_weight("Cost", "0")
    board.press("Undo (Ctrl+Z)")
    scores = sheet.scores.copy()
    scores[0, 0] = 1 if scores[0, 0] != 1 else 5
    changed = Board(board.page, replace(sheet, scores=scores))
    board.page.evaluate("give", changed.message())
    board.settle()
    assert board.weights() == forty
    board.press("Undo (Ctrl+Z)")
    assert board.weights() == published == board.sent()[-1]["weights"]
    board.press("Redo (Ctrl+Y)")
    board.press("Redo (Ctrl+Y)")
    assert board.box("Cost").input_value() == "0"
    board.page.evaluate("give", changed.message(round_id="another"))
    board.settle()
    expect(board.page.get_by_role("button", name="Undo (Ctrl+Z)")).to_be_disabled()
    assert board.box("Cost").input_value() == "0"


def test_a_push_is_taken_once_and_can_be_undone(board: Board) -> None:
    pushed = _pushed(board, "10,10,10,10,20,20,20")
    board.page.evaluate(f"push({{push: 1, setting: {pushed}}})")
    board.settle()
    assert board.weights() == ["10", "10", "10", "10", "20", "20", "20"]
    board.type_weight("Time", "30")
    board.page.evaluate(f"push({{push: 1, setting: {pushed}}})")
    board.settle()
    assert board.weights()[6] == "30"
    board.press("Undo (Ctrl+Z)")
    board.press("Undo (Ctrl+Z)")
    assert board.weights() == ["25", "20", "15", "15", "10", "10", "5"]


def test_a_click_asks_python_why_and_shows_what_it_says_as_text(board: Board) -> None:
    board.row("XY-B").click()
    assert board.sent("selected")[-1]["ref"] == "XY-B"
    found = {
        "ref": "XY-B", "heading": "XY-B <b>bold</b>", "headline": "XY-B is placed 2 of 5.",
        "move": "Up 1 to 2nd.", "caption": "Points", "columns": [{"name": "Criterion", "number": False}],
        "rows": [["Impact"]], "sections": [{"title": "Read from", "items": ["a.xlsx"]}],
    }  # fmt: skip
    board.page.evaluate("found => push({explanation: found})", found)
    why = board.page.get_by_role("region", name="Why it stands there")
    expect(why).to_contain_text("XY-B <b>bold</b>")
    expect(why).to_contain_text("Up 1 to 2nd.")
    board.page.keyboard.press("Escape")
    expect(why).to_be_hidden()


def test_a_release_is_told_once_and_as_it_is(board: Board) -> None:
    told = board.page.locator(".live > [role=status]")
    # Cost at 80 leaves the others 20/85 of themselves: B 92.6, A 55.0, C and D 50.0, E 25.0.
    board.type_weight("Cost", "80")
    expect(told).to_have_text(
        "2 of 5 ranked intentions have another place than under the published weights. "
        "0 come above the funding line and 0 leave it."
    )
    board.press("Undo (Ctrl+Z)")
    expect(told).to_contain_text("0 of 5 ranked intentions have another place")
    board.press("Move the funding line down by one")
    expect(told).to_contain_text("The line falls inside a tie: 2 intentions share place 3")


def test_which_end_is_better_is_said_and_exceptions_by_name(page: Page, sheet: ScoreSheet) -> None:
    panel = Board(page, sheet).open().page.get_by_role("region", name="Weights")
    expect(panel).to_contain_text("On every criterion 5 is best, 1 is worst.")
    *most, time = sheet.framework.criteria
    turned = time.model_copy(update={"scale": time.scale.model_copy(update={"better": "low"})})
    framework = sheet.framework.model_copy(update={"criteria": (*most, turned)})
    mixed = ScoreSheet(framework, sheet.refs, sheet.titles, sheet.scores, sheet.fields)
    panel = Board(page, mixed).open().page.get_by_role("region", name="Weights")
    expect(panel).to_contain_text("Time: 1 is best, 5 is worst. All others: 5 is best, 1 is worst.")


# Bad input


@pytest.mark.parametrize(
    ("rows", "criteria", "gaps", "says"),
    [
        (0, 7, 0.0, "There are no intentions to rank yet."),
        (1, 7, 0.0, "CI-00001"),
        (5, 7, 1.0, "Not ranked yet"),
        (5, 1, 0.0, "CI-00001"),
        (30, 20, 0.02, "CI-00001"),
    ],
)
@pytest.mark.parametrize("missing", ["unranked", "renormalise", "worst"])
def test_odd_rounds_are_shown(
    page: Page, rows: int, criteria: int, gaps: float, says: str, missing: Missing
) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    board = Board(page, made_up_sheet(rows, criteria, gaps), missing).open(line=2)
    if missing == "unranked" or gaps < 1:
        page.get_by_role("searchbox").fill("" if rows != 30 else "00001")
        board.settle()
        expect(page.locator(".live")).to_contain_text(says)
    name = board.framework.criteria[0].name
    board.type_weight(name, "50")
    board.press(f"Raise {name} by 1")
    assert errors == []


def test_the_only_criterion_keeps_all_the_weight(page: Page) -> None:
    board = Board(page, made_up_sheet(3, 1)).open()
    name = board.framework.criteria[0].name
    board.type_weight(name, "50")
    expect(page.get_by_role("alert")).to_have_text(
        f"{name} is the only criterion, so its weight is 100%."
    )


def test_criteria_beyond_the_tenth_carry_a_stripe_at_the_foot_of_their_colour(page: Page) -> None:
    Board(page, made_up_sheet(10, 20)).open()
    bar = page.locator(".row:not(.lane) .bar").first
    size = bar.evaluate("bar => getComputedStyle(bar).backgroundSize")
    assert size == "100% 5px, 100% 100%"


def test_a_hostile_title_is_shown_as_text_and_a_long_one_does_not_break_the_row(page: Page) -> None:
    board = Board(page, made_up_sheet(40, flavour="hostile")).open()
    page.get_by_role("searchbox").fill("script")
    board.settle()
    expect(board.row("CI-00001")).to_contain_text('<script>document.title = "taken"</script>')
    assert page.title() == "Rank"
    page.get_by_role("searchbox").fill("00002")
    board.settle()
    box = board.row("CI-00002").bounding_box()
    assert box
    assert box["height"] == 46


def test_a_ref_of_80_letters_stays_in_its_column(page: Page, sheet: ScoreSheet) -> None:
    refs = ("A" * 80, *sheet.refs[1:])
    board = Board(page, ScoreSheet(sheet.framework, refs, sheet.titles, sheet.scores)).open()
    ref, bar = (board.row("A" * 80).locator(part).bounding_box() for part in ("b", ".bar"))
    assert ref
    assert bar
    assert ref["x"] + ref["width"] < bar["x"]


# Everyone


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (360, 740)])
def test_axe_finds_no_violation(page: Page, scheme: str, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(reduced_motion="reduce")  # no row is on its way over another
    board = Board(page, made_up_sheet(60, gaps=0.02)).open(
        line=10, scheme=scheme, pinned=("CI-00003",)
    )
    board.type_weight("Impact", "55")
    options = {"runOnly": {"type": "tag", "values": WCAG}}
    results = Axe().run(page, options=options)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (360, 740)])
def test_nothing_is_cut_off_sideways(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    board = Board(page, made_up_sheet(60, gaps=0.02)).open(line=10)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    for part in (".row:not(.lane) .total", ".row:not(.lane) .bar", ".criterion"):
        box = page.locator(part).nth(2).bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size[0]
    assert board.slider("Time").is_visible()


def test_targets_are_at_least_24_pixels(board: Board) -> None:
    for target in board.page.locator("button:visible, select:visible, input:visible").all():
        box = target.bounding_box()
        assert box
        is_choice = target.get_attribute("type") in ("radio", "checkbox")
        tall = box["height"] if not is_choice else 24  # its label is the target
        assert tall >= 24, target.get_attribute("aria-label")


def test_presenter_mode_is_reached_used_and_left_by_keyboard(page: Page) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    board = Board(page, made_up_sheet(60)).open(line=10)
    page.get_by_role("button", name="Presenter mode").focus()
    page.keyboard.press("Enter")
    board.settle()
    size = board.page.locator(".row .title").first.evaluate("e => getComputedStyle(e).fontSize")
    assert float(size.removesuffix("px")) >= 24
    expect(page.get_by_role("searchbox")).to_be_hidden()
    board.slider("Impact").focus()
    page.keyboard.press("PageUp")
    board.settle()
    assert board.sent()[-1]["weights"][1] == "30"
    page.keyboard.press("Escape")
    board.settle()
    expect(page.get_by_role("searchbox")).to_be_visible()


@pytest.mark.parametrize("size", [(1920, 1080), (1024, 768), (360, 740)])
def test_presenter_mode_cuts_nothing_off_sideways(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    board = Board(page, made_up_sheet(60)).open(line=10)
    side = page.locator(".side")
    page.get_by_role("button", name="Presenter mode").press("Enter")
    board.settle()
    expect(page.get_by_role("searchbox")).to_be_hidden()
    assert side.evaluate("e => e.scrollWidth <= e.clientWidth")
    for part in (".row:not(.lane) .total", ".row:not(.lane) .bar", ".row:not(.lane) .title"):
        box = page.locator(part).nth(2).bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["width"] > 60 or part.endswith("total")
        assert box["x"] + box["width"] <= size[0]
    page.keyboard.press("Escape")
    board.settle()
    expect(page.get_by_role("searchbox")).to_be_visible()


def test_a_journey_by_keyboard_alone(board: Board) -> None:
    """From the top of the page: move a weight, move the line, reach a row, ask why, pin it."""
    keyboard = board.page.keyboard
    focused = "() => document.activeElement.shadowRoot?.activeElement?.getAttribute('aria-label')"

    def tab_to(name: str) -> None:
        for _ in range(80):
            keyboard.press("Tab")
            if board.page.evaluate(focused) == name:
                return
        pytest.fail(f"Tab never reaches {name}")

    tab_to("Impact")
    keyboard.press("ArrowRight")
    tab_to("Funding line after")
    keyboard.press("Control+a")
    keyboard.type("2")
    keyboard.press("Enter")
    tab_to("Presenter mode")
    keyboard.press("Tab")
    keyboard.press("ArrowDown")
    keyboard.press("p")
    keyboard.press("Enter")
    board.settle()
    last = board.sent()[-1]
    assert (last["weights"][1], last["line"], last["pinned"]) == ("21", 2, ["XY-A"])
    assert board.sent("selected")[-1]["ref"] == "XY-A"


def test_the_list_is_one_key_away_past_the_weights(board: Board) -> None:
    board.page.keyboard.press("Tab")
    skip = board.page.get_by_role("button", name="Skip to the list")
    expect(skip).to_be_focused()
    assert skip.evaluate("e => getComputedStyle(e).opacity") == "1"
    board.page.keyboard.press("Enter")
    expect(board.row("XY-E")).to_be_focused()


def test_leaving_the_page_stops_everything(board: Board) -> None:
    board.page.evaluate("leave()")
    assert board.page.locator(".live").count() == 0
