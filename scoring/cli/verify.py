"""`verify`: does the decision in a pack follow from the pack's own inputs?"""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from scoring.cli.print import printable
from scoring.cli.telling import telling
from scoring.export.json_document import to_json
from scoring.export.pack import Verdict, verify
from scoring.export.pack.trace import Trace
from scoring.export.paper.wording import count
from scoring.problem import Problem, Unusable

MOST_SHOWN = 100


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser(
        "verify", help="check that a decision pack reproduces its decision"
    )
    parser.add_argument("pack", metavar="PACK.zip")
    parser.add_argument(
        "--sha256", default="", metavar="HEX", help="what the SHA-256 of the whole pack should be"
    )
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0 when the decision reproduces, 1 when it does not, 2 when it is no pack."""
    path = Path(arguments.pack)
    try:
        data = path.read_bytes()
    except OSError as error:
        found = error.strerror or "it cannot be opened"
        raise Unusable(Problem(str(path), found, "a decision pack", kind="file")) from None
    with telling(f"Checking {printable(path.name)}") as tell:
        verdict = verify(data, path.name, arguments.sha256, progress=tell)
    if arguments.format == "json":
        print(to_json(_document(verdict)))
    else:
        _print(verdict)
    return 0 if verdict.reproduces else 1


def _document(verdict: Verdict) -> dict[str, object]:
    return {
        "reproduces": verdict.reproduces,
        "sha256": verdict.sha256,
        "round": verdict.manifest.round_name,
        "made_at": verdict.manifest.made_at,
        "version": verdict.manifest.version,
        "same_code": verdict.same_code,
        "files": verdict.files,
        "recomputed": verdict.recomputed,
        "traced": {
            "agree": verdict.trace.agree,
            "in_words": verdict.trace.words,
            "differ": list(verdict.trace.differ),
            "unread": list(verdict.trace.unread),
        },
        "files_made_again": verdict.beside.made,
        "not_made_again": verdict.beside.unchecked,
        "worth_asking": [asdict(difference) for difference in verdict.beside.asks],
        "differences": [asdict(difference) for difference in verdict.differences],
    }


def _print(verdict: Verdict) -> None:
    manifest = verdict.manifest
    print(printable(f"{manifest.round_name}, made {manifest.made_at}, version {manifest.version}"))
    code = "the same code that made it" if verdict.same_code else "other code than made it"
    print(
        f"{count(verdict.files, 'file')} checked; {count(verdict.recomputed, 'intention')} worked out again from the "
        f"pack's own inputs, with {code}."
    )
    if verdict.beside.made:
        print(f"{count(verdict.beside.made, 'file')} made again from the inputs and compared.")
    if verdict.beside.unchecked:
        print(verdict.beside.unchecked)
    print(f"SHA-256 of the pack: {verdict.sha256}")
    for asked in verdict.beside.asks[:MOST_SHOWN]:
        print(f"  Worth asking: {printable(str(asked))}", file=sys.stderr)
    _print_trace(verdict.trace)
    if verdict.reproduces:
        print("The decision reproduces: every total, place and segment is as recorded.")
        return
    number = len(verdict.differences)
    print(f"The decision does NOT reproduce: {number:,} difference{'s' if number > 1 else ''}.")
    for difference in verdict.differences[:MOST_SHOWN]:
        print(f"  {printable(str(difference))}", file=sys.stderr)
    if number > MOST_SHOWN:
        print(f"  and {number - MOST_SHOWN:,} more (--format json lists all)", file=sys.stderr)


def _print_trace(trace: Trace) -> None:
    looked = trace.agree + trace.words + len(trace.differ)
    if looked:
        words = f", {trace.words:,} in words that were not compared" if trace.words else ""
        print(
            f"{trace.agree:,} of {looked:,} scores stand as numbers in their source cells{words}."
        )
    for said in trace.differ[:MOST_SHOWN]:
        print(f"  Worth asking: {printable(said)}", file=sys.stderr)
    for name in trace.unread:
        print(f"  Worth asking: {printable(name)} could not be read", file=sys.stderr)
