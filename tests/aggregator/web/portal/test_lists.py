"""Lists, indexes, sitemaps, robots.txt, refusals and what browsers are told."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from anyio import CapacityLimiter
from lxml import etree
from starlette.applications import Starlette

from aggregator.cli.text import Translator
from aggregator.config import Config
from aggregator.errors import StorageError
from aggregator.model import Dateline
from aggregator.query import find_articles
from aggregator.web.answers import KeptAnswers
from aggregator.web.app import base_of, create_app
from aggregator.web.portal import lists
from aggregator.web.portal.responder import PageResponder
from aggregator.web.portal.routes import portal_routes
from aggregator.webconfig import WebConfig
from storage.database import Database
from tests.aggregator.web.conftest import OPENED, Ask, Put
from tests.aggregator.web.portal.conftest import Read, headlines, reader, words

AskAs = Callable[..., Ask]


def test_pages_follow_each_other_whatever_arrives_meanwhile(
    put: Put, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "ARTICLES", 2)
    for number in range(1, 6):
        put(headline=f"Nomor {number}", published_raw=f"{number} Juli 2026 08:00 WIB")
    page, found = read("/"), []
    put(headline="Baru", published_raw="9 Juli 2026 08:00 WIB")
    while True:
        found += headlines(page)
        following = page.xpath("//a[@rel='next']/@href")
        if not following:
            break
        page = read(following[0])
    assert found == [f"Nomor {number}" for number in (5, 4, 3, 2, 1)]
    assert page.xpath("//nav[@class='pages']/a/@href") == ["/"]


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/topik/smk", "SMK"),
        ("/penerbit/contoh", "Harian Contoh"),
        ("/tempat/Kalimantan Timur", "Kalimantan Timur"),
        ("/tempat/balikpapan", "balikpapan"),
    ],
)
def test_a_list_of_some(put: Put, read: Read, path: str, title: str) -> None:
    place = Dateline(
        mark=None,
        place="BALIKPAPAN",
        raw="BALIKPAPAN --",
        region="Kota Balikpapan",
        province="Kalimantan Timur",
    )
    put(headline="Ini", topics=("smk",), dateline=place)
    put(headline="Itu", name="lain")
    page = read(path)
    assert (page.xpath("//h1/text()"), headlines(page)) == ([title], ["Ini"])


@pytest.mark.parametrize(
    "path", ["/topik/apa", "/penerbit/apa", "/tempat/apa", "/topik/", "/?cursor=x", "/rubrik"]
)
def test_a_list_of_nothing_is_no_page(put: Put, ask: Ask, path: str) -> None:
    put()
    assert ask(path).status_code == 404


def test_indexes_count_what_readers_are_shown(put: Put, read: Read) -> None:
    put(topics=("smk",))
    put(topics=("smk", "guru"), name="lain")
    listed = [" ".join(li.text_content().split()) for li in read("/topik").xpath("//main//li")]
    assert listed == ["SMK 2", "Guru 1"]
    assert words(read("/penerbit")).count("Harian Contoh 1") == 2
    assert "Belum ada apa-apa" in words(read("/tempat"))


def test_the_navigation_says_where_a_reader_is(put: Put, read: Read) -> None:
    put(topics=("smk",))
    for path, said in (("/topik", "page"), ("/topik/smk", "true"), ("/penerbit/contoh", "true")):
        (current,) = read(path).xpath("//nav//a[@aria-current]")
        assert (current.get("href"), current.get("aria-current")) == (
            f"/{path.split('/')[1]}",
            said,
        )


def test_the_front_page_announces_every_feed(put: Put, read: Read, ask: Ask) -> None:
    put()
    feeds = read("/").xpath("//link[@rel='alternate'][@type]/@href")
    assert feeds == ["/feed.rss", "/feed.atom", "/feed.json"]
    assert {ask(feed).status_code for feed in feeds} == {200}


def test_a_list_names_itself_to_who_shares_it(put: Put, ask_as: AskAs) -> None:
    put(topics=("uji-kompetensi",))
    read = reader(ask_as(school="SMK Contoh", base_url="https://smk.example"))
    page = read("/en/topik/uji-kompetensi?cursor=")
    said = {m.get("property"): m.get("content") for m in page.xpath("//meta[@property]")}
    assert said == {
        "og:type": "website",
        "og:title": "Uji kompetensi – SMK Contoh",
        "og:url": "https://smk.example/en/topik/uji-kompetensi",
        "og:site_name": "SMK Contoh",
    }


def test_the_school_is_the_configurations(put: Put, ask_as: AskAs, tmp_path: Path) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    portal = replace(
        OPENED,
        motto="Siap Kerja - Santun",
        logo=logo,
        colour="#1b5e20",
        colour_dark="#8fd19a",
        languages=("en",),
    )
    put()
    ask = ask_as(school="SMK Contoh", portal=portal, timezone="Asia/Jayapura")
    page = reader(ask)("/berita/1")
    (head,) = page.xpath("//header[@class='site']//a[@class='school']")
    assert " ".join(head.text_content().split()) == "SMK ContohSiap Kerja - Santun"
    assert ask(head.xpath("img/@src")[0]).content == logo.read_bytes()
    style = ask(page.xpath("//link[@rel='stylesheet']/@href")[0]).text
    assert ":root{--school:#1b5e20;--school-dark:#8fd19a}" in style
    assert page.xpath("//html/@lang") == ["en"]
    assert "Friday, 31 July 2026 11:15 WIT" in words(page)


def test_a_topics_page_announces_its_own_feed(put: Put, read: Read, ask: Ask) -> None:
    put(topics=("smk",))
    (feed, *_) = read("/topik/smk").xpath("//link[@type='application/rss+xml']/@href")
    assert feed == "/feed.rss?topic=smk"
    assert ask(feed).status_code == 200


def test_what_is_hung_on_an_address_makes_no_other_page(put: Put, ask: Ask) -> None:
    put()
    assert ask("/?utm_source=wa&fbclid=1").text == ask("/").text


# --- for machines ---------------------------------------------------------------------------------


def test_sitemaps_name_every_article_with_its_source(put: Put, ask: Ask) -> None:
    put()
    put(published_raw="7 Agustus 2020 08:00 WIB")
    index = etree.fromstring(ask("/sitemap.xml").content)
    found = [ask(loc.replace("http://berita.example", "")) for loc in index.itertext()]
    assert [answer.status_code for answer in found] == [200, 200, 200]
    assert {answer.headers["content-type"] for answer in found} == {"application/xml"}
    months = [etree.fromstring(answer.content) for answer in found[1:]]
    assert [len(month) for month in months] == [1, 1]
    entry = "".join(months[0].itertext())
    assert "/berita/2/siswa-smk-merakit-sepeda-listrik" in entry
    assert "Sumber: Harian Contoh" in entry


@pytest.mark.parametrize("month", ["2026-13", "0000-01", "2026", "x"])
def test_a_sitemap_of_no_month_is_none(ask: Ask, month: str) -> None:
    assert ask(f"/sitemap-{month}.xml").status_code == 404


def test_robots_bars_searches_alone(ask_as: AskAs) -> None:
    found = ask_as(base_url="https://smk.example/berita")("/robots.txt").text
    assert re.findall("Disallow: (.*)", found) == ["/berita/cari", "/berita/en/cari"]
    assert "Sitemap: https://smk.example/berita/sitemap.xml" in found


def test_behind_a_proxys_path_every_link_has_it(put: Put, ask_as: AskAs) -> None:
    put()
    page = reader(ask_as(base_url="https://smk.example/berita"))("/")
    own = [a for a in page.xpath("//@href | //@src | //@action") if not a.startswith("http")]
    assert [a for a in own if not a.startswith(("/berita/", "#"))] == []


def test_the_style_sheet_is_kept_for_ever_under_an_address_of_its_own(
    read: Read, ask: Ask, ask_as: AskAs
) -> None:
    (path,) = read("/").xpath("//link[@rel='stylesheet']/@href")
    style = ask(path)
    assert style.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in style.headers["cache-control"]
    assert style.headers["content-encoding"] == "gzip"
    assert int(style.headers["content-length"]) < len(style.content) / 2
    green = reader(ask_as(portal=replace(OPENED, colour="#1b5e20")))("/")
    assert green.xpath("//link[@rel='stylesheet']/@href") != [path]


# --- what browsers are told -----------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/berita/9", "/cari", "/topik", "/favicon.ico"])
def test_every_page_forbids_what_it_does_not_need(ask: Ask, path: str) -> None:
    headers = ask(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in headers


def test_pages_have_nothing_inline(put: Put, read: Read) -> None:
    put()
    for path in ("/", "/berita/1", "/cari?q=siswa"):
        page = read(path)
        assert page.xpath("//style | //*[@style] | //iframe | //object") == []
        assert page.xpath("//script/@type") in ([], ["application/ld+json"])


# --- refusals -------------------------------------------------------------------------------------


def test_who_asks_too_much_is_told_so_on_a_page(ask_as: AskAs) -> None:
    ask = ask_as(web=WebConfig(rate_limit=1))
    ask("/")
    page = reader(ask)("/", status=429)
    assert "Terlalu banyak permintaan" in words(page)


def test_without_a_database_there_is_still_a_page(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise StorageError("sqlite:///rahasia", "rahasia")

    monkeypatch.setattr(lists, "find_articles", broken)
    answer = ask("/")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert "rahasia" not in answer.text
    assert "Basis data sedang tidak dapat ditanya." in answer.text


def test_what_is_not_there_is_said_as_everywhere(read: Read) -> None:
    page = read("/tidak-ada", status=404)
    assert page.xpath("//h1/text()") == ["Halaman tidak ditemukan"]
    assert page.xpath("//main//a/@href") == ["/"]


def test_a_refusal_speaks_the_language_of_its_address(ask: Ask) -> None:
    assert "There is nothing at this address." in ask("/en/apa").text
    assert ask("/en/apa").headers["content-language"] == "en"
    assert "Tidak ada apa-apa" in ask("/english").text


def test_a_page_can_only_be_read(ask: Ask) -> None:
    answer = ask("/", "POST")
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


def test_a_page_that_many_open_at_once_is_made_once(
    put: Put, reading: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    put()
    made = []

    def find(*given: Any, **more: Any) -> Any:
        made.append(given)
        return find_articles(*given, **more)

    monkeypatch.setattr(lists, "find_articles", find)
    app = create_app(
        Config(portal=OPENED, web=WebConfig(max_age=60, rate_limit=0)), reading, Translator
    )

    async def many() -> list[int]:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://berita.example"
        ) as asked:
            answers = await asyncio.gather(*(asked.get("/") for _ in range(20)))
            return [answer.status_code for answer in answers]

    assert asyncio.run(many()) == [200] * 20
    assert len(made) == 1


def test_a_page_that_was_asked_for_before_a_decision_is_not_shown_after_it(
    put: Put, reading: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    put()
    config = Config(portal=OPENED, web=WebConfig(max_age=60, rate_limit=0))
    made: list[str] = []

    def find(*given: Any, **more: Any) -> Any:
        if not made:
            pages.kept.forget()  # decided while the page was being made
        made.append("a page")
        return find_articles(*given, **more)

    monkeypatch.setattr(lists, "find_articles", find)

    async def three_times() -> None:
        transport = httpx.ASGITransport(Starlette(routes=list(portal_routes(pages))))
        async with httpx.AsyncClient(transport=transport, base_url="http://b.example") as asked:
            for _ in range(3):
                assert (await asked.get("/")).status_code == 200

    pages = PageResponder(
        config=config,
        database=reading,
        kept=KeptAnswers(60),
        line=CapacityLimiter(2),
        say=Translator,
        base_of=base_of,
    )
    asyncio.run(three_times())
    assert len(made) == 2
