"""Parse the call, run the command, turn every mistake into one clear message."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence

from scoring.cli import (
    check,
    crosscheck,
    diff,
    duplicates,
    frameworks,
    overlap,
    pack,
    paper,
    rank,
    reach,
    simulate,
    stability,
    template,
    verify,
)
from scoring.cli.call import CommandParser, one_by_one
from scoring.cli.print import printable
from scoring.problem import Problem, Unusable

COMMANDS = (
    rank,
    check,
    template,
    frameworks,
    duplicates,
    diff,
    stability,
    simulate,
    reach,
    overlap,
    crosscheck,
    paper,
    pack,
    verify,
)


def main(argv: Sequence[str] | None = None) -> int:
    """The exit status: 0 done, 1 problems found or nothing ranked, 2 unusable call or input."""
    # A stream that the caller closed is None, and what is meant for it would go to the other.
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    parser = CommandParser(
        prog="python -m scoring",
        description="Score, rank and segment commissioning intentions.",
        epilog="Exit status: 0 done, 1 problems found or nothing could be ranked, 2 unusable call or input.",
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.add(commands)
    arguments = parser.parse_args(one_by_one(sys.argv[1:] if argv is None else argv))
    try:
        status: int = arguments.run(arguments)
        sys.stdout.flush()
    except Unusable as refused:
        for problem in refused.problems:
            print(printable(str(problem)), file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader of a pipe has gone (| head): nothing more to say.
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    except OSError as error:
        # Files that cannot be read or written are said where they are: this is the output itself.
        _drop_output()
        found = error.strerror or "it cannot be written"
        print(Problem("output", found, "room to write to"), file=sys.stderr)
        return 2
    return status


def _drop_output() -> None:
    """Send what is left in the buffer nowhere, or Python would stumble over it when it ends."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
