"""Options of the questions about a funding line: where it is, and what must-dos do to it."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from scoring.analysis.funding_line import must_do_reasons
from scoring.cli.reading import (
    add_reading_options,
    add_weights_option,
    framework_from,
    read_from,
    weights_from,
)
from scoring.intake.result import Intake
from scoring.problem import Problem, Unusable
from scoring.ranking import Ranking, prioritise
from scoring.sheet import ScoreSheet

LINE = 30
_MUST_DOS = ("counted", "extra", "ranked")


def add_question(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    about: str,
    run: Callable[[argparse.Namespace], int],
    line: bool = True,
) -> argparse.ArgumentParser:
    """A command that reads and ranks files and answers one question about the ranking."""
    parser = commands.add_parser(name, help=about)
    add_reading_options(parser)
    add_weights_option(parser)
    if line:
        parser.add_argument(
            "--line",
            type=int,
            default=LINE,
            metavar="N",
            help=f"how many places are above the line (default {LINE})",
        )
        parser.add_argument(
            "--must-dos",
            choices=_MUST_DOS,
            default="counted",
            help="must-dos stand outside the ranking and take a place above the line each "
            "(counted, the default) or none (extra), or are ranked like any other (ranked)",
        )
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.set_defaults(run=run)
    return parser


def ranking_from(arguments: argparse.Namespace) -> tuple[Ranking, Intake]:
    """The files named, ranked as asked. Raises `Unusable`."""
    framework = framework_from(arguments)
    weights = weights_from(arguments, framework)
    intake = read_from(arguments, framework)
    return prioritise(intake.sheet, weights, arguments.missing), intake


def line_from(arguments: argparse.Namespace) -> int:
    """Where the line is. Raises `Unusable`."""
    line: int = arguments.line
    if line < 1:
        raise Unusable(Problem("--line", str(line), "a whole number from 1"))
    return line


def must_dos_from(arguments: argparse.Namespace, sheet: ScoreSheet) -> tuple[list[bool], bool]:
    """Which intentions stand outside the ranking, and whether they take places above the line."""
    apart = arguments.must_dos != "ranked"
    mine = [bool(reason) and apart for reason in must_do_reasons(sheet)]
    return mine, arguments.must_dos == "counted"
