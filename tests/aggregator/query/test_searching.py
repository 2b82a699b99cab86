"""A page of a search: marks, snippets that may leave, and better spellings."""

from __future__ import annotations

import pytest

from aggregator.query import Hit
from tests.aggregator.query.conftest import Collection


def hit(held: Collection, text: str) -> Hit:
    return held.search(text).hits[0]


def test_what_was_found_is_marked_in_headline_and_body(held: Collection) -> None:
    found = hit(held, "pelatihan vokasi")
    assert found.headline.to_html() == "<mark>Pelatihan</mark> <mark>Vokasi</mark>"
    assert "<mark>dilatih</mark>" in found.snippet.to_html()


def test_markup_of_an_article_is_text(held: Collection) -> None:
    found = hit(held, "pameran")
    assert "&amp; bengkel" in found.snippet.to_html()
    assert "<b>" not in found.snippet.to_html()


def test_what_leaves_is_cut_from_what_may_leave(held: Collection) -> None:
    """The publisher of the collection allows an excerpt only."""
    found = hit(held, "rapat anggaran")
    article = found.view.article
    assert not found.view.attribution.basis.allows_full_text
    assert found.public_snippet.text.rstrip("…") in (article.excerpt or "")
    assert found.to_public_json()["body"] == []
    assert found.to_public_json()["snippet"] == found.public_snippet.to_json()


def test_the_json_form_has_marks_beside_the_article(held: Collection) -> None:
    found = hit(held, "rapat").to_json()
    assert found["headline"] == "Rapat Rutin"
    assert found["headline_marks"] == [[0, 5]]
    assert found["snippet"] == {
        "text": "Peserta rapat membahas anggaran sekolah.",
        "marks": [[8, 13]],
    }


def test_pages_of_a_search_continue(held: Collection) -> None:
    first = held.search("guru", limit=2)
    assert len(first.hits) == 2
    assert first.next_cursor is not None


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("beasisiwa", "beasiswa"),
        ("pendafatran", "pendaftaran"),
        ("judul:pelatihn vokasi", "judul:pelatihan vokasi"),
        ('"nasib guruu"', '"nasib guru"'),
        ("guru honorrer", "guru honorer"),
        ("rapatt anggarn", "rapat anggaran"),
        ("kmdikbud", "kemdikbud"),
        ("qwertyuiop", None),
        ("rapat beasiswa", None),  # both are known
        ("rapatt beasiswa", None),  # and would find nothing either
        ("penulis:sitti", None),
        ("bengkel tag:tidakada", None),
        ("zzz*", None),
        ("日本日", None),
    ],
)
def test_did_you_mean(held: Collection, text: str, suggestion: str | None) -> None:
    page = held.search(text)
    assert page.hits == ()
    assert page.suggestion == suggestion


def test_what_finds_something_needs_no_other_spelling(held: Collection) -> None:
    assert held.search("guru").suggestion is None
