"""What stands around an article is found by what it says."""

from __future__ import annotations

import pytest

from spiders.printed import byline_of, source_of, time_of

HEADLINE = "Siswa Merakit Robot"
TEXT = "BALIKPAPAN - Siswa merakit robot dari barang bekas yang dikumpulkan selama satu tahun."


# What is printed around the headline -> the time that is taken from it.
TIMES: tuple[tuple[list[str], str | None], ...] = (
    (
        [HEADLINE, "Jumat , 17 February 2017, 13:16 WIB", TEXT],
        "Jumat , 17 February 2017, 13:16 WIB",
    ),
    ([HEADLINE, "Kamis, 5 November 2015, 15:07 WIB", TEXT], "Kamis, 5 November 2015, 15:07 WIB"),
    (["Senin, 15 Februari 2016, 16:15 WIB", HEADLINE], "Senin, 15 Februari 2016, 16:15 WIB"),
    ([HEADLINE, "Jumat   24 Jul 2026  16:32 WIB", TEXT], "Jumat   24 Jul 2026  16:32 WIB"),
    ([HEADLINE, "Penulis: A | 4 Agu 2020 | 13.09 WITA"], "4 Agu 2020 | 13.09 WITA"),
    ([HEADLINE, "07/08/2020 10:24"], "07/08/2020 10:24"),
    # A clock says more than a day, even from further away.
    ([HEADLINE, "4 Agustus 2020", "Dibaca", "5 Agustus 2020 13:09"], "5 Agustus 2020 13:09"),
    ([HEADLINE, "( 11 September 2019, Dilihat 2382 kali . )"], "11 September 2019"),
    # Not the publication, not this article, not a time.
    ([HEADLINE, "Diperbarui: Selasa, 4 Agustus 2020 13:09 WIB"], None),
    ([HEADLINE, *["Baris"] * 20, "Selasa, 4 Agustus 2020 13:09 WIB"], None),
    (["Judul lain", "Selasa, 4 Agustus 2020 13:09 WIB"], None),
    ([HEADLINE, f"{TEXT} {TEXT} Lomba digelar Selasa, 4 Agustus 2020 pukul 13.09 WIB."], None),
    ([], None),
)


@pytest.mark.parametrize(("lines", "expected"), TIMES)
def test_time(lines: list[str], expected: str | None) -> None:
    assert time_of(lines, HEADLINE) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([HEADLINE, "Rep: C31/ Red: Israr Itah", TEXT], ("Rep: C31/ Red: Israr Itah",)),
        ([HEADLINE, TEXT, "Penulis: Sari", "Editor: Budi"], ("Penulis: Sari", "Editor: Budi")),
        ([HEADLINE, "Editor:", "Budi Santoso", TEXT], ("Editor: Budi Santoso",)),
        (
            [HEADLINE, "Laporan Wartawan Tribunkaltim.co, Sari", TEXT],
            ("Laporan Wartawan Tribunkaltim.co, Sari",),
        ),
        (["Red: Budi", HEADLINE, TEXT], ("Red: Budi",)),
        # Of other articles, or a sentence.
        ([HEADLINE, TEXT, "Berita Terkait", "Penulis: Lain"], ()),
        ([HEADLINE, "Penulis buku itu guru."], ()),
        ([TEXT, "Penulis: Sari"], ()),
    ],
)
def test_byline(lines: list[str], expected: tuple[str, ...]) -> None:
    assert byline_of(lines, HEADLINE) == expected


def test_source() -> None:
    assert source_of([HEADLINE, TEXT, "sumber : Antara"], HEADLINE) == "sumber : Antara"
    assert source_of([HEADLINE, "Sumber daya manusia penting."], HEADLINE) is None


def test_a_headline_in_other_letters_is_the_same() -> None:
    assert time_of(["SISWA MERAKIT ROBOT", "4 Agustus 2020"], HEADLINE) == "4 Agustus 2020"
