"""The verdicts handed to the live ranking are those of the draws, one letter a row."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np

from scoring.analysis.draws import Anywhere
from scoring.analysis.simulate import simulate
from scoring.score import Missing
from scoring.segment import assign_segments
from scoring.sheet import ScoreSheet
from views.firm_marks import firm_marks
from views.in_the_running import must_dos
from views.live_ranking import sheet_message
from views.state import AppState, sample_state


def many(count: int) -> AppState:
    """A session on a round of that many, made up."""
    state = sample_state()
    framework = state.framework
    scores = np.random.default_rng(3).integers(1, 6, (count, 7)).astype(float)
    refs = tuple(f"R-{k}" for k in range(count))
    state.use(replace(state.intake, sheet=ScoreSheet(framework, refs, refs, scores)), "Many")
    return state


def test_each_row_has_the_letter_of_the_verdict_that_how_firm_gives() -> None:
    state = sample_state()
    marks = firm_marks(state)
    must_do, counted = must_dos(state)
    found = simulate(state.ranking, state.line, must_do=must_do, counted=counted)
    letters = {"firm in": "i", "borderline": "b", "firm out": "o"}
    expected = dict(zip(found.refs, (letters[v] for v in found.verdicts), strict=True))
    assert marks is not None
    assert len(marks.verdicts) == len(state.sheet)
    for ref, letter, must in zip(state.sheet.refs, marks.verdicts, must_do, strict=True):
        assert letter == ("-" if must else expected[ref]), ref
    assert set(marks.verdicts) == set("ibo-")
    assert marks.about.startswith(found.sentence)
    assert "10,000 draws" in marks.about


def test_they_follow_the_line_and_are_made_once_a_setting() -> None:
    state = sample_state()
    first = firm_marks(state)
    assert firm_marks(state) is first
    state.line = 10
    second = firm_marks(state)
    assert first is not None
    assert second is not None
    assert second.verdicts.count("i") < first.verdicts.count("i")


def test_above_500_intentions_as_many_draws_are_taken() -> None:
    marks = firm_marks(many(501))
    assert marks is not None
    assert "90% of 10,000 draws" in marks.about


def test_they_go_by_the_settings_of_the_how_firm_page() -> None:
    state = sample_state()
    usual = firm_marks(state)
    state.firm = replace(state.firm, weights="any", firm=80, firm_out=30)
    marks = firm_marks(state)
    assert usual is not None
    assert marks is not None
    must_do, counted = must_dos(state)
    found = simulate(state.ranking, state.line, Anywhere(), must_do=must_do, counted=counted)
    assert marks.about.startswith(found.with_firm(0.8, 0.3).sentence)
    assert "at least 80% of 10,000 draws of weights as set on the How firm? page" in marks.about
    assert "in at most 30%" in marks.about
    assert marks.verdicts != usual.verdicts


def test_there_are_no_marks_while_a_setting_is_still_to_be_chosen() -> None:
    state = sample_state()
    state.firm = replace(state.firm, weights="assessors")
    assert firm_marks(state) is None


def test_there_are_no_marks_without_a_line_or_beyond_5000_intentions() -> None:
    state = sample_state()
    state.line = 0
    assert firm_marks(state) is None
    assert firm_marks(many(5_001)) is None


def test_the_stamp_of_a_sheet_changes_with_its_scores_its_gaps_and_the_policy() -> None:
    sheet = many(5).sheet
    scores = sheet.scores.copy()
    scores[0, 0] = 5 if scores[0, 0] < 5 else 4
    other = ScoreSheet(sheet.framework, sheet.refs, sheet.titles, scores)
    gap = sheet.scores.copy()
    gap[0, 0] = np.nan
    gaps = ScoreSheet(sheet.framework, sheet.refs, sheet.titles, gap)
    seen = {stamp_of(sheet), stamp_of(other), stamp_of(gaps), stamp_of(gaps, "worst")}
    assert len(seen) == 4
    again = ScoreSheet(sheet.framework, sheet.refs, sheet.titles, sheet.scores.copy())
    assert stamp_of(again) == stamp_of(sheet)


def stamp_of(sheet: ScoreSheet, missing: Missing = "unranked") -> str:
    """The stamp in a sheet's message."""
    framework = sheet.framework
    segments = assign_segments(sheet)
    packed = sheet_message("k", sheet, segments, {}, framework.weights, missing=missing)
    header = json.loads(packed[4 : 4 + int.from_bytes(packed[:4], "little")])
    stamp: str = header["stamp"]
    return stamp
