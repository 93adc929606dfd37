"""`rank`: score, rank and segment what the files hold."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from scoring.analysis.assumptions import Assumptions
from scoring.analysis.funding_line import must_do_reasons
from scoring.cli.drawing import add_drawing_options, assumptions_from, drawing_given
from scoring.cli.line import line_from
from scoring.cli.print import list_problems, table
from scoring.cli.reading import (
    add_reading_options,
    add_weights_option,
    framework_from,
    read_from,
    refuse_to_overwrite,
    weights_from,
)
from scoring.cli.scenario_options import add_compare_option, scenarios_from
from scoring.cli.telling import telling
from scoring.export.about import About
from scoring.export.charts import TOP
from scoring.export.firmness import assess
from scoring.export.json_document import ranking_document, row_counts, to_json
from scoring.export.ranked_csv import write_ranked_csv
from scoring.export.ranked_workbook import write_ranked_workbook
from scoring.export.scenarios import side_by_side
from scoring.intake.result import Intake
from scoring.problem import Problem, Unusable
from scoring.ranking import Ranking, prioritise
from scoring.rounding import one_decimal
from scoring.scenario import Scenario
from scoring.version import VERSION

OUTPUTS = (".xlsx", ".csv", ".json")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("rank", help="score, rank and segment the intentions in the files")
    add_reading_options(parser)
    add_weights_option(parser)
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table")
    parser.add_argument("-o", "--output", metavar="OUT.xlsx|OUT.csv|OUT.json")
    parser.add_argument(
        "--line",
        type=int,
        metavar="N",
        help="with -o OUT.xlsx: add how firm the first N places are and how far each weight may go",
    )
    parser.add_argument(
        "--top",
        type=int,
        metavar="N",
        help=f"with -o OUT.xlsx: how many intentions the chart of points shows (default {TOP})",
    )
    add_compare_option(parser)
    add_drawing_options(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0 when something was ranked, 1 when nothing could be."""
    output = Path(arguments.output) if arguments.output else None
    if output and output.suffix.lower() not in OUTPUTS:
        wanted = f"a file name that ends in {', '.join(OUTPUTS)}"
        raise Unusable(Problem("--output", arguments.output, wanted))
    _check_workbook_options(arguments, output)
    if output:
        refuse_to_overwrite(arguments, arguments.output, "--output")
    framework = framework_from(arguments)
    weights = weights_from(arguments, framework)
    scenarios = scenarios_from(arguments, framework, arguments.line or 0)
    intake = read_from(arguments, framework)
    ranking = prioritise(intake.sheet, weights, arguments.missing)
    wrong: list[Problem] = []
    if output:
        asked, wrong = assumptions_from(arguments, ranking)
        top = arguments.top or TOP
        write_output(output, ranking, intake, arguments.line, scenarios, top, asked)
    if arguments.format == "json":
        print(to_json(ranking_document(ranking, intake)))
    elif arguments.format == "csv":
        sys.stdout.write(write_ranked_csv(ranking, _about(ranking, intake)).decode("utf-8-sig"))
    else:
        _print(ranking, intake)
    list_problems((*wrong, *intake.problems))
    _say_weightless(ranking)
    return 0 if ranking.places.ranked.any() else 1


def _say_weightless(ranking: Ranking) -> None:
    """Say on stderr where intentions are only unranked for want of scores that have no weight."""
    weights, places, sheet = ranking.weights.percent, ranking.places, ranking.sheet
    gaps = [ranking.span(i).missing for i in range(len(sheet)) if not places.ranked[i]]
    weightless = [missing for missing in gaps if not any(weights[id] for id in missing)]
    if weightless:
        ids = {id for missing in weightless for id in missing}
        names = ", ".join(c.name for c in sheet.framework.criteria if c.id in ids)
        print(
            f"Note: {len(weightless)} not ranked only for want of a score that has no weight "
            f"({names}); --missing renormalise ranks by the scores there are.",
            file=sys.stderr,
        )


