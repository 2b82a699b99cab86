"""What an article says in a portal."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import settings as settings_of_test
from hypothesis import strategies as st

from aggregator.articlejson import Holding
from aggregator.errors import PostUnfitError
from aggregator.model import (
    Cause,
    Correction,
    CorrectionKind,
    Credit,
    Image,
    Revision,
    RightsBasis,
    Role,
    Withdrawal,
)
from aggregator.publish.compose import TAGS, Sent, compose, plain
from aggregator.publish.port import Post, PostState
from aggregator.reuse import Reuse
from tests.aggregator.publish.builders import NOW, review, settings, stated, view
from tests.pipelines.builders import LONG_TEXT, body_of

URL = "https://contoh.example/berita/1/judul"
FIRST = Sent(slug="judul-lama-0123456789", shown_at=NOW - timedelta(days=1), revision=1)


def words(post: Post) -> str:
    """What a reader reads."""
    return " ".join(BeautifulSoup(post.body_html, "lxml").get_text(" ").split())


# --- text, by rights ------------------------------------------------------------------------------


def test_text_of_the_government_is_whole_and_ends_as_the_model_page_does() -> None:
    post = compose(view(), review(), settings())
    assert post.body_html.startswith(f"<p>{LONG_TEXT[:40]}")
    credit, address = post.body_html.split("\n")[-2:]
    assert credit.startswith("<p>Sumber: Harian Contoh — “Siswa SMK Merakit Sepeda Listrik”")
    assert address == f'<p>(<a href="{URL}" rel="noopener">{URL}</a>)</p>'


def test_press_is_an_excerpt_with_a_link_to_the_publisher() -> None:
    post = compose(view(basis=RightsBasis.CURRENT_NEWS), review(), settings())
    assert LONG_TEXT not in words(post)
    assert f'<a href="{URL}" rel="noopener">Baca selengkapnya di Harian Contoh</a>' in (
        post.body_html
    )


def test_link_only_leaves_no_sentence_of_the_press() -> None:
    found = view(basis=RightsBasis.PERMISSION)
    post = compose(found, review(), settings(press=Reuse.LINK))
    assert (post.excerpt, "Kalimat" in words(post)) == ("", False)
    assert "Baca selengkapnya di Harian Contoh" in words(post)


def test_editor_s_words_win_beside_the_publisher_s_credit_line() -> None:
    own = review(headline="Sepeda Listrik Karya Siswa", excerpt="Dari sekolah kita.")
    post = compose(view(basis=RightsBasis.CURRENT_NEWS), own, settings())
    assert (post.headline, post.excerpt) == ("Sepeda Listrik Karya Siswa", "Dari sekolah kita.")
    assert "“Siswa SMK Merakit Sepeda Listrik”" in words(post)


def test_dateline_stands_before_the_first_paragraph() -> None:
    text = body_of(f"BALIKPAPAN -- {LONG_TEXT}")
    found = view(body_html=text)
    assert found.article.dateline is not None
    assert words(compose(found, review(), settings())).startswith("BALIKPAPAN -- Kalimat ke-1")


def test_paragraphs_are_kept_apart() -> None:
    post = compose(view(body_html=body_of("Satu kalimat.", "Dua kalimat.")), review(), settings())
    assert "</p>\n<p>" in post.body_html
    assert "</p><p>" not in post.body_html


@pytest.mark.parametrize(
    ("basis", "has_image"), [(RightsBasis.GOVERNMENT, True), (RightsBasis.CURRENT_NEWS, False)]
)
def test_picture_goes_along_only_where_the_whole_text_does(
    basis: RightsBasis, has_image: bool
) -> None:
    picture = Image(url="https://contoh.example/a.jpg", caption="Siswa", credit="Dok. Sekolah")
    post = compose(view(basis=basis, image=picture), review(), settings())
    assert (post.image is not None) is has_image


# --- corrections ----------------------------------------------------------------------------------


def revision(number: int, **changes: object) -> Revision:
    known = {"seen_at": NOW, "cause": Cause.RECHECK, "headline": "x", "body": ("y",)}
    return Revision(number=number, **{**known, **changes})  # type: ignore[arg-type]


def test_announced_correction_is_printed_with_its_time_and_a_link() -> None:
    ralat = Correction(kind=CorrectionKind.RALAT, sentence="Jumlah siswa 20, bukan 30.")
    known = [revision(1), revision(2, correction=ralat, changed=("body",))]
    post = compose(view(), review(), settings(), first=FIRST, revisions=known)
    assert "Ralat (Minggu, 2 Agustus 2026 11.00 WITA): Jumlah siswa 20, bukan 30." in words(post)
    assert post.body_html.index("Ralat (") < post.body_html.index("Sumber:")


def test_silent_change_is_said_too() -> None:
    known = [revision(2, changed=("headline", "body"))]
    post = compose(view(), review(), settings(), first=FIRST, revisions=known)
    assert "Harian Contoh mengubah judul dan isi. Lihat di Harian Contoh" in words(post)


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(revision(1, changed=("body",)), id="sent first"),
        pytest.param(revision(2, changed=("body",), cause=Cause.PARSER), id="our reading"),
        pytest.param(revision(2, changed=("credits",)), id="not the text"),
    ],
)
def test_what_is_no_correction_is_not_called_one(told: Revision) -> None:
    post = compose(view(), review(), settings(), first=FIRST, revisions=[told])
    assert "Ralat" not in words(post)


def test_address_and_time_stay_those_of_the_first_sending() -> None:
    post = compose(view(), review(headline="Judul Baru"), settings(), first=FIRST)
    assert (post.slug, post.shown_at) == (FIRST.slug, FIRST.shown_at)


# --- withdrawal -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by_hand", "by"), [(False, "Harian Contoh"), (True, "pengelola portal ini")]
)
def test_notice_of_a_withdrawal_says_who_when_and_why_and_nothing_else(
    by_hand: bool, by: str
) -> None:
    gone = Withdrawal(at=NOW, reason="Nama anak disebut.", by="Bu Rina", by_hand=by_hand)
    held = Holding(revision=1, first_seen=NOW, withdrawn=gone)
    post = compose(view(holding=held), review(), settings(), first=FIRST)
    assert words(post) == (
        f"Berita dari Harian Contoh ini dicabut oleh {by} pada Minggu, 2 Agustus 2026 11.00 WITA. "
        "Alasan: Nama anak disebut."
    )
    assert (post.image, post.tags, post.excerpt) == (None, (), words(post))
    assert "Bu Rina" not in repr(post)


# --- where it goes --------------------------------------------------------------------------------

MAPPED = {"SMK": "Kejuruan", "beasiswa": "Beasiswa", "Pengumuman": "Info Sekolah"}


@pytest.mark.parametrize(
    ("topics", "section", "expected"),
    [
        ((), None, ("Berita",)),
        (("ppdb",), None, ("Berita",)),
        (("smk", "beasiswa"), None, ("Kejuruan", "Beasiswa")),
        (("smk",), "pengumuman", ("Info Sekolah",)),
        (("smk",), "lain", ("Berita",)),
    ],
)
def test_categories(topics: tuple[str, ...], section: str | None, expected: tuple[str]) -> None:
    found = view(topics=topics)
    own = replace(found.article, topics=topics)
    found = replace(found, found=replace(found.found, article=own))
    post = compose(found, review(section=section), settings(categories=MAPPED))
    assert post.categories == expected


def test_keywords_are_few_single_and_without_commas() -> None:
    tags = ("SMK", "smk", "Balikpapan, Kaltim", *(f"kata {n}" for n in range(20)))
    post = compose(stated(tags=tags), review(), settings())
    assert post.tags[:3] == ("SMK", "Balikpapan Kaltim", "kata 0")
    assert len(post.tags) == 10


def test_key_is_the_same_in_every_database_and_ends_the_slug() -> None:
    first, second = view(), replace(view(), id=99)
    assert compose(first, None, settings()).key == compose(second, None, settings()).key
    post = compose(first, None, settings())
    assert post.slug == f"siswa-smk-merakit-sepeda-listrik-{post.key.removeprefix('contoh-')}"


def test_portal_with_an_editor_of_its_own_gets_posts_that_wait() -> None:
    assert compose(view(), review(), settings(state="pending")).state is PostState.PENDING


# --- whatever an article says ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "value"),
    [("published_at", None), ("headline", "\x00\x07")],
)
def test_what_cannot_be_attributed_is_refused(part: str, value: object) -> None:
    with pytest.raises(PostUnfitError) as caught:
        compose(stated(**{part: value}), review(), settings())
    assert caught.value.missing == part


@pytest.mark.parametrize("url", ["javascript:alert(1)//x", "http://a b/", 'http://a/"onx=1'])
def test_address_that_cannot_be_linked_is_refused(url: str) -> None:
    with pytest.raises(PostUnfitError) as caught:
        compose(stated(canonical_url=url), review(), settings())
    assert caught.value.missing == "url"


_bad = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            '"><img src=x onerror=alert(1)>',
            "</p></a><iframe src=//evil>",
            "<svg/onload=alert(1)>",
            "&lt;script&gt;",
            "<a href='javascript:alert(1)'>x</a>",
            "<!-- ]]> <style>",
        ]
    ),
)


@settings_of_test(deadline=None)
@given(
    headline=_bad.filter(lambda text: plain(text) != ""),
    body=st.lists(_bad, max_size=4),
    markup=_bad,
    excerpt=_bad,
    tags=st.lists(_bad, max_size=3),
    name=_bad,
    basis=st.sampled_from(RightsBasis),
    press=st.sampled_from(Reuse),
    path=st.text(
        st.characters(exclude_categories=["C", "Z"], exclude_characters='<>"'), max_size=9
    ),
)
def test_credit_line_publisher_and_link_are_there_and_nothing_is_script(
    headline: str,
    body: list[str],
    markup: str,
    excerpt: str,
    tags: list[str],
    name: str,
    basis: RightsBasis,
    press: Reuse,
    path: str,
) -> None:
    url = f"https://contoh.example/{path}"
    found = stated(
        basis=basis,
        headline=headline,
        body=tuple(body),
        body_html=markup,
        excerpt=excerpt,
        tags=tuple(tags),
        credits=(Credit(name=name, role=Role.REPORTER),),
        canonical_url=url,
    )
    post = compose(found, review(excerpt=excerpt or None), settings(press=press))
    soup = BeautifulSoup(post.body_html, "lxml")
    text = " ".join(unescape(re.sub(r"<[^>]+>", "", post.body_html)).split())
    assert " ".join(post.credit_line.split()) in text
    assert "Harian Contoh" in text
    assert url in [link.get("href") for link in soup.find_all("a")]
    assert {tag.name for tag in soup.find_all()} <= TAGS | {"html", "body"}
    assert all(
        set(tag.attrs) <= {"href", "rel"} and str(tag.get("href", "http")).startswith("http")
        for tag in soup.find_all()
    )
    assert "\n" not in post.headline
