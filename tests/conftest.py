"""What every test can use, and a loud list of what could not run or had to be run twice."""

from __future__ import annotations

import os
import shutil
from collections import Counter

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

from scoring.framework import Framework, load_framework
from scoring.sheet import ScoreSheet

# Nothing is kept unless a test says where: no test may reach the user's own rounds.
os.environ["PRIORITISER_DATABASE_URL"] = "none"

# One commit, one verdict: the same examples each time. `--hypothesis-profile=search` draws others,
# and goes with `--hypothesis-seed`.
_PROPERTIES = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow], derandomize=False
)
settings.register_profile("search", _PROPERTIES)
settings.register_profile("project", _PROPERTIES, derandomize=True, database=None)
settings.load_profile("project")

NEEDS = {
    "browser": ("Chromium", ("chromium", "chromium-browser", "google-chrome")),
    "recalculation": ("LibreOffice", ("soffice",)),
    "rendering": ("LibreOffice Writer", ("lowriter",)),
}


def found(commands: tuple[str, ...]) -> str | None:
    """The first of these commands that is on this machine."""
    return next((path for name in commands if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the groups by folder; leave out those whose component is missing, except in CI."""
    for item in items:
        for group, (component, commands) in NEEDS.items():
            if group in item.path.parts:
                item.add_marker(group)
                if found(commands) is None and not os.environ.get("CI"):
                    item.add_marker(pytest.mark.skip(reason=f"needs {component}: {group}"))
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))  # said loudly at the end


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """End by naming the groups that could not run, and what passed at the second go only."""
    again = terminalreporter.stats.get("rerun", [])
    if again:
        terminalreporter.section("FAILED ONCE AND WAS RUN AGAIN: FIND OUT WHY", sep="!", red=True)
        for report in again:
            terminalreporter.line(f"{report.nodeid}\n{report.longreprtext}")
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = Counter(str(report.longrepr[2]) for report in skipped)
    left = {r: n for r, n in reasons.items() if "needs " in r}
    if left:
        terminalreporter.section("NOT RUN ON THIS MACHINE", sep="!", red=True)
        for reason, times in left.items():
            terminalreporter.line(f"{times} tests: {reason}")


@pytest.fixture(scope="session")
def lsc() -> Framework:
    """The framework of Lancashire and South Cumbria 2025/26."""
    return load_framework("lsc-2025-26")


@pytest.fixture(scope="session")
def five(lsc: Framework) -> ScoreSheet:
    """Five intentions: A 62.5; B and C tie on 50.0; D lacks cost; E 100.0."""
    scores = [
        [5, 4, 3, 2, 3, 2, 4],
        [3, 3, 3, 3, 3, 3, 3],
        [3, 3, 3, 3, 3, 3, 3],
        [4, 4, np.nan, 4, 4, 4, 4],
        [5, 5, 5, 5, 5, 5, 5],
    ]
    return ScoreSheet(lsc, tuple("ABCDE"), ("a", "b", "c", "d", "e"), np.array(scores))
