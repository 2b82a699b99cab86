"""Whole words in a text, against the regular expression that says the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.words import Text, Word, find


def found(word: str, text: str) -> str | None:
    return find([Word.written(word)], Text(text))


@pytest.mark.parametrize(
    ("word", "text", "expected"),
    [
        ("guru", "Guru SMK hadir", "Guru"),
        ("guru", "Para guru-guru hadir", "guru"),
        ("guru", "Gurunya hadir", None),
        ("guru*", "Gurunya hadir", "Gurunya"),
        ("PKL", "Siswa PKL", "PKL"),
        ("PKL", "Siswa pkl", None),
        ("PKL", "Siswa PKLN", None),
        ("uji kompetensi", "Hasil Uji Kompetensi keahlian", "Uji Kompetensi"),
        ("(adv)", "Sekolah (ADV)", "(ADV)"),
        ("(adv)", "Sekolah (adv)", "(adv)"),
        ("adv/", "(adv/ani)", "adv/"),
        ("opini:", "OPINI: Sekolah", "OPINI:"),
        ("O2SN", "Juara O2SN 2026", "O2SN"),
        ("ab*", "Abadi", "Abadi"),
        ("---", "a --- b", "---"),
        ("guru", "", None),
        # a letter that becomes two in lower case
        ("guru", "\u0130stanbul guru", "guru"),
    ],
)
def test_a_word_is_found_whole(word: str, text: str, expected: str | None) -> None:
    assert found(word, text) == expected


def test_the_first_counts_and_of_two_the_longer() -> None:
    words = [*map(Word.written, ["kompetensi", "uji kompetensi", "uji kompetensi keahlian"])]
    assert find(words, Text("Hasil uji kompetensi keahlian")) == "uji kompetensi keahlian"


def test_enough_are_asked_for() -> None:
    words = [Word.written("guru"), Word.written("siswa")]
    assert find(words, Text("guru"), enough=2) is None
    assert find(words, Text("guru dan siswa"), enough=2) == "guru"
    assert find([], Text("guru")) is None


LETTERS = st.text("abAB -(1", max_size=12)


@given(LETTERS, st.sampled_from(["ab", "a b", "ab*", "AB", "(a", "a-b", "1a", "abab*"]))
def test_as_a_regular_expression_would(text: str, word: str) -> None:
    stem, star = word.removesuffix("*"), word.endswith("*")
    before = r"(?<!\w)" if stem[0].isalnum() else ""
    after = r"\w*" if star else r"(?!\w)" if stem[-1].isalnum() else ""
    pattern = before + re.escape(stem) + after
    match = re.search(pattern, text, 0 if stem.isupper() else re.IGNORECASE)
    assert found(word, text) == (match[0] if match else None)
