"""What the person who asks for a paper may choose."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from scoring.analysis.funding_line import FundingLine, funding_line, must_do_reasons
from scoring.export.about import About
from scoring.problem import Problem, Unusable
from scoring.ranking import Ranking
from scoring.sheet import Bools

if TYPE_CHECKING:
    from scoring.analysis.assumptions import Assumptions

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
MUST_DOS = ("counted", "extra", "ranked")


@dataclass(frozen=True)
class Choices:
    """Which sections, how many intentions of each segment, and the line that matters.

    `top` is how many places of each segment the body of the paper lists (a tie is never cut);
    `line` how many intentions are above the line that the paper speaks about. `must_dos` stand
    outside the ranking and take a place above the line each (counted) or none (extra), or are
    ranked like any other. `baseline` is what "before" is called. `assumptions` say what is drawn
    and what is firm: around the weights used and scores as given, where None. Raises `Unusable` for a section or
    a way with must-dos that there is not, or a number off 1 to 200 (`top`) or below 1 (`line`).
    """

    sections: tuple[str, ...] = tuple(SECTIONS)
    top: int = 10
    line: int = 30
    baseline: str = "the published weights"
    must_dos: str = "counted"
    assumptions: Assumptions | None = None

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
        if self.must_dos not in MUST_DOS:
            wanted = f"one of {', '.join(MUST_DOS)}"
            problems.append(Problem("must-dos", self.must_dos, wanted))
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

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        """Why each intention must be done; "" where it need not be."""
        return must_do_reasons(self.ranking.sheet)

    @cached_property
    def must_do(self) -> Bools:
        """(intentions,): which stand outside the ranking."""
        return self.outside(self.ranking)

    def outside(self, ranking: Ranking) -> Bools:
        """The same of any ranking."""
        apart = self.choices.must_dos != "ranked"
        return np.array([bool(why) and apart for why in must_do_reasons(ranking.sheet)], bool)

    @property
    def counted(self) -> bool:
        """Whether must-dos take places above the line."""
        return self.choices.must_dos == "counted"

    @property
    def apart(self) -> int:
        """How many stand outside the ranking."""
        return int(self.must_do.sum())

    @cached_property
    def others(self) -> tuple[int, ...]:
        """Rows of the ranked intentions that do not stand outside, best first."""
        return tuple(int(i) for i in self.ranking.places.order if not self.must_do[i])

    @cached_property
    def funding(self) -> FundingLine:
        """Who is above the line: the same set that the Rank page shows."""
        return self.line_of(self.ranking)

    def line_of(self, ranking: Ranking) -> FundingLine:
        """The same line drawn in any ranking."""
        return funding_line(ranking, self.choices.line, self.outside(ranking), self.counted)
