"""Any round's pack reproduces; the plain fractions of the check agree with the core's whole numbers."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.export.about import About
from scoring.export.fixed_zip import zip_of
from scoring.export.pack import verify
from scoring.export.pack.inputs import INTENTIONS, input_files, read_inputs, to_bytes
from scoring.export.pack.manifest import MANIFEST, manifest_bytes
from scoring.export.pack.recompute import recompute
from scoring.export.pack.results import RESULTS, results_document, results_of
from scoring.framework import Criterion, Framework, Scale, load_framework
from scoring.problem import Unusable
from scoring.ranking import Ranking, prioritise
from scoring.segment import Override
from scoring.sheet import ScoreSheet
from tests.unit.export_paper.papers import round_of_five

ABOUT = About("Round", "", datetime(2026, 11, 22, tzinfo=UTC))
SCALES = (
    {"low": 1, "high": 5},
    {"low": 0, "high": 10, "better": "low"},
    {"low": "-1", "high": "1", "step": "0.1"},
    {"low": 0, "high": "0.3", "step": "0.1", "better": "low"},
)
text = st.text(max_size=12)


@st.composite
def rounds(draw: st.DrawFn) -> Ranking:
    """A ranking of up to 12 intentions with gaps, ties, odd scales, answers, overrides, odd text."""
    lsc = load_framework("lsc-2025-26")
    weights = draw(st.lists(st.decimals(0, 100, places=3), min_size=1, max_size=4).filter(any))
    criteria = tuple(
        Criterion(
            id=f"c{k}",
            name=f"C{k}",
            asks="?",
            weight=w,
            scale=Scale(**draw(st.sampled_from(SCALES))),
        )
        for k, w in enumerate(weights)
    )
    parts = {"questions": lsc.questions, "segments": lsc.segments, "rules": lsc.rules}
    framework = Framework(id="f", name="F", about="a", criteria=criteria, **parts)
    count = draw(st.integers(0, 12))
    refs = tuple(draw(st.lists(text, min_size=count, max_size=count, unique=True)))
    scores = np.full((count, len(criteria)), np.nan)
    for j, criterion in enumerate(criteria):
        low, step, steps = criterion.scale.low, criterion.scale.step, criterion.scale.steps
        for i in range(count):
            level = draw(st.none() | st.integers(0, min(steps, 3)))
            scores[i, j] = np.nan if level is None else float(low + level * step)
    fields = {
        question.id: tuple(
            draw(st.none() | st.sampled_from((*question.answers, "YES ", ""))) for _ in refs
        )
        for question in lsc.questions
    }
    fields["notes"] = tuple(draw(st.none() | text | st.floats(-9, 9)) for _ in refs)
    sheet = ScoreSheet(framework, refs, tuple(draw(text) for _ in refs), scores, fields)
    chosen = draw(st.lists(st.sampled_from(refs), unique=True)) if refs else []
    overrides = {
        r: Override(r, draw(st.sampled_from("013")), "why", "who", date(2026, 1, 1)) for r in chosen
    }
    missing = draw(st.sampled_from(("unranked", "renormalise", "worst")))
    return prioritise(sheet, None, missing, overrides)


def small_pack(ranking: Ranking) -> bytes:
    """The parts of a pack that its check uses."""
    files = {**input_files(ranking, {}), RESULTS: to_bytes(results_document(ranking))}
    return zip_of({**files, MANIFEST: manifest_bytes(ABOUT, files, {}, False)})


@settings(max_examples=200)
@given(rounds())
def test_any_round_reproduces_from_its_own_inputs(ranking):
    verdict = verify(small_pack(ranking))
    assert verdict.differences == ()
    assert verdict.recomputed == len(ranking.sheet)


@settings(max_examples=100)
@given(rounds())
def test_plain_fractions_agree_with_the_core_on_every_total_place_and_segment(ranking):
    again = recompute(read_inputs(input_files(ranking, {})))
    for mine, theirs in zip(again, results_of(ranking), strict=True):
        assert replace(mine, total_range=None) == replace(theirs, total_range=None)


@settings(max_examples=100)
@given(rounds(), st.data())
def test_any_score_changed_by_a_step_is_noticed_when_its_weight_counts(ranking, data):
    sheet = ranking.sheet
    places = [
        (i, j)
        for i, j in np.argwhere(sheet.scored)
        if ranking.weights.units[j] and ranking.places.ranked[i]
    ]
    if not places:
        return
    i, j = data.draw(st.sampled_from(places))
    criterion = sheet.framework.criteria[j]
    scale, score = criterion.scale, sheet.scores[i, j]
    new = float(scale.high) if score != float(scale.high) else float(scale.low)
    files = {**input_files(ranking, {}), RESULTS: to_bytes(results_document(ranking))}
    rows = json.loads(files[INTENTIONS])
    rows[i]["scores"][criterion.id] = new
    files[INTENTIONS] = to_bytes(rows)
    found = verify(zip_of({**files, MANIFEST: manifest_bytes(ABOUT, files, {}, False)})).differences
    assert any(d.kind == "total" and d.where == f"{sheet.refs[i]}, total" for d in found)


PACK = small_pack(prioritise(round_of_five()))


@settings(max_examples=300)
@given(
    st.lists(st.tuples(st.integers(0, len(PACK) - 1), st.integers(0, 255)), min_size=1, max_size=4)
)
def test_no_damage_to_a_packs_bytes_ends_in_anything_but_an_answer(damage):
    pack = bytearray(PACK)
    for at, byte in damage:
        pack[at] = byte
    try:
        verdict = verify(bytes(pack))
    except Unusable:
        return
    # What still reproduces holds the same files: only how they are packed was touched.
    if verdict.reproduces:
        with (
            zipfile.ZipFile(io.BytesIO(bytes(pack))) as damaged,
            zipfile.ZipFile(io.BytesIO(PACK)) as whole,
        ):
            names = [name for name in whole.namelist() if name != MANIFEST]
            assert all(damaged.read(name) == whole.read(name) for name in names)
