"""Search for readers."""

from __future__ import annotations

import pytest

from aggregator.model import Dateline, RightsBasis
from aggregator.web.portal import search
from tests.aggregator.web.conftest import OPEN, Ask, Put
from tests.aggregator.web.portal.conftest import Read, headlines, words
from tests.pipelines.builders import body_of


def test_words_are_marked_where_they_stand(put: Put, read: Read) -> None:
    put(headline="Pendidikan Vokasi", body_html=body_of("Guru mendidik siswa."), basis=OPEN)
    page = read("/cari?q=pendidikan")
    assert page.xpath("//main//mark/text()") == ["Pendidikan", "mendidik"]
    assert "1 ditemukan" in words(page)
    assert page.xpath("//input[@name='q']/@value") == ["pendidikan"]


def test_a_text_that_may_not_be_shown_is_found_and_not_shown(put: Put, read: Read) -> None:
    put(body_html=body_of("awal " * 60, "kata rahasia di akhir"), basis=RightsBasis.EXCERPT_ONLY)
    page = read("/cari?q=rahasia")
    assert "1 ditemukan" in words(page)
    assert "rahasia" not in words(page).replace("Cari: rahasia", "")


def test_facets_narrow_and_widen(put: Put, read: Read) -> None:
    put(headline="Siswa A", topics=("smk",))
    put(headline="Siswa B", topics=("guru",), name="lain")
    page = read("/cari?q=siswa")
    found = dict(
        zip(
            [a.text for a in page.xpath("//div[@class='facets']//a")],
            page.xpath("//div[@class='facets']//a/@href"),
            strict=True,
        )
    )
    narrowed = read(found["SMK"])
    assert headlines(narrowed) == ["Siswa A"]
    (chosen,) = narrowed.xpath("//a[@aria-current='true']")
    assert chosen.get("href") == "/cari?q=siswa"


def test_a_place_is_a_facet_too(put: Put, read: Read) -> None:
    for headline, province in (("Siswa A", "Papua"), ("Siswa B", "Bali")):
        raw = f"{province.upper()} --"
        put(
            headline=headline,
            dateline=Dateline(mark=None, place=province, raw=raw, province=province),
        )
    (papua,) = [
        a for a in read("/cari?q=siswa").xpath("//div[@class='facets']//a") if a.text == "Papua"
    ]
    narrowed = read(papua.get("href"))
    assert headlines(narrowed) == ["Siswa A"]
    assert narrowed.xpath("//a[@aria-current='true']/@href") == ["/cari?q=siswa"]


def test_nothing_found_shows_the_way_on(put: Put, read: Read) -> None:
    put()
    page = read("/cari?q=zzzz")
    assert "Tidak ada yang ditemukan." in words(page)
    ways = page.xpath("//main//a/@href")
    assert ways == ["/topik", "/penerbit", "/"]
    for way in ways:
        read(way)


def test_a_better_spelling_is_offered(put: Put, read: Read) -> None:
    put(headline="Perpustakaan Keliling")
    (offered,) = read("/cari?q=perpustakan").xpath("//p[@class='notice']/a")
    assert offered.text == "perpustakaan"
    assert headlines(read(offered.get("href"))) == ["Perpustakaan Keliling"]


def test_results_follow_each_other(put: Put, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "ARTICLES", 2)
    numbers = {put(headline=f"Siswa {n}") for n in range(5)}
    page, found = read("/cari?q=siswa"), []
    while True:
        found += [int(a.split("/")[2]) for a in page.xpath("//main//article//h2/a/@href")]
        following = page.xpath("//a[@rel='next']/@href")
        if not following:
            break
        page = read(following[0])
    assert sorted(found) == sorted(numbers)


@pytest.mark.parametrize("query", ["penerbit:apa", "sejak:kemarin", '"'])
def test_what_cannot_be_meant_is_said(put: Put, ask: Ask, query: str) -> None:
    put()
    answer = ask("/cari", params={"q": query})
    assert answer.status_code in (200, 422)
    assert answer.status_code == 200 or 'role="alert"' in answer.text


def test_an_unknown_publisher_in_the_apis_text_is_the_clients_mistake(ask: Ask) -> None:
    answer = ask("/api/v1/articles?text=penerbit:apa")
    assert (answer.status_code, answer.json()["status"]) == (422, 422)


def test_nothing_is_searched_for_nothing(ask: Ask, read: Read) -> None:
    assert "Tulis yang Anda cari" in words(read("/cari"))
    assert ask("/cari", params={"q": "a" * 501}).status_code == 404


def test_searches_are_not_for_search_engines(read: Read) -> None:
    assert read("/cari?q=a").xpath("//meta[@name='robots']/@content") == ["noindex, follow"]
