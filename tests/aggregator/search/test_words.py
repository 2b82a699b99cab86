"""From printed words to terms."""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.search.words import MAX_TERM, analyse, fold, may_be, stem, terms, words

FORMS = {
    "sekolah": "bersekolah menyekolahkan persekolahan sekolahnya sekolah-sekolah SEKOLAH",
    "didik": "pendidikan mendidik pendidik dididik kependidikan",
    "ajar": "belajar pelajar pelajaran pembelajaran mengajar pengajarnya mempelajari",
    "latih": "pelatihan berlatih melatih dilatihkan latihan",
    "guru": "guru-guru guru-gurunya keguruan",
    "anak": "anak-anak anaknya anak-anaknya",
    "tiru": "meniru-nirukan",
    "sama": "bersama-sama",
    "pukul": "memukul dipukul pemukulan",
    "jumat": "Jum'at Jum’at jum`at",
    "quran": "Qur'an Qur’an Quran",
    "edukasi": "édukasi EDUKASI",
    "asn": "ASN ASN-nya asn",
    "kaltim": "se-Kaltim Kaltim-nya",
    "phk": "di-PHK PHK",
    "o2sn": "O2SN o2sn",
}


@pytest.mark.parametrize(
    ("printed", "term"), [(form, term) for term, forms in FORMS.items() for form in forms.split()]
)
def test_forms_of_a_word_have_one_term(printed: str, term: str) -> None:
    assert terms(printed) == [term]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jawa-Bali", ["jawa", "bali"]),
        ("sayur-mayur", ["sayur", "mayur"]),
        ("2.250 siswa", ["2", "250", "siswa"]),
        ("skor 2-2", ["skor", "2", "2"]),
        ("HUT ke-17", ["hut", "ke", "17"]),
        ("https://contoh.example/a_b", ["https", "contoh", "example", "a", "b"]),
        ("'kutip' \"ganda\" “keriting”", ["kutip", "ganda", "keriting"]),
        ("pagi–sore, makan/minum", ["pagi", "sore", "makan", "minum"]),
        (" \n\t.,;:!?()[]{}<>&%$#@*-_ ", []),
    ],
)
def test_terms_of_a_text(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_a_word_is_kept_beside_its_term() -> None:
    assert words("Pendidikan anak-anak") == [("pendidikan", "didik"), ("anak", "anak")]


def test_another_script_is_a_term_of_its_own() -> None:
    assert terms("日本") == terms("日本") != terms("日")


@given(st.text())
def test_terms_are_ascii_letters_and_digits(text: str) -> None:
    for word, term in words(text):
        for part in (word, term):
            assert part.isascii()
            assert part.isalnum()
            assert part == part.lower()
            assert len(part) <= MAX_TERM


@given(st.text(max_size=30))
def test_upper_case_makes_no_difference(text: str) -> None:
    assert [w for w, _ in words(text.upper())] == [w for w, _ in words(text.upper().lower())]


@given(st.from_regex(r"[a-z]{2,12}", fullmatch=True), st.sampled_from(["me", "pe", "di", "ber"]))
def test_every_form_contains_what_its_term_says_it_must(root: str, prefix: str) -> None:
    for word in (root, f"{prefix}{root}", f"{prefix}{root}kan", f"{root}an", f"ke{root}an"):
        assert may_be(stem(word)) in word


PLACES = files("pipelines") / "rules"
ORDINARY = frozenset(
    # Names of places that are ordinary words as well: their forms are wanted.
    "bagian kepulauan kisaran meriah pangkalan pegunungan pelabuhan seribu".split()
)


def place_words() -> list[str]:
    rows = (
        row
        for name in ("places.csv", "place_names.csv")
        for row in csv.DictReader((PLACES / name).read_text("utf-8").splitlines())
    )
    return sorted({word for row in rows for word, _ in words(row["name"])} - ORDINARY)


@pytest.mark.parametrize("name", place_words())
def test_no_place_is_taken_for_an_affixed_word(name: str) -> None:
    """Bekasi is not "bekas"."""
    assert stem(name) == name


def test_the_names_that_are_not_stemmed_are_folded_words_that_would_be() -> None:
    text = (Path(str(files("aggregator.search"))) / "unstemmed.txt").read_text("utf-8")
    names = [word for line in text.splitlines() for word in line.partition("#")[0].split()]
    assert len(names) == len(set(names))
    assert [name for name in names if fold(name) != name] == []


def test_a_word_is_analysed_once() -> None:
    analyse.cache_clear()
    terms("sekolah " * 50)
    assert (analyse.cache_info().hits, analyse.cache_info().misses) == (49, 1)
