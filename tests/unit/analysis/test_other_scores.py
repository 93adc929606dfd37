"""What one level up or down would do to a place."""

from __future__ import annotations

import numpy as np
import pytest

from scoring.analysis.other_scores import median_points, other_scores
from scoring.framework import load_framework
from scoring.ranking import prioritise
from scoring.score import Missing
from scoring.sheet import ScoreSheet


def test_b_rises_past_its_equal_with_one_level_more_on_time(five: ScoreSheet) -> None:
    # B ties with C on 50. Time one level up adds 5 x 1/4 = 1.25: alone in 3rd place, as before.
    # Alignment one level up adds 6.25, to 56.25: still below A's 62.5. One level down: 4th.
    found = [str(change) for change in other_scores(prioritise(five), "B")]
    assert "Time 2 instead of 3: 4th (down 1)" in found
    assert not [change for change in found if change.startswith("Time 4")]
    assert len(found) == 7


def test_a_change_that_lifts_comes_first(five: ScoreSheet) -> None:
    # C with 5 x 1/4 of alignment more has 56.25; nobody stands between, so 3rd stays 3rd.
    # A (62.5) one level down on alignment has 56.25 and keeps 2nd; nothing else moves it.
    assert other_scores(prioritise(five), "A") == ()


def test_an_incomplete_intention_has_no_other_scores(five: ScoreSheet) -> None:
    assert other_scores(prioritise(five), "D") == ()


@pytest.mark.parametrize("missing", ["unranked", "worst", "renormalise"])
def test_every_place_is_what_ranking_the_changed_sheet_gives(missing: Missing) -> None:
    framework = load_framework("lsc-2025-26")
    scores = np.random.default_rng(5).integers(1, 6, (30, 7)).astype(float)
    scores[3, 2] = np.nan
    refs = tuple(f"R{i}" for i in range(30))
    ranking = prioritise(ScoreSheet(framework, refs, refs, scores), missing=missing)
    compared = 0
    for i in (0, 7, 12, 29):
        for change in other_scores(ranking, refs[i]):
            j = [criterion.name for criterion in framework.criteria].index(change.criterion)
            changed = scores.copy()
            changed[i, j] = change.score
            again = prioritise(ScoreSheet(framework, refs, refs, changed), missing=missing)
            assert again.places.place[i] == change.place
            compared += 1
    assert compared > 20


def test_medians_are_of_the_ranked_intentions(five: ScoreSheet) -> None:
    # Alignment points: A 25, B and C 12.5, E 25 (D is not ranked): the median is 18.75.
    assert median_points(prioritise(five))[0] == pytest.approx(18.75)
