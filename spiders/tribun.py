"""Tribun Network: ``www.tribunnews.com`` and its regional sites, one declarative class.

Observed on saved pages of 2015 to 2026, on feeds and on 400 recorded articles:

- Addresses carry the date until about 2024 (``/<section>/2015/06/19/<slug>``, regional without
  section), an identifier since (``/tribun-etam/1126786/<slug>``). Identifiers count per site.
- ``m.``, ``/amp/`` and ``?page=all|n`` are the same article.
- ``www``'s RSS was broken in 2026: every link was the home page. The news sitemap worked.
- The body's container shares a class with a widget; only both classes together name it.
- Every printed time seen says WIB. Whether kaltim (WITA territory) prints WITA is not known: WIB
  is the default, and what is printed wins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from aggregator.config import Config
from aggregator.errors import UnfitReason
from aggregator.model import Channel, ChannelKind, Publisher
from aggregator.urls import UrlRules
from spiders import jsonld
from spiders.layout import Layout, ListingLayout
from spiders.page import Page
from spiders.publisher import PublisherSpider

NAME = "tribun"


@dataclass(frozen=True, kw_only=True)
class Site:
    """One site of the network."""

    title: str
    """As readers know it, and as it signs its headlines."""
    brand: str
    """What its datelines begin with."""
    education: str | None = None
    """Path of its education section. ``None``: not known; the whole site is read."""


# Sites by sub-domain; brands as printed in recorded articles of 2019 to 2025. A site that is not
# here is read all the same, under the network's name.
SITES = {
    "www": Site(title="Tribunnews.com", brand="TRIBUNNEWS.COM", education="pendidikan"),
    "kaltim": Site(title="TribunKaltim.co", brand="TRIBUNKALTIM.CO"),
    "jateng": Site(title="TribunJateng.com", brand="TRIBUNJATENG.COM", education="pendidikan"),
    "aceh": Site(title="Serambinews.com", brand="SERAMBINEWS.COM"),
    "bangka": Site(title="Bangkapos.com", brand="BANGKAPOS.COM"),
    "flores": Site(title="TribunFlores.com", brand="TRIBUNFLORES.COM"),
    "kupang": Site(title="Pos-Kupang.com", brand="POS-KUPANG.COM"),
    "toraja": Site(title="TribunToraja.com", brand="TRIBUNTORAJA.COM"),
    "trends": Site(title="TribunTrends.com", brand="TRIBUNTRENDS.COM"),
    "wartakota": Site(title="Wartakotalive.com", brand="WARTAKOTALIVE.COM"),
    "papua": Site(title="Tribun-Papua.com", brand="TRIBUN-PAPUA.COM"),
}
DEFAULT_SITES = ("www", "kaltim")

HOST = r"^(?:www|(?P<site>[a-z0-9-]+))\.tribunnews\.com"
NO_ARTICLES = (
    r"(?!/(?:tag|topic|penulis|editor|index-news|rss|search|api|ajax|json|auth|member|komentar"
    r"|posts|indeks)(?:/|$))"
)

URL_RULES = UrlRules(
    hosts=("tribunnews.com",),
    aliases={"tribunnews.com": "www.tribunnews.com"},
    identities=(
        re.compile(rf"{HOST}{NO_ARTICLES}(?:/[^/]+){{0,3}}/(?P<id>\d{{4}}/\d\d/\d\d/[^/]+)$"),
        re.compile(rf"{HOST}{NO_ARTICLES}(?:/[a-z0-9-]+){{1,2}}/(?P<id>\d{{5,9}})(?:/[^/]*)?$"),
    ),
)

NOISE = (
    "p.baca",
    "blockquote.summary-article",
    "div.ads-placeholder",
    "div[class*='_popIn_']",
    "[id^='div-']",
    "div.paging",
    "div#related",
    "div.side-article.mb5",
)
BODY = ("div.side-article.txt-article", "div#article_content", "div.txt-article")

LAYOUTS = (
    Layout(
        name="tribun-2026",
        shows=":has(> h1#arttitle) time[datetime], div.share-wrapper[data-content-id]",
        headline=("h1#arttitle",),
        summary=("h2.hide",),
        published=("div.bdr3 time::attr(datetime)", "div.bdr3 time"),
        byline=("#penulis", "#editor"),
        section=("ul.breadcrumb li:nth-child(2) a",),
        tags=("h5.tagcloud3 a::attr(title)",),
        image=("div#artimg img::attr(src)",),
        caption=("div#artimg .caption", "div#artimg div.grey2"),
        photo_credit=("div#artimg div.white",),
        body=BODY,
        noise=NOISE,
    ),
    Layout(
        name="tribun-2021",
        shows="div.txt-article.multi-fontsize, #penulis, #editor, h5.tagcloud3",
        headline=("h1#arttitle",),
        published=(
            "div.grey.bdr3 time::attr(datetime)",
            "div.grey.bdr3 time",
            "div.grey.bdr3 span",
        ),
        byline=("#penulis", "#editor", "div.credit"),
        section=("div.breadcrumb a:nth-of-type(2)", "ul.breadcrumb li:nth-child(2) a"),
        tags=("h5.tagcloud3 a::attr(title)",),
        image=("div#artimg img::attr(src)", "img.imgfull::attr(src)"),
        caption=("div#artimg div.grey2",),
        photo_credit=("div#artimg div.white",),
        body=BODY,
        noise=NOISE,
    ),
    Layout(
        name="tribun-2015",
        shows="h1#arttitle",
        headline=("h1#arttitle",),
        published=("div.grey.bdr3 h3", "div.grey.bdr3"),
        byline=("div.f11.grey.pb10",),
        section=("#va .bsht a:nth-of-type(2)",),
        tags=("#related a[href*='/tag/']::attr(title)",),
        image=("div#artimg img::attr(src)",),
        caption=("div#artimg div.grey2",),
        photo_credit=("div#artimg div.white",),
        body=BODY,
        noise=NOISE,
    ),
)

LISTINGS = (
    ListingLayout(
        name="tribun-index",
        item="ul.lsi > li.ptb15",
        link="h3 a::attr(href)",
        headline=("h3 a::attr(title)", "h3 a"),
        date=("time",),
    ),
    ListingLayout(
        name="tribun-section",
        item="li.art-list",
        link="h3 a::attr(href)",
        headline=("h3 a::attr(title)", "h3 a"),
        date=("time::attr(title)", "time"),
        summary=("h4.f14", "div.pt5"),
        section=("div.grey h4 a",),
        image=("div.fr img::attr(src)",),
    ),
    ListingLayout(
        name="tribun-mobile-2022",
        item="ul#latestul > li[sort], ul#latestul > li.cindex",
        link="h3 a::attr(href)",
        headline=("h3 a::attr(title)", "h3 a"),
        date=("time.foot",),
        section=("div.grey h4 a",),
        image=("img::attr(data-src)", "img::attr(src)"),
    ),
)


def channels_of(sub: str) -> tuple[Channel, ...]:
    """What there is to poll on one site, best first."""
    home = f"https://{sub}.tribunnews.com"
    education = SITES[sub].education if sub in SITES else None
    section = f"/{education}" if education else ""
    # The main site writes the file name with a hyphen, regional ones with an underscore.
    sitemap = "sitemap-news.xml" if sub == "www" else "sitemap_news.xml"
    rubric = "Pendidikan" if education else None

    def channel(name: str, kind: ChannelKind, path: str, **details: object) -> Channel:
        return Channel(
            publisher=NAME,
            name=f"{sub}-{name}",
            kind=kind,
            url=home + path,
            section=rubric if section and section in path else None,
            **details,  # type: ignore[arg-type]  # checked by Channel
        )

    index = f"{sub}-index"
    return (
        channel("sitemap", ChannelKind.NEWS_SITEMAP, f"{section}/{sitemap}", catch_up=index),
        # The feed is the whole site's; an index of one section cannot stand in for it.
        channel("rss", ChannelKind.FEED, "/rss", catch_up=None if section else index),
        channel(
            "index",
            ChannelKind.LISTING,
            f"/index-news{section}",
            page_url=f"{home}/index-news{section}?page={{page}}",
            max_pages=2,
        ),
    )


class Tribun(PublisherSpider):
    name = NAME
    publisher = Publisher(
        name=NAME,
        title="Tribun Network",
        homepage="https://www.tribunnews.com/",
        timezone="Asia/Jakarta",
        hosts=URL_RULES.hosts,
    )
    url_rules = URL_RULES
    channels = tuple(channel for sub in DEFAULT_SITES for channel in channels_of(sub))
    layouts = LAYOUTS
    listings = LISTINGS
    brands = (*(site.title for site in SITES.values()), "Tribunnews")
    unfit = (
        (re.compile(r"\.tribunnews\.com/(?:images|foto|photo)/"), UnfitReason.PHOTO),
        (re.compile(r"^video\.tribunnews\.com/|\.tribunnews\.com/videos?/"), UnfitReason.VIDEO),
    )

    @classmethod
    def channels_for(cls, config: Config) -> tuple[Channel, ...]:
        own = config.of(cls.name)
        sites = own.sites or DEFAULT_SITES
        return own.channels or tuple(channel for sub in sites for channel in channels_of(sub))

    def tags(self, page: Page, layout: Layout) -> tuple[str, ...]:
        """``keywords`` come last: in 2015 they name the section as well."""
        stated = jsonld.keywords(page.news.get("keywords")) or page.texts(*layout.tags)
        return stated or jsonld.keywords(page.meta("keywords"))

    def stated_publisher(self, page: Page) -> str | None:
        """The site of the network, where the page names one."""
        return page.meta("og:site_name") or jsonld.text(page.news.get("publisher"))

    def without_brand(self, headline: str) -> str:
        return re.sub(r"\s+-\s+Halaman (?:\d+|all)$", "", super().without_brand(headline))

    def next_pages(self, page: Page) -> tuple[str, ...]:
        if "all" in page_parameter(page.url):
            return ()
        links = map(page.absolute, page.texts(PAGE_LINKS))
        own = self.identity(self.canonical_url(page))
        found = {
            int(number): url
            for url in links
            if url and self.identity(url) == own
            for number in page_parameter(url)
            if number.isdigit()
        }
        first, last = self.page_number(page), max((*found, total_pages(page)), default=1)
        address = self.canonical_url(page)
        wanted = range(first + 1, min(last, MAX_PAGES) + 1)
        return tuple(found.get(number, f"{address}?page={number}") for number in wanted)

    def page_number(self, page: Page) -> int:
        printed = HALAMAN.search(page.text("span.total-page") or "")
        stated = [number for number in page_parameter(page.url) if number.isdigit()]
        return int(printed[1]) if printed else int(stated[0]) if stated else 1


HALAMAN = re.compile(r"Halaman\s+(\d{1,3})\s*/\s*(\d{1,3})", re.IGNORECASE)

# 2026: numbered pages; 2021: "Halaman selanjutnya".
PAGE_LINKS = "div.paging a::attr(href), a.bgblue[href*='page=']::attr(href)"

MAX_PAGES = 50
"""More pages than any article has: a counter that ran away."""


def total_pages(page: Page) -> int:
    printed = HALAMAN.search(page.text("span.total-page") or "")
    return int(printed[2]) if printed else 1


def page_parameter(url: str) -> tuple[str, ...]:
    return tuple(value[:4] for value in parse_qs(urlsplit(url).query).get("page", ()))
