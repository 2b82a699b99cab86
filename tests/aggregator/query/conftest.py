"""A filled collection for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from aggregator.query import ArticleFilter, SearchPage, find_articles, search_articles
from storage.database import Database, open_database
from tests.aggregator.query.corpus import fill


@dataclass(frozen=True)
class Collection:
    """The articles of ``corpus`` in a database. Tests leave it as it is."""

    database: Database
    numbers: dict[str, int]

    def names(self, ids: list[int]) -> str:
        """``"smkn sma"``: articles by their short names."""
        named = {number: name for name, number in self.numbers.items()}
        return " ".join(named[article_id] for article_id in ids)

    def find(self, text: str | None = None, **wanted: Any) -> str:
        asked = ArticleFilter(**{"text": text, "limit": 100, **wanted})
        with self.database.session() as session:
            return self.names([view.id for view in find_articles(session, asked).articles])

    def search(self, text: str, **wanted: Any) -> SearchPage:
        with self.database.session() as session:
            return search_articles(session, ArticleFilter(text=text, **wanted))


@pytest.fixture(scope="module")
def held(shared_url: str) -> Iterator[Collection]:
    database = open_database(shared_url, writable=True)
    yield Collection(database, fill(database))
    database.close()
