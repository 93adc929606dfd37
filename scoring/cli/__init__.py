"""The command line: a thin shell over the public API. The contract is in docs/command-line.md."""

from scoring.cli.main import main

__all__ = ["main"]
