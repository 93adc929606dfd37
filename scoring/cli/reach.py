"""`reach`: what would it take for one intention to be above the line?"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import asdict

from scoring.analysis.reach import Reach, reach
from scoring.analysis.weight_change import NoWeights, WeightChange
from scoring.cli.line import add_question, line_from, must_dos_from, ranking_from
from scoring.cli.print import list_problems
from scoring.export.json_document import to_json
from scoring.problem import Problem, Unusable


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    about = "the smallest change that lifts an intention over the line"
    parser = add_question(commands, "reach", about, run)
    parser.add_argument("--ref", required=True, metavar="REF", help="the intention, by its ref")


def run(arguments: argparse.Namespace) -> int:
    """0 when answered, also when the answer is that nothing can; 1 when nothing could be ranked."""
    line = line_from(arguments)
    ranking, intake = ranking_from(arguments)
    if arguments.ref not in ranking.sheet.refs:
        wanted = "the ref of an intention in the files; rank lists them"
        raise Unusable(Problem("--ref", arguments.ref, wanted))
    must_do, counted = must_dos_from(arguments, ranking.sheet)
    _keep_stdout_for_the_answer()
    found = reach(ranking, arguments.ref, line, must_do, counted)
    status = 0 if ranking.places.ranked.any() else 1
    if arguments.format == "json":
        print(to_json(_document(found)))
    else:
        print("\n".join(found.sentences))
    list_problems(intake.problems)
    return status


def _keep_stdout_for_the_answer() -> None:
    """HiGHS now and then prints a line of its own past Python: it goes to stderr from here on."""
    out = sys.__stdout__
    if out is None or sys.stdout is not out:
        return
    try:
        out.flush()
        ours = os.dup(1)
        os.dup2(2, 1)
    except OSError:  # one of the two is closed
        return
    sys.stdout = open(ours, "w", encoding=out.encoding, errors=out.errors)  # noqa: SIM115


def _document(found: Reach) -> dict[str, object]:
    weights: dict[str, object] | None = None
    if isinstance(found.by_weights, WeightChange):
        change = found.by_weights
        weights = {
            "possible": True,
            "change": change.change,
            "smallest": change.proved,
            "at_least": change.at_least,
            "weights": change.weights.percent,
            "enters": list(change.enters),
            "leaves": list(change.leaves),
        }
    elif isinstance(found.by_weights, NoWeights):
        settled = found.by_weights.settled
        weights = {
            "possible": False if settled else None,
            "blockers": list(found.by_weights.blockers),
        }
        if not settled:
            weights["at_least"] = found.by_weights.at_least
    scores = None
    if found.by_scores is not None:
        ways = [[asdict(move) for move in way] for way in found.by_scores.ways]
        scores = {
            "possible": bool(found.by_scores.steps),
            "steps": found.by_scores.steps,
            "ways": ways,
            "all_ways": found.by_scores.all_ways,
        }
    return {
        "ref": found.ref,
        "room": found.line,
        "by_weights": weights,
        "by_scores": scores,
        "sentences": list(found.sentences),
    }
