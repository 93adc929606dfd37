"""The set-up: what must stay as it is for the app to be quick, private and quiet."""

import re
import tomllib
from pathlib import Path

from streamlit import config

ROOT = Path(__file__).parents[2]
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def test_forced_garbage_collection_is_off_and_streamlit_still_knows_the_option() -> None:
    assert CONFIG["runner"]["postScriptGC"] is False
    assert "runner.postScriptGC" in config._config_options_template


def test_nothing_is_reported_and_only_this_machine_is_served() -> None:
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["server"]["address"] == "localhost"


def test_every_requirement_is_pinned_and_none_names_an_index() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith(("#", "-r ")):
                assert re.fullmatch(r"[A-Za-z0-9_.-]+(\[[a-z]+\])?==[\w.]+", line), line


def test_no_page_shows_html_of_its_own_making() -> None:
    for path in [ROOT / "app.py", *(ROOT / "views").rglob("*.py")]:
        assert "unsafe_allow_html" not in path.read_text(encoding="utf-8"), path.name


def test_make_app_opens_a_browser_and_no_card_of_streamlits_for_developers() -> None:
    """With a browser opened, Streamlit would offer to install things over the page."""
    made = (ROOT / "Makefile").read_text(encoding="utf-8")
    (run,) = [line for line in made.splitlines() if "streamlit run app.py" in line]
    assert "--server.headless false" in run
    assert "--logger.hideWelcomeMessage true" in run
    assert "logger.hideWelcomeMessage" in config._config_options_template
