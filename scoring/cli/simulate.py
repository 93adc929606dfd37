"""`simulate`: the chance of being above the line when weights and scores are not quite known."""

from __future__ import annotations

import argparse
import math
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from multiprocessing import get_context
from typing import Any

import numpy as np

from scoring.analysis.assumptions import always, drawn_ranges
from scoring.analysis.confidence import central_in_words, confidence_factor, confidence_factors
from scoring.analysis.shares import shown_chance
from scoring.analysis.simulate import DRAWS, SEED, simulate
from scoring.analysis.simulation import Simulation
from scoring.cli.drawing import add_drawing_options, assumptions_from
from scoring.cli.line import add_question, line_from, must_dos_from, ranking_from
from scoring.cli.print import list_problems, printable, table
from scoring.export.json_document import to_json
from scoring.problem import Problem, Unusable
from scoring.ranking import Ranking
from scoring.rounding import one_decimal


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    about = "the chance of being above the line when weights and scores are not quite known"
    parser = add_question(commands, "simulate", about, run)
    add_drawing_options(parser)
    parser.add_argument("--draws", type=int, default=DRAWS, help=f"how many (default {DRAWS:,})")
    parser.add_argument("--seed", type=int, default=SEED, help=f"default {SEED}")
    parser.add_argument("--workers", type=int, default=1, help="processes at work (default 1)")
    parser.add_argument(
        "--only-line", action="store_true", help="no places, only who is above: less memory"
    )
    parser.add_argument(
        "--places", action="store_true", help="with --format json: the chance of every place"
    )
    parser.add_argument(
        "--confidence",
        action="store_true",
        help="with --format json: the chance of first place by each one's own central weights",
    )
    parser.add_argument(
        "--ref", metavar="REF", help="also the weights that put this intention first, by its ref"
    )


def run(arguments: argparse.Namespace) -> int:
    """0 when anything was simulated, 1 when there was nothing to simulate."""
    line = line_from(arguments)
    _check(arguments)
    ranking, intake = ranking_from(arguments)
    must_do, counted = must_dos_from(arguments, ranking.sheet)
    _check_ref(arguments.ref, ranking, must_do)
    asked, problems = assumptions_from(arguments, ranking)
    spread = arguments.workers > 1
    # Fresh processes: a fork of one that has threads can hang.
    pool = ProcessPoolExecutor(arguments.workers, get_context("spawn")) if spread else nullcontext()
    with pool as executor:
        found = simulate(
            ranking,
            line,
            asked.weights,
            asked.scores,
            arguments.draws,
            arguments.seed,
            asked.firm,
            full=not arguments.only_line,
            executor=executor,
            must_do=must_do,
            counted=counted,
            tasks=4 * arguments.workers,
        )
    found = found.with_firm(asked.firm, asked.firm_out)
    if arguments.format == "json":
        print(to_json(_document(found, ranking, arguments)))
    else:
        _print(found, ranking)
        if arguments.ref:
            print(f"\n{printable(central_in_words(found, ranking, arguments.ref))}")
    list_problems((*problems, *intake.problems))
    return 0 if len(found) else 1


def _check(arguments: argparse.Namespace) -> None:
    """Raises `Unusable` with every number that is out of range."""
    problems = [
        Problem(option, str(number), "a whole number from 1")
        for option, number in (("--draws", arguments.draws), ("--workers", arguments.workers))
        if number < 1
    ]
    if not 0 <= arguments.seed < 2**63:
        problems.append(Problem("--seed", str(arguments.seed), "a whole number from 0"))
    if problems:
        raise Unusable(problems)


def _check_ref(ref: str | None, ranking: Ranking, must_do: list[bool]) -> None:
    if ref is None:
        return
    if ref not in ranking.sheet.refs:
        wanted = "the ref of an intention in the files; rank lists them"
        raise Unusable(Problem("--ref", ref, wanted))
    if must_do[ranking.sheet.index(ref)]:
        wanted = "an intention that is no must-do: those stand outside the ranking"
        raise Unusable(Problem("--ref", ref, wanted))


def _document(found: Simulation, ranking: Ranking, asked: argparse.Namespace) -> dict[str, object]:
    intentions = []
    factors = confidence_factors(found) if asked.confidence else None
    for k, ref in enumerate(found.refs):
        one: dict[str, Any] = {
            "ref": ref,
            "rank": int(ranking.places.place[ranking.sheet.index(ref)]) or None,
            "above_today": bool(found.standing[k]),
            "chance_above": float(found.above[k]),
            "standard_error": float(found.standard_error[k]),
            "verdict": found.verdicts[k],
            "chance_first": float(found.first[k]),
            "expected_place": _number(found.expected_place[k]),
            "place_5": _number(found.low_place[k]),
            "place_95": _number(found.high_place[k]),
            "central_weights": None,
        }
        if found.first[k]:
            criteria = (c.id for c in ranking.sheet.framework.criteria)
            percent = (100 * found.central_weights[k]).tolist()
            one["central_weights"] = dict(zip(criteria, percent, strict=True))
        if factors is not None:
            one["confidence"] = _number(factors[k])
        elif ref == asked.ref:
            one["confidence"] = _number(confidence_factor(found, k))
        if asked.places and found.acceptability is not None:
            one["places"] = np.round(found.acceptability[k].astype(float), 7).tolist()
        intentions.append(one)
    return {
        "line": found.line,
        "room": found.room,
        "draws": found.draws,
        "seed": found.seed,
        "firm_from": found.firm,
        "firm_out_up_to": round(found.out, 9),
        "weights": str(found.weights),
        "weight_ranges": {
            name: {"low": low, "high": high}
            for name, (low, high) in drawn_ranges(found.weights, ranking.weights).items()
        },
        "scores": str(found.scores),
        "drawn_over_the_scale": found.incomplete,
        "sentence": found.sentence,
        "sampling_error": found.error_in_words,
        "intentions": intentions,
    }


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _print(found: Simulation, ranking: Ranking) -> None:
    print(found.sentence)
    print(f"Drawn: {found.weights}; {found.scores}. {found.error_in_words}")
    often = "" if always(found.weights) else ", nine draws in ten"
    for name, (low, high) in drawn_ranges(found.weights, ranking.weights).items():
        label = printable(ranking.sheet.framework.criterion(name).name)
        if high - low < 1e-9:
            print(f"  {label}: {one_decimal(low)}% in every draw")
        else:
            print(f"  {label}: {one_decimal(low)}% to {one_decimal(high)}%{often}")
    print(
        f"Firm in: above the line in at least {100 * found.firm:g}% of the draws; firm out: in at "
        f"most {100 * found.out:g}%; borderline: in between."
    )
    if found.incomplete:
        print(f"{found.incomplete} not fully scored: what is missing is drawn over its scale.")
    rows = []
    for k in np.argsort(-found.above, kind="stable"):
        i = ranking.sheet.index(found.refs[k])
        middle = [ranking.places.shown(i), shown_chance(float(found.above[k]))]
        if found.acceptability is not None:
            low, high = int(found.low_place[k]), int(found.high_place[k])
            middle += [one_decimal(found.expected_place[k]), f"{low} to {high}"]
        rows.append((*middle, found.verdicts[k], found.refs[k], ranking.sheet.titles[i]))
    header = ["Place", "Above the line"]
    header += ["Mean place", "9 in 10 places"] if found.acceptability is not None else []
    if rows:
        right = range(len(header))
        print(table((*header, "Verdict", "Ref", "Title"), rows, right=tuple(right)))
    else:
        print("There is nothing to simulate.")
