"""The ministry of education: three sites, one publisher.

- ``www.kemdikbud.go.id``: the old main site, to 2024. Only the month is in an address. What stands
  there has no known place on the new site, so its host is kept.
- ``www.kemendikdasmen.go.id``: the new main site, since late 2024 (Odoo). The number is the
  identity: slugs are cut, and differ in length between links to one page.
- ``vokasi.kemendikdasmen.go.id``, before ``vokasi.kemdikbud.go.id``: the vocational office. No
  number, no date in the address; ``/read/<slug>`` (2020) became ``/read/b/<slug>``.

No whole page of the ministry has been seen by us: containers are known from other people's
descriptions, times from the texts. Whatever breaks here breaks aloud.
"""

from __future__ import annotations

import json
import re

from aggregator.model import Channel, ChannelKind, Publisher, RightsBasis
from aggregator.urls import UrlRules
from spiders.layout import Layout, ListingLayout
from spiders.page import Page
from spiders.publisher import PublisherSpider

NAME = "kemdikbud"
NUMBERED = r"(?:siaran-pers|berita|pengumuman)"

URL_RULES = UrlRules(
    hosts=("kemdikbud.go.id", "kemendikdasmen.go.id"),
    aliases={
        "kemdikbud.go.id": "www.kemdikbud.go.id",
        "kemendikdasmen.go.id": "www.kemendikdasmen.go.id",
    },
    moved=(
        (
            re.compile(rf"^www\.kemdikbud\.go\.id(?=/{NUMBERED}/\d)"),
            "www.kemendikdasmen.go.id",
        ),
        (re.compile(r"^vokasi\.kemdikbud\.go\.id(?=/read/)"), "vokasi.kemendikdasmen.go.id"),
    ),
    identities=(
        re.compile(rf"^www\.kemendikdasmen\.go\.id/{NUMBERED}/(?P<id>\d+)(?:-[^/]*)?$"),
        re.compile(r"^(?P<site>vokasi)\.[a-z]+\.go\.id/read/(?:b/)?(?P<id>[^/]{2,})$"),
    ),
    articles=(re.compile(r"^www\.kemdikbud\.go\.id/main/blog/\d{4}/\d\d/[^/]+$"),),
)

# The day in parentheses or alone, wherever a template prints it.
DATES = (
    "span.date",
    "div.date",
    "time::attr(datetime)",
    "time",
    ".post-date",
    ".entry-date",
    ".published",
    ".tanggal",
)

LAYOUTS = (
    Layout(
        name="kemdikbud-blog",
        shows="article.single_post, div.single_post, #content .single_post",
        headline=(
            ".single_post h1",
            ".single_post h2",
            ".single_post h3",
            ".single_post h4",
            ".single_post h5",
        ),
        published=tuple(f".single_post {css}" for css in DATES),
        section=("ol.breadcrumb li:nth-last-child(2) a", "ul.breadcrumb li:nth-last-child(2) a"),
        image=(".single_post img::attr(src)",),
        body=(".single_post .post_content", ".single_post .entry-content", ".single_post"),
        noise=(
            "h1",
            "span.date",
            "div.date",
            ".share",
            ".addthis_inline_share_toolbox",
            "ul.pagination",
        ),
    ),
    Layout(
        name="vokasi",
        shows="div.entry-content",
        headline=("h1.entry-title", ".entry-title h1", ".entry-title h2", ".entry-title"),
        published=(*(f".entry-meta {css}" for css in DATES), *DATES, ".entry-meta li"),
        section=(".entry-meta a[rel='category']",),
        image=(".entry-image img::attr(src)", ".entry-content img::attr(src)"),
        body=("div.entry-content",),
        noise=(".tagcloud", ".si-share", ".post-navigation"),
    ),
    Layout(
        name="kemendikdasmen",
        shows="div.col-12.col-md-8",
        headline=("div.col-12.col-md-8 h1", "div.col-12.col-md-8 h2"),
        published=(
            *(f"div.col-12.col-md-8 {css}" for css in DATES),
            "div.col-12.col-md-8 small",
            *DATES,
        ),
        section=("ol.breadcrumb li:nth-last-child(2) a",),
        image=("div.col-12.col-md-8 img:not([src^='data:'])::attr(src)",),
        body=("div.col-12.col-md-8",),
        noise=(
            "h1",
            "ol.breadcrumb",
            "small.text-muted",
            *DATES[:2],
            "time",
            ".s_share",
        ),
    ),
)

