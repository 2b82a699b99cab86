"""Words as a part of an address."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.slugs import slug


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Siswa SMK Merakit Sepeda", "siswa-smk-merakit-sepeda"),
        ("  “Juara!” — 3 Medali  ", "juara-3-medali"),
        ("Kafé Sekolah", "kafe-sekolah"),
        ("مدرسة", ""),
        ("", ""),
    ],
)
def test_words_become_a_part_of_an_address(text: str, found: str) -> None:
    assert slug(text) == found


@given(st.text())
def test_it_is_safe_in_an_address_and_stays_as_it_is(text: str) -> None:
    found = slug(text)
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", found)
    assert slug(found) == found
