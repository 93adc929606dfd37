"""The decision pack: one .zip from which a decision can be worked out again years later."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Mapping

from scoring.export.about import About
from scoring.export.fixed_zip import zip_of
from scoring.export.pack import records
from scoring.export.pack.analyses import NO_ANALYSES, Analyses, analysis_files
from scoring.export.pack.analyses import WHAT as WHAT_ANALYSES
from scoring.export.pack.before import WHAT_BEFORE, before_document
from scoring.export.pack.besides import BESIDES, besides_document
from scoring.export.pack.code_version import libraries
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
from scoring.export.pack.pseudonyms import (
    pseudonymise,
    pseudonymise_analyses,
    pseudonymise_before,
)
from scoring.export.pack.record import NOTHING, Record
from scoring.export.pack.results import RESULTS, results_document
from scoring.export.pack.texts import METHOD, README, method_text, read_me
from scoring.export.paper import Choices, write_paper
from scoring.export.ranked_csv import write_ranked_csv
from scoring.export.ranked_workbook import write_ranked_workbook
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
    BESIDES: "what the documents rest on besides: round, line, scenarios, what was drawn, reasons, rows",
    **WHAT_BEFORE,
    records.SCORES: "every score with its meaning, its source cell, who gave it and why",
    records.LEDGER: "what became of every row that was read",
    records.OVERRIDES: "segments that a person decided, as a table",
    records.SETTINGS: "every setting of the weights, in order of time",
    RESULTS: "every total (an exact fraction), place and segment as decided",
    LIST: "the ranked list as a table",
    WORKBOOK: "the ranked list as a workbook that recalculates itself",
    PAPER: "the board paper",
    **WHAT_ANALYSES,
}
WHOLE_PAPER = Choices()


def write_pack(
    ranking: Ranking,
    about: About,
    record: Record = NOTHING,
    baseline: Ranking | None = None,
    choices: Choices = WHOLE_PAPER,
    people: Mapping[str, str] | None = None,
    analyses: Analyses = NO_ANALYSES,
    progress: Callable[[float], None] | None = None,
) -> bytes:
    """The bytes of a .zip: the same for the same round at the same `about.made_at`.

    `baseline` and `choices` are for the board paper in it; a baseline of another round is for the
    workbook too, as are the `analyses`. With `people`, {name: pseudonym} from `pseudonyms_for`,
    names are replaced and sources left out. `progress` is called with the share done, 0 to 1.
    """
    another = baseline is not None and baseline.sheet is not ranking.sheet
    if people is not None:
        analyses = pseudonymise_analyses(analyses, people)
        baseline = pseudonymise_before(baseline, about, people) if baseline else None
        ranking, about, record = pseudonymise(ranking, about, record, people)
    hidden = people is not None
    files = pack_files(
        ranking, about, record, baseline, choices, analyses, hidden, another, progress
    )
    return zip_of({**files, MANIFEST: manifest_bytes(about, files, WHAT, hidden)})


def pack_files(
    ranking: Ranking,
    about: About,
    record: Record,
    baseline: Ranking | None,
    choices: Choices,
    analyses: Analyses,
    hidden: bool = False,
    another: bool = False,
    progress: Callable[[float], None] | None = None,
) -> dict[str, bytes]:
    """The files of a pack but for its manifest, in order; nothing is replaced any more.

    `another` is whether the `baseline` is another round's, `hidden` whether names were replaced.
    """
    done = progress or (lambda share: None)
    before, inputs_before = before_document(baseline, another)
    besides = besides_document(ranking, about, record, choices, analyses, hidden)
    body: dict[str, bytes] = {
        METHOD: method_text(ranking),
        **input_files(ranking, _who_set(about, record)),
        BESIDES: to_bytes({**besides, "before": before, "libraries": libraries()}),
        **inputs_before,
        records.SCORES: records.scores_csv(ranking, record),
        records.LEDGER: records.ledger_csv(about),
        records.OVERRIDES: records.overrides_csv(ranking),
        records.SETTINGS: records.settings_csv(ranking, record),
        RESULTS: to_bytes(results_document(ranking)),
        LIST: write_ranked_csv(ranking, about),
        **analysis_files(ranking, analyses),
    }
    done(0.1)
    body[WORKBOOK] = write_ranked_workbook(
        ranking,
        about,
        analyses.compared,
        lambda share: done(0.1 + 0.4 * share),
        firmness=analyses.firmness,
        previous=baseline if another else None,
    )
    gc.collect()  # the workbook's rows and formulas, before those of the paper are made
    body[PAPER] = write_paper(
        ranking, about, choices, baseline, lambda share: done(0.5 + 0.45 * share)
    )
    for number, source in enumerate(record.sources, 1):
        body[f"{SOURCES}{number}-{_safe(source.name)}"] = source.data
    what = {name: says for name, says in WHAT.items() if name in body}
    what |= {name: "a source file, as it was read" for name in body if name not in what}
    files = {README: read_me(about, what, _not_recorded(record), hidden), **body}
    done(1.0)
    return files


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
    return re.sub(r"[^\w.\- ]+", "_", base)[:100].strip(". ") or "file"
