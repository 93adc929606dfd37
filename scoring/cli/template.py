"""`template`: an empty workbook to fill in."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scoring.cli.reading import add_framework_option, framework_from
from scoring.export.template import write_template
from scoring.problem import Problem, Unusable


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("template", help="write an empty workbook to fill in")
    add_framework_option(parser)
    parser.add_argument("-o", "--output", metavar="OUT.xlsx", required=True)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0 when written."""
    output = Path(arguments.output)
    if output.suffix.lower() != ".xlsx":
        raise Unusable(Problem("--output", arguments.output, "a file name that ends in .xlsx"))
    data = write_template(framework_from(arguments))
    try:
        output.write_bytes(data)
    except OSError as error:
        found = error.strerror or "it cannot be written"
        raise Unusable(Problem(str(output), found, "a place that can be written to")) from None
    print(f"Written: {output}", file=sys.stderr)
    return 0
