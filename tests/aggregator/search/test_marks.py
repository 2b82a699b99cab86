"""What is marked in a text, and the piece that is cut around it."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.search.aliases import bundled_aliases
from aggregator.search.marks import ELLIPSIS, SNIPPET_LENGTH, Finder, Marked
from aggregator.search.meaning import meaning
from aggregator.search.parser import parse


def finder(text: str) -> Finder:
    return Finder(meaning(parse(text), bundled_aliases(), lambda _prefix, _limit: ["beasiswa"]))


def marked(query: str, text: str, *, headline: bool = False) -> str:
    """With brackets for marks."""
    found = finder(query).mark(text, headline=headline)
    return "".join(f"[{piece}]" if mark else piece for piece, mark in found.pieces())


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("pendidikan", "Ia [mendidik] siswa: [pendidikan] vokasi."),
        ("SISWA vokasi", "Ia mendidik [siswa]: pendidikan [vokasi]."),
        ('"pendidikan vokasi"', "Ia mendidik siswa: [pendidikan vokasi]."),
        ('"siswa pendidikan"', "Ia mendidik [siswa: pendidikan] vokasi."),
        ('"siswa vokasi"', "Ia mendidik siswa: pendidikan vokasi."),
        ("siswa -vokasi", "Ia mendidik [siswa]: pendidikan vokasi."),
        ("ia ATAU vokasi", "[Ia] mendidik siswa: pendidikan [vokasi]."),
        ("tidakada", "Ia mendidik siswa: pendidikan vokasi."),
        ("penerbit:contoh", "Ia mendidik siswa: pendidikan vokasi."),
    ],
)
def test_marks(query: str, expected: str) -> None:
    assert marked(query, "Ia mendidik siswa: pendidikan vokasi.") == expected


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("smk", "Dari [SMK] dan [Sekolah Menengah Kejuruan], juga [SMKN] 1"),
        ("jumat", "hari [Jum'at], [Jum’at] dan [jumat]"),
        ("edukasi", "[édukasi] – [EDUKASI]"),
        ("anak", "[Anak-anak] dan [anaknya]"),
        ("bali", "Jawa-Bali"),
        ("日本", "ke [日本] lagi"),
        ("bea*", "sebuah [beasiswa]"),
        ("2.250", "[2.250] atau 2 dan 250"),
        ("guru", "[guru-guru], [guru], _[guru]_"),
        ("a", "[a] b"),
    ],
)
def test_marks_in_forms_and_names(query: str, text: str) -> None:
    plain = text.replace("[", "").replace("]", "")
    expected = text if text != "Jawa-Bali" else "[Jawa-Bali]"
    assert marked(query, plain) == expected


def test_words_for_the_headline_are_marked_there_alone() -> None:
    assert marked("judul:guru", "guru", headline=True) == "[guru]"
    assert marked("judul:guru", "guru") == "guru"


def test_marks_that_overlap_are_one() -> None:
    assert marked('"guru honorer" "honorer baru"', "guru honorer baru") == "[guru honorer baru]"


@pytest.mark.parametrize(
    "text", ["<b>guru</b>", "guru & <script>alert('guru')</script>", '"><img src=x onerror=guru>']
)
def test_html_is_escaped_but_for_the_marks(text: str) -> None:
    found = finder("guru").mark(text).to_html()
    assert "<mark>guru</mark>" in found
    assert re.findall(r"<(?!/?mark>)", found) == []
    assert html.unescape(re.sub("</?mark>", "", found)) == text


@given(st.text(), st.sampled_from(["guru", '"a b"', "bea* smk", "édukasi jum'at"]))
def test_whatever_is_marked_the_text_stays(text: str, query: str) -> None:
    found = finder(query).mark(text)
    assert "".join(piece for piece, _ in found.pieces()) == text
    assert html.unescape(re.sub("</?mark>", "", found.to_html())) == html.unescape(
        html.escape(text)
    )
    assert all(0 <= start < end <= len(text) for start, end in found.marks)


def test_json_has_the_text_and_its_marks() -> None:
    assert Marked(text="a b", marks=((0, 1),)).to_json() == {"text": "a b", "marks": [[0, 1]]}


# --- snippets -------------------------------------------------------------------------------------

FILLER = "Kalimat lain tanpa arti. " * 20


def snippet(query: str, *paragraphs: str) -> Marked:
    return finder(query).snippet(paragraphs)


def test_a_short_body_is_its_own_snippet() -> None:
    assert snippet("guru", "Guru baru.", "Murid lama.") == Marked(
        text="Guru baru. Murid lama.", marks=((0, 4),)
    )


def test_a_snippet_is_cut_around_what_was_found() -> None:
    found = snippet("guru honorer", FILLER, "Para guru yang honorer menunggu.", FILLER)
    assert "Para guru yang honorer menunggu." in found.text
    assert [found.text[a:b] for a, b in found.marks] == ["guru", "honorer"]
    assert found.text.startswith(ELLIPSIS)
    assert found.text.endswith(ELLIPSIS)


def test_of_several_places_the_one_with_most_is_taken() -> None:
    found = snippet("guru honorer", "Guru.", FILLER, "Guru honorer.", FILLER, "Honorer.")
    assert "Guru honorer." in found.text


def test_where_nothing_was_found_a_snippet_is_the_beginning() -> None:
    found = snippet("guru", FILLER)
    assert found.text.startswith("Kalimat lain")
    assert found.marks == ()


def test_a_snippet_of_nothing_is_empty() -> None:
    assert snippet("guru") == Marked(text="")


@given(
    st.lists(st.sampled_from(["guru", "honorer", "kata", "sepanjang" * 30, "—", "é"]), max_size=200)
)
def test_a_snippet_is_short_and_its_marks_are_right(printed: list[str]) -> None:
    found = snippet("guru honorer", " ".join(printed))
    assert len(found.text) <= SNIPPET_LENGTH
    assert {found.text[a:b] for a, b in found.marks} <= {"guru", "honorer", "honore", "gur"}
