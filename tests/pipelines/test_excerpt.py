"""The excerpt: within its length, and cut on a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.excerpt import ELLIPSIS, EXCERPT_LENGTH, excerpt

words = st.text(alphabet="abcdeéğ", min_size=1, max_size=12)
texts = st.lists(st.lists(words, min_size=1, max_size=40).map(" ".join), min_size=1, max_size=4)


def test_no_text_has_no_excerpt() -> None:
    assert excerpt(()) is None


def test_a_short_text_is_its_own_excerpt() -> None:
    assert excerpt(("Satu kalimat.", "Dua kalimat.")) == "Satu kalimat. Dua kalimat."


def test_a_text_of_just_the_length_is_whole() -> None:
    text = "a" * EXCERPT_LENGTH
    assert excerpt((text,)) == text


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("satu dua tiga", 9, "satu dua…"),
        ("satu dua tiga", 10, "satu dua…"),
        ("satu dua tiga", 8, "satu…"),
        ("satu dua, tiga", 10, "satu dua…"),
        ("satu dua. Tiga empat", 10, "satu dua…"),
        ("satu dua -- tiga empat", 13, "satu dua…"),
        ("satu “dua tiga”", 8, "satu…"),
        ("satuduatiga", 5, "satu…"),
    ],
)
def test_it_is_cut_after_a_word(text: str, length: int, expected: str) -> None:
    assert excerpt((text,), length) == expected


@given(texts, st.integers(min_value=14, max_value=200))
def test_it_is_whole_words_within_the_length(paragraphs: list[str], length: int) -> None:
    text, found = " ".join(paragraphs), excerpt(paragraphs, length)
    assert found is not None
    assert len(found) <= length
    if found != text:
        kept = found.removesuffix(ELLIPSIS)
        assert found.endswith(ELLIPSIS)
        assert f"{text} ".startswith(f"{kept} ")


@given(texts, st.integers(min_value=14, max_value=200))
def test_it_is_as_long_as_it_can_be(paragraphs: list[str], length: int) -> None:
    found, text = excerpt(paragraphs, length), " ".join(paragraphs)
    assert found is not None
    if found != text:
        next_word = text[len(found) :].partition(" ")[0]
        assert len(found) + len(" ") + len(next_word) > length
