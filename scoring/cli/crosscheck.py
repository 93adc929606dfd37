"""`crosscheck`: would other methods decide differently on the same values and weights?"""

from __future__ import annotations

import argparse

from scoring.analysis.crosscheck import Crosscheck, crosscheck
from scoring.cli.line import add_question, line_from, must_dos_from, ranking_from
from scoring.cli.print import list_problems, table
from scoring.export.json_document import to_json


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    about = "whether other methods would decide differently on the same values"
    add_question(commands, "crosscheck", about, run)


def run(arguments: argparse.Namespace) -> int:
    """0 when there was something to check, 1 when nothing could be ranked."""
    line = line_from(arguments)
    ranking, intake = ranking_from(arguments)
    must_do, counted = must_dos_from(arguments, ranking.sheet)
    found = crosscheck(ranking, line, must_do, counted)
    if arguments.format == "json":
        print(to_json(_document(found)))
    else:
        _print(found)
    list_problems(intake.problems)
    return 0 if ranking.places.ranked.any() else 1


def _print(found: Crosscheck) -> None:
    print(found.sentence)
    if found.agreements:
        print()
    for agreement in found.agreements:
        print(f"{agreement}\n  {agreement.method.about}")
    if found.disputed:
        rows = [
            (d.place, d.ref, d.title, "above" if d.above else "below", ", ".join(d.methods))
            for d in found.disputed
        ]
        print("\nOnly these would be decided differently")
        print(table(("Place", "Ref", "Title", "Today", "Differently under"), rows, right=(0,)))


def _document(found: Crosscheck) -> dict[str, object]:
    return {
        "room": found.line,
        "above": found.standing,
        "sentence": found.sentence,
        "methods": [
            {
                "method": a.method.name,
                "source": a.method.source,
                "kendall_tau_b": a.tau,
                "ws": a.ws,
                "enters": list(a.enters),
                "leaves": list(a.leaves),
                "places": dict(zip(found.refs, a.places.tolist(), strict=True)),
            }
            for a in found.agreements
        ],
        "disputed": [
            {"ref": d.ref, "above": d.above, "methods": list(d.methods)} for d in found.disputed
        ],
    }
