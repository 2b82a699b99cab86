"""The page of an article, in the form of the school portals that editors know."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from aggregator.model import Correction, CorrectionKind, Credit, Dateline, Role
from aggregator.portalconfig import PortalConfig
from pipelines.attribute import attribute
from pipelines.store import store
from storage.database import Database
from tests.aggregator.web.conftest import OPEN, OPENED, Ask, Put
from tests.aggregator.web.portal.conftest import Decide, Read, headlines, reader, words
from tests.pipelines.builders import NOW, body_of, normalised, publisher

MODEL: dict[str, Any] = {
    "basis": OPEN,
    "headline": "Panduan Orang Tua tentang Belajar di Rumah",
    "published_raw": "Jumat, 7 Agustus 2020 09:11 WIB",
    "body_html": body_of(
        "Balikpapan, Ditjen Contoh - Paragraf pertama di sini.", "Paragraf kedua."
    ),
    "credits": (Credit(name="Rini Contoh", role=Role.REPORTER),),
}
URL = "https://contoh.example/berita/1/judul"


def test_it_reads_like_the_model(put: Put, read: Read) -> None:
    put(**MODEL)
    said = words(read("/berita/1"))
    order = [
        "Harian Contoh",
        "Panduan Orang Tua tentang Belajar di Rumah",
        "Jumat, 7 Agustus 2020 10.11 WITA · Oleh Rini Contoh · Dilihat 0 kali",
        "Paragraf pertama di sini.",
        "Paragraf kedua.",
        "Sumber: Harian Contoh — “Panduan Orang Tua tentang Belajar di Rumah”, Rini Contoh",
        f"({URL})",
        "Penerbit: Harian Contoh",
    ]
    places = [said.find(part) for part in order]
    assert -1 not in places, (places, said)
    assert places == sorted(places)


def test_the_publisher_is_linked_above_and_below(put: Put, read: Read) -> None:
    put(**MODEL)
    page = read("/berita/1")
    assert page.xpath("//article/header//a/@href") == [URL]
    assert page.xpath("//article/footer/p/a/@href") == [URL, "/penerbit/contoh"]


def test_below_it_are_its_topics_and_its_place(put: Put, read: Read) -> None:
    place = Dateline(
        mark="Ditjen Contoh",
        place="BALIKPAPAN",
        raw="BALIKPAPAN, Ditjen Contoh -",
        region="Kota Balikpapan",
        province="Kalimantan Timur",
    )
    put(**MODEL, topics=("smk",), dateline=place)
    page = read("/berita/1")
    links = page.xpath("//article/footer/ul//a")
    assert [link.text for link in links] == ["SMK", "Kota Balikpapan"]
    for link in links:
        assert headlines(read(link.get("href"))) == [MODEL["headline"]]


def test_the_dateline_opens_the_text(put: Put, read: Read) -> None:
    put(**MODEL, dateline=Dateline(mark=None, place="Balikpapan", raw="Balikpapan, Ditjen --"))
    (first, *_) = read("/berita/1").xpath("//div[@class='text']/p")
    assert first.text_content().startswith("Balikpapan, Ditjen -- ")
    assert first.xpath("b/@class") == ["dateline"]


def test_an_excerpt_ends_with_the_way_on(put: Put, read: Read) -> None:
    put(body_html=body_of("kata " * 100))
    page = read("/berita/1")
    (more,) = page.xpath("//p[@class='more']/a")
    assert (more.text, more.get("href")) == ("Baca selengkapnya di Harian Contoh", URL)
    assert len(page.xpath("//div[@class='text']/p[1]")[0].text_content()) <= 180


def test_it_names_the_original_to_machines(put: Put, read: Read, ask_as: Any) -> None:
    put(**MODEL)
    page = reader(ask_as(school="SMK Contoh"))("/berita/1")
    assert page.xpath("//link[@rel='canonical']/@href") == [URL]
    assert page.xpath("//html/@lang") == ["id"]
    shared = {m.get("property"): m.get("content") for m in page.xpath("//meta[@property]")}
    assert shared.pop("og:description") == "Paragraf pertama di sini. Paragraf kedua."
    assert shared == {
        "og:type": "article",
        "og:title": MODEL["headline"],
        "og:url": "http://berita.example/berita/1/panduan-orang-tua-tentang-belajar-di-rumah",
        "og:site_name": "SMK Contoh",
        "article:published_time": "2020-08-07T10:11+08:00",
        "article:author": "Rini Contoh",
    }
    (data,) = page.xpath("//script[@type='application/ld+json']/text()")
    found = json.loads(data)
    assert found["@type"] == "NewsArticle"
    assert found["isBasedOn"]["url"] == URL
    assert found["publisher"]["name"] == "Harian Contoh"
    assert found["provider"]["name"] == "SMK Contoh"
    assert found["datePublished"] == "2020-08-07T10:11+08:00"
    assert found["creditText"].startswith("Sumber: Harian Contoh")
    assert found["author"] == [{"@type": "Person", "name": "Rini Contoh"}]


def test_where_nobody_is_named_the_publisher_stands_for_the_author(put: Put, read: Read) -> None:
    put()
    page = read("/berita/1")
    assert "Oleh Harian Contoh" in words(page)
    (data,) = page.xpath("//script[@type='application/ld+json']/text()")
    assert json.loads(data)["author"] == [{"@type": "Organization", "name": "Harian Contoh"}]


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Asia/Jakarta", "09.11 WIB"),
        ("Asia/Makassar", "10.11 WITA"),
        ("Asia/Jayapura", "11.11 WIT"),
    ],
)
def test_the_time_is_the_schools_with_its_zone(
    put: Put, ask_as: Callable[..., Ask], zone: str, said: str
) -> None:
    put(**MODEL)
    page = reader(ask_as(timezone=zone))("/berita/1")
    assert f"Jumat, 7 Agustus 2020 {said} · Oleh" in words(page)


def test_a_day_stays_the_publishers_day(put: Put, read: Read) -> None:
    put(published_raw="7 Agustus 2020")
    page = read("/berita/1")
    assert "Jumat, 7 Agustus 2020 · Oleh" in words(page)
    assert page.xpath("//article/header//time/@datetime") == ["2020-08-07"]


@pytest.mark.parametrize(
    ("kind", "sentence", "label"),
    [
        (CorrectionKind.RALAT, "Ralat: bukan 10 melainkan 12.", "Ralat"),
        (CorrectionKind.HAK_JAWAB, "Hak jawab: bukan 10 melainkan 12.", "Hak jawab"),
        (CorrectionKind.PEMBARUAN, "Bukan 10 melainkan 12.", "Pembaruan"),
    ],
)
def test_a_correction_is_dated_and_linked(
    put: Put, read: Read, database: Database, kind: CorrectionKind, sentence: str, label: str
) -> None:
    put()
    corrected = normalised(
        url=URL,
        body_html=body_of("Isi berita nomor 1 yang benar."),
        fetched_at=NOW + timedelta(days=3),
    )
    corrected = replace(corrected, correction=Correction(kind=kind, sentence=sentence))
    store(database, attribute(corrected, publisher()), cause="channel")
    (notice,) = read("/berita/1").xpath("//p[@class='notice']")
    said = " ".join(notice.text_content().split())
    assert said.startswith(f"{label} (Selasa, 4 Agustus 2026 11.00 WITA): Bukan 10 melainkan")
    assert notice.xpath("a/@href") == [URL]


def test_more_to_read_is_of_the_same_topic_and_words(put: Put, read: Read) -> None:
    put(headline="Lomba Robot Siswa SMK", topics=("smk", "lomba"))
    put(headline="Menanam Padi di Sawah", topics=("kaltim",))
    put(headline="Siswa SMK Juara Lomba Robot", topics=("smk", "lomba"))
    put(headline="Guru Baru di SMK", topics=("smk",))
    page = read("/berita/1")
    found = [h.text_content() for h in page.xpath("//section[@class='related']//h3")]
    assert found == ["Siswa SMK Juara Lomba Robot", "Guru Baru di SMK", "Menanam Padi di Sawah"]
    assert page.xpath("//section[@class='related']/h2/text()") == ["Tulisan Lainnya"]
    first = page.xpath("//section[@class='related']//p[@class='meta']")[0]
    assert first.text_content() == "31/07/2026 10:15 - Oleh Harian Contoh - Dilihat 0 kali"


def test_a_teaser_is_cut_on_a_word(put: Put, read: Read) -> None:
    put(body_html=body_of("panjang " * 60))
    (teaser,) = read("/").xpath("//article/p[2]/text()")
    assert 165 <= len(teaser) <= 180
    assert teaser.endswith("panjang…")


@pytest.mark.parametrize("slug", ["", "/salah", "/siswa-smk-merakit-sepeda-listrik/"])
def test_other_addresses_lead_to_the_one(put: Put, ask: Ask, slug: str) -> None:
    put()
    answer = ask(f"/berita/1{slug}")
    if slug.endswith("/"):
        assert answer.status_code == 404
    else:
        assert answer.status_code == 301
        assert answer.headers["location"] == "/berita/1/siswa-smk-merakit-sepeda-listrik"


@pytest.mark.parametrize("number", ["0", "2", "01", "-1", "²", "9" * 30, "1%00", "x", "1.0"])
def test_what_is_no_article_is_no_page(put: Put, ask: Ask, number: str) -> None:
    put()
    assert ask(f"/berita/{number}").status_code == 404


def test_every_language_has_its_own_address(put: Put, read: Read) -> None:
    put(**MODEL)
    page = read("/en/berita/1")
    said = words(page)
    assert "Friday, 7 August 2020 10:11 WITA · By Rini Contoh · Seen 0 times" in said
    assert page.xpath("//html/@lang") == ["en"]
    assert set(page.xpath("//link[@hreflang]/@hreflang")) == {"id", "en"}
    inside = [a for a in page.xpath("//main//a/@href") if a.startswith("/")]
    assert all(a.startswith("/en/") for a in inside)


def test_our_words_and_the_articles_are_each_in_their_language(put: Put, read: Read) -> None:
    put(**MODEL, language="id")
    put(headline="Excerpt of Another", language="en")
    languages = {
        "Panduan Orang Tua": "id",
        "Paragraf pertama": "id",
        "By": "en",
        "Sumber: Harian Contoh": "id",
        "More to read": "en",
    }
    page = read("/en/berita/1")
    for said, language in languages.items():
        for found in page.xpath("//main//*[contains(text(), $said)]", said=said):
            (nearest, *_) = reversed(found.xpath("ancestor-or-self::*/@lang"))
            assert nearest == language, said
    assert page.xpath("//section[@class='related']//h3/@lang") == ["en"]
    (more,) = read("/berita/2").xpath("//p[@class='more']/ancestor-or-self::*[@lang][1]")
    assert more.get("lang") == "id"


def test_a_school_with_one_language_has_one_address(put: Put, ask_as: Any) -> None:
    put()
    ask = ask_as(portal=PortalConfig(approval=OPENED.approval, languages=("en",)))
    assert ask("/en").status_code == 404
    assert "Newest" in ask("/").text


# --- withdrawn ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "reason", "why", "said"),
    [
        (
            "publisher",
            "not found",
            "tidak ditemukan",
            "Berita ini dicabut oleh Harian Contoh pada Senin, 3 Agustus",
        ),
        (
            "Rini",
            "permintaan {x}",
            "permintaan {x}",
            "Berita ini dicabut oleh SMK Contoh pada Senin, 3",
        ),
    ],
)
def test_a_withdrawn_article_leaves_a_notice(
    put: Put, withdraw: Any, ask_as: Any, by: str, reason: str, why: str, said: str
) -> None:
    put(headline="Ditarik Kembali", body_html=body_of("rahasia sekali"), basis=OPEN)
    put(headline="Masih Ada")
    withdraw(1, reason, by)
    read = reader(ask_as(school="SMK Contoh"))
    page = read("/berita/1/apa-saja", status=410)
    found = words(page)
    assert "Ditarik Kembali" in found
    assert said in found
    assert f"Alasan: {why}." in found
    assert "Sumber: Harian Contoh" in found
    assert "rahasia" not in found
    assert "Rini" not in found
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert "Ditarik" not in words(read("/"))


def test_what_readers_never_saw_leaves_no_notice(
    put: Put, withdraw: Any, decide: Decide, ask_as: Callable[..., Ask]
) -> None:
    ask = ask_as(portal=PortalConfig())
    for number in (put(), put()):
        withdraw(number)
    decide(2)
    assert ask("/berita/1").status_code == 404
    assert ask("/berita/2").status_code == 410
