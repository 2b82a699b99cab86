"""What two spellings of one statement have in common."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.wording import as_said, paragraphs_as_said

SAME = [
    ("white space", "Siswa  SMK\njuara", "Siswa SMK juara"),
    ("no-break space", "Siswa\u00a0SMK juara", "Siswa SMK juara"),
    ("double quotes", "“Kami bangga,” katanya.", '"Kami bangga," katanya.'),
    ("two single quotes", "''Kami bangga,'' katanya.", "“Kami bangga,” katanya."),
    ("single quotes", "Jum’at", "Jum'at"),
    ("dashes", "SMK – dan SMA — juara", "SMK - dan SMA - juara"),
    ("dash without spaces", "JAKARTA-- Siswa", "JAKARTA — Siswa"),
    ("ellipsis", "Lalu… selesai", "Lalu... selesai"),
    ("space before a sign", "Siswa , guru .", "Siswa, guru."),
    ("space inside brackets", "Selasa ( 4/8 )", "Selasa (4/8)"),
    ("full-width letters", "ＳＭＫ", "SMK"),
    ("counter in brackets", "Judul (Dilihat 2382 kali)", "Judul (Dilihat 2411 kali)"),
]

DIFFERENT = [
    ("number", "tercatat 140 kunjungan", "tercatat 104 kunjungan"),
    ("case", "siswa smk", "siswa SMK"),
    ("sentence end", "Siswa juara?", "Siswa juara."),
    ("counter in a sentence", "Buku dibaca 15 kali oleh siswa", "Buku dibaca 50 kali oleh siswa"),
    ("word", "juara satu", "juara dua"),
]  # fmt: skip

COUNTERS = [
    "Dilihat 2382 kali",
    "Dibaca: 1.234 kali",
    "( Dilihat 12 kali . )",
    "1,2 rb views",
    "15 komentar",
    "Komentar: 3",
    "- Dilihat 18 kali",
]


@pytest.mark.parametrize(("one", "other"), [s[1:] for s in SAME], ids=[s[0] for s in SAME])
def test_spellings_of_one_statement_are_equal(one: str, other: str) -> None:
    assert as_said(one) == as_said(other)


@pytest.mark.parametrize(
    ("one", "other"), [d[1:] for d in DIFFERENT], ids=[d[0] for d in DIFFERENT]
)
def test_other_statements_differ(one: str, other: str) -> None:
    assert as_said(one) != as_said(other)


@pytest.mark.parametrize("counter", COUNTERS)
def test_a_counter_says_nothing(counter: str) -> None:
    assert as_said(counter) == ""
    assert paragraphs_as_said(("Siswa juara.", counter)) == ["Siswa juara."]


PIECES = [*COUNTERS, "(", ")", "-", " ", "a"]
TEXTS = st.text() | st.text("'\"´`,-—().: aD3") | st.lists(st.sampled_from(PIECES)).map("".join)


@given(TEXTS)
def test_applied_again_it_changes_nothing(text: str) -> None:
    assert as_said(as_said(text)) == as_said(text)
