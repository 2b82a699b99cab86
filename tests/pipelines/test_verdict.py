"""Verdicts: prints of one text, and every look-alike by its name."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model import Evidence, Link, LinkReason
from pipelines.hashwords import read_words
from pipelines.verdict import LookAlike, Reading, Separate, judge
from tests.pipelines.stories import cut, edited, printing, story

TEXT = story("verdict", 200)
PUBLISHED = datetime(2026, 3, 9, 3, 0, tzinfo=UTC)

AFTER = "Ikuti berita terkini lainnya melalui saluran resmi kami di media sosial setiap hari."


def reading(number: int, body: str, **changes: Any) -> Reading:
    (words,) = read_words([body])
    changes = {"published_at": PUBLISHED, **changes}
    return Reading(article=printing(number, body, **changes), words=words)


def verdict(one: str, other: str, **changes: Any) -> Link | Separate:
    """On two texts, the second with another publisher and with ``changes``."""
    return judge(reading(1, one), reading(2, other, publisher="lain", **changes))


def reason(found: Link | Separate) -> object:
    return found.reason if isinstance(found, Link) else found.look_alike


# --- prints of one text ---------------------------------------------------------------------------

WORDS = TEXT.split()

COPIES: dict[str, tuple[str, LinkReason]] = {
    "same": (TEXT, LinkReason.SAME_TEXT),
    "in capitals": (TEXT.upper(), LinkReason.SAME_TEXT),
    "with a dateline": (f"LAIN.CO.ID, JAKARTA -- {TEXT}", LinkReason.EDITED),
    "with boilerplate": (f"{TEXT} {AFTER} {AFTER}", LinkReason.EDITED),
    "a paragraph replaced": (
        " ".join([*WORDS[:80], *story("p", 40).split(), *WORDS[120:]]),
        LinkReason.EDITED,
    ),
    "a tenth edited": (edited(TEXT, 0.06), LinkReason.EDITED),
    "much edited": (edited(TEXT, 0.12), LinkReason.REWORKED),
    "cut to half": (cut(TEXT, 0.5), LinkReason.SHORTENED),
    "cut to two thirds": (cut(TEXT, 0.67), LinkReason.EDITED),
    "joined with more": (f"{TEXT} {story('next page', 300)}", LinkReason.SHORTENED),
    "one number corrected": (TEXT.replace(WORDS[50], "140", 1), LinkReason.EDITED),
}


@pytest.mark.parametrize("name", COPIES)
def test_copies_are_linked(name: str) -> None:
    text, expected = COPIES[name]
    found = verdict(TEXT, text, headline="Judul Lain")
    assert reason(found) == expected
    assert isinstance(found, Link)
    assert (found.first, found.second) == (1, 2)
    assert 0.25 <= found.score <= 1


def test_a_text_retold_under_its_headline_in_the_same_days_is_linked() -> None:
    retold = edited(TEXT, 0.2)
    assert reason(verdict(TEXT, retold)) == LinkReason.REWORKED
    assert isinstance(verdict(TEXT, retold, headline="Judul Lain"), Separate)
    assert isinstance(verdict(TEXT, retold, published_at=PUBLISHED + timedelta(days=9)), Separate)


def test_an_edited_print_with_another_opening_needs_its_headline() -> None:
    other = " ".join([*story("lead", 60).split(), *WORDS[60:]])
    assert reason(verdict(TEXT, other)) == LinkReason.REWORKED
    assert reason(verdict(TEXT, other, headline="Judul Lain")) == LookAlike.PASSAGE


def test_a_reprint_a_year_later_is_the_same_text() -> None:
    later = PUBLISHED + timedelta(days=300)
    assert reason(verdict(TEXT, TEXT, published_at=later)) == LinkReason.SAME_TEXT
    assert reason(verdict(TEXT, edited(TEXT, 0.05), published_at=later)) == LinkReason.EDITED


def test_a_stated_original_needs_half_of_the_text() -> None:
    line = Evidence(
        kind="first_published", text="Artikel ini telah tayang di X.com dengan judul Asal Mula"
    )
    for share, expected in ((0.45, LinkReason.STATED), (0.9, LookAlike.DIFFERENT)):
        size = round(len(WORDS) * share)
        text = " ".join([*story("new top", size).split(), *WORDS[size:]])
        copy = reading(2, text, publisher="lain", headline="Lain", evidence=(line,))
        original = reading(1, TEXT, headline="Asal Mula")
        assert reason(judge(copy, original)) == expected


# --- look-alikes ----------------------------------------------------------------------------------


def schedule(city: str, day: int, times: str) -> str:
    subuh, zuhur, asar, magrib, isya = times.split()
    return (
        f"Berikut jadwal salat untuk wilayah {city} dan sekitarnya pada tanggal {day} Maret 2026 "
        f"berdasarkan data Kementerian Agama. Subuh pukul {subuh}, Zuhur pukul {zuhur}, Asar pukul "
        f"{asar}, Magrib pukul {magrib} dan Isya pukul {isya}. Demikian jadwal salat untuk {city}, "
        "waktu dapat berbeda beberapa menit di setiap kecamatan."
    )


def answers(page: int, subject: str = "IPA") -> str:
    return (
        f"Simak kunci jawaban {subject} kelas 7 halaman {page} berikut ini. Kunci jawaban ini "
        "dapat dipakai orang tua sebagai pembanding saat mendampingi anak belajar di rumah, siswa "
        "sebaiknya mengerjakan sendiri soal terlebih dahulu sebelum melihat jawaban di bawah ini, "
        "sebab jawaban dapat berbeda."
    )


def announcement(year: int, first: int, last: int) -> str:
    return (
        f"Pendaftaran peserta didik baru tahun {year} dibuka mulai {first} Juni sampai {last} Juli "
        f"{year}. {story('rules', 90)} Pengumuman hasil seleksi tahun {year} dapat dilihat di "
        "papan pengumuman sekolah dan di laman dinas."
    )


ONE = schedule("Samarinda", 3, "04.58 12.21 15.30 18.25 19.34")
LOOK_ALIKES: dict[str, tuple[str, str, dict[str, Any], LookAlike]] = {
    "schedules of two cities": (
        ONE, schedule("Balikpapan", 3, "04.59 12.22 15.31 18.26 19.35"),
        {"headline": "Jadwal Salat Balikpapan"}, LookAlike.FORM,
    ),
    "schedules of two cities with the same times": (
        ONE, schedule("Balikpapan", 3, "04.58 12.21 15.30 18.25 19.34"),
        {"headline": "Jadwal Salat Balikpapan"}, LookAlike.FORM,
    ),
    "schedules of two days": (
        ONE, schedule("Samarinda", 4, "04.57 12.21 15.29 18.25 19.33"),
        {"headline": "Jadwal Lain"}, LookAlike.FORM,
    ),
    "answer keys of two pages": (
        answers(12), answers(13), {"headline": "Kunci Jawaban IPA Kelas 7 Halaman 13"},
        LookAlike.NUMBERED,
    ),
    "answer keys whose text is the frame alone": (
        answers(12), answers(12), {"headline": "Kunci Jawaban IPA Kelas 7 Halaman 13"},
        LookAlike.NUMBERED,
    ),
    "answer keys of two subjects": (
        answers(12), answers(12, "IPS"), {"headline": "Kunci Jawaban IPS Kelas 7 Halaman 12"},
        LookAlike.FORM,
    ),
    "the announcement of the next year": (
        announcement(2025, 2, 5), announcement(2026, 1, 4),
        {"published_at": PUBLISHED + timedelta(days=364)}, LookAlike.FORM,
    ),
    "the announcement of the next year with one other number": (
        f"{story('long rules', 90)} {answers(12)} Tahun 2025. 1 2 3 4 5 6 7 8 9 10",
        f"{story('long rules', 90)} {answers(12)} Tahun 2026. 1 2 3 4 5 6 7 8 9 10",
        {"published_at": PUBLISHED + timedelta(days=364)}, LookAlike.YEARLY,
    ),
    "parts of a series": (
        f"{story('intro', 80)} {story('one', 60)}", f"{story('intro', 80)} {story('two', 60)}",
        {"headline": "Kunci Jawaban IPA Kelas 7 Halaman 2"}, LookAlike.NUMBERED,
    ),
    "other news on the same background": (
        f"{story('old news', 90)} {TEXT}", f"{story('new news', 90)} {TEXT}",
        {"headline": "Perkembangan Terkini"}, LookAlike.PASSAGE,
    ),
    "a round-up that holds the whole article": (
        TEXT, f"{story('first item', 200)} {TEXT} {story('third item', 200)}",
        {"headline": "Populer"}, LookAlike.PASSAGE,
    ),
    "the second page of the joined text": (
        story("page 2", 150), f"{TEXT} {story('page 2', 150)}", {"headline": "Lanjutan"},
        LookAlike.PASSAGE,
    ),
    "two reports with the same quotation": (
        TEXT, " ".join([*story("x", 90).split(), *WORDS[90:130], *story("y", 70).split()]),
        {"headline": "Kata Menteri"}, LookAlike.DIFFERENT,
    ),
    "different texts": (TEXT, story("other"), {}, LookAlike.DIFFERENT),
    "captions": (cut(TEXT, 0.15), cut(TEXT, 0.15), {}, LookAlike.SHORT),
}  # fmt: skip


@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_look_alikes_are_separate(name: str) -> None:
    one, other, changes, expected = LOOK_ALIKES[name]
    first = reading(1, one, headline="Kunci Jawaban IPA Kelas 7 Halaman 12")
    second = reading(2, other, publisher="lain", **{"headline": "Judul", **changes})
    assert reason(judge(first, second)) == expected


def test_every_look_alike_has_a_case() -> None:
    assert {expected for *_, expected in LOOK_ALIKES.values()} == set(LookAlike)


@pytest.mark.parametrize(
    "headline",
    [
        "Kelas Malam Dibuka",
        "Kelas Malam Dibuka 2026",
        "3 Fakta Kelas Malam",
        "Kelas Malam Tahun 2025",
    ],
)
def test_another_headline_of_the_same_text_is_no_look_alike(headline: str) -> None:
    one = reading(1, TEXT, headline="Kelas Malam Tahun 2025")
    assert reason(judge(one, reading(2, TEXT, headline=headline))) == LinkReason.SAME_TEXT


# --- symmetry -------------------------------------------------------------------------------------

PARTS = st.lists(st.sampled_from([f"part {n}" for n in range(6)]), min_size=1, max_size=5)
DRAWN = st.tuples(PARTS, st.integers(0, 3), st.sampled_from(["a", "b"]), st.booleans())


def drawn(number: int, parts: list[str], edits: int, source: str, dated: bool) -> Reading:
    text = " ".join(story(part, 40) for part in parts)
    found = reading(number, edited(text, edits * 0.06, number), publisher=source, key=f"{number}")
    published = found.article.published_at if dated else None
    return Reading(article=replace(found.article, published_at=published), words=found.words)


@given(DRAWN, DRAWN)
def test_the_verdict_is_the_same_whichever_comes_first(one: Any, other: Any) -> None:
    first, second = drawn(1, *one), drawn(2, *other)
    assert judge(first, second) == judge(second, first)


@given(DRAWN, DRAWN)
def test_numbers_of_articles_play_no_part(one: Any, other: Any) -> None:
    first, second = drawn(1, *one), drawn(2, *other)
    swapped = [
        Reading(article=replace(r.article, id=n), words=r.words)
        for r, n in ((first, 9), (second, 3))
    ]
    found, again = judge(first, second), judge(*swapped)
    assert reason(found) == reason(again)
    if isinstance(found, Link) and isinstance(again, Link):
        assert (again.first, again.second, again.score) == (3, 9, found.score)
