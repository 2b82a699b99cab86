"""``kill -9`` in the middle of a crawl, then the crawl again: as if nothing had happened."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.world import PROJECT, Finished

Aggregator = Callable[..., Finished]

# What must be equal; numbers of rows may differ, since articles may arrive in another order.
CONTENT = {
    "article": "publisher, external_id, canonical_url, headline, body, credit_line, revision, "
    "first_seen, publishable",
    "article_url": "publisher, url, reason",
    "revision": "headline, body, number, changed",
    "credit": "name, role, position",
    "entry": "key, url, headline",
    "tombstone": "key",
    "article_signature": "priority, marks, minima",
    "cluster_mark": "mark, witness",
    "cluster_link": "reason, score",
    "cluster_member": "reason, score",
    "cluster_pending": "article_id",
}


def content(database: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(database) as connection:
        found = {
            table: sorted(connection.execute(f"SELECT {columns} FROM {table}"), key=repr)
            for table, columns in CONTENT.items()
        }
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    return found


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[object, ...]]]:
    folder = tmp_path_factory.mktemp("undisturbed")
    start_crawl(folder).wait()
    return content(folder / "news.db")


def start_crawl(folder: Path) -> subprocess.Popen[bytes]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("AGGREGATOR_")}
    return subprocess.Popen(
        [sys.executable, "-m", "aggregator", "crawl", "--demo"],
        cwd=folder,
        env=clean | {"PYTHONPATH": str(PROJECT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def stored(database: Path) -> int:
    if not database.exists():
        return 0
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=1)
    try:
        return int(connection.execute("SELECT count(*) FROM article").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.close()


@pytest.mark.parametrize("articles", [0, 1, 4, 9, 15, 20])
def test_killed_crawl_is_made_good(
    tmp_path: Path, undisturbed: dict[str, list[tuple[object, ...]]], articles: int
) -> None:
    database = tmp_path / "news.db"
    process = start_crawl(tmp_path)
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        if stored(database) >= articles and database.exists():
            process.send_signal(signal.SIGKILL)
            break
        time.sleep(0.002)
    process.wait()
    assert start_crawl(tmp_path).wait() == 0
    assert content(database) == undisturbed
    with sqlite3.connect(database) as connection:
        statuses = {row[0] for row in connection.execute("SELECT status FROM run")}
    connection.close()
    assert statuses <= {"finished", "interrupted"}
