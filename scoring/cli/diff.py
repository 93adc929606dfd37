"""`diff`: what differs between two editions of a round, cell by cell."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from scoring.cli.print import table
from scoring.cli.reading import add_reading_options, framework_from, options_from, sources_from
from scoring.export.diff import Difference, diff_editions
from scoring.export.edition import read_edition
from scoring.export.json_document import to_json
from scoring.problem import Problem, Unusable


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("diff", help="what differs between two files, cell by cell")
    add_reading_options(parser)
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0 when the two hold the same, 1 when they differ."""
    if len(arguments.files) != 2:
        wanted = "two files: the older, then the newer"
        raise Unusable(Problem("diff", f"{len(arguments.files)} files", wanted))
    framework, options = framework_from(arguments), options_from(arguments)
    old, new = (
        read_edition(source, framework, options) for source in sources_from(arguments.files)
    )
    difference = diff_editions(old, new)
    if arguments.format == "json":
        print(to_json(_document(difference)))
    else:
        _print(difference)
    return 0 if difference.same else 1


def _document(difference: Difference) -> dict[str, object]:
    changes = []
    for change in difference.changes:
        values = asdict(change)
        values["is"] = values.pop("now")
        changes.append(values)
    return {"same": difference.same, "changes": changes, "notes": list(difference.notes)}


def _print(difference: Difference) -> None:
    if difference.same:
        print("No difference.")
    else:
        whole = {id for id in difference.gone if id != "ref"}
        rows = [
            (c.where, c.ref, c.label if c.kind not in ("added", "deleted") else f"row {c.kind}",
             c.was or "-", c.now or "-")
            for c in difference.changes
            if not (c.field in whole and not c.now)
        ]  # fmt: skip
        for id in (id for id in difference.gone if id in whole):
            # A column that went is one thing that a person did, however many cells it had.
            count = sum(c.field == id and not c.now for c in difference.changes)
            if count:
                said = f"{count} value{'s' if count > 1 else ''}"
                rows.append(("", "", f"column {difference.gone[id]} deleted", said, "-"))
        print(table(("Where", "Ref", "What", "Was", "Is"), rows))
        counts = ", ".join(f"{count} {kind}" for kind, count in difference.count().items())
        total = len(difference.changes)
        print(f"\n{total} difference{'s' if total > 1 else ''}: {counts}")
    for note in difference.notes:
        print(f"Note: {note}")
