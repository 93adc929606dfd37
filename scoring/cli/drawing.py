"""Options that say what is unsure: how weights and scores are drawn, and what counts as firm."""

from __future__ import annotations

import argparse

from scoring.analysis.assumptions import Assumptions
from scoring.analysis.draws import (
    UNSURE,
    Anywhere,
    AroundToday,
    FromAssessors,
    InOrder,
    WeightDraws,
    Within,
)
from scoring.analysis.ranges import in_ranges
from scoring.analysis.score_draws import AsGiven, OffByOne, ScoreDraws
from scoring.cli.reading import sources_from, weights_in
from scoring.intake.assessors import read_assessors
from scoring.intake.score_ranges import read_ranges
from scoring.problem import Problem, Unusable
from scoring.ranking import Ranking

_LEVELS = {level.replace(" ", "-"): level for level in UNSURE}


def add_drawing_options(parser: argparse.ArgumentParser) -> None:
    """Weights, scores and thresholds."""
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--unsure",
        choices=tuple(_LEVELS),
        default="somewhat-unsure",
        help="draw weights around the ones used: how unsure of them (default somewhat-unsure)",
    )
    how.add_argument("--within", type=float, metavar="POINTS", help="each weight this close")
    how.add_argument("--any-weights", action="store_true", help="any weights at all")
    how.add_argument(
        "--order",
        metavar="CRITERION,...",
        help="most important first, all named; cost=complexity where two matter alike",
    )
    how.add_argument(
        "--assessor",
        action="append",
        metavar="CRITERION=NUMBER,...",
        help="the weights of one assessor, as for --weights; repeat for more",
    )
    how.add_argument(
        "--assessors",
        metavar="FILE",
        help="assessors' own weights: a row an assessor, a column a criterion",
    )
    scores = parser.add_mutually_exclusive_group()
    scores.add_argument(
        "--off-by-one",
        type=float,
        default=0.0,
        metavar="PERCENT",
        help="the chance that a score is one step off (default 0)",
    )
    scores.add_argument(
        "--ranges",
        metavar="FILE",
        help="ranges of scores: ref, criterion, low and high a row, or two columns a criterion",
    )
    parser.add_argument(
        "--firm", type=float, default=90.0, metavar="PERCENT", help="firm in from (default 90)"
    )
    parser.add_argument(
        "--firm-out",
        type=float,
        metavar="PERCENT",
        help="firm out up to (default: what --firm leaves of 100)",
    )


def drawing_given(arguments: argparse.Namespace) -> list[str]:
    """The options of `add_drawing_options` that the call names, other than by their defaults."""
    usual = {"unsure": "somewhat-unsure", "off_by_one": 0.0, "firm": 90.0}
    names = ("unsure", "within", "any_weights", "order", "assessor", "assessors", "off_by_one",
             "ranges", "firm", "firm_out")  # fmt: skip
    given = vars(arguments)
    return [
        f"--{name.replace('_', '-')}"
        for name in names
        if given[name] not in (None, False, usual.get(name))
    ]


def assumptions_from(
    arguments: argparse.Namespace, ranking: Ranking
) -> tuple[Assumptions, list[Problem]]:
    """What is asked for, and the problems of the files that it names. Raises `Unusable`."""
    problems: list[Problem] = []
    weights = _weights(arguments, ranking, problems)
    scores = _scores(arguments, ranking, problems)
    out = None if arguments.firm_out is None else arguments.firm_out / 100
    return Assumptions(weights, scores, arguments.firm / 100, out), problems


def _weights(
    arguments: argparse.Namespace, ranking: Ranking, problems: list[Problem]
) -> WeightDraws:
    framework = ranking.sheet.framework
    if arguments.any_weights:
        return Anywhere()
    if arguments.within is not None:
        return Within(arguments.within)
    if arguments.order is not None:
        return InOrder(tuple(name.strip() for name in arguments.order.split(",")))
    if arguments.assessor:
        each = (weights_in(one, framework, "--assessor") for one in arguments.assessor)
        return FromAssessors(tuple(each))
    if arguments.assessors:
        assessors = read_assessors(sources_from([arguments.assessors])[0], framework)
        problems += assessors.problems
        return FromAssessors(tuple(one.weights for one in assessors.found))
    return AroundToday(_LEVELS[arguments.unsure])


def _scores(arguments: argparse.Namespace, ranking: Ranking, problems: list[Problem]) -> ScoreDraws:
    if arguments.off_by_one:
        if not 0 <= arguments.off_by_one <= 100:
            found = f"{arguments.off_by_one:g}"
            raise Unusable(Problem("--off-by-one", found, "a number from 0 to 100"))
        return OffByOne(arguments.off_by_one / 100)
    if arguments.ranges:
        sheet = ranking.sheet
        ranges = read_ranges(sources_from([arguments.ranges])[0], sheet.framework, sheet.refs)
        problems += ranges.problems
        if not ranges.found:
            wanted = "at least one range that can be used"
            raise Unusable(ranges.problems or Problem(arguments.ranges, "no range", wanted))
        return in_ranges(sheet, ranges.found)
    return AsGiven()
