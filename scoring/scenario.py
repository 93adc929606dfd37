"""Scenarios: named weights and a funding line, with who chose them and why; and their ledger."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from scoring.framework import Framework, Weights
from scoring.problem import Problem, Unusable

LARGEST_LINE = 1_000_000
_LINK = re.compile(r"[0-9.]{1,16}(-[0-9.]{1,16}){0,39}")


@dataclass(frozen=True, slots=True)
class Scenario:
    """A named set of weights with a funding line.

    `built_in` scenarios come from the framework; the others were saved by a person, who gives a
    name, a sentence of why and their own name. Raises ValueError where one is missing.
    """

    name: str
    weights: Weights
    line: int
    why: str
    by: str = ""
    at: datetime | None = None
    built_in: bool = False

    def __post_init__(self) -> None:
        needed = {"name": self.name, "sentence of why": self.why}
        if not self.built_in:
            needed["name of who saves it"] = self.by
        missing = [what for what, text in needed.items() if not text.strip()]
        if missing:
            raise ValueError(f"a scenario needs a {' and a '.join(missing)}")
        if self.line < 0:
            raise ValueError("the funding line cannot be below 0")


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One setting that was released: its number, when, by whom, what was done, and the setting."""

    number: int
    at: datetime
    by: str
    what: str
    weights: Weights
    line: int


def built_in_scenarios(framework: Framework, line: int) -> tuple[Scenario, ...]:
    """The published weights, equal weights and every lens of the framework, at one line."""
    equal = Weights.of(dict.fromkeys(framework.weights, 1))
    made = [
        Scenario("Published weights", framework.weights, line, "As published.", built_in=True),
        Scenario("Equal weights", equal, line, "Every criterion counts the same.", built_in=True),
    ]
    for lens in framework.lenses:
        weights = Weights.of({id: lens.weights.get(id, 0) for id in framework.weights}, lens.id)
        made.append(Scenario(lens.name, weights, line, lens.why, built_in=True))
    return tuple(made)


def changed(before: Weights, after: Weights, framework: Framework) -> str:
    """Which shares differ, in words: "Impact 20% to 30%, Cost 15% to 13.1%"; "" for none."""
    then, now = before.percent, after.percent
    return ", ".join(
        f"{criterion.name} {round(then[criterion.id], 1):g}% to {round(now[criterion.id], 1):g}%"
        for criterion in framework.criteria
        if then[criterion.id] != now[criterion.id]
    )


def to_link(framework: Framework, weights: Weights, line: int) -> dict[str, str]:
    """Weights and line as the parameters of a link; `from_link` reads them."""
    return {
        "framework": framework.id,
        "weights": "-".join(f"{weight:f}" for weight in weights.values()),
        "line": str(line),
    }


def from_link(link: Mapping[str, str], framework: Framework) -> tuple[Weights, int | None] | None:
    """The weights and the line that a link carries; None where it carries no weights.

    The line is None where the link has none. Raises `Unusable` with every problem when the link
    is for another framework or cannot be read: nothing of it is used then.
    """
    if "weights" not in link:
        return None
    where, problems = "the link", []
    if link.get("framework", framework.id) != framework.id:
        expected = f"{framework.id}, the framework in use"
        problems.append(Problem(where, link["framework"][:60], expected, "framework", "link"))
    given = link["weights"]
    numbers = given.split("-")
    if not _LINK.fullmatch(given) or len(numbers) != len(framework.criteria):
        expected = f"{len(framework.criteria)} numbers with a hyphen between, as the page writes"
        problems.append(Problem(where, given[:60], expected, "weights", "link"))
    line = link.get("line")
    if line is not None and not (re.fullmatch("[0-9]{1,7}", line) and int(line) <= LARGEST_LINE):
        expected = "a whole number from 0 to 1,000,000"
        problems.append(Problem(where, line[:60], expected, "line", "link"))
    if problems:
        raise Unusable(problems)
    weights = Weights.of(dict(zip(framework.weights, numbers, strict=True)), where)
    return weights, None if line is None else int(line)
