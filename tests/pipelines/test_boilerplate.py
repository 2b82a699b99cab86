"""What is no text is taken out; a sentence that only uses the same words never is."""

from __future__ import annotations

import pytest

from pipelines.body import read_blocks
from pipelines.boilerplate import Cleaned, clean
from tests.pipelines.builders import body_of

FIRST, LAST = "Siswa datang pagi.", "Siswa pulang sore."


def cleaned(*paragraphs: str) -> Cleaned:
    return clean(read_blocks(body_of(*paragraphs)))


def left(found: Cleaned) -> list[str]:
    return [block.text for block in found.blocks]


def test_a_long_paragraph_is_text_however_it_begins() -> None:
    long = "Baca juga: " + "guru dan siswa " * 30
    assert left(cleaned(long.strip())) == [long.strip()]


def test_the_headlines_after_a_teaser_go_with_it() -> None:
    link = "<a href='https://contoh.example/1'>Sekolah Dibuka</a>"
    html = f"<p>{FIRST}</p><p>Baca juga:</p><ul><li>Satu</li></ul><p>{link}</p><p>{LAST}</p>"
    assert left(clean(read_blocks(html))) == [FIRST, LAST]


def test_a_list_that_follows_no_teaser_stays() -> None:
    html = f"<p>Baca juga: x</p><p>{FIRST}</p><ul><li>Satu</li></ul>"
    assert left(clean(read_blocks(html))) == [FIRST, "Satu"]


# --- desk codes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code",
    [
        "(Diksi/RA/AP/AS)",
        "(Nan/NA/AS)",
        "(Desliana Maulipaksi)",
        "(Tribunnews.com/Ani Dewi)",
        "(*/sht/app)",
        "(RA)",
        "(ant)",
    ],
)
@pytest.mark.parametrize("ending", [f"{LAST} {{}}", f"{LAST[:-1]}.” {{}}", f"{LAST} {{}}."])
def test_a_code_after_the_last_sentence_is_a_credit_and_no_text(code: str, ending: str) -> None:
    found = cleaned(FIRST, ending.format(code))
    assert left(found)[-1] == ending.removesuffix(".").format("").strip()
    assert [(e.kind, e.text) for e in found.evidence] == [("desk_code", code)]


def test_a_code_on_a_line_of_its_own_is_a_credit() -> None:
    found = cleaned(FIRST, "(Diksi/RA/AP/AS)")
    assert left(found) == [FIRST]
    assert found.evidence[0].text == "(Diksi/RA/AP/AS)"


def test_stars_at_the_end_name_nobody() -> None:
    found = cleaned(FIRST, f"{LAST} (*)")
    assert (left(found), found.evidence) == ([FIRST, LAST], [])


@pytest.mark.parametrize(
    "ending",
    [
        "Ia dari Kementerian Pendidikan (Kemendikbud).",
        "Ia datang pada Selasa (28/7).",
        "Ia datang. (28/7)",
        "Acara selesai (2020).",
        "Acara selesai (SMK)",
        "Ia tertawa. (sambil berdiri lalu pergi)",
    ],
)
def test_brackets_of_a_sentence_stay(ending: str) -> None:
    assert left(cleaned(FIRST, ending)) == [FIRST, ending]


def test_a_code_inside_the_text_stays() -> None:
    sentence = "Siswa datang. (RA) Siswa pulang."
    assert left(cleaned(sentence, LAST)) == [sentence, LAST]


# --- where it stood first -----------------------------------------------------------------------

VOKASI = "https://www.vokasi.kemdikbud.go.id/read/direktorat-smk-sosialisasikan-banper"


def test_an_address_in_brackets_at_the_end_is_the_stated_original() -> None:
    found = cleaned(FIRST, f"{LAST} (Diksi/RA/AP/AS)", f"({VOKASI})")
    assert found.original_url == VOKASI
    assert left(found) == [FIRST, LAST]
    assert [e.kind for e in found.evidence] == ["original_url", "desk_code"]


def test_a_republished_text_may_state_its_first_address() -> None:
    url = "https://papua.tribunnews.com/2022/01/02/sekolah"
    line = f"Artikel ini telah tayang di Tribun-Papua.com dengan judul Sekolah, {url}."
    assert cleaned(FIRST, line).original_url == url


def test_a_republished_text_without_an_address_has_no_original_address() -> None:
    assert cleaned(FIRST, "Artikel ini telah tayang di Kompas.com").original_url is None


def test_the_first_original_address_counts() -> None:
    found = cleaned(FIRST, "(https://contoh.example/a)", "(https://contoh.example/b)")
    assert found.original_url == "https://contoh.example/a"


# --- people -------------------------------------------------------------------------------------


def test_bylines_and_sources_are_handed_on() -> None:
    found = cleaned("Laporan Wartawan Tribunnews.com, Igman Ibrahim", FIRST, "Sumber: Antara")
    assert found.byline == ["Laporan Wartawan Tribunnews.com, Igman Ibrahim"]
    assert found.sources == ["Sumber: Antara"]


def test_a_byline_glued_to_the_dateline_is_taken_apart() -> None:
    glued = "Laporan Wartawan Tribunnews.com, Igman IbrahimTRIBUNNEWS.COM, JAKARTA - Siswa datang."
    found = cleaned(glued)
    assert found.byline == ["Laporan Wartawan Tribunnews.com, Igman Ibrahim"]
    assert left(found) == ["TRIBUNNEWS.COM, JAKARTA - Siswa datang."]


# --- the ministry's closing block ---------------------------------------------------------------

CLOSING = (
    "Jakarta, 2 September 2020",
    "Biro Kerja Sama dan Hubungan Masyarakat",
    "Sekretariat Jenderal",
    "Kementerian Pendidikan dan Kebudayaan",
    "Laman: kemdikbud.go.id",
    "Pertanyaan dan Pengaduan: ult.kemdikbud.go.id",
    "#MerdekaBelajar",
    "Sumber : Siaran Pers Kemendikbud Nomor : 240/sipres/A6/IX/2020",
    "Penulis : pengelola web kemdikbud",
)


def test_the_closing_block_is_evidence_and_no_text() -> None:
    found = cleaned(FIRST, *CLOSING)
    assert left(found) == [FIRST]
    evidence = {e.kind: e.text for e in found.evidence}
    assert evidence["stated_date"] == "2020-09-02"
    assert evidence["press_release_number"] == "240/sipres/A6/IX/2020"
    assert evidence["byline"] == CLOSING[-1]


def test_the_closing_block_may_begin_with_the_bureau() -> None:
    assert left(cleaned(FIRST, *CLOSING[1:])) == [FIRST]


def test_place_and_date_without_a_label_below_are_text() -> None:
    assert left(cleaned(FIRST, CLOSING[0], LAST)) == [FIRST, CLOSING[0], LAST]


def test_place_and_date_above_a_paragraph_of_text_are_text() -> None:
    speech = "Kami, para guru, berjanji mengajar. " * 8
    found = cleaned(FIRST, "Jakarta, 17 Agustus 1945", speech.strip(), "#MerdekaBelajar")
    assert speech.strip() in left(found)


def test_a_day_that_never_was_is_not_stated() -> None:
    found = cleaned(FIRST, "Jakarta, 31 Februari 2020", "Laman: kemdikbud.go.id")
    assert found.evidence == []


def test_cleaning_again_changes_nothing() -> None:
    once = cleaned(FIRST, "Loading. (RA)", *CLOSING)
    again = clean(once.blocks)
    assert (again.blocks, again.evidence) == (once.blocks, [])
