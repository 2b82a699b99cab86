"""Debian's Chromium, driven by Playwright. Without it a test is skipped, or fails in CI."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

PROGRAM = "AGGREGATOR_TEST_CHROMIUM"
"""Names another Chromium than the system's."""
SCREENSHOTS = "AGGREGATOR_SCREENSHOTS"
"""Names a folder into which tests put what they saw; `.ci/run` keeps it."""


@contextmanager
def chromium() -> Iterator[Browser]:
    path = os.environ.get(PROGRAM) or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        advice = "Chromium is not installed: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(advice)
        pytest.skip(advice)
    # Its sandbox refuses to work for root, who runs tests in a container.
    root = os.name == "posix" and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"] if root else []
        )
        yield browser
        browser.close()


def picture(page: Page, name: str) -> None:
    """Keep what a person would see, if somebody wants to look."""
    folder = os.environ.get(SCREENSHOTS)
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def barriers(page: Page) -> list[str]:
    """What keeps somebody from using the page, as axe-core finds it."""
    found = Axe().run(page)
    return [
        f"{violation['id']}: {violation['help']}: {node['html']}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]
