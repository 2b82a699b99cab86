"""The dateline at the opening: mark and place, and never a word of the text."""

from __future__ import annotations

import pytest

from pipelines.dateline import OFFICES, split_dateline

TEXT = "Siswa belajar lagi di sekolah."

# As printed -> mark, place.
PRINTED = (
    # the ministry and its offices
    ("Jakarta, Ditjen Diksi - ", "Ditjen Diksi", "Jakarta"),
    ("Bogor, Ditjen Vokasi - ", "Ditjen Vokasi", "Bogor"),
    ("Makasar, Ditjen Vokasi - ", "Ditjen Vokasi", "Makasar"),
    ("Jakarta, Ditjen Vokasi PKPLK - ", "Ditjen Vokasi PKPLK", "Jakarta"),
    ("Jakarta, Kemendikbud --- ", "Kemendikbud", "Jakarta"),
    ("Jakarta, Kemendikdasmen - ", "Kemendikdasmen", "Jakarta"),
    ("Jakarta, Kemendikdasmen – ", "Kemendikdasmen", "Jakarta"),
    ("Kota Batu, Kemendikbudristek — ", "Kemendikbudristek", "Kota Batu"),
    # Republika and its desks
    ("REPUBLIKA.CO.ID, SAN FRANCISCO -- ", "REPUBLIKA.CO.ID", "SAN FRANCISCO"),
    ("REPUBLIKA.CO.ID, JAKARTA -- ", "REPUBLIKA.CO.ID", "JAKARTA"),
    ("REPUBLIKA.CO.ID, JAKARTA - ", "REPUBLIKA.CO.ID", "JAKARTA"),
    ("REPUBLIKA.CO.ID, JAKARTA — ", "REPUBLIKA.CO.ID", "JAKARTA"),
    ("REPUBLIKA.CO.ID, MEDAN -- ", "REPUBLIKA.CO.ID", "MEDAN"),
    ("REPUBLIKA.CO.ID,JAKARTA -- ", "REPUBLIKA.CO.ID", "JAKARTA"),
    ("REPUBLIKA.CO.ID,BANDUNG--", "REPUBLIKA.CO.ID", "BANDUNG"),
    ("REPUBLIKA.CO.ID, BANDUNG BARAT-- ", "REPUBLIKA.CO.ID", "BANDUNG BARAT"),
    ("REPUBLIKA.CO.ID, LUBUK BASUNG - ", "REPUBLIKA.CO.ID", "LUBUK BASUNG"),
    ("REPUBLIKA.CO.ID, MANCHESTER—", "REPUBLIKA.CO.ID", "MANCHESTER"),
    ("REPUBLIKA.CO.ID, D.I. YOGYAKARTA -- ", "REPUBLIKA.CO.ID", "D.I. YOGYAKARTA"),
    ("REPUBLIKA.CO.ID, JAKARTA (26/10/2025) – ", "REPUBLIKA.CO.ID", "JAKARTA"),
    ("REPUBLIKA.CO.ID, REPUBLIKA.CO.ID, BANDUNG BARAT -- ", "REPUBLIKA.CO.ID", "BANDUNG BARAT"),
    ("REPUBLIKA.CO.ID JAKARTA -- ", "REPUBLIKA.CO.ID", "JAKARTA"),
    ("REPUBLIKA.CO.ID, NGAWI ", "REPUBLIKA.CO.ID", "NGAWI"),
    ("REPUBLIKA.CO.ID -- ", "REPUBLIKA.CO.ID", None),
    ("IHRAM.CO.ID, BANJARMASIH -- ", "IHRAM.CO.ID", "BANJARMASIH"),
    # Tribun and its regional papers
    ("TRIBUNKALTIM.CO, BALIKPAPAN - ", "TRIBUNKALTIM.CO", "BALIKPAPAN"),
    ("TRIBUNKALTIM.CO, TANJUNG REDEB– ", "TRIBUNKALTIM.CO", "TANJUNG REDEB"),
    ("BALIKPAPAN, tribunkaltim.co.id - ", "tribunkaltim.co.id", "BALIKPAPAN"),
    ("TRIBUNNEWS.COM - ", "TRIBUNNEWS.COM", None),
    ("TRIBUNNEWS.COM – ", "TRIBUNNEWS.COM", None),
    ("TRIBUNNEWS.COM, JAKARTA -- ", "TRIBUNNEWS.COM", "JAKARTA"),
    ("TRIBUNNEWS.COM, JAKARTA - - ", "TRIBUNNEWS.COM", "JAKARTA"),
    ("TRIBUNTORAJA.COM - ", "TRIBUNTORAJA.COM", None),
    ("SERAMBINEWS.COM, BANDA ACEH - ", "SERAMBINEWS.COM", "BANDA ACEH"),
    ("TRIBUNFLORES.COM, LABUAN BAJO - ", "TRIBUNFLORES.COM", "LABUAN BAJO"),
    ("POS-KUPANG.COM, KUPANG - ", "POS-KUPANG.COM", "KUPANG"),
    ("TRIBUN-TIMUR.COM, MAKASSAR-", "TRIBUN-TIMUR.COM", "MAKASSAR"),
    ("TRIBUNKALTIM.CO,BALIKPAPAN-", "TRIBUNKALTIM.CO", "BALIKPAPAN"),
    ("Tribunkaltim.co, Balikpapan – ", "Tribunkaltim.co", "Balikpapan"),
    ("TRIBUNNEWS.COM, Gresik - ", "TRIBUNNEWS.COM", "Gresik"),
    ("SAMARINDA, TRIBUN - ", "TRIBUN", "SAMARINDA"),
    ("BALIKPAPAN, TRIBUN KALTIM - ", "TRIBUN KALTIM", "BALIKPAPAN"),
    ("TRIBUNNERS - ", "TRIBUNNERS", None),
    # a brand that a comma follows, and no place
    ("REPUBLIKA.CO.ID, ", "REPUBLIKA.CO.ID", None),
    ("REPUBLIKA.CO.ID, KUALA LUMPUR, MALAYSIA -- ", "REPUBLIKA.CO.ID", "KUALA LUMPUR, MALAYSIA"),
    # press releases and agencies
    ("Samarkand, Uzbekistan, 4 November 2025 — ", None, "Samarkand, Uzbekistan"),
    ("Jakarta, 4 November 2025 – ", None, "Jakarta"),
    ("Jakarta, Kemendikdasmen, 4 November 2025 – ", "Kemendikdasmen", "Jakarta"),
    ("Jakarta (ANTARA) - ", "ANTARA", "Jakarta"),
    # without a brand
    ("KABAR PELAJAR, SAMARINDA - ", "KABAR PELAJAR", "SAMARINDA"),
    ("BALIKPAPAN - ", None, "BALIKPAPAN"),
    ("SOLO — ", None, "SOLO"),
)


