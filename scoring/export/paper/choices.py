"""What the person who asks for a paper may choose."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.export.about import About
from scoring.problem import Problem, Unusable
from scoring.ranking import Ranking

SECTIONS: dict[str, str] = {
    "purpose": "Purpose",
    "recommendations": "Recommendations",
    "process": "The process in figures",
    "criteria": "Criteria and weights",
    "segments": "Segments",
    "list": "The prioritised list",
    "changes": "What changed",
    "firmness": "How firm the ranking is",
    "overrides": "Segments decided by a person",
    "gates": "Gates outstanding",
    "full_list": "Appendix: the full list",
    "method": "Appendix: the method",
}
MOST_SHOWN = 200


@dataclass(frozen=True)
class Choices:
    """Which sections, how many intentions of each segment, and the line that matters.

    `top` is how many places of each segment the body of the paper lists (a tie is never cut);
    `line` how many places overall the sections on changes and firmness speak about. `baseline` is
    what "before" is called. Raises `Unusable` for a section that there is not, or a number off
    1 to 200 (`top`) or below 1 (`line`).
    """

    sections: tuple[str, ...] = tuple(SECTIONS)
    top: int = 10
    line: int = 30
    baseline: str = "the published weights"

    def __post_init__(self) -> None:
        known = ", ".join(SECTIONS)
        problems = [
            Problem("sections", id, f"one of {known}") for id in self.sections if id not in SECTIONS
        ]
        if not self.sections:
            problems.append(Problem("sections", "", f"at least one of {known}"))
        if not 1 <= self.top <= MOST_SHOWN:
            wanted = f"a whole number from 1 to {MOST_SHOWN}"
            problems.append(Problem("top", str(self.top), wanted))
        if self.line < 1:
            problems.append(Problem("line", str(self.line), "a whole number from 1"))
        if problems:
            raise Unusable(problems)


@dataclass(frozen=True, eq=False)
class Matter:
    """What a paper is written from. `baseline` ranks the same intentions by
    other weights, or another round."""

    ranking: Ranking
    about: About
    choices: Choices
    baseline: Ranking | None = None
