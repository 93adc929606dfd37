"""A Problem is what a person must fix: where it is, what was found, what was expected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that a person must put right.

    `where` names a file, sheet and cell (or a setting), `label` the field there in plain words,
    `found` the offending content as written ("" when there was nothing), `expected` what would be
    right, ending in what to do where that is not obvious. `kind` groups problems for filtering;
    `ref` and `title` name the intention, where there is one.
    """

    where: str
    found: str
    expected: str
    label: str = ""
    kind: str = "input"
    ref: str = ""
    title: str = ""

    def __str__(self) -> str:
        place = f"{self.where} ({self.label})" if self.label else self.where
        found = f'"{self.found}"' if self.found else "nothing"
        return f"{place}: found {found}, expected {self.expected}."


class Unusable(Exception):
    """Input of which nothing can be used: exit status 2, and one clear message.

    A mistake that leaves something to work with is a `Problem` in a result, never an exception.
    """

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (
            (problems,) if isinstance(problems, Problem) else tuple(problems)
        )
        super().__init__("\n".join(str(problem) for problem in self.problems))
