"""`frameworks`: list the frameworks, or print one."""

from __future__ import annotations

import argparse

from scoring.cli.print import table
from scoring.export.json_document import to_json
from scoring.framework import Framework, list_frameworks, load_framework


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("frameworks", help="list the frameworks, or print one")
    parser.add_argument("id", nargs="?", metavar="ID", help="a framework's id or a .toml file")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0 when printed."""
    if arguments.id:
        framework = load_framework(arguments.id)
        if arguments.format == "json":
            print(to_json(framework.model_dump(mode="json")))
        else:
            _print(framework)
        return 0
    known = list_frameworks()
    if arguments.format == "json":
        print(to_json([{"id": f.id, "name": f.name, "about": f.about} for f in known]))
    else:
        print(
            table(
                ("Id", "Name", "Criteria"),
                [(f.id, f.name, str(len(f.criteria))) for f in known],
                (2,),
            )
        )
    return 0


def _print(framework: Framework) -> None:
    shown = framework.weights.shown()
    print(f"{framework.id}: {framework.name}\n{framework.about}")
    if framework.source:
        print(f"Source: {framework.source}")
    if not framework.weighted:
        print("Unweighted: every criterion counts the same")
    for criterion in framework.criteria:
        print(f"\n{criterion.name} ({criterion.id}), weight {shown[criterion.id]}%")
        print(f"  Asks: {criterion.asks}")
        print(f"  Scale: {criterion.scale.in_words}; {criterion.scale.direction_in_words}")
        for level, anchor in criterion.anchors.items():
            print(f"  {level} = {anchor}")
        if criterion.words:
            print(
                "  Words: "
                + ", ".join(f"{word} = {level}" for word, level in criterion.words.items())
            )
        if criterion.also_called_favourably:
            names = ", ".join(criterion.also_called_favourably)
            print(f"  In a column called {names}, high is the better word")
    if framework.rules:
        print("\nSegment rules, the first that fits decides")
    for rule in framework.rules:
        to = rule.segment or "; ".join(f"{answer}: {id}" for answer, id in rule.segments.items())
        print(f"  {rule.id}. {rule.wording}? -> {to}")
    for segment in framework.segments:
        print(
            f"\n{segment.name} ({segment.id})\n  {segment.definition}\n  Goes to: {segment.route}"
        )
