"""What a decision pack holds besides the ranking: who set the weights, why each score, the files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from scoring.framework import Weights
from scoring.intake.result import Source


@dataclass(frozen=True, slots=True)
class WeightSetting:
    """One line of the ledger of weights: what they were set to, by whom, when and why."""

    weights: Weights
    by: str
    at: datetime
    why: str = ""
    scenario: str = ""


@dataclass(frozen=True, slots=True)
class ScoreReason:
    """Why an intention has its score on a criterion, and who gave it."""

    ref: str
    criterion: str
    reason: str = ""
    assessor: str = ""


@dataclass(frozen=True)
class Record:
    """Everything that a ranking does not know itself.

    `settings` in order of time, the last being the one that holds; `sources` are the files that
    were read, as they came. Each may be empty: the pack then says that it was not recorded.
    """

    settings: tuple[WeightSetting, ...] = ()
    reasons: tuple[ScoreReason, ...] = ()
    sources: tuple[Source, ...] = ()


NOTHING = Record()
