"""What a file that leaves the app is called: the round, what it is, the scenario and the date."""

from __future__ import annotations

import re
from datetime import datetime

from views.state import AppState

_LONGEST = 40  # letters of each part, so that the date is never cut off


def file_name(state: AppState, kind: str, at: datetime, part: str = "", scenario: str = "") -> str:
    """Round, which part of it, scenario and date, safe as a file name everywhere."""
    words = (state.round_name, part, scenario or weights_in_words(state))
    parts = [_safe(word)[:_LONGEST].strip("-") for word in words]
    return "-".join(filter(None, [*parts, f"{at:%Y-%m-%d}"])) + f".{kind}"


def weights_in_words(state: AppState) -> str:
    """What today's weights are called."""
    return "published weights" if state.is_published else "changed weights"


def _safe(words: str) -> str:
    return re.sub(r"[^\w-]+", "-", words).strip("-").lower()
