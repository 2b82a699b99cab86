"""The newest matches: the same however rare the words are, and however numbers and times relate."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import ColumnElement, event

from aggregator.model import AttributedArticle
from aggregator.search.syntax import Phrase, Search
from storage import channels, newest
from storage.database import Database, open_database
from storage.newest import newest_ids
from storage.tables import ArticleRow
from tests.pipelines.builders import NOW, publisher
from tests.storage.holding import hold
from tests.storage.test_search import wording

AGES = st.lists(st.integers(0, 6), max_size=25)
"""How old each article is in days, in the order of arrival."""


def searching(*words: str, without: tuple[str, ...] = ()) -> Search:
    return Search(
        wanted=tuple(Phrase(terms=(word,)) for word in words),
        unwanted=tuple(Phrase(terms=(word,)) for word in without),
    )


@pytest.fixture(scope="module")
def opened(shared_url: str) -> Iterator[Database]:
    database = open_database(shared_url, writable=True)
    with database.session() as session:
        channels.ensure(session, publisher(), ())
    yield database
    database.close()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a handful of articles are many."""
    for name, value in (("FEW", 2), ("FIRST_PIECE", 2), ("LARGEST_PIECE", 4), ("SPACE", 1)):
        monkeypatch.setattr(newest, name, value)


Holds = Callable[[int, int], bool]
"""Of an article by its number of arrival and its age in days."""

SEARCHES: tuple[tuple[Search, Holds], ...] = (
    (searching(), lambda _n, _age: True),
    (searching("genap"), lambda n, _age: n % 2 == 0),
    (searching("semua"), lambda _n, _age: True),
    (searching("semua", "genap"), lambda n, _age: n % 2 == 0),
    (searching("semua", without=("genap",)), lambda n, _age: n % 2 == 1),
    (searching(without=("genap",)), lambda n, _age: n % 2 == 1),
    (searching("tidakada"), lambda _n, _age: False),
)
CONDITIONS: tuple[tuple[tuple[ColumnElement[bool], ...], Holds], ...] = (
    ((), lambda _n, _age: True),
    ((ArticleRow.sort_at >= NOW - timedelta(days=3),), lambda _n, age: age <= 3),
    ((ArticleRow.section == "a",), lambda n, _age: n % 3 == 0),
)


def dated(number: int, age: int) -> AttributedArticle:
    return wording(
        number,
        headline="semua genap" if number % 2 == 0 else "semua ganjil",
        section="b" if number % 3 else "a",
        published_raw=None,
        published_at=NOW - timedelta(days=age),
    )


@given(ages=AGES, limit=st.one_of(st.none(), st.integers(1, 30)))
@settings(max_examples=40, deadline=None)
@pytest.mark.usefixtures("small")
def test_the_newest_are_the_first_of_all_that_match(
    opened: Database, ages: list[int], limit: int | None
) -> None:
    with opened.session() as session:
        arrived = [(n, age, hold(session, dated(n, age))) for n, age in enumerate(ages)]
        for search, has_words in SEARCHES:
            for conditions, fulfils in CONDITIONS:
                expected = sorted(
                    (-age, article_id)
                    for n, age, article_id in arrived
                    if has_words(n, age) and fulfils(n, age)
                )
                newest_first = [article_id for _, article_id in reversed(expected)]
                assert newest_ids(session, conditions, search, limit) == newest_first[:limit]
        session.rollback()


@pytest.mark.parametrize(
    ("ids", "ranges"),
    [
        ([], []),
        ([5], [(5, 5)]),
        ([1, 2, 3], [(1, 3)]),
        ([1, 3, 4], [(1, 1), (3, 4)]),
        ([1, 5, 9], [(1, 1), (5, 5), (9, 9)]),
    ],
)
@pytest.mark.usefixtures("small")
def test_ranges(ids: list[int], ranges: list[tuple[int, int]]) -> None:
    assert list(newest._ranges(ids)) == ranges


@pytest.mark.parametrize(
    ("articles", "limit", "few"),
    [
        (0, 50, newest.FEW),
        (10_000, 50, newest.FEW),
        (10_000, 5_000, 5_000),
        (1_000_000, 200, 4_472),
        (1_000_000, 0, newest.FEW),
    ],
)
def test_of_more_articles_more_matches_are_few(articles: int, limit: int, few: int) -> None:
    assert newest.few_of(articles, limit) == few


def test_a_common_word_is_not_looked_for_in_everything(
    opened: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite: two pieces of two are enough for two of a hundred."""
    if opened.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL plans by itself")
    for name, value in (("FEW", 2), ("FIRST_PIECE", 2)):
        monkeypatch.setattr(newest, name, value)
    asked: list[str] = []

    def note(*arguments: object) -> None:
        asked.append(str(arguments[2]))

    event.listen(opened.engine, "before_cursor_execute", note)
    try:
        with opened.session() as session:
            for number in range(1, 101):
                hold(session, dated(number, 0))
            asked.clear()
            assert len(newest_ids(session, (), searching("genap"), 2)) == 2
            walked = [statement for statement in asked if "ORDER BY article.sort_at" in statement]
            session.rollback()
    finally:
        event.remove(opened.engine, "before_cursor_execute", note)
    assert len(walked) == 2
