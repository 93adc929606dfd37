"""The Rank page on a made-up round of any size, for the benchmark and the browser tests.

Settings come from the environment: ROWS, CRITERIA (all on 1 to 5), GAPS (share of scores missing),
FLAVOUR (plain, hostile: a script and 2,000 characters in titles).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[1]))

from scoring.framework import Framework, load_framework
from scoring.intake.result import Intake
from scoring.sheet import FieldValue, ScoreSheet
from views import rank
from views.state import AppState

WORDS = ("Stroke", "Virtual wards", "Diagnostic hubs", "Falls", "Diabetes", "SEND", "Lung checks")
PLACES = ("North", "South", "East", "West", "the city", "the coast", "rural areas")
FUNCTIONS = ("Acute", "AACC", "LDA", "Mental Health", "Prescribing", "Primary & Community")
DOMAINS = ("Starting well", "Living well", "Ageing well")


def framework_of(criteria: int) -> Framework:
    """The sample framework, or one with that many criteria."""
    known = load_framework("lsc-2025-26")
    if criteria == len(known.criteria):
        return known
    made = [
        known.criteria[j % len(known.criteria)].model_copy(
            update={"id": f"criterion_{j}", "name": f"Criterion {j + 1}", "weight": 1 + j % 3}
        )
        for j in range(criteria)
    ]
    return known.model_copy(
        update={"id": "made-up", "criteria": tuple(made), "lenses": (), "matrix": None}
    )


def made_up_sheet(rows: int, criteria: int = 7, gaps: float = 0.0, flavour: str = "") -> ScoreSheet:
    """A seeded sheet of `rows` intentions."""
    rng = np.random.default_rng(20252026)
    framework = framework_of(criteria)
    scores = rng.integers(1, 6, (rows, criteria)).astype(float)
    scores[rng.random(scores.shape) < gaps] = np.nan
    refs = tuple(f"CI-{i + 1:05d}" for i in range(rows))
    titles = [f"{WORDS[i % 7]} for {PLACES[i // 7 % 7]} ({i + 1})" for i in range(rows)]
    if flavour == "hostile" and rows > 2:
        titles[0] = '<script>document.title = "taken"</script><img src=x onerror=alert(1)>'
        titles[1] = "Long " * 400
    fields: dict[str, tuple[FieldValue, ...]] = {
        "function": tuple(FUNCTIONS[i % 6] for i in range(rows)),
        "domain": tuple(DOMAINS[i % 3] for i in range(rows)),
        "must_do": tuple(
            "National planning guidance" if i % 37 == 5 else None for i in range(rows)
        ),
        "efficiency_or_improvement": ("yes",) * rows,
        "main_impact": tuple(("provider", "ICB")[i % 2] for i in range(rows)),
    }
    return ScoreSheet(framework, refs, tuple(titles), scores, fields)


def _state() -> AppState:
    sheet = made_up_sheet(
        int(os.environ.get("ROWS", "182")),
        int(os.environ.get("CRITERIA", "7")),
        float(os.environ.get("GAPS", "0")),
        os.environ.get("FLAVOUR", ""),
    )
    intake = Intake(sheet, (), (), (), (), ())
    return AppState(intake, weights=sheet.framework.weights, is_sample=False)


if __name__ == "__main__":
    st.set_page_config(layout="wide", page_title="Live ranking")
    if "app_state" not in st.session_state:
        st.session_state["app_state"] = _state()
    rank.render(st.session_state["app_state"])
