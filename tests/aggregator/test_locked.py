"""What was withdrawn does not leave, and what rules find anew is written down."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest
from sqlalchemy import text

from aggregator.classify import reclassify
from aggregator.config import Config
from aggregator.export import write_csv, write_jsonl
from aggregator.model import Credit, Role
from aggregator.query import (
    ArticleFilter,
    count_articles,
    count_facets,
    count_over_time,
    find_articles,
    get_article,
    iter_articles,
    search_articles,
    stats,
)
from pipelines.store import store
from storage import channels, withdrawals
from storage.database import Database
from tests.pipelines.builders import LONG_TEXT, NOW, attributed, body_of, publisher

LATER = NOW + timedelta(days=1)


@pytest.fixture
def two(database: Database) -> tuple[int, int]:
    """A withdrawn article and one that is not."""
    with database.session() as session:
        channels.ensure(session, publisher(), ())
    ids = []
    for number in (1, 2):
        found = attributed(
            url=f"https://contoh.example/berita/{number}",
            body_html=body_of(f"Rahasia nomor {number}. {LONG_TEXT}"),
            summary=f"Ringkasan rahasia nomor {number}.",
            tags=("SMK",),
            topics=("smk",),
            credits=(Credit(name="Siti Contoh", role=Role.REPORTER),),
        )
        article_id = store(database, found, cause="channel").article_id
        assert article_id is not None
        ids.append(article_id)
    with database.session() as session:
        withdrawals.withdraw(session, ids[0], at=LATER, reason="permintaan", by="Bu Rini")
    return ids[0], ids[1]


@pytest.mark.parametrize(
    ("withdrawn", "shown"), [(False, (1,)), (True, (0,)), (None, (0, 1))], ids=str
)
@pytest.mark.parametrize("words", [None, "rahasia"])
def test_lists_and_searches_leave_it_out(
    database: Database, two: tuple[int, int], withdrawn: bool | None, shown: tuple[int, ...],
    words: str | None,
) -> None:  # fmt: skip
    wanted = ArticleFilter(withdrawn=withdrawn, text=words)
    with database.session() as session:
        page = find_articles(session, wanted)
        streamed = list(iter_articles(session, wanted))
    expected = {two[n] for n in shown}
    assert {view.id for view in page.articles} == {view.id for view in streamed} == expected


def test_nobody_asks_for_it_by_accident() -> None:
    assert ArticleFilter().withdrawn is False


def test_its_own_page_says_so(database: Database, two: tuple[int, int]) -> None:
    with database.session() as session:
        found = get_article(session, str(two[0])).to_json()
        other = get_article(session, str(two[1])).to_json()
    assert found["withdrawn"] == {
        "at": LATER.isoformat(), "reason": "permintaan", "by": "Bu Rini",
    }  # fmt: skip
    assert other["withdrawn"] is None


@pytest.mark.parametrize("write", [write_csv, write_jsonl])
def test_no_export_holds_its_text(database: Database, two: tuple[int, int], write: object) -> None:
    file = io.StringIO()
    with database.session() as session:
        write(iter_articles(session, ArticleFilter(withdrawn=True)), file)  # type: ignore[operator]
    assert "ahasia" not in file.getvalue()
    assert "Harian Contoh" in file.getvalue()


def test_its_public_form_keeps_the_credit_line_and_the_reason(
    database: Database, two: tuple[int, int]
) -> None:
    with database.session() as session:
        found = get_article(session, str(two[0])).to_public_json()
    assert (found["body"], found["body_html"], found["excerpt"], found["image"]) == (
        [], "", None, None,
    )  # fmt: skip
    assert found["attribution"]["credit_line"]
    assert json.loads(json.dumps(found))["withdrawn"]["reason"] == "permintaan"


def test_it_is_counted_apart(database: Database, two: tuple[int, int]) -> None:
    with database.session() as session:
        counted = stats(session)
    (publisher,) = counted.publishers
    assert (publisher.articles, publisher.publishable, publisher.withdrawn) == (1, 1, 1)
    assert list(counted.months.values()) == [1]


@pytest.mark.parametrize("words", [None, "rahasia", "rahasia -bengkel"])
@pytest.mark.parametrize(("withdrawn", "n"), [(False, 1), (True, 1), (None, 2)], ids=str)
def test_counts_leave_it_out(
    database: Database, two: tuple[int, int], words: str | None, withdrawn: bool | None, n: int
) -> None:
    wanted = ArticleFilter(withdrawn=withdrawn, text=words)
    with database.session() as session:
        total = count_articles(session, wanted)
        facets = count_facets(session, wanted)
        over_time = count_over_time(session, wanted)
    assert (total.articles, facets.articles) == (n, n)
    assert facets.counts["publisher"] == {"contoh": n}
    assert sum(bucket.articles for bucket in over_time) == n


def test_no_word_of_it_is_suggested(database: Database, two: tuple[int, int]) -> None:
    """Whatever is suggested is found in an article that may be shown."""
    only = attributed(url="https://contoh.example/berita/3", headline="Wiyata Mandala")
    article_id = store(database, only, cause="channel").article_id
    assert article_id is not None
    asked = ArticleFilter(text="wiyataa")
    with database.session() as session:
        assert search_articles(session, asked).suggestion == "wiyata"
        withdrawals.withdraw(session, article_id, at=LATER, reason="permintaan", by="Bu Rini")
    with database.session() as session:
        assert search_articles(session, asked).suggestion is None


def test_other_peoples_sql_does_not_see_it(database: Database, two: tuple[int, int]) -> None:
    with database.session() as session:
        assert session.scalars(text("SELECT id FROM published_articles")).all() == [two[1]]
        for view in ("article_credits", "article_tags", "article_topics"):
            seen = session.scalars(text(f"SELECT DISTINCT article_id FROM {view}")).all()
            assert set(seen) <= {two[1]}, view


def test_a_correction_that_nobody_looked_for_is_found_later(database: Database) -> None:
    """In articles that an earlier version stored."""
    with database.session() as session:
        channels.ensure(session, publisher(), ())
    store(database, attributed(headline="Ralat: Jadwal SPMB"), cause="channel")
    with database.session() as session:
        session.execute(text("UPDATE article SET correction_kind = NULL, correction_text = NULL"))
    url = database.engine.url.render_as_string(hide_password=False)
    assert reclassify(Config(database_url=url)) == (1, 1)
    assert reclassify(Config(database_url=url)) == (1, 0)
    with database.session() as session:
        view = get_article(session, "1")
    assert view.article.correction is not None
    assert [flag.name for flag in view.article.flags] == ["correction"]
    assert view.holding.revision == 1