@pytest.mark.parametrize(("printed", "mark", "place"), PRINTED)
def test_mark_and_place_are_found(printed: str, mark: str | None, place: str | None) -> None:
    line, rest = split_dateline(printed + TEXT)
    assert line is not None
    assert (line.mark, line.place) == (mark, place)
    assert (line.raw, rest) == (printed.strip(), TEXT)


@pytest.mark.parametrize("office", OFFICES)
def test_every_office_is_a_mark(office: str) -> None:
    line, _ = split_dateline(f"Depok, {office} - {TEXT}")
    assert line is not None
    assert line.mark == office


@pytest.mark.parametrize(
    "opening", ["“Kami siap,” kata guru.", '"Siap," katanya.', "80 siswa ikut."]
)
def test_the_text_may_open_with_a_quotation_or_a_number(opening: str) -> None:
    line, rest = split_dateline(f"BALIKPAPAN - {opening}")
    assert line is not None
    assert rest == opening


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "",
        "Jakarta - Bandung kini dekat.",
        "Jakarta, Bandung - Surabaya kini dekat.",
        "Jakarta, Senin - begitu tertulis di papan.",
        # subjects in capitals
        "PPDB - Pendaftaran dibuka.",
        "SMK - Sekolah menengah kejuruan.",
        "SNMPTN - Ujian masuk.",
        # a hyphen inside a word
        "COVID-19 menyebar ke sekolah.",
        "ASIA-PASIFIK menjadi tuan rumah.",
        "MENURUT WHO, COVID-19 menyebar.",
        # an aside between dashes
        "Menurutnya, SMK - sekolah menengah kejuruan - penting.",
        "BALIKPAPAN - kota minyak - berbenah.",
        "Tribunnews.com melaporkan hal itu.",
        # a caption begins with its subject
        "PEMBANGUNAN SPBU - Pembangunan berlanjut.",
        "TEGAL WATON - Lomba segera digelar.",
        "MENTERI, GURU - Keduanya hadir.",
        # a brand that is spoken of
        "Tribunnews.com, media nasional, menulis hal itu.",
        # nothing but a dateline is the text
        "REPUBLIKA.CO.ID, JAKARTA --",
        "TRIBUNNEWS.COM",
    ],
)
def test_unsure_means_text(text: str) -> None:
    assert split_dateline(text) == (None, text)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("TRIBUNKALTIM.CO - Siswa datang.", "TRIBUNKALTIM.CO"),
        ("Jakarta, Kemendikdasmen – Siswa datang.", "Kemendikdasmen"),
        ("BALIKPAPAN - Siswa datang.", None),
    ],
)
def test_only_a_name_vouches_for_a_dateline_below_other_lines(text: str, mark: str | None) -> None:
    line, _ = split_dateline(text, vouched=True)
    assert (line and line.mark) == mark
