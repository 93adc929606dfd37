"""The state of one session: what a person chose. Results are recomputed from it.

This is the only module that touches `st.session_state`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from scoring.framework import Framework, Weights
from scoring.intake.result import Intake
from scoring.ranking import Ranking, prioritise
from scoring.score import Missing
from scoring.segment import Override, Segments, assign_segments
from scoring.sheet import FieldValue, ScoreSheet

SAMPLE = Path(__file__).parents[1] / "data" / "sample-round.xlsx"
DEFAULT_LINE = 30
_KEY = "app_state"


@dataclass
class AppState:
    """Inputs of one session. `weights` are today's; the baseline is the published weights."""

    intake: Intake
    framework: Framework
    weights: Weights
    is_sample: bool
    missing: Missing = "unranked"
    line: int = DEFAULT_LINE
    answers: dict[str, dict[str, FieldValue]] = field(default_factory=dict)
    overrides: dict[str, Override] = field(default_factory=dict)
    _results: dict[object, object] = field(default_factory=dict, repr=False)
