"""Texts for CMS Sekolahku: each of its traps."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.publish import sekolahku_text
from aggregator.publish.sekolahku_text import CUTS, LONGEST, teaser
from tests.aggregator.publish.makepost import BODY


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Siswa 😀 juara", "Siswa juara"),
        ("𝗦𝗠𝗞 juara", "SMK juara"),
        ("Kata “guru” – é", "Kata “guru” – é"),
        ('Lomba "Aksi" (dan "Karya")', "Lomba “Aksi” (dan “Karya”)"),
        ("<b>Tebal</b> & <script>", "‹b›Tebal‹/b› & ‹script›"),
        ("  dua\n baris ", "dua baris"),
    ],
)
def test_a_headline_is_harmless_as_html(given: str, kept: str) -> None:
    assert sekolahku_text.headline(given) == kept


def test_a_long_headline_is_cut_at_a_word() -> None:
    found = sekolahku_text.headline("kata panjang " * 40)
    assert len(found) <= LONGEST
    assert found.endswith("kata panjang kata…")
    assert len(sekolahku_text.headline("x" * 400)) == LONGEST


def test_tags_are_left_out_whole() -> None:
    assert sekolahku_text.tags(("SMK", "a, b", "😀")) == "SMK, a b"
    found = sekolahku_text.tags(tuple(f"kata kunci {n}" for n in range(60)))
    assert len(found) <= LONGEST
    assert found.split(", ")[-1].startswith("kata kunci")


def test_paragraphs_stay_apart_without_their_tags() -> None:
    found = sekolahku_text.body("<p>Satu.</p><p>Dua.</p><ul><li>a</li><li>b</li></ul>")
    assert teaser(found, 165).decode().split() == ["Satu.", "Dua.", "a", "b"]


def test_quotes_of_attributes_stay() -> None:
    given_html = '<p>“a” <a href="http://x/–">b</a></p>'
    assert sekolahku_text.body(given_html) == '<p>"a" <a href="http://x/–">b</a></p>'


def test_emoji_of_a_text_are_kept_as_numbers() -> None:
    assert sekolahku_text.body("<p>Hore 😀</p>") == "<p>Hore &#128512;</p>"


def test_the_text_of_an_article_stays_readable() -> None:
    found = sekolahku_text.body(BODY)
    assert 'Siswa SMK &amp; guru "mendunia".' in found
    assert max(map(ord, found)) <= 0xFFFF


letters = st.text(alphabet="abc éüçñ ابت 中文 ₂ 😀", max_size=260)


@given(st.lists(letters, min_size=1, max_size=4))
def test_no_teaser_is_cut_within_a_character(paragraphs: list[str]) -> None:
    given_html = "\n".join(f"<p>{html.escape(text)}</p>" for text in paragraphs)
    found = sekolahku_text.body(given_html)
    for size in CUTS:
        teaser(found, size).decode()
    assert all(ord(char) <= 0xFFFF for char in found)
    # Spaces that move a cut stand at a paragraph's beginning, where nobody sees them.
    without_tags = found.replace("<p>", " ").replace("</p>", " ")
    assert html.unescape(without_tags).split() == [w for text in paragraphs for w in text.split()]


@given(st.text(max_size=600))
def test_every_headline_fits(text: str) -> None:
    found = sekolahku_text.headline(text)
    assert len(found) <= LONGEST
    assert not set('<>"') & set(found)
    assert all(ord(char) <= 0xFFFF for char in found)
