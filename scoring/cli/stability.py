"""`stability`: how far may each weight go before the answer changes?"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from scoring.analysis.crossing import Crossing, crossings
from scoring.analysis.limits import Limit, Limits, first_limits, top_limits
from scoring.cli.line import add_question, line_from, must_dos_from, ranking_from
from scoring.cli.print import list_problems, printable
from scoring.export.json_document import to_json
from scoring.problem import Problem, Unusable
from scoring.ranking import Ranking


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    about = "how far each weight may go, exactly, before the answer changes"
    parser = add_question(commands, "stability", about, run)
    parser.add_argument(
        "--criterion",
        action="append",
        default=[],
        metavar="CRITERION",
        help="only the weight of this criterion, by its id; repeatable",
    )
    parser.add_argument(
        "--ref", metavar="REF", help="also where this intention crosses the line, by its ref"
    )


def run(arguments: argparse.Namespace) -> int:
    """0 when answered, 1 when nothing could be ranked."""
    line = line_from(arguments)
    ranking, intake = ranking_from(arguments)
    chosen = _criteria(arguments, ranking)
    if arguments.ref is not None and arguments.ref not in ranking.sheet.refs:
        wanted = "the ref of an intention in the files; rank lists them"
        raise Unusable(Problem("--ref", arguments.ref, wanted))
    must_do, counted = must_dos_from(arguments, ranking.sheet)
    top = top_limits(ranking, line, must_do, counted)
    ranked = bool(ranking.places.ranked.any())
    first = first_limits(ranking, must_do) if ranked else None
    crossed = crossings(ranking, arguments.ref, line, must_do, counted) if arguments.ref else ()
    if arguments.format == "json":
        document: dict[str, object] = {
            "line": line,
            "room": top.line,
            "set_above_the_line": _document(top, chosen),
            "first_place": _document(first, chosen) if first else None,
        }
        if arguments.ref:
            document["ref"] = arguments.ref
            document["crossings"] = [_crossing(c) for c in crossed if c.criterion in chosen]
        print(to_json(document))
    else:
        _print(top, first, line, chosen)
        if arguments.ref and ranked:
            _print_crossings(arguments.ref, crossed, chosen)
    list_problems(intake.problems)
    return 0 if ranked else 1


def _print(top: Limits, first: Limits | None, line: int, chosen: set[str]) -> None:
    if first is None:
        print("Nothing could be ranked.")
        return
    for limits in (top, first):
        print("First place" if limits is first else f"The set above the line ({line})")
        if limits.tie:
            print(f"  {printable(limits.tie)}")
        for limit in limits.by_criterion:
            if limit.criterion in chosen:
                print(f"  {printable(limits.sentence(limit))}")


def _print_crossings(ref: str, crossed: Sequence[Crossing], chosen: set[str]) -> None:
    print(printable(ref))
    for crossing in crossed:
        if crossing.criterion in chosen:
            print(f"  {printable(str(crossing))}")
    if not crossed:
        print("  It is not ranked, it is a must-do, or must-dos take every place.")


def _criteria(arguments: argparse.Namespace, ranking: Ranking) -> set[str]:
    known = [criterion.id for criterion in ranking.sheet.framework.criteria]
    wrong = [id for id in arguments.criterion if id not in known]
    if wrong:
        wanted = f"one of {', '.join(known)}"
        raise Unusable([Problem("--criterion", id, wanted) for id in wrong])
    return set(arguments.criterion or known)


def _document(limits: Limits, chosen: set[str]) -> dict[str, object]:
    found = [_limit(limits, limit) for limit in limits.by_criterion if limit.criterion in chosen]
    return {
        "settled": limits.settled,
        "tie": limits.tie,
        "leaders": list(limits.leaders),
        "limits": found,
    }


def _limit(limits: Limits, limit: Limit) -> dict[str, Any]:
    return {
        "criterion": limit.criterion,
        "today": float(limit.today),
        "low": float(limit.low),
        "high": float(limit.high),
        "below": asdict(limit.below) if limit.below else None,
        "above": asdict(limit.above) if limit.above else None,
        "splits_tie": limit.splits_tie,
        "fixed": limit.fixed,
        "sentence": limits.sentence(limit),
    }


def _crossing(crossing: Crossing) -> dict[str, Any]:
    return {
        "criterion": crossing.criterion,
        "above": crossing.above,
        "today": float(crossing.today),
        "low": None if crossing.low is None else float(crossing.low),
        "high": None if crossing.high is None else float(crossing.high),
        "sentence": str(crossing),
    }
