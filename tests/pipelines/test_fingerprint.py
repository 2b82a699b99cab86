"""Fingerprints: equal for what reads the same, different for what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model import Article, Credit, Role
from pipelines.fingerprint import MIN_WORDS, VERSION, content_fingerprint, text_fingerprint
from tests.pipelines.builders import NOW, article, normalised

WORDS = [f"kata{n}" for n in range(MIN_WORDS)]
TEXT = " ".join(WORDS)


def held(*paragraphs: str, **changes: Any) -> Article:
    return article(body=paragraphs, published_at=NOW, **changes)


@pytest.mark.parametrize(
    "paragraphs",
    [
        (TEXT.upper(),),
        (TEXT.replace(" ", ", ") + "!",),
        (TEXT.replace(" ", "  \n"),),
        (" ".join(WORDS[:7]), " ".join(WORDS[7:])),
    ],
    ids=["case", "punctuation", "white space", "paragraphs"],
)
def test_case_punctuation_and_paragraphs_make_no_other_text(paragraphs: tuple[str, ...]) -> None:
    assert text_fingerprint(held(*paragraphs)) == text_fingerprint(held(TEXT))


def test_a_retitled_text_is_the_same_text() -> None:
    assert text_fingerprint(held(TEXT, headline="Lain")) == text_fingerprint(held(TEXT))


@pytest.mark.parametrize("other", [f"{TEXT} lagi", TEXT.replace("kata7", "kata8")])
def test_another_word_is_another_text(other: str) -> None:
    assert text_fingerprint(held(other)) != text_fingerprint(held(TEXT))


def test_a_short_text_has_no_text_fingerprint() -> None:
    assert text_fingerprint(held(" ".join(WORDS[1:]))) is None
    assert text_fingerprint(held(" ".join(WORDS))) is not None


@pytest.mark.parametrize(
    "changes",
    [
        {"headline": "Lain"},
        {"body": ("Lain.",)},
        {"body": ("Siswa datang.", "Lain.")},
        {"credits": (Credit(name="Ani", role=Role.EDITOR),)},
        {"credits": ()},
        {"published_at": NOW + timedelta(minutes=1)},
        {"published_at": None},
    ],
)
def test_a_change_that_readers_notice_changes_the_content(changes: dict[str, Any]) -> None:
    one = held("Siswa datang.", credits=(Credit(name="Ani", role=Role.REPORTER),))
    assert content_fingerprint(replace(one, **changes)) != content_fingerprint(one)


@pytest.mark.parametrize(
    "changes",
    [
        {"headline": "Siswa  SMK Merakit Sepeda \n Listrik "},
        {"body": ("Siswa\u00a0 datang.",)},
        {"fetched_at": NOW + timedelta(days=1)},
        {"url": "https://contoh.example/lain"},
        {"tags": ("SMK",)},
        {"body_html": "<p>lain</p>"},
    ],
)
def test_other_changes_leave_the_content_the_same(changes: dict[str, Any]) -> None:
    one = held("Siswa datang.")
    assert content_fingerprint(replace(one, **changes)) == content_fingerprint(one)


def test_the_same_moment_in_another_zone_is_the_same_content() -> None:
    one = normalised()
    assert one.published_at is not None
    other = replace(one, published_at=one.published_at.astimezone(UTC))
    assert content_fingerprint(other) == content_fingerprint(one)


def test_fingerprints_carry_their_version_and_stay_stable() -> None:
    assert text_fingerprint(held(TEXT)) == "1:4328a22b0aaf96282af81f6c87281c4e"
    assert content_fingerprint(held("“Café” siswa.")) == "1:cb416e27e2471dc572a136023cdbe92d"
    assert content_fingerprint(held("Siswa datang.")).startswith(f"{VERSION}:")


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_contents_with_other_paragraphs_differ(one: list[str], other: list[str]) -> None:
    def folded(paragraphs: list[str]) -> list[str]:
        return [" ".join(p.split()) for p in paragraphs]

    same = content_fingerprint(held(*one)) == content_fingerprint(held(*other))
    assert same == (folded(one) == folded(other))
