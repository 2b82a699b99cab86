"""Words that are nearly spelt like another."""

from __future__ import annotations

import pytest

from aggregator.search.parser import parse
from aggregator.search.suggest import nearest, replaced, words_of

VOCABULARY = {
    "beasiswa": 40,
    "beasiwa": 1,  # a slip in an article
    "pendidikan": 100,
    "pendidik": 30,
    "guru": 90,
    "guruh": 2,
    "keracunan": 20,
    "sekolah": 100,
    "hilang": 0,
}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("beasiwsa", "beasiswa"),  # exchanged: one slip, as "beasiwa" is, which is rarer
        ("beassiswa", "beasiswa"),
        ("pendiidkan", "pendidikan"),
        ("keracunam", "keracunan"),
        ("gurru", "guru"),
        ("sekola", "sekolah"),
        ("hilan", None),  # known, but in no article any more
        ("gru", None),  # too short to tell
        ("bengkel", None),
        ("20266", None),
    ],
)
def test_nearest(typed: str, meant: str | None) -> None:
    assert nearest(typed, list(VOCABULARY), VOCABULARY.__getitem__) == meant


def test_words_of_a_query_are_those_that_are_looked_for() -> None:
    query = parse('guru "sekolah baru" bea* -rapat penulis:siti judul:juara a ATAU b')
    assert list(words_of(query)) == ["guru", "sekolah", "baru", "juara", "a", "b"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gurru gurrus", "guru gurrus"),
        ('judul:gurru "gurru baru"', 'judul:guru "guru baru"'),
        ("gurru-gurru", "guru-guru"),
    ],
)
def test_a_word_is_exchanged_whole(text: str, expected: str) -> None:
    assert replaced(text, "gurru", "guru") == expected
