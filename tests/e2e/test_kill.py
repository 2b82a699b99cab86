"""``kill -9`` in the middle of a crawl, then the crawl again: as if nothing had happened.

``tests/fuzz/kills.py`` does the same as often as it is told to, at random moments.
"""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from tests.e2e.killing import Content, content, start_demo, statuses, stored


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """On SQLite; whichever database is killed must have the same."""
    folder = tmp_path_factory.mktemp("undisturbed")
    database_url = f"sqlite:///{folder / 'news.db'}"
    assert start_demo(folder, database_url).wait() == 0
    return content(database_url)


@pytest.mark.own_database
@pytest.mark.parametrize(
    "articles",
    [9, *(pytest.param(n, marks=pytest.mark.slow) for n in (0, 1, 20))],
)
def test_killed_crawl_is_made_good(
    tmp_path: Path, database_url: str, undisturbed: Content, articles: int
) -> None:
    process = start_demo(tmp_path, database_url)
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        if stored(database_url) >= articles:
            process.send_signal(signal.SIGKILL)
            break
        time.sleep(0.002)
    process.wait()
    assert start_demo(tmp_path, database_url).wait() == 0
    assert content(database_url) == undisturbed
    assert statuses(database_url) <= {"finished", "interrupted"}


def test_killed_while_the_schema_is_made(tmp_path: Path, undisturbed: Content) -> None:
    database = tmp_path / "news.db"
    database_url = f"sqlite:///{database}"
    process = start_demo(tmp_path, database_url)
    deadline = time.monotonic() + 60
    while not database.exists() and time.monotonic() < deadline:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert start_demo(tmp_path, database_url).wait() == 0
    assert content(database_url) == undisturbed
