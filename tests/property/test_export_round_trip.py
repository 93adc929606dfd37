"""Exported and read again: nothing is lost, nothing is asked, the same ranks."""

from __future__ import annotations

from datetime import datetime

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.export import About, write_ranked_csv, write_ranked_workbook
from scoring.export.firmness import assess
from scoring.framework import load_framework
from scoring.intake import Source, read_intentions
from scoring.ranking import prioritise
from scoring.sheet import ScoreSheet

LSC = load_framework("lsc-2025-26")
ABOUT = About("Round", "Tester", datetime(2026, 11, 22))
STARTS = st.sampled_from(["", "=", "+", "-", "@", "'", "🚑 ", "<b>"])
WORDS = st.builds(
    lambda start, rest: f"{start}intention {rest}".strip(),
    STARTS,
    st.text("abcdefghij 0123=+-@'\"<&éع", max_size=20),
)
SCORES = st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, np.nan])
ANSWERS = st.sampled_from(["yes", "no", None])


@st.composite
def rounds(draw: st.DrawFn) -> ScoreSheet:
    count = draw(st.integers(2, 8))
    scores = draw(
        st.lists(st.lists(SCORES, min_size=7, max_size=7), min_size=count, max_size=count)
    )
    scores[0] = [3.0] * 7  # one that is complete, so that there is a table of scores to find

    def column(values: st.SearchStrategy[object]) -> tuple[object, ...]:
        return tuple(draw(st.lists(values, min_size=count, max_size=count)))

    fields = {
        "efficiency_or_improvement": column(ANSWERS),
        "long_term_reconfiguration": column(ANSWERS),
        "main_impact": column(st.sampled_from(["provider", "ICB", "both", None])),
        "saving": column(st.one_of(st.none(), st.integers(0, 10**7).map(float))),
        "notes": column(st.one_of(st.none(), WORDS)),
    }
    titles = tuple(draw(WORDS) for _ in range(count))
    refs = tuple(f"R-{i}" for i in range(count))
    return ScoreSheet(LSC, refs, titles, np.array(scores), fields)  # type: ignore[arg-type]


def same(before: ScoreSheet, after: ScoreSheet) -> None:
    """Every intention, score and answer is there again; places and segments are the same."""
    assert sorted(before.refs) == sorted(after.refs)
    back = after.take([after.index(ref) for ref in before.refs])
    assert back.titles == before.titles
    np.testing.assert_array_equal(back.scores, before.scores)
    for id, column in before.fields.items():
        assert back.fields.get(id, (None,) * len(back)) == column, id
    ours, theirs = prioritise(before), prioritise(back)
    assert ours.places.place.tolist() == theirs.places.place.tolist()
    assert ours.segments.ids == theirs.segments.ids


@settings(max_examples=200)
@given(rounds())
def test_a_workbook_reads_back_without_loss_or_question(sheet: ScoreSheet) -> None:
    ranking = prioritise(sheet)
    data = write_ranked_workbook(ranking, ABOUT, firmness=assess(ranking, 2))
    intake = read_intentions([Source("ranked.xlsx", data)], LSC)
    assert intake.problems == ()
    same(sheet, intake.sheet)


@given(rounds())
def test_a_csv_reads_back_with_nothing_lost_but_the_apostrophe(sheet: ScoreSheet) -> None:
    data = write_ranked_csv(prioritise(sheet), ABOUT)
    intake = read_intentions([Source("ranked.csv", data)], LSC)
    assert sorted(intake.sheet.refs) == sorted(sheet.refs)
    back = intake.sheet.take([intake.sheet.index(ref) for ref in sheet.refs])
    np.testing.assert_array_equal(back.scores, sheet.scores)
    assert prioritise(back).places.place.tolist() == prioritise(sheet).places.place.tolist()
