"""The app, started as a person would start it, and a real Chromium to drive it with."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import NEEDS, found

ROOT = Path(__file__).parents[2]
CHROMIUM = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


PATIENCE = 20_000  # milliseconds: a busy machine is slow, and none of these tests is about speed
expect.set_options(timeout=PATIENCE)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_app(
    script: str = "app.py", port: int = 0, **environment: str
) -> tuple[subprocess.Popen[bytes], str]:
    """Start Streamlit, on a free port unless one is given, and wait until it answers."""
    port = port or free_port()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)),
            # Files that change while tests run must not change the app under them.
            *("--server.fileWatcherType", "none"),
        ],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://localhost:{port}"
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=1)  # noqa: S310
            return process, url
        except OSError:
            time.sleep(0.1)
    process.kill()
    raise RuntimeError("the app did not start within 30 seconds")


@pytest.fixture(scope="session")
def app_url() -> Iterator[str]:
    """The address of the running app."""
    process, url = start_app()
    yield url
    process.terminate()
    process.wait(10)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the session."""
    path = found(NEEDS["browser"][1])
    assert path, "Chromium is missing: install it (Debian: apt-get install chromium)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM))
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh page at 1440 x 900."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()
