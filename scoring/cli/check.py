"""`check`: every problem of every file, in one go."""

from __future__ import annotations

import argparse

from scoring.cli.print import list_problems
from scoring.cli.reading import add_reading_options, framework_from, read_from
from scoring.export.json_document import problem_list, row_counts, to_json
from scoring.ranking import prioritise


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("check", help="list every problem in the files")
    add_reading_options(parser)
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0 when there is no problem, 1 when there is at least one."""
    framework = framework_from(arguments)
    intake = read_from(arguments, framework)
    rows = row_counts(prioritise(intake.sheet), intake)
    if arguments.format == "json":
        print(to_json({"problems": problem_list(intake.problems), "rows": rows}))
    else:
        print(
            "Rows: {read} read = {ranked} complete + {unranked} incomplete + {refused} refused".format(
                **rows
            )
        )
        for left in (left for found in intake.tables for left in found.left_out):
            print(f"  Left out: {left.where}: {left.what} ({left.why})")
        if not intake.problems:
            print("No problems found.")
    list_problems(intake.problems)
    return 1 if intake.problems else 0