def _check_workbook_options(arguments: argparse.Namespace, output: Path | None) -> None:
    """Raise `Unusable` for what only a workbook can show, where none is written."""
    if arguments.line is not None:
        line_from(arguments)
    if arguments.top is not None and arguments.top < 1:
        raise Unusable(Problem("--top", str(arguments.top), "a whole number from 1"))
    drawing = drawing_given(arguments)
    if drawing and arguments.line is None:
        wanted = "--line N beside it: how firm a ranking is, is said for a line"
        raise Unusable([Problem(option, "no --line", wanted) for option in drawing])
    given = {"--line": arguments.line, "--top": arguments.top, "--compare": arguments.compare}
    if output is None or output.suffix.lower() != ".xlsx":
        wanted = "-o OUT.xlsx beside it: the workbook is where the answer goes"
        problems = [
            Problem(option, ", ".join(value) if isinstance(value, list) else str(value), wanted)
            for option, value in given.items()
            if value
        ]
        if problems:
            raise Unusable(problems)


def write_output(
    output: Path,
    ranking: Ranking,
    intake: Intake,
    line: int | None = None,
    scenarios: Sequence[Scenario] = (),
    top: int = TOP,
    assumptions: Assumptions | None = None,
) -> None:
    """Write the ranking to a file of the kind its name says. Raises `Unusable`.

    `line` adds how firm the ranking is to a workbook; must-dos take places above it, as in the app.
    `scenarios` stand beside the published weights and these; `assumptions` are as for `assess`.
    """
    kind = output.suffix.lower()
    if kind == ".json":
        data = (to_json(ranking_document(ranking, intake)) + "\n").encode()
    elif kind == ".csv":
        data = write_ranked_csv(ranking, _about(ranking, intake))
    else:
        must_do = [bool(reason) for reason in must_do_reasons(ranking.sheet)]
        compared = side_by_side(ranking, line or 0, scenarios, must_do)
        with telling(f"Writing {output.name}") as tell:
            firmness = (
                None if line is None else assess(ranking, line, must_do, assumptions=assumptions)
            )
            about = _about(ranking, intake)
            data = write_ranked_workbook(ranking, about, compared, tell, top, firmness)
    try:
        output.write_bytes(data)
    except OSError as error:
        found = error.strerror or "it cannot be written"
        wanted = "a place that can be written to; close the file if it is open elsewhere"
        raise Unusable(Problem(str(output), found, wanted, kind="file")) from None
    print(f"Written: {output}", file=sys.stderr)


def _about(ranking: Ranking, intake: Intake) -> About:
    return About(
        round_name=ranking.sheet.framework.name,
        made_by="",
        made_at=datetime.now().astimezone(),
        version=VERSION,
        files=intake.files,
        ledger=intake.ledger,
    )


def _print(ranking: Ranking, intake: Intake) -> None:
    sheet, places, totals = ranking.sheet, ranking.places, ranking.totals
    shown = ranking.weights.shown()
    print(sheet.framework.name)
    print("Weights: " + ", ".join(f"{c.name} {shown[c.id]}%" for c in sheet.framework.criteria))
    rows = [
        (
            places.shown(i),
            one_decimal(totals.total[i]),
            sheet.refs[i],
            sheet.titles[i],
            ranking.segments[i].segment,
        )
        for i in map(int, places.order)
    ]
    if rows:
        print(table(("Place", "Total", "Ref", "Title", "Segment"), rows, right=(0, 1)))
    else:
        print("Nothing could be ranked.")
    if ranking.unranked.any():
        print("\nNot ranked, because a score is missing")
        gaps = []
        for i in range(len(sheet)):
            if places.ranked[i]:
                continue
            span = ranking.span(i)
            missing = ", ".join(sheet.framework.criterion(c).name for c in span.missing)
            total = " to ".join(map(one_decimal, span.total))
            place = "{} to {}".format(*span.place)
            gaps.append((sheet.refs[i], sheet.titles[i], missing, total, place))
        print(table(("Ref", "Title", "Missing", "Total could be", "Place could be"), gaps))
    rows_read = row_counts(ranking, intake)
    print(
        "\nRows: {read} read = {ranked} ranked + {unranked} not ranked + {refused} refused".format(
            **rows_read
        )
    )
