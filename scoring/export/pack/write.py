"""The decision pack: one .zip from which a decision can be worked out again years later."""

from __future__ import annotations

import re
from collections.abc import Mapping

from scoring.export.about import About
from scoring.export.fixed_zip import zip_of
from scoring.export.pack import records
from scoring.export.pack.inputs import (
    FRAMEWORK,
    INTENTIONS,
    OVERRIDES,
    SOURCES,
    WEIGHTS,
    input_files,
    to_bytes,
)
from scoring.export.pack.manifest import MANIFEST, manifest_bytes
from scoring.export.pack.pseudonyms import pseudonymise
from scoring.export.pack.record import NOTHING, Record
from scoring.export.pack.results import RESULTS, results_document
from scoring.export.pack.texts import METHOD, README, method_text, read_me
from scoring.export.paper import Choices, write_paper
from scoring.export.ranked_csv import write_ranked_csv
from scoring.export.ranked_workbook import write_ranked_workbook
from scoring.export.scenarios import side_by_side
from scoring.ranking import Ranking
from scoring.score import MISSING_IN_WORDS

WORKBOOK, PAPER, LIST = (
    "results/ranked-list.xlsx",
    "results/board-paper.docx",
    "results/ranked-list.csv",
)
WHAT = {
    README: "what is here and how to check it",
    METHOD: "the method in words, with one intention worked through",
    FRAMEWORK: "criteria, scales, what each score means, published weights, questions and segment rules",
    WEIGHTS: "the weights that were used, exactly as set, and who set them, when and why",
    INTENTIONS: "every intention: scores, where each was read, answers and other columns",
    OVERRIDES: "segments that a person decided, with reason, name and date",
    records.SCORES: "every score with its meaning, its source cell, who gave it and why",
    records.LEDGER: "what became of every row that was read",
    records.OVERRIDES: "segments that a person decided, as a table",
    records.SETTINGS: "every setting of the weights, in order of time",
    RESULTS: "every total (an exact fraction), place and segment as decided",
    LIST: "the ranked list as a table",
    WORKBOOK: "the ranked list as a workbook that recalculates itself",
    PAPER: "the board paper",
}
WHOLE_PAPER = Choices()


def write_pack(
    ranking: Ranking,
    about: About,
    record: Record = NOTHING,
    baseline: Ranking | None = None,
    choices: Choices = WHOLE_PAPER,
    people: Mapping[str, str] | None = None,
) -> bytes:
    """The bytes of a .zip: the same for the same round at the same `about.made_at`.

    `baseline` and `choices` are for the board paper in it, `baseline` also for the workbook. With
    `people`, {name: pseudonym} from `pseudonyms_for`, names are replaced and sources left out.
    """
    compared = side_by_side(ranking, choices.line)
    previous = None if baseline is None or baseline.sheet is ranking.sheet else baseline
    if people is not None:
        baseline = pseudonymise(baseline, about, record, people)[0] if baseline else None
        ranking, about, record = pseudonymise(ranking, about, record, people)
    body: dict[str, bytes] = {
        METHOD: method_text(ranking),
        **input_files(ranking, _who_set(about, record)),
        records.SCORES: records.scores_csv(ranking, record),
        records.LEDGER: records.ledger_csv(about),
        records.OVERRIDES: records.overrides_csv(ranking),
        records.SETTINGS: records.settings_csv(ranking, record),
        RESULTS: to_bytes(results_document(ranking)),
        LIST: write_ranked_csv(ranking, about),
        WORKBOOK: write_ranked_workbook(ranking, about, compared, previous=previous),
        PAPER: write_paper(ranking, about, choices, baseline),
    }
    for number, source in enumerate(record.sources, 1):
        body[f"{SOURCES}{number}-{_safe(source.name)}"] = source.data
    what = {name: says for name, says in WHAT.items() if name in body}
    what |= {name: "a source file, as it was read" for name in body if name not in what}
    readme = read_me(about, what, _not_recorded(record), people is not None)
    files = {README: readme, **body}
    return zip_of({**files, MANIFEST: manifest_bytes(about, files, WHAT, people is not None)})


def _who_set(about: About, record: Record) -> dict[str, object]:
    settings = [
        {
            "at": setting.at.isoformat(),
            "by": setting.by,
            "why": setting.why,
            "scenario": setting.scenario,
            "weights": {id: f"{weight:f}" for id, weight in setting.weights.items()},
        }
        for setting in record.settings
    ]
    return {
        "scenario": about.scenario,
        "missing_policies": dict(MISSING_IN_WORDS),
        "settings": settings,
    }


def _not_recorded(record: Record) -> tuple[str, ...]:
    notes = []
    if not record.settings:
        notes.append("Who set the weights, when and why.")
    if not record.reasons:
        notes.append("Who gave each score and why, beyond where it was read.")
    if not record.sources:
        notes.append(
            "The source files themselves; where they are known, their SHA-256 is in manifest.json."
        )
    return tuple(notes)


def _safe(name: str) -> str:
    """A file's name that every system takes, and that never leaves its folder."""
    base = re.split(r"[\\/]", name)[-1]
    return re.sub(r"[^\w.\- ]+", "_", base).strip(". ")[:100] or "file"