LISTINGS = (
    ListingLayout(
        name="kemdikbud-blog",
        item="article.single_post",
        link="strong a::attr(href), h5 a::attr(href)",
        headline=("h5 strong", "strong"),
        date=("span.date",),
        summary=("p",),
        image=("img::attr(src)",),
    ),
    ListingLayout(
        name="vokasi",
        item="div.entry, article.entry, div.ipost",
        link="a[href*='/read/']::attr(href)",
        headline=(".entry-title a", "h2 a", "h3 a", "h4 a"),
        date=(".entry-meta li", ".entry-meta span", "time"),
        summary=(".entry-content p", "p"),
        image=("img::attr(src)",),
    ),
    ListingLayout(
        name="vokasi-cards",
        item="div.card, article",
        link="a[href*='/read/']::attr(href)",
        headline=("h1", "h2", "h3", "h4", "h5", "a[href*='/read/']"),
        date=("time", ".date", "small"),
        summary=("p",),
        image=("img::attr(src)",),
    ),
)


def blog(category: str, title: str) -> Channel:
    """A rubric of the old main site; pages count entries."""
    url = f"https://www.kemdikbud.go.id/main/blog/category/{category}"
    return Channel(
        publisher=NAME,
        name=f"blog-{category}",
        kind=ChannelKind.LISTING,
        url=url,
        page_url=f"{url}/{{offset}}",
        page_size=25,
        max_pages=2,
        section=title,
    )


def search(rubric: str, title: str) -> Channel:
    """A rubric of the new main site, as its own search page asks for it."""
    body = {
        "jsonrpc": "2.0",
        "method": "call",
        "params": {
            "keyword": "",
            "sort_order": "terbaru",
            "kategori": [],
            "kelompok": [],
            "tagging": "",
            "pengguna": [],
            "tahun": [],
            "page": "PAGE",
            "limit": 10,
            "csrf_token": "",
        },
        "id": 1,
    }
    return Channel(
        publisher=NAME,
        name=rubric,
        kind=ChannelKind.JSON_LISTING,
        url=f"https://www.kemendikdasmen.go.id/pencarian/{rubric}/search",
        page_size=10,
        max_pages=2,
        body=json.dumps(body).replace('"PAGE"', "%(page)d"),
        section=title,
    )


VOKASI = "https://vokasi.kemendikdasmen.go.id/Publikasi/Berita"

CHANNELS = (
    search("siaran-pers", "Siaran Pers"),
    search("berita", "Berita"),
    search("pengumuman", "Pengumuman"),
    Channel(
        publisher=NAME,
        name="vokasi-berita",
        kind=ChannelKind.LISTING,
        url=VOKASI,
        page_url=f"{VOKASI}/{{page}}",
        max_pages=2,
        section="Berita",
    ),
    blog("siaran-pers", "Siaran Pers"),
    blog("berita", "Berita"),
)


class Kemdikbud(PublisherSpider):
    name = NAME
    publisher = Publisher(
        name=NAME,
        title="Kementerian Pendidikan",
        homepage="https://www.kemendikdasmen.go.id/",
        timezone="Asia/Jakarta",
        rights_basis=RightsBasis.GOVERNMENT,
        hosts=("kemendikdasmen.go.id", "kemdikbud.go.id"),
        former_hosts=("kemdikbud.go.id",),
    )
    url_rules = URL_RULES
    channels = CHANNELS
    layouts = LAYOUTS
    listings = LISTINGS
    brands = (
        "Kementerian Pendidikan Dasar dan Menengah",
        "Kementerian Pendidikan, Kebudayaan, Riset, dan Teknologi",
        "Kementerian Pendidikan dan Kebudayaan",
        "Direktorat Jenderal Pendidikan Vokasi",
        "Ditjen Vokasi",
        "Republik Indonesia",
        "Kemendikdasmen",
        "Kemendikbudristek",
        "Kemdikbud",
    )

    def headline(self, page: Page, layout: Layout) -> str | None:
        """What is printed comes first where the metadata agrees or says nothing: the old site's
        ``<title>`` is the ministry's name, and a first heading may be one of the text."""
        stated = self.stated_headline(page)
        printed = DATE_ENDING.sub("", page.text(*layout.headline) or "")
        if stated is None or _key(printed) == _key(stated):
            return printed or stated or self.undescribed_headline(page, layout)
        return stated

    def without_brand(self, headline: str) -> str:
        return RUBRIC.sub("", super().without_brand(headline))


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


# The new site's titles: "Press Release: Headline | Kemendikdasmen".
RUBRIC = re.compile(r"^(?:press release|siaran pers)\s*:\s+", re.IGNORECASE)

# Old pages print "Headline  02 September 2020" or "Headline ( 11 September 2019, Dilihat … )".
DATE_ENDING = re.compile(r"\s*\(?\s*\d{1,2} [A-Z][a-z]+ \d{4}(?:, Dilihat[^)]*)?\)?\s*$")
