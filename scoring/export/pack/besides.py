"""What the documents of a pack rest on besides the decision, so that they can be made again.

Which round, when and by whom, what became of every row, why each score, the line, must-dos,
scenarios, what was drawn, what "before" is: all that `write_pack` is given and no other input holds.
"""

from __future__ import annotations

from dataclasses import asdict, astuple, dataclass, replace
from datetime import datetime
from typing import Any

from scoring.analysis.links import WORDS, Relation
from scoring.export.about import About
from scoring.export.pack.analyses import Analyses
from scoring.export.pack.drawn import assumptions_document, read_assumptions, weights_document
from scoring.export.pack.record import Record, ScoreReason, WeightSetting
from scoring.export.paper import Choices
from scoring.framework import Framework
from scoring.intake.result import FileSeen, LedgerLine
from scoring.ranking import Ranking
from scoring.scenario import Scenario

BESIDES = "inputs/besides.json"
_MOST_SCENARIOS = 1_000  # a pack that asks for more is not obeyed


@dataclass(frozen=True)
class Asked:
    """What `analyse` was asked besides the ranking, and `found`: which of its answers there are."""

    line: int
    must_do: tuple[bool, ...]
    counted: bool
    scenarios: tuple[Scenario, ...]
    found: tuple[str, ...]
    assumptions: Any = None


@dataclass(frozen=True)
class Besides:
    """The besides of a pack. `asked` is None where nothing was analysed.

    `whole` is False where something was drawn from what a pack does not hold.
    """

    about: About
    record: Record
    choices: Choices
    asked: Asked | None
    links: tuple[Relation, ...]
    pseudonymised: bool
    whole: bool


def besides_document(
    ranking: Ranking,
    about: About,
    record: Record,
    choices: Choices,
    analyses: Analyses,
    pseudonymised: bool,
) -> dict[str, Any]:
    """The besides as plain values; settings of weights stand with the weights."""
    drawn, in_paper = (
        None if one is None else assumptions_document(one)
        for one in (analyses.assumptions, choices.assumptions)
    )
    samples = (analyses.assumptions is not None and drawn is None) or (
        choices.assumptions is not None and in_paper is None
    )
    analysed = _analysed(ranking, analyses)
    known = analysed is not None or not (analyses.firmness or analyses.crosscheck)
    own = {name: value for name, value in vars(about).items() if isinstance(value, str)}
    return {
        "pseudonymised": pseudonymised,
        "whole": known and not samples,
        "about": {
            **own,
            "made_at": about.made_at.isoformat(),
            "files": [asdict(file) for file in about.files],
            "set_aside": [list(pair) for pair in about.set_aside],
        },
        "choices": {**vars(choices), "sections": list(choices.sections), "assumptions": in_paper},
        "analysed": None if analysed is None else {**analysed, "assumptions": drawn},
        "links": [asdict(link) for link in analyses.links],
        "reasons": [list(astuple(reason)) for reason in record.reasons],
        "ledger": [list(astuple(line)) for line in about.ledger],
    }


def _analysed(ranking: Ranking, found: Analyses) -> dict[str, Any] | None:
    side = found.compared
    if side is None:
        return None
    refs = ranking.sheet.refs
    parts = {"firmness": found.firmness, "crosscheck": found.crosscheck, "refused": found.refused}
    return {
        "line": side.scenarios[0].line,
        "must_do": [ref for ref, must in zip(refs, side.must_do, strict=True) if must],
        "counted": side.counted,
        "found": [name for name, part in parts.items() if part],
        "scenarios": [
            {
                "name": s.name,
                "weights": weights_document(s.ranking.weights),
                "line": s.line,
                "why": s.why,
                "by": s.by,
                "at": s.at.isoformat() if s.at else None,
            }
            for s in side.scenarios[2:]  # after the published weights and the pack's own
        ],
    }


def read_besides(document: Any, weights: Any, ranking: Ranking) -> Besides:
    """The besides back; `weights` is the document of the weights.

    Raises `Unusable`, KeyError, TypeError, ValueError or AttributeError.
    """
    framework = ranking.sheet.framework
    given, chosen, analysed = document["about"], document["choices"], document["analysed"]
    about = About(
        **{
            **given,
            "made_at": datetime.fromisoformat(given["made_at"]),
            "files": tuple(FileSeen(**file) for file in given["files"]),
            "set_aside": tuple((str(ref), str(what)) for ref, what in given["set_aside"]),
        },
        ledger=tuple(LedgerLine(*line) for line in document["ledger"]),
    )
    choices = Choices(**{**chosen, "sections": tuple(chosen["sections"]), "assumptions": None})
    if chosen["assumptions"] is not None:
        drawn = read_assumptions(chosen["assumptions"], framework)
        choices = replace(choices, assumptions=drawn)
    settings = tuple(
        WeightSetting(
            framework.weights_with(one["weights"]),
            one["by"],
            datetime.fromisoformat(one["at"]),
            one["why"],
            one["scenario"],
        )
        for one in weights["settings"]
    )
    reasons = tuple(ScoreReason(*reason) for reason in document["reasons"])
    links = tuple(Relation(**link) for link in document["links"])
    if any(link.kind not in WORDS for link in links):
        raise ValueError(f"a link that is none of {', '.join(WORDS)}")
    return Besides(
        about,
        Record(settings, reasons),
        choices,
        None if analysed is None else _asked(analysed, ranking, framework),
        links,
        bool(document["pseudonymised"]),
        bool(document["whole"]),
    )


def _asked(given: Any, ranking: Ranking, framework: Framework) -> Asked:
    must = set(given["must_do"])
    if len(given["scenarios"]) > _MOST_SCENARIOS:
        raise ValueError(f"more than {_MOST_SCENARIOS:,} scenarios")
    drawn = given["assumptions"]
    return Asked(
        int(given["line"]),
        tuple(ref in must for ref in ranking.sheet.refs),
        bool(given["counted"]),
        tuple(
            Scenario(
                s["name"],
                framework.weights_with(s["weights"]),
                s["line"],
                s["why"],
                s["by"],
                None if s["at"] is None else datetime.fromisoformat(s["at"]),
                built_in=True,  # its words are kept as they are, even where they are none
            )
            for s in given["scenarios"]
        ),
        tuple(given["found"]),
        None if drawn is None else read_assumptions(drawn, framework),
    )
