"""Text in cells: what is kept as it is, what is cut and said, what a .csv marks."""

from __future__ import annotations

import pytest

from scoring.export.text import CELL_LIMIT, cell_text, csv_text, plain_text


@pytest.mark.parametrize("text", ["=1+1", "+44", "-5%", "@home", "\tx", "\rx", "é\x07 ع 🚑", ""])
def test_a_cell_keeps_text_as_it_is(text: str) -> None:
    assert cell_text(text) == (text, "")


def test_a_cell_keeps_32767_characters_and_says_what_it_cut() -> None:
    assert cell_text("x" * CELL_LIMIT) == ("x" * CELL_LIMIT, "")
    kept, said = cell_text("x" * (CELL_LIMIT + 1))
    assert kept == "x" * CELL_LIMIT
    assert said == "cut after 32,767 of 32,768 characters, all that a cell holds"


def test_an_ambulance_counts_twice_and_is_never_halved() -> None:
    kept, said = cell_text("🚑" * 20_000)
    assert kept == "🚑" * 16_383
    assert said == "cut after 16,383 of 20,000 characters, all that a cell holds"


def test_half_a_character_is_replaced_and_said() -> None:
    assert cell_text("a\ud83db") == (
        "a\ufffdb",
        "characters that no file can hold were replaced by \ufffd",
    )


@pytest.mark.parametrize("text", ["=1+1", "+44", "-5%", "@home", "\tx", "\rx"])
def test_a_csv_marks_what_would_run_and_the_mark_comes_off(text: str) -> None:
    assert csv_text(text) == "'" + text
    assert plain_text(csv_text(text)) == text


@pytest.mark.parametrize("text", ["Tier 2", "5-a-day", "'quoted'", "a=b", ""])
def test_a_csv_leaves_other_text_alone(text: str) -> None:
    assert csv_text(text) == text
    assert plain_text(text) == text
