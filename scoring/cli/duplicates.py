"""`duplicates`: likely duplicates and overlaps, most likely first."""

from __future__ import annotations

import argparse

from scoring.cli.print import list_problems, table
from scoring.cli.reading import add_reading_options, framework_from, read_from
from scoring.export.json_document import to_json


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("duplicates", help="list likely duplicates and overlaps")
    add_reading_options(parser)
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0: a suggestion is never a problem."""
    # scikit-learn takes most of a second to import, which every other command would pay for.
    from scoring.intake.duplicates import find_duplicates

    intake = read_from(arguments, framework_from(arguments), need_scores=False)
    pairs = find_duplicates(intake.sheet)
    if arguments.format == "json":
        print(to_json([{"a": p.a, "b": p.b, "score": p.score, "reason": p.reason} for p in pairs]))
    elif pairs:
        rows = [(f"{p.score:.2f}", p.a, p.b, p.reason) for p in pairs]
        print(table(("Likeness", "Ref", "Ref", "Why"), rows, right=(0,)))
    else:
        print("No two intentions look alike.")
    list_problems(intake.problems)
    return 0
