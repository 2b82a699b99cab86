"""How texts begin, and when two begin alike."""

from __future__ import annotations

import pytest

from pipelines.beginning import (
    ENOUGH_WORDS,
    KEPT_WORDS,
    KEY_WORDS,
    SURE_WORDS,
    begins_alike,
    opening_key,
    opening_words,
)

WORDS = tuple(f"kata{n}" for n in range(KEPT_WORDS))


def test_words_are_compared_whatever_their_case_and_signs() -> None:
    assert opening_words(["Siswa, SMK “juara”!", "Guru—bangga."]) == (
        "siswa", "smk", "juara", "guru", "bangga",
    )  # fmt: skip


def test_no_more_is_kept_than_a_teaser_shows() -> None:
    assert opening_words([" ".join(WORDS)] * 3) == WORDS


def test_texts_that_begin_alike_have_one_key() -> None:
    assert opening_key(WORDS) == opening_key(WORDS[:KEY_WORDS])
    assert opening_key(WORDS) != opening_key(("lain", *WORDS[1:]))
    assert opening_key(WORDS) == "1:9cb73267b423d5457d9ccfdc"


def test_a_short_text_has_no_key() -> None:
    assert opening_key(WORDS[: KEY_WORDS - 1]) == ""


@pytest.mark.parametrize(
    ("length", "same_headline", "alike"),
    [
        (KEPT_WORDS, False, True),
        (ENOUGH_WORDS, False, True),
        (ENOUGH_WORDS - 1, False, False),
        (ENOUGH_WORDS - 1, True, True),
        (KEY_WORDS, True, True),
        (KEY_WORDS - 1, True, False),
        (0, True, False),
    ],
)
def test_a_teaser_is_the_beginning_of_its_article(
    length: int, same_headline: bool, alike: bool
) -> None:
    teaser = WORDS[:length]
    assert begins_alike(WORDS, teaser, same_headline=same_headline) is alike
    assert begins_alike(teaser, WORDS, same_headline=same_headline) is alike


def test_after_enough_equal_words_texts_may_go_on_as_they_like() -> None:
    updated = (*WORDS[:SURE_WORDS], "lain", *WORDS[SURE_WORDS + 1 :])
    assert begins_alike(WORDS, updated)
    assert not begins_alike(WORDS, (*WORDS[: SURE_WORDS - 1], "lain", *WORDS[SURE_WORDS:]))


def test_one_other_word_is_another_text() -> None:
    other = (*WORDS[: ENOUGH_WORDS - 1], "lain", *WORDS[ENOUGH_WORDS:])
    assert not begins_alike(WORDS, other, same_headline=True)
