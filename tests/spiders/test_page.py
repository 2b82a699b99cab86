"""The page as it comes: charsets, broken JSON-LD, carving, and what is no page at all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from aggregator.errors import ArticleParseError, UnfitPageError, UnfitReason
from spiders.blocks import REFUSED, block_reason
from spiders.jsonld import persons
from spiders.page import LARGEST, MOST_TAGS, Page
from spiders.republika import Republika
from spiders.text import fold, plain

URL = "https://news.republika.co.id/berita/t8esfn436/siswa"
NOW = datetime(2026, 3, 9, 5, 0, tzinfo=UTC)


def page(body: str, head: str = "") -> Page:
    return Page(URL, f"<html><head>{head}</head><body>{body}</body></html>")


# --- bytes to text ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<title>Café “x”</title>".encode(), "text/html; charset=utf-8"),
        ("<title>Café “x”</title>".encode("cp1252"), "text/html; charset=windows-1252"),
        ("<meta charset='utf-8'><title>Café “x”</title>".encode(), "text/html"),
        (b"<meta charset='windows-1252'>" + "<title>Café “x”</title>".encode("cp1252"), None),
        # The header wins over the meta element, and a missing word over nothing.
        ("<meta charset='latin-1'><title>Café “x”</title>".encode(), "text/html; charset=UTF-8"),
        ("<title>Café “x”</title>".encode(), None),
        ("<title>Café “x”</title>".encode("cp1252"), None),
        ("<title>Café “x”</title>".encode("utf-8-sig"), None),
    ],
)
def test_charset(body: bytes, content_type: str | None) -> None:
    assert Page(URL, body, content_type).title == "Café “x”"


def test_white_space_and_tags_fold_away() -> None:
    assert fold(" a\u00a0\n b\u200b\tc ") == "a b c"
    assert plain("Cukup Sentuh <em>Handphone</em> &amp; lari") == "Cukup Sentuh Handphone & lari"
    assert plain("5 < 6 dan 7 > 3") == "5 < 6 dan 7 > 3"


def test_text_knows_blocks_from_inline_tags() -> None:
    shown = page("<h1>Ini<br>judul <em>pan</em>jang</h1><div id=a>A<p>B</p>C</div>")
    assert shown.text("h1") == "Ini judul panjang"
    assert shown.lines("#a") == ("A", "B", "C")


@pytest.mark.parametrize(
    ("body", "too_large"),
    [
        (b"<p>x</p>" * (MOST_TAGS // 2 + 1), True),
        (b"<p>x</p>" * (MOST_TAGS // 2 - 1), False),
        (b"<p>" + b"x" * LARGEST, True),
        # The ministry's editors paste photographs into the text.
        (b"<p>x</p><img src='data:image/png;base64," + b"iVBORw0/" * (LARGEST // 8) + b"'>", False),
    ],
)
def test_a_page_may_be_too_large(body: bytes, too_large: bool) -> None:
    found = Page(URL, body)
    assert found.is_oversized is too_large
    kind = Republika().kind_of_page(found)
    assert kind is (UnfitReason.TOO_LARGE if too_large else None)
    assert block_reason(200, found) is None
    assert block_reason(403, found) == REFUSED


# --- standard metadata --------------------------------------------------------------------------


def test_meta_by_name_or_property_first_non_empty() -> None:
    head = """<meta name="keywords" content=" "><meta name="keywords" content="satu, dua">
    <meta property="og:title" content="Judul"><meta name="keywords" content="situs">"""
    shown = page("", head)
    assert shown.meta("keywords") == "satu, dua"
    assert shown.meta("twitter:title", "og:title") == "Judul"
    assert shown.meta("author") is None


def test_canonical_link_is_made_absolute() -> None:
    assert page("", "<link rel=canonical href='/berita/t8esfn436/b'>").canonical == (
        "https://news.republika.co.id/berita/t8esfn436/b"
    )
    assert page("", "<link rel=canonical href=''>").canonical is None
    assert page("", "<link rel=canonical href='http://['>").canonical is None


@pytest.mark.parametrize(
    "block",
    [
        '{"@type": "NewsArticle", "headline": "Judul"}',
        '[{"@type": "WebSite"}, {"@type": "NewsArticle", "headline": "Judul"}]',
        '{"@graph": [{"@type": "BreadcrumbList"}, {"@type": "NewsArticle", "headline": "Judul"}]}',
        '{"@type": ["Thing", "NewsArticle"], "headline": "Judul"}',
        '{"@type": "NewsArticle", "description": "dua\nbaris\tdan tab", "headline": "Judul"}',
        '{"@type": "NewsArticle", "headline": "Judul",}',
        '{"@type": "NewsArticle", "headline": "Judul"} }',
        '<!-- {"@type": "NewsArticle", "headline": "Judul"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Judul"}\n//]]>',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;Judul&quot;}",
        # beyond repair: what an article needs is found all the same
        '{"@type": "NewsArticle", "headline": "Judul", "description": "ia "berkata" begitu"}',
        '{"@context": x, "@type": "NewsArticle", "headline": "Judul"',
        '{"headline": "Judul", "@type": ["NewsArticle", , ]}',
    ],
)
def test_jsonld_as_publishers_write_it(block: str) -> None:
    broken = '<script type="application/ld+json">{"a": </script>'
    shown = page("", f'{broken}<script type="application/ld+json">{block}</script>')
    assert shown.news["headline"] == "Judul"


def test_a_broken_block_gives_each_property_by_itself() -> None:
    block = """{"@type": "NewsArticle", "headline": "Guru: "Ayo" Belajar",
    "datePublished": "2026-07-24T16:32:58+07:00", "author": {"@type": "Person", "name": "Ani"},
    "description": "ia "berkata\" begitu", "image": [,]}"""
    news = page("", f'<script type="application/ld+json">{block}</script>').news
    assert news["headline"] == 'Guru: "Ayo" Belajar'
    assert news["datePublished"] == "2026-07-24T16:32:58+07:00"
    assert persons(news["author"]) == ("Ani",)


def test_an_organisation_is_no_person() -> None:
    authors = [
        {"@type": "Organization", "name": "Tribun"},
        {"@type": "Person", "name": "Ani"},
        "Budi",
    ]
    assert persons(authors) == ("Ani", "Budi")
    assert persons(authors[0]) == persons(None) == ()


@pytest.mark.parametrize("block", ["", "null", "12", '"x"', "[" * 5000, '{"@graph": null}', "{]"])
def test_unreadable_jsonld_is_nothing(block: str) -> None:
    assert page("", f'<script type="application/ld+json">{block}</script>').news == {}


def test_the_articles_own_jsonld_among_several() -> None:
    blocks = (
        '{"@type": "NewsArticle", "headline": "Lain", "url": "https://x.id/"}',
        f'{{"@type": "NewsArticle", "headline": "Judul", "mainEntityOfPage": "{URL}"}}',
    )
    scripts = "".join(f'<script type="application/ld+json">{block}</script>' for block in blocks)
    assert page("", scripts).news["headline"] == "Judul"


# --- carving ------------------------------------------------------------------------------------


def test_carving_drops_noise_and_keeps_the_words_around_it() -> None:
    body = """<div class=isi><p>Satu<script>x</script>, dua</p>tiga<div class=iklan>!</div>empat
    <!-- komentar --></div>"""
    carved = page(body).carve(["div.isi"], ["div.iklan"])
    assert fold(plain(carved)) == "Satu, dua tiga empat" or "Satu, dua" in carved
    assert "iklan" not in carved
    assert "komentar" not in carved
    assert "tiga\nempat" in carved


def test_carving_leaves_the_page_as_it_was() -> None:
    shown = page("<div class=isi><p>a</p><p class=baca>b</p></div>")
    shown.carve(["div.isi"], ["p.baca"])
    assert shown.text("p.baca") == "b"


def test_carving_takes_the_first_selector_with_text_and_outermost_containers() -> None:
    shown = page("<div class=a> </div><div class=b><div class=b>x</div></div><div class=b>y</div>")
    assert shown.carve(["div.a", "div.b"]) == (
        '<div class="b"><div class="b">x</div></div>\n<div class="b">y</div>'
    )
    assert shown.carve(["div.a", "div.c"]) == ""


def test_selectors_with_names_that_the_page_lacks_find_nothing() -> None:
    shown = page("<p class='a b'>x</p><p id=c>y</p>")
    assert shown.texts("p.a.b, p#c, p.z") == ("x", "y")
    assert shown.texts("p.z", "p:not(.z)") == ("x", "y")
    assert shown.text("p[class='a b']") == "x"


# --- what is no page ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"", None, UnfitReason.EMPTY),
        (b" \n ", "text/html", UnfitReason.EMPTY),
        (b"\x00" * 64, None, UnfitReason.NOT_HTML),
        (b"%PDF-1.7 <x>", None, UnfitReason.NOT_HTML),
        (b"\x89PNG\r\n<", "image/png", UnfitReason.NOT_HTML),
        (b'{"error": "<b>"}', "application/json", UnfitReason.NOT_HTML),
        (b"hanya teks", "text/plain", UnfitReason.NOT_HTML),
    ],
)
def test_what_is_no_page_has_a_name(
    body: bytes, content_type: str | None, reason: UnfitReason
) -> None:
    with pytest.raises(UnfitPageError) as caught:
        Republika().parse_page(Page(URL, body, content_type), fetched_at=NOW)
    assert caught.value.reason is reason


@pytest.mark.parametrize(
    "body",
    [
        b"<" * 1000,
        b"<html>" + b"<div>" * 100_000,
        b"<p>\x00\xff\xfe</p>",
        b"<!DOCTYPE html>",
        "<title>Judul</title>".encode("utf-16"),
    ],
)
def test_broken_pages_end_in_a_named_error(body: bytes) -> None:
    with pytest.raises((ArticleParseError, UnfitPageError)):
        Republika().parse_page(Page(URL, body), fetched_at=NOW)


def test_control_characters_around_noise_do_no_harm() -> None:
    body = "<div class=isi>a\x1b<i class=x>!</i>\x01b&#27;<i class=x>!</i>&#2;c</div>"
    assert page(body).text("div.isi")
    assert "!" not in page(body).carve(["div.isi"], [".x"])


def test_nul_bytes_inside_a_page_do_no_harm() -> None:
    body = b"<h1>Ju\x00dul</h1><div class=artikel><p>Isi\x00 berita</p></div>"
    article = Republika().parse_page(Page(URL, body), fetched_at=NOW)
    assert article.headline == "Judul"
    assert "Isi berita" in article.body_html
