"""Options of the commands that write a document: what it is called, by whom, when, what is in it."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from datetime import date, datetime
from pathlib import Path

from scoring.cli.drawing import add_drawing_options
from scoring.cli.reading import own_weights, refuse_to_overwrite, sources_from
from scoring.export.about import About
from scoring.export.paper import MUST_DOS, SECTIONS, Choices
from scoring.intake import ReadingOptions, read_intentions
from scoring.intake.result import Intake
from scoring.problem import Problem, Unusable
from scoring.ranking import Ranking, prioritise
from scoring.segment import Override
from scoring.sheet import ScoreSheet
from scoring.version import VERSION

_COLUMNS = ("ref", "segment", "reason", "by", "on")


def add_document_options(parser: argparse.ArgumentParser, kind: str) -> None:
    """`-o` and everything that the board paper, alone or in a pack, can be told."""
    parser.add_argument("-o", "--output", metavar=f"OUT{kind}", required=True)
    parser.add_argument("--round", default="", metavar="NAME", help="what the round is called")
    parser.add_argument(
        "--scenario", default="", metavar="NAME", help="what these weights are called"
    )
    parser.add_argument("--by", default="", metavar="NAME", help="who makes the document")
    parser.add_argument(
        "--at",
        default="",
        metavar="TIME",
        help="when it is made, such as 2026-11-22T15:30+00:00 (default: now); the same files and "
        "options at the same time give the same bytes",
    )
    parser.add_argument(
        "--overrides",
        metavar="FILE.csv",
        default="",
        help=f"segments decided by a person: columns {', '.join(_COLUMNS)}",
    )
    parser.add_argument(
        "--previous",
        action="append",
        default=[],
        metavar="FILE",
        help="a file of the round before, to say what changed since; repeatable (default: what "
        "changed from the published weights)",
    )
    parser.add_argument(
        "--sections",
        metavar="NAME,...",
        default=",".join(SECTIONS),
        help=f"which sections the paper has (default: all of {', '.join(SECTIONS)})",
    )
    parser.add_argument(
        "--top", type=int, default=Choices.top, metavar="N", help="places listed of each segment"
    )
    parser.add_argument(
        "--line",
        type=int,
        default=Choices.line,
        metavar="N",
        help=f"how many places are above the line (default {Choices.line})",
    )
    parser.add_argument(
        "--must-dos",
        choices=MUST_DOS,
        default=Choices.must_dos,
        help="must-dos stand outside the ranking and take a place above the line each "
        "(counted, the default) or none (extra), or are ranked like any other (ranked)",
    )
    add_drawing_options(parser)


def choices_from(arguments: argparse.Namespace) -> Choices:
    """The choices made. Raises `Unusable`."""
    sections = tuple(filter(None, (word.strip() for word in arguments.sections.split(","))))
    before = "the previous round" if arguments.previous else Choices.baseline
    return Choices(sections, arguments.top, arguments.line, before, arguments.must_dos)


def about_from(arguments: argparse.Namespace, ranking: Ranking, intake: Intake) -> About:
    """What the document says about itself. Raises `Unusable` for a time that is none."""
    at = datetime.now().astimezone()
    if arguments.at:
        try:
            at = datetime.fromisoformat(arguments.at)
            # A zone that is given is kept, so that the bytes are the same in every zone.
            at = at if at.tzinfo else at.astimezone()
        except (ValueError, OverflowError, OSError):
            wanted = "a date and time, such as 2026-11-22T15:30+00:00"
            raise Unusable(Problem("--at", arguments.at, wanted)) from None
    return About(
        round_name=arguments.round.strip() or ranking.sheet.framework.name,
        made_by=arguments.by.strip(),
        made_at=at,
        version=VERSION,
        files=intake.files,
        scenario=arguments.scenario.strip(),
        ledger=intake.ledger,
    )


def baseline_of(arguments: argparse.Namespace, ranking: Ranking) -> Ranking:
    """The previous round where one is given, or the same intentions by the published weights.

    A workbook that was exported for the previous round is ranked by the weights it holds.
    """
    if arguments.previous:
        framework = ranking.sheet.framework
        intake = read_intentions(sources_from(arguments.previous), framework, ReadingOptions())
        weights = own_weights(arguments.previous, framework)
        return prioritise(intake.sheet, weights, ranking.totals.missing)
    return prioritise(ranking.sheet, missing=ranking.totals.missing, segments=ranking.segments)


def overrides_from(arguments: argparse.Namespace, sheet: ScoreSheet) -> dict[str, Override]:
    """The overrides of the file named. Raises `Unusable` with every problem in it."""
    if not arguments.overrides:
        return {}
    path = Path(arguments.overrides)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        wanted = "a .csv file in UTF-8 that can be read"
        raise Unusable(Problem(str(path), "no such text", wanted, kind="file")) from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    header = [name.strip().casefold() for name in reader.fieldnames or ()]
    if any(name not in header for name in _COLUMNS):
        wanted = f"the columns {', '.join(_COLUMNS)}"
        raise Unusable(Problem(path.name, ", ".join(header), wanted, kind="file"))
    reader.fieldnames = header
    problems: list[Problem] = []
    made: dict[str, Override] = {}
    for row in reader:
        where = f"{path.name}, line {reader.line_num}"
        given = {name: (row[name] or "").strip() for name in _COLUMNS}
        problem = _problem(where, given, sheet, made)
        if problem is None:
            on = date.fromisoformat(given["on"])
            names = (given["ref"], given["segment"], given["reason"], given["by"])
            made[given["ref"]] = Override(*names, on)
        else:
            problems.append(problem)
    if problems:
        raise Unusable(problems)
    return made


def _problem(
    where: str, given: dict[str, str], sheet: ScoreSheet, made: dict[str, Override]
) -> Problem | None:
    segments = [segment.id for segment in sheet.framework.segments]
    ref = given["ref"]
    if ref not in sheet.refs:
        return Problem(where, ref, "the ref of an intention in the files", "ref")
    if ref in made:
        return Problem(where, ref, "each intention once", "ref")
    if given["segment"] not in segments:
        return Problem(where, given["segment"], f"one of {', '.join(segments)}", "segment")
    for name in ("reason", "by"):
        if not given[name]:
            return Problem(where, "", "every override to have a reason and a name", name)
    try:
        date.fromisoformat(given["on"])
    except ValueError:
        return Problem(where, given["on"], "a date, such as 2026-11-22", "on")
    return None


def write(output: str, data: bytes) -> None:
    """Write a file and say so on stderr. Raises `Unusable`."""
    try:
        Path(output).write_bytes(data)
    except OSError as error:
        found = error.strerror or "it cannot be written"
        wanted = "a place that can be written to; close the file if it is open elsewhere"
        raise Unusable(Problem(output, found, wanted, kind="file")) from None
    print(f"Written: {output}", file=sys.stderr)


def output_of(arguments: argparse.Namespace, kind: str) -> str:
    """The file to write, which ends in `kind` and is none of those read. Raises `Unusable`."""
    output: str = arguments.output
    if Path(output).suffix.lower() != kind:
        raise Unusable(Problem("--output", output, f"a file name that ends in {kind}"))
    refuse_to_overwrite(arguments, output, "--output")
    return output
