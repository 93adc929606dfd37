"""`--compare`: scenarios that stand beside the ranking in a workbook or a pack."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from scoring.cli.reading import weights_in
from scoring.export.scenarios import CURRENT, PUBLISHED
from scoring.framework import Framework
from scoring.problem import Problem, Unusable
from scoring.scenario import Scenario, built_in_scenarios

_OPTION = "--compare"


def add_compare_option(parser: argparse.ArgumentParser) -> None:
    """`--compare "NAME: criterion=number,..."`, repeatable."""
    parser.add_argument(
        _OPTION,
        action="append",
        default=[],
        metavar='"NAME: CRITERION=NUMBER,..."',
        help="a scenario to set beside the published and the current weights in the workbook; a "
        "criterion not named keeps its published weight; a name alone is one of the framework's "
        'own, such as "Equal weights"; repeatable',
    )


def scenarios_from(
    arguments: argparse.Namespace, framework: Framework, line: int
) -> tuple[Scenario, ...]:
    """The scenarios asked for, in that order. Raises `Unusable` with every one that is not right."""
    known = {s.name.casefold(): s for s in built_in_scenarios(framework, line)}
    made: dict[str, Scenario] = {}
    problems: list[Problem] = []
    for given in arguments.compare:
        name, colon, text = (part.strip() for part in given.partition(":"))
        if not name or name.casefold() in {PUBLISHED.casefold(), CURRENT.casefold(), *made}:
            wanted = "a name of its own; published and current weights are there already"
            problems.append(Problem(_OPTION, given, wanted))
        elif colon:
            try:
                weights = weights_in(text, framework, _OPTION)
            except Unusable as refused:
                problems += refused.problems
            else:
                why = "As given on the command line."
                made[name.casefold()] = Scenario(name, weights, line, why, built_in=True)
        elif name.casefold() in known:
            made[name.casefold()] = known[name.casefold()]
        else:
            problems.append(Problem(_OPTION, given, _expected(list(known.values()))))
    if problems:
        raise Unusable(problems)
    return tuple(made.values())


def _expected(known: Sequence[Scenario]) -> str:
    names = ", ".join(scenario.name for scenario in known if scenario.name != PUBLISHED)
    return f'"NAME: criterion=number,..." or one of the framework\'s own: {names}'
