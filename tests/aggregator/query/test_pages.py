"""Pages of both orders stay stable while articles arrive."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from aggregator.errors import QueryError
from aggregator.query import ArticleFilter, Sort, find_articles, ranking
from storage import channels
from storage.database import Database, open_database
from tests.pipelines.builders import NOW, attributed, body_of, publisher
from tests.storage.holding import hold


@pytest.fixture(scope="module")
def opened(shared_url: str) -> Iterator[Database]:
    database = open_database(shared_url, writable=True)
    with database.session() as session:
        channels.ensure(session, publisher(), ())
    yield database
    database.close()


ARTICLE = st.tuples(
    st.sampled_from(("Guru baru", "Guru guru", "Lain")),
    st.sampled_from(("Para guru honorer.", "Isi tanpa kata itu.", "Isi lain, lalu guru.")),
    st.integers(0, 60),  # days ago
)
ARTICLES = st.lists(ARTICLE, max_size=8)


def add(session: Session, number: int, article: tuple[str, str, int]) -> int:
    headline, body, days = article
    found = attributed(
        url=f"https://contoh.example/berita/{number}/judul",
        headline=headline,
        body_html=body_of(body),
        published_raw=None,
        published_at=NOW - timedelta(days=days),
    )
    return hold(session, found)


def pages(session: Session, wanted: ArticleFilter) -> Iterator[list[int]]:
    cursor: str | None = None
    while True:
        page = find_articles(session, wanted, cursor)
        yield [view.id for view in page.articles]
        cursor = page.next_cursor
        if cursor is None:
            return


@given(
    before=ARTICLES,
    arriving=st.lists(ARTICLES, max_size=4),
    sort=st.sampled_from(Sort),
    text=st.sampled_from(("guru", "guru honorer", "judul:guru", "guru ATAU lain", "")),
    limit=st.integers(1, 4),
    candidates=st.integers(1, 9),
)
@settings(max_examples=60, deadline=None)
def test_articles_that_arrive_between_pages_neither_repeat_nor_hide_others(
    opened: Database,
    before: list[tuple[str, str, int]],
    arriving: list[list[tuple[str, str, int]]],
    sort: Sort,
    text: str,
    limit: int,
    candidates: int,
) -> None:
    wanted = ArticleFilter(text=text, sort=sort, limit=limit)
    with pytest.MonkeyPatch.context() as patch, opened.session() as session:
        patch.setattr(ranking, "CANDIDATES", candidates)
        numbers = iter(range(1000))
        for article in before:
            add(session, next(numbers), article)
        undisturbed = [number for page in pages(session, wanted) for number in page]
        seen: list[int] = []
        batches = iter(arriving)
        for page in pages(session, wanted):
            seen += page
            for article in next(batches, ()):
                add(session, next(numbers), article)
        assert len(seen) == len(set(seen))
        assert [number for number in seen if number in set(undisturbed)] == undisturbed
        session.rollback()


def test_by_relevance_everything_is_listed_up_to_the_candidates(opened: Database) -> None:
    with opened.session() as session:
        for number in range(10):
            add(session, number, ("Guru" if number % 2 else "Lain", "Para guru.", number))
        for limit in (1, 3, 10):
            wanted = ArticleFilter(text="guru", sort=Sort.RELEVANCE, limit=limit)
            found = [number for page in pages(session, wanted) for number in page]
            assert len(found) == len(set(found)) == 10
        session.rollback()


def test_an_old_headline_is_a_candidate_beside_many_newer_mentions(
    opened: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranking, "CANDIDATES", 3)
    with opened.session() as session:
        old = add(session, 0, ("Guru", "Isi.", 50))
        for number in range(1, 9):
            add(session, number, ("Lain", "Kata pembuka. " * 20 + "guru", number))
        wanted = ArticleFilter(text="guru", sort=Sort.RELEVANCE)
        first = find_articles(session, wanted).articles[0]
        assert first.id == old
        session.rollback()


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


AT = ["2026-07-31T01:00:00+00:00", 1]


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        encoded(AT),  # of a page by time
        encoded([1, AT, AT[0]]),
        encoded([1, AT, AT[0], []]),
        encoded([1, AT, AT[0], [None]]),
        encoded([1, AT, AT[0], [None, None, None]]),
        encoded([1, AT, AT[0], [None, 1]]),
        encoded([1, AT, AT[0], 2]),
        encoded([-1, AT, AT[0], [None, None]]),
        encoded([10**9, AT, AT[0], [None, None]]),
        encoded([1.5, AT, AT[0], [None, None]]),
        encoded([True, AT, AT[0], [None, None]]),
        encoded([1, AT, "kemarin", [None, None]]),
        encoded([1, AT, "2026-07-31T01:00:00", [None, None]]),
        encoded([1, [AT[0], 2**70], AT[0], [None, None]]),
        encoded([1, AT, AT[0], [AT, [AT[0], "1"]]]),
    ],
)
def test_a_cursor_that_no_page_by_relevance_gave_is_refused(opened: Database, cursor: str) -> None:
    wanted = ArticleFilter(text="guru", sort=Sort.RELEVANCE)
    with opened.session() as session, pytest.raises(QueryError) as caught:
        find_articles(session, wanted, cursor)
    assert caught.value.fields["field"] == "cursor"


def test_a_cursor_by_relevance_is_none_by_time(opened: Database) -> None:
    ranked = encoded([1, AT, AT[0], [None, None]])
    with opened.session() as session, pytest.raises(QueryError):
        find_articles(session, ArticleFilter(text="guru"), ranked)
