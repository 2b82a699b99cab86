"""The Python client against the real web side on a loopback address."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest

from aggregator.cli.text import Translator
from aggregator.client import PAGE, Client, PublicPost
from aggregator.config import Config
from aggregator.errors import APIError
from aggregator.model import (
    Correction,
    CorrectionKind,
    Credit,
    Image,
    MatchReason,
    Precision,
    RightsBasis,
    Role,
)
from aggregator.web.app import create_app
from aggregator.webconfig import WebConfig
from storage import portal, withdrawals
from storage.database import Database
from tests.aggregator.web.conftest import OPEN, Put
from tests.aggregator.web.loopback import serving
from tests.pipelines.builders import NOW, body_of


@pytest.fixture
def database_url(migrated_file: Path, tmp_path: Path) -> str:
    shutil.copy(migrated_file, tmp_path / "news.db")
    return f"sqlite:///{tmp_path / 'news.db'}"


@pytest.fixture
def address(reading: Database) -> Iterator[str]:
    config = Config(web=WebConfig(max_age=0, rate_limit=0))
    with serving(create_app(config, reading, Translator)) as address:
        yield address


@pytest.fixture
def news(address: str) -> Iterator[Client]:
    with Client(address) as client:
        yield client


def test_an_article_comes_back_typed(put: Put, news: Client) -> None:
    number = put(
        basis=OPEN,
        headline="SMK Juara",
        tags=("SMK",),
        topics=("smk",),
        credits=(Credit(name="Rini", role=Role.REPORTER),),
        image=Image(url="https://contoh.example/x.jpg"),
        body_html=body_of("Isi."),
    )
    found = news.article(number)
    assert (found.id, found.headline, found.body) == (number, "SMK Juara", ("Isi.",))
    assert found.published_at == datetime(2026, 7, 31, 9, 15, tzinfo=timezone(timedelta(hours=7)))
    assert found.published_precision is Precision.MINUTE
    assert found.credits == (Credit(name="Rini", role=Role.REPORTER),)
    assert found.image == Image(url="https://contoh.example/x.jpg")
    assert found.attribution.basis is RightsBasis.GOVERNMENT
    assert "Harian Contoh" in found.attribution.credit_line
    assert [revision.number for revision in found.history] == [1]
    assert news.lookup(found.url) == found


def test_corrections_and_posts_of_the_portal_come_along(
    database: Database, put: Put, news: Client
) -> None:
    number = put(headline="Ralat: Jadwal SPMB")
    with database.session() as session:
        post = {"portal": "smk1", "key": "7", "url": "https://smk1.example/read/7"}
        text = {"headline": "Ralat", "published_at": NOW, "opening": "", "is_cut": False}
        held = portal.write_post(session, None, {**post, **text}, (), NOW)
        portal.note_match(session, held, number, MatchReason.ADDRESS, NOW)
    found = news.article(number)
    ralat = Correction(kind=CorrectionKind.RALAT, sentence="Ralat: Jadwal SPMB")
    assert (found.correction, found.history[0].correction) == (ralat, ralat)
    assert found.published_in == (PublicPost(portal="smk1", url=post["url"], at=NOW),)


def test_a_withdrawn_article_says_why(database: Database, put: Put, news: Client) -> None:
    number = put()
    with database.session() as session:
        withdrawals.withdraw(session, number, at=NOW, reason="gone")
    with pytest.raises(APIError) as gone:
        news.article(number)
    assert gone.value.status == 410
    assert gone.value.withdrawn == {"at": NOW.isoformat(), "reason": "gone", "by": "publisher"}


def test_pages_follow_each_other(
    put: Put,
    news: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ids = [put(published_raw=f"{day} Juli 2026 08:00 WIB") for day in range(1, 8)]
    monkeypatch.setattr("aggregator.client.PAGE", 2)
    assert [article.id for article in news.articles()] == ids[::-1]
    assert [article.id for article in news.articles(most=3)] == ids[:-4:-1]
    first = news.page(limit=5)
    rest = news.page(limit=5, cursor=first.next_cursor)
    assert [a.id for a in (*first.articles, *rest.articles)] == ids[::-1]
    assert rest.next_cursor is None


def test_filters_and_search(put: Put, news: Client) -> None:
    wanted = put(headline="Beasiswa Magang", published_raw="31 Juli 2026 08:00 WIB")
    put(headline="Beasiswa Kuliah", published_raw="1 Juli 2026 08:00 WIB")
    assert [a.id for a in news.articles(since=date(2026, 7, 30), publisher="contoh")] == [wanted]
    assert [a.id for a in news.search("magang", section=None)] == [wanted]


def test_numbers(put: Put, news: Client) -> None:
    put(tags=("SMK",))
    assert news.counts("month") == {"2026-07-01": 1}
    assert news.facet("tag", publisher="contoh") == {"SMK": 1}
    (publisher,) = news.publishers()
    assert (publisher.name, publisher.articles) == ("contoh", 1)
    assert publisher.feeds["atom"].endswith("/feed.atom?publisher=contoh")
    assert news.health().status == "unknown"


def test_a_refusal_is_raised_with_its_problem(news: Client) -> None:
    with pytest.raises(APIError) as missing:
        news.article(4711)
    assert missing.value.status == 404
    assert missing.value.type.endswith("#not-found")
    assert "4711" in missing.value.detail
    with pytest.raises(APIError) as wrong:
        news.page(limit=0, since="kemarin")
    assert wrong.value.status == 422
    assert set(wrong.value.parameters) == {"limit", "since"}


def answering(answer: Callable[[httpx.Request], httpx.Response]) -> Client:
    return Client("http://berita.example/", httpx.Client(transport=httpx.MockTransport(answer)))


@pytest.mark.parametrize("body", [b"<html>Bad gateway</html>", b"[]", b""])
def test_what_is_no_problem_document_is_an_error_too(body: bytes) -> None:
    client = answering(lambda _: httpx.Response(502, content=body))
    with pytest.raises(APIError) as caught:
        client.health()
    assert (caught.value.status, caught.value.title) == (502, "Bad Gateway")


def test_who_asks_too_much_is_told_how_long_to_wait() -> None:
    client = answering(lambda _: httpx.Response(429, headers={"Retry-After": "7"}))
    with pytest.raises(APIError) as caught:
        client.health()
    assert caught.value.retry_after == 7


def test_an_answer_that_cannot_be_read_is_an_error() -> None:
    with pytest.raises(APIError) as caught:
        answering(lambda _: httpx.Response(200, content=b"<html>")).health()
    assert caught.value.status is None


def test_a_server_that_does_not_answer_is_an_error() -> None:
    with Client("http://127.0.0.1:1") as client, pytest.raises(APIError) as caught:
        client.health()
    assert caught.value.status is None
    assert caught.value.url == "http://127.0.0.1:1/api/v1/health"


def test_only_what_is_wanted_is_asked_for() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        empty: dict[str, Any] = {"articles": [], "next_cursor": None, "total": None}
        return httpx.Response(200, json=empty)

    list(answering(answer).articles(publisher="contoh", tag=None))
    assert asked == [f"http://berita.example/api/v1/articles?limit={PAGE}&publisher=contoh"]


def test_clusters_come_back_typed_however_many(
    prints: Callable[..., list[int]], news: Client
) -> None:
    first, second = prints({"headline": "Satu"}, {"name": "lain", "headline": "Dua"})
    found = news.cluster(second)
    assert [cluster.cluster_id for cluster in news.clusters()] == [found.cluster_id]
    by_id = {member.id: member for member in found.members}
    assert {number: member.headline for number, member in by_id.items()} == {
        first: "Satu",
        second: "Dua",
    }
    assert by_id[found.representative].via is None
    (other,) = news.article(first).duplicates
    assert (other.publisher, other.url) == ("lain", by_id[second].url)
    (shown,) = news.articles(representatives="yes")
    assert shown.id == found.representative


def test_pages_of_clusters_follow_each_other(
    prints: Callable[..., list[int]], news: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aggregator.client.PAGE", 2)
    for number in range(5):
        prints({}, {"name": "lain"}, text=f"text {number}")
    assert len({cluster.cluster_id for cluster in news.clusters()}) == 5


def test_an_article_alone_has_no_cluster(put: Put, news: Client) -> None:
    with pytest.raises(APIError) as caught:
        news.cluster(put())
    assert caught.value.status == 404
