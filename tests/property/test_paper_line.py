"""The board paper's line is the Rank page's: the same intentions above it, must-dos apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.export.about import About
from scoring.export.paper import Choices
from scoring.export.paper.above_line import above_the_line, places_within
from scoring.export.paper.blocks import Grid
from scoring.export.paper.choices import Matter
from scoring.ranking import prioritise
from tests.small_rounds import ranking

ABOUT = About("Round", "A. Analyst", datetime(2026, 11, 22, tzinfo=UTC))
SCORES = st.lists(st.lists(st.integers(0, 4), min_size=2, max_size=2), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(SCORES, st.integers(1, 12), st.booleans(), st.data())
def test_who_is_above_is_who_has_room_with_everyone_level(
    scores: list[list[int]], line: int, counted: bool, data: st.DataObject
) -> None:
    must = data.draw(st.lists(st.booleans(), min_size=len(scores), max_size=len(scores)))
    sheet = ranking([2, 1], scores).sheet
    sheet = replace(sheet, fields={"must_do": tuple("yes" if m else None for m in must)})
    choices = Choices(line=line, must_dos="counted" if counted else "extra")
    matter = Matter(prioritise(sheet), ABOUT, choices)
    totals = [2 * a + b for a, b in scores]
    others = [t for t, m in zip(totals, must, strict=True) if not m]
    room = max(0, line - sum(must)) if counted else line
    above, tied = set(), set()
    for ref, total, mine in zip(sheet.refs, totals, must, strict=True):
        if mine:
            continue
        better, level = sum(t > total for t in others), sum(t == total for t in others)
        if better + level <= room:
            above.add(ref)
        elif better < room:
            tied.add(ref)
    grids = [block for block in above_the_line(matter) if isinstance(block, Grid)]
    assert bool(grids) == (0 < room < len(others))
    for grid in grids:
        assert {row[1] for row in grid.table.rows} == above | tied
    for i, (place, shown) in places_within(matter, range(len(sheet))).items():
        assert not must[i]
        # All are in one segment; a place there counts the must-dos, as places overall do.
        assert place == 1 + sum(t > totals[i] for t in totals)
        assert shown.startswith("=") == (totals.count(totals[i]) > 1)
