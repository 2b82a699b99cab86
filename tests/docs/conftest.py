"""Fixtures of the tests of the documentation."""

from __future__ import annotations

import pytest

from tests.docs.copies import python
from tests.docs.pages import PROJECT


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('docs') / 'news.db'}"
    # In a process of its own: a crawl cannot be started twice in one.
    done = python("-m", "aggregator", "--database", url, "crawl", "--demo", cwd=PROJECT)
    assert done.returncode == 0, done.stderr
    return url
