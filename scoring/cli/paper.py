"""`paper`: the board paper as a Word document."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from scoring.cli.document_options import (
    about_from,
    add_document_options,
    baseline_of,
    choices_from,
    output_of,
    overrides_from,
    write,
)
from scoring.cli.drawing import assumptions_from
from scoring.cli.print import list_problems
from scoring.cli.reading import (
    add_reading_options,
    add_weights_option,
    framework_from,
    read_from,
    weights_from,
)
from scoring.cli.telling import telling
from scoring.export.paper import write_paper
from scoring.ranking import prioritise


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("paper", help="write the board paper as a Word document")
    add_reading_options(parser)
    add_weights_option(parser)
    add_document_options(parser, ".docx")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0 when written, 1 when nothing could be ranked."""
    output, choices = output_of(arguments, ".docx"), choices_from(arguments)
    framework = framework_from(arguments)
    weights = weights_from(arguments, framework)
    intake = read_from(arguments, framework)
    overrides = overrides_from(arguments, intake.sheet)
    ranking = prioritise(intake.sheet, weights, arguments.missing, overrides)
    asked, wrong = assumptions_from(arguments, ranking)
    choices = replace(choices, assumptions=asked)
    about = about_from(arguments, ranking, intake)
    baseline = baseline_of(arguments, ranking)
    with telling(f"Writing {Path(output).name}") as tell:
        data = write_paper(ranking, about, choices, baseline, tell)
    write(output, data)
    list_problems((*wrong, *intake.problems))
    return 0 if ranking.places.ranked.any() else 1
