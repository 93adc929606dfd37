"""`overlap`: do criteria count one thing twice, and does any score run the wrong way?"""

from __future__ import annotations

import argparse
import math

from scoring.analysis.overlap import Overlap, overlap
from scoring.cli.line import add_question, ranking_from
from scoring.cli.print import list_problems, table
from scoring.export.json_document import to_json


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    about = "criteria that count one thing twice, and scores that run the wrong way"
    add_question(commands, "overlap", about, run, line=False)


def run(arguments: argparse.Namespace) -> int:
    """0, whatever is found; 1 when nothing could be ranked."""
    ranking, intake = ranking_from(arguments)
    found = overlap(ranking)
    status = 0 if ranking.places.ranked.any() else 1
    if arguments.format == "json":
        print(to_json(_document(found)))
    else:
        _print(found)
    list_problems(intake.problems)
    return status


def _print(found: Overlap) -> None:
    print(found.sentence)
    for finding in found.findings:
        print(f"- {finding}")
    if found.spread:
        rows = [(s.name, f"{s.weight:.1f}%", f"{s.share:.1f}%") for s in found.spread]
        print("\nWhat each criterion weighs, and what share of the differences it makes")
        print(table(("Criterion", "Weight", "Share"), rows, right=(1, 2)))


def _document(found: Overlap) -> dict[str, object]:
    return {
        "scored": found.scored,
        "findings": list(found.findings),
        "correlations": {
            name: {
                other: None if math.isnan(value) else value
                for other, value in zip(found.names, row, strict=True)
            }
            for name, row in zip(found.names, found.correlations.tolist(), strict=True)
        },
        "alike": [
            {
                "a": pair.a,
                "b": pair.b,
                "correlation": pair.correlation,
                "same": pair.same,
                "scored": pair.scored,
            }
            for pair in found.alike
            if pair.worth_a_word
        ],
        "spread": [
            {"criterion": s.criterion, "weight": s.weight, "share": s.share} for s in found.spread
        ],
        "against": [
            {
                "criterion": one.criterion,
                "about": one.about,
                "correlation": one.correlation,
                "rows": one.rows,
                "runs_against": one.worth_a_word,
            }
            for one in found.against
        ],
    }
