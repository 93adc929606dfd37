"""Every kind of export, of every framework, with every field filled: read back, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import numpy as np
import pytest

from scoring.export import About, write_ranked_csv, write_ranked_workbook
from scoring.export.accessible_workbook import write_accessible_workbook
from scoring.export.firmness import assess
from scoring.export.scenarios import side_by_side
from scoring.framework import FIELDS, Framework, list_frameworks
from scoring.intake import Source, read_intentions
from scoring.ranking import Ranking, prioritise
from scoring.sheet import FieldValue, ScoreSheet

COUNT = 25
ABOUT = About("Round", "", datetime(2026, 1, 1))
WRITERS: dict[str, Callable[[Ranking], bytes]] = {
    "ranked.xlsx": lambda ranking: write_ranked_workbook(
        ranking, ABOUT, side_by_side(ranking, 5), firmness=assess(ranking, 5)
    ),
    "accessible.xlsx": lambda ranking: write_accessible_workbook(
        ranking, ABOUT, side_by_side(ranking, 5), assess(ranking, 5)
    ),
    "ranked.csv": lambda ranking: write_ranked_csv(ranking, ABOUT),
}


def everything(framework: Framework) -> ScoreSheet:
    """A round with an entry in every field there is, answers with gaps, two scores missing."""
    rng = np.random.default_rng(5)
    levels = [rng.integers(0, c.scale.steps + 1, COUNT) for c in framework.criteria]
    scores = np.array(
        [float(c.scale.low) + float(c.scale.step) * column
         for c, column in zip(framework.criteria, levels, strict=True)]
    ).T  # fmt: skip
    scores[3, 0] = scores[9, 1] = np.nan
    fields: dict[str, tuple[FieldValue, ...]] = {
        question.id: tuple(rng.choice([*question.answers, None], COUNT).tolist())
        for question in framework.questions
    }
    for field in FIELDS:
        if field.kind in ("money", "number"):
            fields[field.id] = tuple(map(float, rng.integers(0, 10**6, COUNT)))
        elif field.kind == "choice":
            choices = framework.maturities or ("In progress",)
            fields[field.id] = tuple(rng.choice(choices, COUNT).tolist())
        elif field.id not in ("ref", "title"):
            fields[field.id] = tuple(f"{field.name} text {k}" for k in range(COUNT))
    refs = tuple(f"X-{k}" for k in range(COUNT))
    return ScoreSheet(framework, refs, tuple(f"Thing {k}" for k in range(COUNT)), scores, fields)


@pytest.mark.parametrize("framework", list_frameworks(), ids=lambda framework: framework.id)
@pytest.mark.parametrize("name", WRITERS)
def test_every_field_score_answer_place_and_segment_comes_back(
    framework: Framework, name: str
) -> None:
    sheet = everything(framework)
    ranking = prioritise(sheet)
    intake = read_intentions([Source(name, WRITERS[name](ranking))], framework)
    assert intake.problems == ()
    back = intake.sheet.take([intake.sheet.index(ref) for ref in sheet.refs])
    assert back.titles == sheet.titles
    np.testing.assert_array_equal(back.scores, sheet.scores)
    for id, column in sheet.fields.items():
        assert back.fields[id] == column, id
    again = prioritise(back)
    assert again.places.place.tolist() == ranking.places.place.tolist()
    assert again.segments.ids == ranking.segments.ids
