"""Where a text begins, and what stands above it."""

from __future__ import annotations

import pytest

from pipelines.body import read_blocks
from pipelines.opening import Opened, open_text
from tests.pipelines.builders import body_of

HEADLINE = "Siswa SMK Merakit Sepeda Listrik"
TEXT = "Siswa merakit sepeda di bengkel sekolah."


def opened(*paragraphs: str, headline: str = HEADLINE) -> Opened:
    return open_text(read_blocks(body_of(*paragraphs)), headline, None)


def left(found: Opened) -> list[str]:
    return [block.text for block in found.blocks]


@pytest.mark.parametrize(
    "line",
    [
        HEADLINE,
        HEADLINE.upper(),
        f"“{HEADLINE}”",
        f"{HEADLINE} - 20251116-sepeda.jpg",
        f"{HEADLINE} ( 11 September 2019, Dilihat 2382 kali . )",
        f"{HEADLINE} 02 September 2020",
    ],
)
def test_the_headline_above_the_text_goes(line: str) -> None:
    assert left(opened(line, TEXT)) == [TEXT]


@pytest.mark.parametrize(
    "line",
    [
        f"{HEADLINE} sejak bulan lalu dan memakainya ke sekolah setiap hari bersama temannya.",
        "Siswa SMK",
    ],
)
def test_a_sentence_that_begins_like_it_stays(line: str) -> None:
    assert left(opened(line, TEXT)) == [line, TEXT]


def test_a_headline_that_is_all_the_text_stays() -> None:
    assert left(opened(HEADLINE)) == [HEADLINE]


def test_a_short_headline_is_only_itself() -> None:
    assert left(opened("SMK 5 menang", TEXT, headline="SMK")) == ["SMK 5 menang", TEXT]


def test_the_letterhead_of_a_press_release_goes() -> None:
    found = opened(
        "Siaran Pers",
        "Kementerian Pendidikan Dasar dan Menengah",
        "Nomor: 737/sipers/A6/XI/2025",
        HEADLINE,
        f"Samarkand, Uzbekistan, 4 November 2025 — {TEXT}",
    )
    assert left(found) == [TEXT]
    assert found.dateline is not None
    assert found.dateline.place == "Samarkand, Uzbekistan"
    assert {e.kind: e.text for e in found.evidence} == {
        "press_release_number": "737/sipers/A6/XI/2025",
        "stated_date": "2025-11-04",
    }


@pytest.mark.parametrize(
    "above",
    [
        ["Berita Kaltim Terkini"],
        ["Siswa SMK merakit sepeda, Senin (3/8/2026). Mereka dibimbing guru."],
        ["Kabar Sekolah", "Foto siswa.", "Kedua.", "Ketiga."],
    ],
)
def test_what_stands_above_a_vouched_dateline_is_none_of_the_text(above: list[str]) -> None:
    found = opened(*above, f"TRIBUNKALTIM.CO, BALIKPAPAN - {TEXT}", "Kedua.")
    assert left(found) == [TEXT, "Kedua."]
    assert found.dateline is not None
    assert found.dateline.mark == "TRIBUNKALTIM.CO"


def test_a_place_alone_opens_the_text_only_at_its_very_beginning() -> None:
    lines = ["Guru datang.", f"BALIKPAPAN - {TEXT}"]
    assert left(opened(*lines)) == lines


def test_a_brand_further_down_is_text() -> None:
    lines = [*(f"Kalimat {n}." for n in range(9)), f"TRIBUNNEWS.COM - {TEXT}"]
    assert left(opened(*lines)) == lines
