"""Scrapy's own commands keep working, under the same lock as ours."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from storage.database import open_database
from storage.locks import held
from tests.demo import build
from tests.e2e.world import PROJECT, Finished, run_program
from tests.pipelines.builders import WITA


def scrapy_crawl(folder: Path) -> Finished:
    archive = f"AGGREGATOR_REPLAY={build.DEMO / 'demo.warc.gz'}"
    env = {
        "AGGREGATOR_DATABASE_URL": f"sqlite:///{folder / 'news.db'}",
        "SCRAPY_SETTINGS_MODULE": "aggregator.settings",
    }
    command = ("-m", "scrapy", "crawl", "republika", "-s", archive)
    return run_program(*command, "-s", "DOWNLOAD_DELAY=0", cwd=PROJECT, env=env)


def content(folder: Path) -> tuple[int, list[str]]:
    """Stored articles, and how the runs ended."""
    connection = sqlite3.connect(folder / "news.db")
    articles = connection.execute("SELECT count(*) FROM article").fetchone()[0]
    statuses = [row[0] for row in connection.execute("SELECT status FROM run")]
    connection.close()
    return int(articles), statuses


def test_a_crawl_of_scrapys_own(tmp_path: Path) -> None:
    done = scrapy_crawl(tmp_path)
    assert done.code == 0, done.err
    articles, statuses = content(tmp_path)
    assert articles > 5
    assert statuses == ["finished"]


def test_a_publisher_that_is_being_crawled_is_left_alone(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'news.db'}", writable=True)
    with held(database, ["republika"], WITA):
        done = scrapy_crawl(tmp_path)
    database.close()
    assert "republika is being crawled by process" in done.err
    assert content(tmp_path) == (0, [])
