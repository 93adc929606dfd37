"""The app, started as a person would start it, and a real Chromium to drive it with."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import NEEDS, found
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
CHROMIUM = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


PATIENCE = 60_000  # milliseconds: a busy machine is slow, and none of these tests is about speed
expect.set_options(timeout=PATIENCE)


def start_app(
    script: str = "app.py", port: int = 0, **environment: str
) -> tuple[subprocess.Popen[bytes], str]:
    """Start Streamlit, on a free port unless one is given, and wait until it answers."""
    port = port or free_port()
    url = f"http://localhost:{port}"
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
    until = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=5)  # noqa: S310
            return process, url
        except OSError:
            time.sleep(0.1)
    stop(process)
    raise RuntimeError(f"the app did not start on port {port}: {process.returncode}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the app at once (SIGKILL), whoever is still connected to it."""
    process.kill()
    process.wait()


@pytest.fixture(scope="session")
def app_url() -> Iterator[str]:
    """The address of the running app."""
    process, url = start_app()
    yield url
    stop(process)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the session."""
    path = found(NEEDS["browser"][1])
    assert path, "Chromium is missing: install it (Debian: apt-get install chromium)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=list(CHROMIUM), timeout=2 * PATIENCE
        )
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh page at 1440 x 900."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()
