"""Words: the same ones that a reader sees, with the same hashes everywhere."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.hashwords import MAX_LENGTH, TOGETHER, Words, distinct, read_words
from tests.pipelines.stories import story

PINNED_WORDS = ["811bc5f3aec25729", "ceb31e24820d3c41", "7ae636943e226d75", "463bd93fa1b91e9c"]
PINNED_SHINGLES = ["d407d5fc158cb2b7", "aaca8574826c3039"]

# Letters that no Unicode version has moved, digits and what stands between words.
TEXTS = st.text(alphabet="abcXYZéÀßıسم字0129 .,-“”'/\n😀\u00ad", max_size=60)


def words(text: str) -> list[str]:
    (found,) = read_words([text])
    return [found.word(n) for n in range(len(found))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Siswa SMK, datang!", ["siswa", "smk", "datang"]),
        ("Rp1.500,00 (09/03)", ["rp1", "500", "00", "09", "03"]),
        ("“Café”—À la carte", ["café", "à", "la", "carte"]),
        ("anak-anak SMK_Negeri", ["anak", "anak", "smk", "negeri"]),
        ("😀 hebat😀sekali", ["hebat", "sekali"]),
        ("اللَّهُمَّ صَيِّبًا", ["اللَّهُمَّ", "صَيِّبًا"]),
        ("", []),
        (" … ", []),
    ],
)
def test_words_are_folded_and_bare(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(TEXTS)
def test_words_are_those_of_a_regular_expression(text: str) -> None:
    assert words(text) == re.findall(r"[^\W_]+", text.casefold())


@given(st.lists(TEXTS, max_size=5))
def test_texts_read_together_are_read_as_if_alone(texts: list[str]) -> None:
    for text, together in zip(texts, read_words(texts), strict=True):
        (alone,) = read_words([text])
        assert together.hashes.tolist() == alone.hashes.tolist()
        for size in (1, 2, 3):
            assert together.shingles(size).tolist() == alone.shingles(size).tolist()


def test_more_texts_than_are_read_together() -> None:
    texts = [f"teks {n} sekolah" for n in range(2 * TOGETHER + 1)]
    assert [found.word(1) for found in read_words(texts)] == [str(n) for n in range(len(texts))]


@given(TEXTS, TEXTS)
def test_equal_words_have_equal_hashes_and_others_have_others(one: str, other: str) -> None:
    found = read_words([one, other])
    hashes = [text.hashes.tolist() for text in found]
    assert (hashes[0] == hashes[1]) == (words(one) == words(other))


def test_a_shingle_depends_on_the_order_of_its_words() -> None:
    (text,) = read_words(["satu dua tiga tiga dua satu"])
    assert len(set(text.shingles(3).tolist())) == 4


def test_a_text_shorter_than_a_shingle_has_none() -> None:
    (text,) = read_words(["satu dua"])
    assert len(text.shingles(3)) == 0


def test_hashes_are_the_same_in_every_version() -> None:
    """Signatures in people's databases rest on them."""
    (text,) = read_words(["Siswa SMK Café 2026"])
    assert [f"{h:016x}" for h in text.hashes.tolist()] == PINNED_WORDS
    assert [f"{h:016x}" for h in text.shingles(3).tolist()] == PINNED_SHINGLES


def test_no_text_is_too_long() -> None:
    (text,) = read_words(["kata " * MAX_LENGTH])
    assert len(text) == MAX_LENGTH // 5


def test_no_two_words_of_a_large_vocabulary_meet() -> None:
    (text,) = read_words([" ".join(f"kata{n}" for n in range(5000))])
    assert len(set(text.hashes.tolist())) == 5000


@given(st.lists(st.integers(min_value=0, max_value=9)))
def test_distinct_values_are_each_there_once_and_in_order(values: list[int]) -> None:
    assert distinct(np.array(values, dtype=np.uint64)).tolist() == sorted(set(values))


def test_reading_a_text_gives_words() -> None:
    assert isinstance(read_words([story(1)])[0], Words)
