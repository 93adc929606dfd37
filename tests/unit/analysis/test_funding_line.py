"""The funding line: above, tied at it, below; and what counts as a must-do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scoring.analysis.funding_line import NO_REASON, funding_line, must_do_reasons
from scoring.ranking import prioritise
from scoring.sheet import ScoreSheet


def above(five: ScoreSheet, line: int, must_do: str = "", counted: bool = True) -> tuple[str, str]:
    mine = [ref in must_do for ref in five.refs]
    found = funding_line(prioritise(five), line, mine, counted)
    return (
        "".join(ref for ref, yes in zip(five.refs, found.above, strict=True) if yes),
        "".join(ref for ref, yes in zip(five.refs, found.tied, strict=True) if yes),
    )


# E 100, A 62.5, B and C 50, D not ranked.
@pytest.mark.parametrize(
    ("line", "expected"),
    [(0, ("", "")), (1, ("E", "")), (2, ("AE", "")), (3, ("AE", "BC")), (4, ("ABCE", "")),
     (9, ("ABCE", ""))],
)  # fmt: skip
def test_a_tie_is_never_split(five: ScoreSheet, line: int, expected: tuple[str, str]) -> None:
    assert above(five, line) == expected


def test_a_line_inside_a_tie_says_how_many_fit(five: ScoreSheet) -> None:
    line = funding_line(prioritise(five), 3)
    assert line.fit == 1
    assert line.in_words.startswith(
        "The line falls inside a tie: 2 intentions have the same total and there is room for 1"
    )
    assert funding_line(prioritise(five), 4).in_words == ""


def test_a_counted_must_do_takes_a_place_and_is_neither_above_nor_below(five: ScoreSheet) -> None:
    assert above(five, 2, must_do="E") == ("A", "")
    assert above(five, 2, must_do="E", counted=False) == ("A", "BC")


def test_an_unranked_must_do_takes_a_place_too(five: ScoreSheet) -> None:
    assert above(five, 2, must_do="D") == ("E", "")


def test_more_must_dos_than_places_leave_none(five: ScoreSheet) -> None:
    assert above(five, 1, must_do="ED") == ("", "")


def test_any_text_but_a_plain_no_is_a_reason(five: ScoreSheet) -> None:
    said = (" Court order ", "No", None, "yes", "n/a")
    assert must_do_reasons(replace(five, fields={"must_do": said})) == (
        "Court order", "", "", NO_REASON, "",
    )  # fmt: skip


def test_without_the_column_nothing_is_a_must_do(five: ScoreSheet) -> None:
    assert must_do_reasons(five) == ("",) * 5
