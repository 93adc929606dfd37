"""Firm and borderline rows: Python's verdicts beside the rows, and none that is out of date."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Page, expect

from scoring import Source, load_framework, prioritise, read_intentions
from scoring.analysis.funding_line import must_do_reasons
from scoring.analysis.simulate import simulate
from scoring.framework import Framework
from scoring.sheet import ScoreSheet
from tests.browser.board import Board
from tests.browser.test_every_page import violations

FRAMEWORK = load_framework("lsc-2025-26")
SAMPLE = Path(__file__).parents[2] / "data" / "sample-round.xlsx"
PUT = """(marks) => {
  const box = globalThis[Symbol.for("live-ranking")].get("board");
  box.marks = marks;
  box.read();
}"""


def sheet_of_five(framework: Framework) -> ScoreSheet:
    """Totals 100, 75, 50, 25 and 0: places 1 to 5."""
    levels = [[level] * 7 for level in (5, 4, 3, 2, 1)]
    refs = ("A", "B", "C", "D", "E")
    return ScoreSheet(framework, refs, refs, np.array(levels, float))


def stamp(board: Board) -> str:
    """What the sheet that the board shows is told by."""
    packed = base64.b64decode(board.message())
    header = json.loads(packed[4 : 4 + int.from_bytes(packed[:4], "little")])
    found: str = header["stamp"]
    return found


def put(board: Board, verdicts: str, **other: Any) -> None:
    """Hand over verdicts as Python does, for the published weights and a line after 3."""
    marks = {
        "stamp": stamp(board),
        "weights": [f"{weight:f}" for weight in FRAMEWORK.weights.values()],
        "line": 3,
        "counted": True,
        "verdicts": verdicts,
    }
    board.page.evaluate(PUT, {**marks, **other})
    board.settle()


def shown(board: Board) -> dict[str, str]:
    """The word beside each ref, where there is one."""
    rows = board.page.locator(".grid .row:not(.lane)")
    words = {}
    for k in range(rows.count()):
        word = rows.nth(k).locator(".firm")
        if word.is_visible():
            words[rows.nth(k).locator(".headline b").inner_text()] = word.inner_text()
    return words


def test_rows_say_firm_or_borderline_and_a_surprise_is_said_too(page: Page) -> None:
    board = Board(page, sheet_of_five(FRAMEWORK)).open(line=3)
    assert shown(board) == {}
    put(board, "iobio")
    assert shown(board) == {
        "A": "firm", "B": "nearly always below", "C": "borderline", "D": "nearly always above",
    }  # fmt: skip
    # Firm out, below the line: no word to see, but one to hear.
    expect(board.row("E").locator(".what > .vh")).to_have_text("below the funding line, firm")
    expect(board.row("A").locator(".what > .vh")).to_have_text("above the funding line")


def test_marks_go_while_a_weight_is_dragged_and_come_with_the_next_release(page: Page) -> None:
    board = Board(page, sheet_of_five(FRAMEWORK)).open(line=3)
    put(board, "iibbo")
    board.drag("Impact", 0.6, drop=False)
    assert shown(board) == {}
    page.mouse.up()
    board.settle()
    assert shown(board) == {}  # until Python has answered
    put(board, "iiibo", weights=board.sent()[-1]["weights"])
    assert shown(board) == {"A": "firm", "B": "firm", "C": "firm", "D": "borderline"}


def test_marks_that_come_in_the_middle_of_a_drag_wait_for_nobody(page: Page) -> None:
    board = Board(page, sheet_of_five(FRAMEWORK)).open(line=3)
    board.drag("Impact", 0.6, drop=False)
    put(board, "iibbo")
    assert shown(board) == {}
    page.mouse.up()
    board.settle()
    board.press("Undo (Ctrl+Z)")
    # Back at the weights that they were worked out for, they hold.
    assert shown(board) == {"A": "firm", "B": "firm", "C": "borderline", "D": "borderline"}


def test_marks_for_another_sheet_line_or_way_of_counting_are_not_shown(page: Page) -> None:
    board = Board(page, sheet_of_five(FRAMEWORK)).open(line=3)
    for other in ({"stamp": "0" * 16}, {"line": 4}, {"counted": False}):
        put(board, "iiboo", **other)
        assert shown(board) == {}, other
    put(board, "iiboo")
    assert shown(board) == {"A": "firm", "B": "firm", "C": "borderline"}
    board.press("Move the funding line down by one")
    assert shown(board) == {}


def test_the_page_marks_the_rows_that_the_draws_leave_open(page: Page, app_url: str) -> None:
    sheet = read_intentions([Source(SAMPLE.name, SAMPLE.read_bytes())], FRAMEWORK).sheet
    must_do = [bool(reason) for reason in must_do_reasons(sheet)]
    page.goto(app_url)
    find = page.get_by_role("searchbox", name="Find an intention")

    def check(weights: dict[str, str]) -> str:
        ranking = prioritise(sheet, FRAMEWORK.weights_with(weights))
        found = simulate(ranking, 30, must_do=must_do)
        for verdict, word in (("firm in", "firm"), ("borderline", "borderline")):
            ref = found.refs_of(verdict, standing=True)[-1]  # type: ignore[arg-type]
            find.fill(ref)
            row = page.get_by_role("row", name=re.compile(rf"\b{re.escape(ref)}\b"))
            expect(row.locator(".firm")).to_have_text(word)
        expect(page.locator(".st-key-firmness")).to_contain_text(found.sentence)
        return found.sentence

    first = check({})
    assert violations(page) == []
    box = page.get_by_role("textbox", name="Impact weight", exact=True)
    box.fill("50")
    box.press("Enter")
    exact = ("15.625", "50", "9.375", "9.375", "6.25", "6.25", "3.125")
    assert check(dict(zip(FRAMEWORK.weights, exact, strict=True))) != first
