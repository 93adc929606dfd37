"""The call as it was typed: options anywhere, several values after --map and --sheet."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from scoring.cli.print import printable

_FILES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".zip")


class CommandParser(argparse.ArgumentParser):
    """Says what is wrong with a call in one message; files and options in any order. It takes no
    option by half its name: a script that does would break when a longer one comes along."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **{**settings, "allow_abbrev": False})
        self._intermixing = False

    def error(self, message: str) -> NoReturn:
        """One line on stderr, and exit status 2."""
        self.exit(2, printable(f"{self.prog}: {message}; {self.prog} --help says how") + "\n")

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: Any = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """As argparse, but `rank one.xlsx --missing worst two.xlsx` names two files."""
        if self._intermixing or self._subparsers is not None:
            return super().parse_known_args(args, namespace)
        self._intermixing = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._intermixing = False


def one_by_one(arguments: Sequence[str]) -> list[str]:
    """The call with `--map A=ref B=title` and `--sheet One Two` written as an option each.

    After --map what has an "=" is a column, after --sheet what is no file is a sheet.
    """
    said: list[str] = []
    option, values = "", 0
    for word in arguments:
        if word.startswith("-") and word != "-":
            option, values = word, 0
        else:
            if values and _is_another(option, word):
                said.append(option)
            elif values:
                option = ""
            values += 1
        said.append(word)
    return said


def _is_another(option: str, word: str) -> bool:
    if Path(word).exists():
        return False
    if option == "--map":
        return "=" in word
    return option == "--sheet" and not word.casefold().endswith(_FILES)
