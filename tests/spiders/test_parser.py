"""What publishers' parsers decide: canonical addresses, times, kinds of pages, further pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from aggregator.config import Config, PublisherConfig
from aggregator.errors import ArticleParseError, UnfitPageError, UnfitReason
from aggregator.model import Channel, ChannelKind, Entry, Role
from pipelines.body import read_blocks
from spiders.kemdikbud import Kemdikbud
from spiders.merging import merge_bodies
from spiders.page import Page
from spiders.parser import ArticleParser
from spiders.registry import publisher_for, publishers
from spiders.republika import Republika, code_time, stated_time
from spiders.tribun import Tribun

NOW = datetime(2026, 8, 1, tzinfo=UTC)
WIB = timezone(timedelta(hours=7))
CODE_URL = "https://news.republika.co.id/berita/nxc181330/siswa"
WWW_URL = "https://www.tribunnews.com/pendidikan/9200101/siswa"


def article_page(url: str = CODE_URL, head: str = "", body: str = "") -> Page:
    content = f"<h1>Judul</h1><div class=artikel><p>Isi berita.</p></div>{body}"
    return Page(url, f"<html><head>{head}</head><body>{content}</body></html>")


# --- the registry -------------------------------------------------------------------------------


def test_publishers_are_found_by_their_modules() -> None:
    assert list(publishers()) == ["kemdikbud", "republika", "tribun"]


@pytest.mark.parametrize(
    ("url", "publisher"),
    [
        ("https://kaltim.tribunnews.com/x", Tribun),
        ("http://WWW.Republika.co.id", Republika),
        ("https://vokasi.kemdikbud.go.id/read/x", Kemdikbud),
        ("https://republika.co.id.example/x", None),
        ("bukan alamat", None),
        ("http://[", None),
    ],
)
def test_a_host_has_one_publisher(url: str, publisher: type[ArticleParser] | None) -> None:
    assert publisher_for(url) is publisher


@pytest.mark.parametrize(
    ("parser", "url", "identity"),
    [
        (Kemdikbud, "https://www.vokasi.kemdikbud.go.id/read/siswa", "vokasi/siswa"),
        (
            Tribun,
            "http://m.tribunnews.com/amp/nasional/2021/03/23/siswa?page=2",
            "2021/03/23/siswa",
        ),
        (Republika, "http://www.republika.co.id/berita//nxc181330/siswa", "nxc181330"),
        (Republika, "http://[", None),
        (Republika, "bukan alamat", None),
    ],
)
def test_addresses_are_known_in_any_spelling(
    parser: type[ArticleParser], url: str, identity: str | None
) -> None:
    assert parser().identity(url) == identity
    assert parser().is_article_url(url) is (identity is not None)


# --- Republika's codes --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "moment"),
    [
        ("nxc181330", datetime(2015, 11, 5, 15, 7, 13, tzinfo=WIB)),
        ("q79zht354", datetime(2020, 3, 16, 14, 29, 53, tzinfo=WIB)),
        ("sppli82145585977", datetime(2025, 1, 7, 15, 13, 20, tzinfo=WIB)),
        ("299964", None),
        ("1624541366", None),
        ("000001330", None),
        ("", None),
    ],
)
def test_a_code_holds_its_time(code: str, moment: datetime | None) -> None:
    assert code_time(code) == moment


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("Kamis, 05 November 2015, 15:07 WIB", datetime(2015, 11, 5, 15, 7, tzinfo=WIB)),
        ("Jumat , 17 February 2017, 13:16 WIB", datetime(2017, 2, 17, 13, 16, tzinfo=WIB)),
        ("2026-07-24T16:32:58+07:00", datetime(2026, 7, 24, 16, 32, tzinfo=WIB)),
        ("02 Oct 2025", datetime(2025, 10, 2, 12, 0, tzinfo=WIB)),
        ("7 menit yang lalu", None),
        ("31 Februari 2020", None),
        ("12 Xyz 2020", None),
    ],
)
def test_stated_times_are_read_for_comparison(raw: str, moment: datetime | None) -> None:
    assert stated_time(raw) == moment


def evidence_of(page: Page, entry: Entry | None = None) -> tuple[str | None, list[str]]:
    article = Republika().parse_page(page, fetched_at=NOW, entry=entry)
    return article.published_raw, [evidence.kind for evidence in article.evidence]


def test_a_missing_time_comes_from_the_channel_then_from_the_code() -> None:
    entry = Entry(url=CODE_URL, published_raw="Thu, 05 Nov 2015 15:07:13 +0700")
    assert evidence_of(article_page(), entry) == (entry.published_raw, ["date_from_channel"])
    assert evidence_of(article_page()) == ("2015-11-05T15:07:13+07:00", ["date_from_id"])


@pytest.mark.parametrize(
    ("printed", "kinds"),
    [
        ("2015-11-05T20:00:00+07:00", []),
        ("2015-11-06T15:00:00+07:00", []),
        ("2015-11-06T16:00:00+07:00", ["time_conflict"]),
        ("2014-11-05T15:00:00+07:00", ["time_conflict"]),
    ],
)
def test_a_time_far_from_its_code_is_noted(printed: str, kinds: list[str]) -> None:
    head = f'<meta property="article:published_time" content="{printed}">'
    assert evidence_of(article_page(head=head)) == (printed, kinds)


def test_the_jsonld_author_is_no_reporter_at_republika() -> None:
    news = '{"@type": "NewsArticle", "author": {"@type": "Person", "name": "Bagas"}}'
    script = f'<script type="application/ld+json">{news}</script>'
    assert Republika().parse_page(article_page(head=script), fetched_at=NOW).credits == ()
    tribun = Tribun().parse_page(tribun_page(head=script), fetched_at=NOW)
    assert [(credit.name, credit.role) for credit in tribun.credits] == [("Bagas", Role.REPORTER)]


# --- addresses and headlines --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "canonical"),
    [
        ("", CODE_URL),
        ('<meta property="og:url" content="https://republika.co.id/share/nxc181330">', CODE_URL),
        (
            '<link rel="canonical" href="https://kampus.republika.co.id/berita/nxc181330/baru">',
            "https://kampus.republika.co.id/berita/nxc181330/baru",
        ),
        ('<link rel="canonical" href="https://republika.co.id/">', CODE_URL),
        ('<link rel="canonical" href="https://repub lika.co.id:x/">', CODE_URL),
        ('<link rel="canonical" href="https://..//">', CODE_URL),
        ('<link rel="canonical" href="https://contoh.example/berita/nxc181330/x">', CODE_URL),
    ],
)
def test_the_canonical_address(head: str, canonical: str) -> None:
    article = Republika().parse_page(article_page(head=head), fetched_at=NOW)
    assert article.canonical_url == canonical
    assert article.external_id == "nxc181330"


@pytest.mark.parametrize(
    ("parser", "title", "headline"),
    [
        (Republika, "Sekolah Buka | Republika Online", "Sekolah Buka"),
        (Republika, "Sekolah Buka |Republika Online", "Sekolah Buka"),
        (Republika, "Sekolah Buka | ihram.co.id", "Sekolah Buka"),
        (Republika, "Sekolah Buka - Republika Online", "Sekolah Buka"),
        (Republika, "Sekolah &lt;em&gt;Buka&lt;/em&gt;", "Sekolah Buka"),
        (Republika, "Guru Membaca Republika", "Guru Membaca Republika"),
        (Tribun, "Sekolah Buka - Tribunnews.com", "Sekolah Buka"),
        (Tribun, "Sekolah Buka - Halaman 2 - Tribunnews.com", "Sekolah Buka"),
        (Tribun, "Sekolah Buka - Tribunkaltim.co", "Sekolah Buka"),
        (Tribun, "Belajar dari Rumah - Kisah Guru", "Belajar dari Rumah - Kisah Guru"),
    ],
)
def test_headlines_lose_the_brand(parser: type[ArticleParser], title: str, headline: str) -> None:
    head = f'<meta property="og:title" content="{title}">'
    url = CODE_URL if parser is Republika else WWW_URL
    body = "<article><p>Isi berita.</p></article>"
    page = Page(url, f"<html><head>{head}</head><body>{body}</body></html>")
    assert parser().parse_page(page, fetched_at=NOW).headline == headline


HEADED = "<div class=max-card__title><h1>{}</h1></div><div class=artikel><p>Isi.</p></div>"


@pytest.mark.parametrize(
    ("stated", "printed", "headline"),
    [
        # readers see what is printed; metadata is cut, or cut off at a quotation mark
        ("Guru: ", "Guru: “Ayo Belajar”", "Guru: “Ayo Belajar”"),
        (
            "Sekolah Buka Lagi Setelah ...",
            "Sekolah Buka Lagi Setelah Libur",
            "Sekolah Buka Lagi Setelah Libur",
        ),
        ("Judul untuk Mesin Pencari", "Sekolah Buka", "Sekolah Buka"),
        ("Sekolah Buka", "", "Sekolah Buka"),
        ("Republika Online", "Sekolah Buka", "Sekolah Buka"),
    ],
)
def test_the_printed_headline_comes_first(stated: str, printed: str, headline: str) -> None:
    head = f'<meta property="og:title" content="{stated}">'
    page = Page(CODE_URL, f"<html><head>{head}</head><body>{HEADED.format(printed)}</body></html>")
    assert Republika().parse_page(page, fetched_at=NOW).headline == headline


def test_a_cut_title_is_completed_by_any_h1_that_goes_on() -> None:
    head = '<meta property="og:title" content="Sekolah Buka Lagi ...">'
    body = "<h1>Sekolah Buka Lagi Senin</h1><div class=artikel><p>Isi.</p></div>"
    page = Page(CODE_URL, f"<html><head>{head}</head><body>{body}</body></html>")
    assert Republika().parse_page(page, fetched_at=NOW).headline == "Sekolah Buka Lagi Senin"


@pytest.mark.parametrize(
    ("content", "field"),
    [("<h1>Judul</h1><p>x</p>", "body"), ("<div class=artikel><p>Isi</p></div>", "headline")],
)
def test_an_article_without_headline_or_body_is_an_error(content: str, field: str) -> None:
    with pytest.raises(ArticleParseError) as caught:
        Republika().parse_page(Page(CODE_URL, content), fetched_at=NOW)
    assert (caught.value.url, caught.value.field) == (CODE_URL, field)


# --- kinds of pages -----------------------------------------------------------------------------

TYPED = '<script type="application/ld+json">{{"@type": "{}"}}</script>'
LISTED = "<ul class=wrap-latest>" + "<li class=conten1><a href=/x>x</a></li>" * 3 + "</ul>"


@pytest.mark.parametrize(
    ("parser", "url", "body", "reason"),
    [
        (Republika, "https://visual.republika.co.id/berita/t8esfn436/x", "", UnfitReason.PHOTO),
        (
            Republika,
            "http://www.republika.co.id/berita/inpicture/nasional/16/02/15/o2l07x284-x",
            "",
            UnfitReason.PHOTO,
        ),
        (Republika, CODE_URL, "<div class=teaser-pic><p>x</p></div>", UnfitReason.PHOTO),
        (Republika, "https://tv.republika.co.id/berita/t8esfn436/x", "", UnfitReason.VIDEO),
        (Republika, "https://republika.co.id/page/shorts/yt-t1/x", "", UnfitReason.VIDEO),
        (Republika, "https://republika.co.id/indeks", LISTED, UnfitReason.LISTING),
        (Tribun, "https://www.tribunnews.com/foto/9200101/x", "", UnfitReason.PHOTO),
        (Tribun, "https://video.tribunnews.com/view/9200101/x", "", UnfitReason.VIDEO),
        (Republika, "https://news.republika.co.id/infografis/1624541366/x", "", UnfitReason.PHOTO),
        (Tribun, "https://www.tribunnews.com/images/9200101/x", "", UnfitReason.PHOTO),
        (Tribun, "https://www.tribunnews.com/galeri/9200101/x", "", UnfitReason.PHOTO),
        (Tribun, "https://www.tribunnews.com/live-update/9200101/x", "", UnfitReason.LIVE),
        (Tribun, WWW_URL, "<div class=live-blog><p>10.00 WIB</p></div>", UnfitReason.LIVE),
        (Tribun, WWW_URL, TYPED.format("LiveBlogPosting"), UnfitReason.LIVE),
        (Tribun, WWW_URL, TYPED.format("VideoObject"), UnfitReason.VIDEO),
        (Republika, CODE_URL, TYPED.format("ImageGallery"), UnfitReason.PHOTO),
        (Republika, CODE_URL, "<meta property='og:type' content='video.other'>", UnfitReason.VIDEO),
        (Tribun, f"{WWW_URL}?page=2", "", UnfitReason.CONTINUATION),
        (
            Tribun,
            WWW_URL,
            "<div class=paging><span class=total-page>Halaman 2/3</span></div>",
            UnfitReason.CONTINUATION,
        ),
        (Republika, f"{CODE_URL}-part2", "", UnfitReason.CONTINUATION),
    ],
)
def test_pages_that_are_no_articles(
    parser: type[ArticleParser], url: str, body: str, reason: UnfitReason
) -> None:
    with pytest.raises(UnfitPageError) as caught:
        parser().parse_page(article_page(url, body=body), fetched_at=NOW)
    assert caught.value.reason is reason


def test_a_video_beside_an_article_is_a_part_of_it() -> None:
    body = TYPED.format("NewsArticle") + TYPED.format("VideoObject")
    assert Tribun().kind_of_page(tribun_page(paging=body)) is None


@pytest.mark.parametrize(
    ("body", "paywalled"),
    [
        (
            TYPED.format('NewsArticle", "isAccessibleForFree": "false'),
            True,
        ),
        ('<meta property="article:content_tier" content="metered">', True),
        ("<div class=premium-content>Berlangganan</div>", True),
        ("<p>Premium</p>", False),
    ],
)
def test_a_text_that_is_not_free_is_known(body: str, paywalled: bool) -> None:
    article = Tribun().parse_page(tribun_page(paging=body), fetched_at=NOW)
    assert article.paywalled is paywalled


@pytest.mark.parametrize("kind", ["OpinionNewsArticle", "AdvertiserContentArticle"])
def test_what_metadata_calls_an_opinion_is_noted(kind: str) -> None:
    article = Tribun().parse_page(tribun_page(head=TYPED.format(kind)), fetched_at=NOW)
    assert ("genre", kind) in [(evidence.kind, evidence.text) for evidence in article.evidence]


# --- metadata and what stands in for it ---------------------------------------------------------

AUTHOR = '<span itemprop="author" itemscope><b itemprop="name">Ani Dewi</b></span>'


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ('<meta name="author" content="Ani Dewi">', ["Ani Dewi"]),
        (
            '<meta name="content_author" content="Ani Dewi"><meta name="author" content="X">',
            ["Ani Dewi"],
        ),
        ('<meta property="article:author" content="https://facebook.com/x">', []),
        (AUTHOR, ["Ani Dewi"]),
        ("", []),
    ],
)
def test_people_stated_by_meta_and_microdata(head: str, names: list[str]) -> None:
    article = Tribun().parse_page(tribun_page(head=head), fetched_at=NOW)
    assert [credit.name for credit in article.credits] == names


def test_microdata_is_read_in_any_case() -> None:
    page = Page(
        WWW_URL, '<time itemprop="DatePublished" datetime="2026-07-24T16:32+07:00">x</time>'
    )
    assert page.microdata("datePublished") == ("2026-07-24T16:32+07:00",)
    assert page.microdata("author") == ()


def test_a_stated_text_is_the_body_where_none_is_found() -> None:
    text = "\\n".join(f"Paragraf {n} tentang <siswa>." for n in (1, 2))
    node = f'{{"@type": "NewsArticle", "headline": "Judul", "articleBody": "{text}"}}'
    page = Page(WWW_URL, f'<html><script type="application/ld+json">{node}</script><p>x</p></html>')
    article = Tribun().parse_page(page, fetched_at=NOW)
    assert article.body_html.splitlines()[0].startswith("<p>Paragraf 1")
    assert [evidence.text for evidence in article.evidence] == ["fallback"]


def test_one_of_many_articles_on_a_page_is_not_the_text() -> None:
    cards = "".join(f"<article><p>Judul lain {n}</p></article>" for n in range(5))
    text = (
        "<div class=baru>"
        + "<p>Siswa datang pagi-pagi ke sekolah untuk menanam pohon bersama guru.</p>" * 8
    )
    page = Page(WWW_URL, f"<html><h1>Judul</h1>{cards}{text}</div></html>")
    article = Tribun().parse_page(page, fetched_at=NOW)
    assert "Judul lain" not in article.body_html
    assert "menanam pohon" in article.body_html


# --- further pages ------------------------------------------------------------------------------


def tribun_page(url: str = WWW_URL, head: str = "", paging: str = "") -> Page:
    body = '<h1 id="arttitle">Judul</h1><div class="side-article txt-article"><p>Isi.</p></div>'
    return Page(url, f"<html><head>{head}</head><body>{body}{paging}</body></html>")


@pytest.mark.parametrize(
    ("url", "paging", "numbers"),
    [
        (WWW_URL, "", []),
        (WWW_URL, "<div class=paging><span class=total-page>Halaman 1/1</span></div>", []),
        (WWW_URL, "<div class=paging><span class=total-page>Halaman 1/4</span></div>", [2, 3, 4]),
        (
            WWW_URL,
            f"<div class=paging><a href='{WWW_URL}?page=3'>3</a><a href='?page=2'>2</a></div>",
            [2, 3],
        ),
        (WWW_URL, "<a class='bgblue white' href='?page=2'>Halaman selanjutnya</a>", [2]),
        (f"{WWW_URL}?page=all", "<div class=paging><a href='?page=2'>2</a></div>", []),
        (f"{WWW_URL}?page=2", "<div class=paging><a href='?page=3'>3</a></div>", [3]),
        (WWW_URL, "<div class=paging><a href='/pendidikan/1234567/lain?page=2'>2</a></div>", []),
        (
            WWW_URL,
            "<div class=paging><span class=total-page>Halaman 1/999</span></div>",
            list(range(2, 51)),
        ),
    ],
)
def test_addresses_of_further_pages(url: str, paging: str, numbers: list[int]) -> None:
    found = Tribun().next_pages(tribun_page(url, paging=paging))
    assert found == tuple(f"{WWW_URL}?page={number}" for number in numbers)


def test_merging_drops_what_an_earlier_page_holds() -> None:
    first = "<div><p>Satu paragraf yang cukup panjang.</p><p>***</p></div>"
    second = "<div><p>Satu paragraf yang  cukup panjang.</p><p>***</p><p>Dua.</p></div>"
    assert merge_bodies((first, second)) == (
        "<div><p>Satu paragraf yang cukup panjang.</p><p>***</p></div>\n"
        "<div>\n<p>***</p><p>Dua.</p></div>"
    )


@pytest.mark.parametrize(
    ("first", "second", "merged"),
    [
        (
            "<div>Satu kalimat yang cukup panjang.<br><br><b>Dua</b>.</div>",
            "<div>Satu kalimat yang cukup panjang.<br> <br/>Tiga kalimat.<br>Masih tiga.</div>",
            ["Satu kalimat yang cukup panjang.", "Dua.", "Tiga kalimat.", "Masih tiga."],
        ),
        (
            "Satu kalimat yang cukup panjang.<br><br>Dua.<p>Tiga.</p>Empat.<br><br>",
            "<br><br><i>Satu kalimat yang</i> cukup panjang.<br><br><ul><li>Lima.</li></ul>",
            ["Satu kalimat yang cukup panjang.", "Dua.", "Tiga.", "Empat.", "Lima."],
        ),
    ],
)
def test_merging_knows_paragraphs_by_two_line_breaks(
    first: str, second: str, merged: list[str]
) -> None:
    blocks = read_blocks(merge_bodies((first, second)))
    assert [block.text for block in blocks] == merged


def test_an_article_of_one_page_is_left_alone() -> None:
    article = Tribun().parse_page(tribun_page(), fetched_at=NOW)
    assert Tribun().merge(article, []) is article
    assert Tribun().merge(article, ["<p>Dua.</p>"]).pages == 2


# --- channels -----------------------------------------------------------------------------------


def test_configured_sites_and_channels_replace_the_declared_ones() -> None:
    def names(config: Config) -> list[str]:
        return [channel.name for channel in Tribun.channels_for(config)]

    own = Channel(publisher="tribun", name="own", kind=ChannelKind.FEED, url="https://x.id/rss")
    assert names(Config())[0] == "www-sitemap"
    assert any(name.startswith("kaltim-") for name in names(Config()))
    sites = Config(publishers={"tribun": PublisherConfig(sites=("aceh", "nowhere"))})
    assert {name.partition("-")[0] for name in names(sites)} == {"aceh", "nowhere"}
    channels = Config(publishers={"tribun": PublisherConfig(channels=(own,))})
    assert names(channels) == ["own"]


def test_the_ministrys_site_name_is_no_headline() -> None:
    url = "https://www.kemdikbud.go.id/main/blog/2020/09/siswa"
    title = "<title>Kementerian Pendidikan dan Kebudayaan » Republik Indonesia</title>"
    body = (
        '<article class="single_post"><h5>Siswa Juara  02 September 2020</h5><p>Isi.</p></article>'
    )
    article = Kemdikbud().parse_page(Page(url, title + body), fetched_at=NOW)
    assert article.headline == "Siswa Juara"
    with pytest.raises(ArticleParseError):
        Kemdikbud().parse_page(Page(url, title + "<article>Isi.</article>"), fetched_at=NOW)
