"""Every form in which a portal's posts come, and what is not one."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from aggregator.errors import PortalFormatError
from aggregator.portal import formats, sekolahku
from aggregator.portal.formats import Form
from aggregator.portal.posts import (
    IN_THE_FUTURE,
    NOT_A_POST,
    NOT_PUBLISHED,
    NOTHING_STATED,
    RawPost,
    ReadPost,
    Source,
)
from aggregator.portal.understanding import understand
from tests.aggregator.portal.documents import (
    FIRST,
    HEADLINE,
    POSTS,
    SECOND,
    SOURCE,
    Post,
    atom_feed,
    sekolahku_article,
    sekolahku_feed,
    sekolahku_list,
    wordpress_feed,
    wxr,
)

BASE = "https://smk.example"
WITA = ZoneInfo("Asia/Makassar")
NOW = datetime(2026, 8, 1, 3, 0, tzinfo=UTC)
ORIGINAL = Source(
    url="https://vokasi.kemendikdasmen.go.id/read/pameran-karya-siswa",
    publisher="kemdikbud",
    external_id="vokasi/pameran-karya-siswa",
)
TEN_24 = datetime(2020, 8, 7, 2, 24, tzinfo=UTC)


def understood(body: bytes, form: Form = Form.AUTO, url: str | None = None) -> list[ReadPost]:
    reading, _ = formats.read(body, form, url)
    posts = [understand(post, WITA, NOW) for post in reading.posts]
    assert not [post for post in posts if isinstance(post, str)]
    return posts  # type: ignore[return-value]


CSV = (
    "Judul;Isi;Tanggal;Sumber;URL\n"
    f'"{HEADLINE}";"<p>{FIRST}</p><p>{SECOND}</p>";07/08/2020 10:24;{SOURCE};{BASE}/read/12/slug\n'
    '"Kosong";;;;\n'
)

WHOLE = {
    "wordpress": (wordpress_feed(BASE), Form.FEED),
    "atom": (atom_feed(BASE), Form.FEED),
    "wxr": (wxr(BASE), Form.WXR),
    "csv": (CSV.encode(), Form.CSV),
    "csv with mark": (CSV.encode("utf-8-sig"), Form.CSV),
    "csv of Windows": (CSV.replace("“", '""').replace("”", '""').encode("cp1252"), Form.CSV),
    "csv in UTF-16": (CSV.encode("utf-16"), Form.CSV),
    "article page": (sekolahku_article(POSTS[0], POSTS[1:]), Form.SEKOLAHKU),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_post_is_read(name: str) -> None:
    body, form = WHOLE[name]
    assert formats.read(body, Form.AUTO)[1] is form
    first = understood(body)[0]
    assert first.published_at is not None
    assert first.published_at.replace(second=0) == TEN_24
    assert ORIGINAL in first.sources
    assert not first.is_cut
    assert first.opening[:4] == ("sekolah", "menengah", "kejuruan", "di")
    assert first.text_fingerprint is not None


def test_the_same_text_has_one_fingerprint_in_every_form() -> None:
    """Dateline and source line are no part of it."""
    assert len({understood(body)[0].text_fingerprint for body, _ in WHOLE.values()}) == 1


CUT = {
    "feed of the CMS": sekolahku_feed(BASE),
    "list of the CMS": sekolahku_list(base=BASE),
    "list without addresses": sekolahku_list(),
    "other posts of an article page": sekolahku_article(POSTS[2], POSTS[:2]),
}


@pytest.mark.parametrize("name", CUT)
def test_a_teaser_is_read_as_the_beginning(name: str) -> None:
    posts = {post.headline: post for post in understood(CUT[name])}
    found = posts[HEADLINE]
    assert (found.is_cut, found.text_fingerprint, found.sources) == (True, None, ())
    assert found.published_at is not None
    assert found.published_at.replace(second=0) == TEN_24, "in the school's zone"
    words = tuple(FIRST.casefold().replace(",", "").replace(".", "").split())
    assert 10 < len(found.opening) < len(words)
    assert found.opening == words[: len(found.opening)], "the last word is only a piece"


@pytest.mark.parametrize("text", ["é" * 160, "kata " * 40 + "&lt;", "“" * 100])
@pytest.mark.parametrize("shift", range(4))
def test_bytes_cut_inside_letters_and_entities_do_no_harm(text: str, shift: int) -> None:
    post = Post(7, "Judul", (f"Jakarta - {'x' * shift} {text}",), "2020-08-07 10:24:30")
    (found,) = understood(sekolahku_list([post], BASE))
    assert "\ufffd" not in " ".join(found.opening)
    assert not set(found.opening) & {"l", "lt", "amp"}


def test_the_text_of_a_page_is_read_like_the_page() -> None:
    lines = [
        "• SMK CONTOH", "• Santun dan Mandiri", "", HEADLINE, "", *POSTS[0].paragraphs, "",
        "Tulisan Lainnya", *(
            line for p in POSTS[1:]
            for line in (p.headline, "", p.teaser.decode("utf-8", "ignore"), "", p.facts)
        ),
    ]  # fmt: skip
    first, *others = understood("\n".join(lines).encode())
    assert (first.headline, first.sources, first.is_cut) == (HEADLINE, (ORIGINAL,), False)
    assert [post.headline for post in others] == [p.headline for p in POSTS[1:]]
    assert all(post.is_cut for post in others)


def test_a_post_is_known_by_its_number_whatever_its_slug() -> None:
    (one,) = understood(sekolahku_list(POSTS[:1], BASE))
    (other,) = understood(sekolahku_list(POSTS[:1], BASE).replace(b"/slug", b"/slug-lain"))
    assert one.key == other.key == f"{BASE}/read/12"


def test_what_is_no_post_is_counted() -> None:
    reading, _ = formats.read(wxr(BASE), Form.AUTO)
    assert len(reading.posts) == len(POSTS)
    assert reading.skipped == {NOT_PUBLISHED: 1, NOT_A_POST: 1}
    assert formats.read(CSV.encode(), Form.AUTO)[0].skipped == {NOTHING_STATED: 1}


def test_a_post_of_the_future_is_not_published() -> None:
    post = RawPost(headline="Besok", html="<p>Teks.</p>", published_raw="2026-08-01 12:00:00")
    assert understand(post, WITA, NOW) == IN_THE_FUTURE
    past = RawPost(headline="Tadi", html="<p>Teks.</p>", published_raw="2026-08-01 10:59:00")
    assert isinstance(understand(past, WITA, NOW), ReadPost)


BAD = {
    "nothing": b"",
    "a picture": b"\x89PNG\r\n\x1a\n\x00\x00",
    "a page of something else": b"<html><body><p>Selamat datang.</p></body></html>",
    "a text": b"Selamat datang di sekolah kami.",
    "a table of something else": b"nama,kelas\nAni,X\n",
    "a feed without items": b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>",
    "entities": b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><rss version='2.0'/>",
    "broken wxr": wxr(BASE)[:500],
}


@pytest.mark.parametrize("name", BAD)
def test_what_holds_no_posts_is_named(name: str) -> None:
    with pytest.raises(PortalFormatError):
        formats.read(BAD[name], Form.AUTO)


@pytest.mark.parametrize("form", [form for form in Form if form is not Form.AUTO])
@pytest.mark.parametrize("name", BAD)
def test_a_wrong_form_is_an_error_and_no_crash(name: str, form: Form) -> None:
    if name == "broken wxr" and form in (Form.FEED, Form.SEKOLAHKU):
        # feedparser reads the beginning all the same.
        assert formats.read(BAD[name], form)[0].posts
        return
    with pytest.raises(PortalFormatError):
        formats.read(BAD[name], form)


NAMED = [
    ("in brackets on its own line", f"<p>Teks.</p><p>({SOURCE})</p>", True),
    ("in brackets after the text", f"<p>Teks. (Diksi/RA) ({SOURCE})</p>", True),
    ("alone", f"<p>Teks.</p><p>{SOURCE}</p>", True),
    ("after a label", f"<p>Teks.</p><p>Sumber: {SOURCE}</p>", True),
    ("as a link after a label", f'<p>Teks.</p><p>Sumber : <a href="{SOURCE}">Vokasi</a></p>', True),
    ("as a link alone", f'<p>Teks.</p><p><a href="{SOURCE}">{SOURCE}</a></p>', True),
    ("to read on", f'<p>Teks.</p><p>Baca selengkapnya di <a href="{SOURCE}">Vokasi</a></p>', True),
    ("our credit line", f"<p>Sumber: Kemdikbud — “Judul”, 7 Agustus 2020 — {SOURCE}</p>", True),
    ("told where it stood first",
     f"<p>Teks.</p><p>Artikel ini telah tayang di Vokasi dengan judul Pameran, {SOURCE}</p>", True),
    ("with parameters", f"<p>Teks.</p><p>({SOURCE}?utm_source=wa&fbclid=x)</p>", True),
    ("inside the text", f'<p>Seperti ditulis <a href="{SOURCE}">kemarin</a>, siswa.</p>', False),
    ("another article", f'<p>Teks.</p><p>Baca juga: <a href="{SOURCE}">Pameran</a></p>', False),
    ("a home page", "<p>Teks.</p><p>Sumber: https://www.kemdikbud.go.id/</p>", False),
]  # fmt: skip


@pytest.mark.parametrize(("html", "named"), [n[1:] for n in NAMED], ids=[n[0] for n in NAMED])
def test_a_source_is_what_the_post_names_as_one(html: str, named: bool) -> None:
    found = understand(RawPost(headline="Judul", html=html), WITA, NOW)
    assert isinstance(found, ReadPost)
    assert found.sources == ((ORIGINAL,) if named else ())


@pytest.mark.parametrize(
    ("url", "canonical", "external_id"),
    [
        ("http://vokasi.kemdikbud.go.id/read/b/pameran-karya-siswa", None, ORIGINAL.external_id),
        (
            "https://vokasi.kemendikdasmen.go.id/read/pameran-karya-siswa",
            ORIGINAL.url,
            ORIGINAL.external_id,
        ),
        (
            "https://m.republika.co.id/berita/q79zht354/judul?utm_source=x",
            "https://republika.co.id/berita/q79zht354/judul",
            "q79zht354",
        ),
        (
            "https://kaltim.tribunnews.com/2020/08/07/judul?page=all",
            "https://kaltim.tribunnews.com/2020/08/07/judul",
            "kaltim/2020/08/07/judul",
        ),
        ("https://sekolah-lain.example/berita/1", "https://sekolah-lain.example/berita/1", None),
    ],
)
def test_sources_are_canonical_by_their_publishers_rules(
    url: str, canonical: str | None, external_id: str | None
) -> None:
    post = RawPost(headline="Judul", html=f"<p>Teks.</p><p>({url})</p>")
    found = understand(post, WITA, NOW)
    assert isinstance(found, ReadPost)
    (source,) = found.sources
    assert source.external_id == external_id
    assert canonical is None or source.url == canonical


def test_a_list_kept_by_hand_states_the_source_as_its_address() -> None:
    body = f"judul,url\nPameran,{SOURCE}\n".encode()
    (found,) = understood(body)
    assert (found.url, found.sources) == (None, (ORIGINAL,))


@pytest.mark.parametrize(
    "line",
    [
        "07/08/2020 10:24 - Oleh Editor - Dilihat 18 kali",
        "07/08/2020 10:24 WIB - Editor",
        "07/08/2020 10:24 - Oleh  - Dilihat 1.204 kali",
    ],
)
def test_the_line_of_facts_of_every_version_is_known(line: str) -> None:
    assert sekolahku.META.fullmatch(line)
