"""Pages that say with a status of success that there is no article."""

from __future__ import annotations

import pytest

from spiders.missing import NOT_FOUND_PAGE, NOTICE, emptiness_reason, missing_reason, notice_in
from spiders.page import Page
from spiders.registry import publishers

URL = "https://news.republika.co.id/berita/tbm4gw436/judul"
PARSER = publishers()["republika"]()

HEADINGS = [
    "404",
    "Error 404",
    "404 Not Found",
    "404 - Halaman Tidak Ditemukan",
    "Halaman Tidak Ditemukan",
    "Halaman tidak ditemukan!",
    "Artikel Tidak Ditemukan",
    "Berita Tidak Ditemukan (404)",
    "Maaf, halaman yang Anda cari tidak ditemukan.",
    "Oops! Halaman tidak dapat ditemukan",
    "Konten ini sudah tidak ada",
    "Artikel ini telah dihapus",
    "Page not found",
    "Sorry, the page you requested could not be found",
]

HEADLINES = [
    "404 Siswa SMK Lulus Sertifikasi",
    "Ijazah Tidak Ditemukan, Siswa Lapor ke Sekolah",
    "Situs PPDB Error, Orang Tua Diminta Bersabar",
    "Buku Tidak Tersedia di Perpustakaan",
    "Artikel Ilmiah Guru Tidak Ditemukan Salahnya",
    "Berita",
]

NOTICES = [
    "Berita ini telah dicabut.",
    "Artikel ini telah dihapus oleh redaksi.",
    "Berita ini telah kami tarik karena memuat identitas anak.",
    "Redaksi mencabut berita ini atas pertimbangan Dewan Pers.",
    "Berita tersebut, yang terbit Selasa (4/8), telah dicabut.",
    "This article has been removed.",
]

NO_NOTICES = [
    "Mungkin artikel ini telah dihapus atau tautan salah.",
    "Izin operasional sekolah itu telah dicabut.",
    "Siswa menarik kembali pernyataannya.",
    "Kami menghapus rasa takut siswa terhadap matematika.",
]


def page(body: str, title: str = "") -> Page:
    return Page(URL, f"<html><head><title>{title}</title></head><body>{body}</body></html>")


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_that_says_nothing_else(heading: str) -> None:
    assert missing_reason(page(f"<h1>{heading}</h1><p>Kembali</p>"), PARSER) == NOT_FOUND_PAGE
    assert missing_reason(page("", f"{heading} | Republika Online"), PARSER) == NOT_FOUND_PAGE


@pytest.mark.parametrize("headline", HEADLINES)
def test_a_headline_is_no_such_heading(headline: str) -> None:
    shown = page(f"<h1>{headline}</h1>", f"{headline} | Republika Online")
    assert missing_reason(shown, PARSER) is None


@pytest.mark.parametrize("notice", NOTICES)
def test_a_notice_is_all_that_is_left(notice: str) -> None:
    assert notice_in(f"<p>{notice}</p>") == NOTICE
    assert emptiness_reason(page(f"<div>{notice}</div>")) == NOTICE


@pytest.mark.parametrize("text", NO_NOTICES)
def test_other_sentences_are_no_notice(text: str) -> None:
    assert notice_in(f"<p>{text}</p>") is None


@pytest.mark.parametrize("notice", NOTICES)
def test_an_article_about_a_withdrawal_is_an_article(notice: str) -> None:
    about = "Dewan Pers menjelaskan duduk perkaranya kepada para wartawan. " * 15
    assert notice_in(f"<p>{about}</p><p>{notice}</p>") is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Mungkin artikel ini telah dihapus atau tautan salah.", NOT_FOUND_PAGE),
        ("Maaf, halaman yang Anda cari tidak ditemukan.", NOT_FOUND_PAGE),
        ("Selamat datang di situs kami.", None),
    ],
)  # fmt: skip
def test_a_page_without_an_article_may_say_why(text: str, reason: str | None) -> None:
    assert emptiness_reason(page(f"<nav><a href='/'>Beranda</a></nav><div>{text}</div>")) == reason
