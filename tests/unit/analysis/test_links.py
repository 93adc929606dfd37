"""Links between intentions, and what a funding line makes of them.

The five: E 100.0 is first, A 62.5 second, B and C share third on 50.0, D has no place.
"""

from __future__ import annotations

import pytest

from scoring.analysis.links import Relation, link_warnings, links_of
from scoring.ranking import prioritise
from scoring.sheet import ScoreSheet


def warned(five: ScoreSheet, line: int, *relations: Relation, must_do: str = "") -> list[str]:
    mine = [ref in must_do for ref in five.refs]
    return [str(w) for w in link_warnings(prioritise(five), relations, line, mine)]


def test_above_the_line_but_dependent_on_one_below_is_said(five: ScoreSheet) -> None:
    said = "E is above the line but depends on A, which is below the line."
    assert warned(five, 1, Relation("E", "depends_on", "A")) == [said]


def test_nothing_is_said_when_both_are_above(five: ScoreSheet) -> None:
    assert warned(five, 2, Relation("E", "depends_on", "A")) == []


def test_nothing_is_said_when_the_one_that_depends_is_below_too(five: ScoreSheet) -> None:
    assert warned(five, 1, Relation("B", "depends_on", "A")) == []


def test_a_line_inside_a_tie_leaves_what_is_tied_out(five: ScoreSheet) -> None:
    said = "A is above the line but depends on C, which is tied at the line."
    assert warned(five, 3, Relation("A", "depends_on", "C")) == [said]
    assert warned(five, 4, Relation("A", "depends_on", "C")) == []


@pytest.mark.parametrize(
    ("other", "why"),
    [("D", "is not ranked yet"), ("Z", "is not ranked in this round any more")],
)
def test_depending_on_one_without_a_place_is_said(five: ScoreSheet, other: str, why: str) -> None:
    (said,) = warned(five, 4, Relation("E", "depends_on", other))
    assert said == f"E is above the line but depends on {other}, which {why}."


def test_a_must_do_counts_as_in_and_is_called_so(five: ScoreSheet) -> None:
    relation = Relation("B", "depends_on", "A")
    assert warned(five, 2, relation, must_do="B") == [
        "B is a must-do but depends on A, which is below the line."
    ]
    assert warned(five, 2, Relation("E", "depends_on", "B"), must_do="B") == []


def test_two_that_exclude_each_other_and_are_both_in_are_said_once(five: ScoreSheet) -> None:
    both = (Relation("E", "excludes", "A"), Relation("A", "excludes", "E"))
    (said,) = warned(five, 2, *both)
    assert said in (
        "E and A exclude each other, and both are in.",
        "A and E exclude each other, and both are in.",
    )
    assert warned(five, 1, *both) == []


def test_two_that_depend_on_each_other_are_two_things_to_say(five: ScoreSheet) -> None:
    both = (Relation("E", "depends_on", "D"), Relation("A", "depends_on", "D"))
    assert len(warned(five, 2, *both)) == 2


def test_duplicates_that_are_both_in_are_said(five: ScoreSheet) -> None:
    said = "A is marked as a duplicate of E, and both are in."
    assert warned(five, 2, Relation("A", "duplicate_of", "E")) == [said]


def test_what_mitigates_another_is_no_trouble(five: ScoreSheet) -> None:
    assert warned(five, 1, Relation("E", "mitigates", "A")) == []


def test_without_a_line_there_is_nothing_to_say(five: ScoreSheet) -> None:
    assert warned(five, 0, Relation("E", "depends_on", "A")) == []


def test_a_link_is_said_from_both_ends_with_its_reason() -> None:
    relations = [
        Relation("A", "depends_on", "B", "same clinic"),
        Relation("C", "mitigates", "A"),
        Relation("C", "excludes", "B"),
    ]
    assert links_of("A", relations, {"B": "New clinic"}) == (
        "Depends on B New clinic. Because: same clinic",
        "Is mitigated by C.",
    )
    assert links_of("B", relations)[0] == "Is needed by A. Because: same clinic"
    assert links_of("Z", relations) == ()
