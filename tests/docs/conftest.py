"""Fixtures of the tests of the documentation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from aggregator.cli.text import Translator
from aggregator.config import Config
from aggregator.web.app import create_app
from storage.database import open_database
from tests.aggregator.web.loopback import serving
from tests.docs.copies import python
from tests.docs.pages import PROJECT


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('docs') / 'news.db'}"
    # In a process of its own: a crawl cannot be started twice in one.
    done = python("-m", "aggregator", "--database", url, "crawl", "--demo", cwd=PROJECT)
    assert done.returncode == 0, done.stderr
    return url


@pytest.fixture(scope="session")
def demo_address(demo_database: str) -> Iterator[str]:
    """``aggregator serve`` over the demo's articles, on a loopback address."""
    with (
        closing(open_database(demo_database)) as database,
        serving(create_app(Config(), database, Translator)) as address,
    ):
        yield address
