"""Republika: ``republika.co.id`` and its desks, one publisher.

Observed on saved pages of 2015 to 2026 and on 195,000 listing links:

- An article's code holds its time: the first six characters are base-36 Unix seconds; the rest is
  a suffix of one to fourteen. 356 of 372 articles of 2025 print a time within two minutes of it.
- One code lives under several slugs and hosts; listings also link to outside hosts.
- ``og:url`` is a share link since 2020. JSON-LD's ``author`` is the *editor* ("Red:").
- The first ``keywords`` are the article's, the second are the site's.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from aggregator.errors import UnfitReason
from aggregator.model import Channel, ChannelKind, Credit, Entry, Evidence, Publisher
from aggregator.urls import UrlRules
from spiders.layout import Layout, ListingLayout
from spiders.page import Page
from spiders.publisher import PublisherSpider

NAME = "republika"

CODE = r"(?P<id>(?=[a-z]*\d)[0-9a-z]{6}(?:[0-9a-z]{3}|\d{1,14}))"
HOST = r"^(?:[a-z0-9-]+\.)*republika\.co\.id"

URL_RULES = UrlRules(
    hosts=("republika.co.id", "ihram.co.id"),
    # The pilgrimage desk had a domain of its own; its articles carry the main site's path.
    moved=((re.compile(r"^ihram\.co\.id(?=/berita/)"), "republika.co.id"),),
    identities=(
        re.compile(rf"{HOST}/berita/{CODE}(?:/|$)"),
        re.compile(rf"{HOST}/berita/(?:[^/]+/){{1,3}}\d\d/\d\d/\d\d/{CODE}(?:-|$)"),
        re.compile(rf"{HOST}/(?:share|r|amp_version)/{CODE}$"),
        re.compile(rf"{HOST}/posts/(?P<id>\d+)(?:/|$)"),
        re.compile(rf"{HOST}/[a-z0-9-]+/(?P<id>\d{{10}})(?:/|$)"),
    ),
)

LISTING_2023 = ListingLayout(
    name="republika-2023",
    item="ul.wrap-latest > li.conten1",
    headline=("h3 > span", "h3", "img::attr(alt)"),
    date=("div.date::text",),
    section=("span.kanal-info",),
    image=("img::attr(data-original)",),
)
LISTING_2020 = ListingLayout(
    name="republika-2020",
    item="div.wrap-latest div.conten1",
    link="h2 a::attr(href)",
    headline=("h2 a",),
    date=("div.date",),
    # Its markup is broken ("h1 p"): the rubric is a paragraph as well, before the headline.
    summary=("h2 ~ p",),
    section=("a[href*='/kanal/']",),
    image=("img.lazy::attr(data-original)",),
)
LISTING_2018 = ListingLayout(
    name="republika-2018",
    item="div.wp-terhangat div.item3, div.jdl-ct-a",
    headline=("h2 a", "a"),
    date=("div.date", "span.date"),
)

LAYOUTS = (
    Layout(
        name="republika-2015",
        shows="h1.jdl-detail",
        headline=("h1.jdl-detail",),
        published=("div.rangka div.date::text",),
        byline=("div.red td",),
        source=("div.red td", "div:has(> div.txt-detailberita) > div"),
        section=("div.breadcome a:last-of-type",),
        tags=("div.tags a[href*='/hot_topic/']::attr(title)",),
        image=("div.img-detailberita img::attr(src)",),
        caption=("div.caption-foto",),
        photo_credit=("div.def-foto",),
        body=("div.txt-detailberita",),
    ),
    Layout(
        name="republika-2016",
        shows="div.jdl-detail",
        headline=("div.jdl-detail h1", "div.jdl-detail h2"),
        published=("div.date-detail",),
        byline=("div.red",),
        source=("div.detail-berita",),
        section=("div.breadcome a:last-of-type",),
        tags=("div.tagging a::attr(title)",),
        image=("div.img-detail img::attr(src)",),
        caption=("div.wp-cap div.caption",),
        photo_credit=("div.cap-foto",),
        body=("div.content-detail", "div.detail-berita"),
        noise=("div.ads-160", "div.ads-300", "div.detail-terkait"),
    ),
    Layout(
        name="republika-ihram-2017",
        shows="div.wrap-title div.h5.global-detail",
        headline=("div.h5.global-detail",),
        published=("div.date-detail.global-detail",),
        byline=("div.red td",),
        source=("div.red td",),
        section=("div.breadcome a:last-of-type",),
        tags=("div.tagging a::attr(title)",),
        image=("div.img-set img::attr(src)",),
        caption=("div.set-cp div.caption",),
        photo_credit=("div.img-set div.def",),
        body=("div.teaser.global-detail",),
    ),
    Layout(
        name="republika-2023",
        shows="div.max-card__title, div.article-content article",
        headline=("div.max-card__title h1",),
        summary=("p.max-card__teaser",),
        published=("div.date-item__headline",),
        byline=("div.max-card__title > div", "div.by p"),
        source=("div.article-content",),
        section=("ul.breadcrumb li:last-child a",),
        tags=("ul.tag-list a", "div.tag a"),
        image=("div.max-card__image img::attr(data-original)",),
        caption=("figcaption div.caption-img",),
        photo_credit=("figcaption div.source-img",),
        body=("div.article-content article", "div.article-content"),
        noise=(
            "div.picked-article",
            "[id^='div-gpt-ad']",
            "[id^='bn_']",
            "figcaption",
            "div.footnote-wrap",
            "div.komik-calus",
            "#next-article",
            "#scroll-trigger",
            "#loading",
        ),
    ),
    Layout(
        name="republika-2018",
        shows="div.wrap_detail_set, div.artikel",
        headline=("div.wrap_detail_set h1",),
        published=("div.date_detail p", "div.date_detail"),
        byline=("div.by p", "div.by"),
        source=("div.artikel", "div:has(> div.artikel) > div"),
        section=("div.breadcome li:last-child a",),
        tags=("div.wrap_blok_tag li a",),
        caption=("div.artikel_caption", "div.caption_detail"),
        body=("div.artikel",),
        noise=("div.picked-article", "div.baca-juga", "[id^='div-gpt-ad']", "div.pagination"),
    ),
)


def channel(name: str, kind: ChannelKind, url: str, **details: object) -> Channel:
    return Channel(publisher=NAME, name=name, kind=kind, url=url, **details)  # type: ignore[arg-type]  # checked by Channel


CHANNELS = (
    # Fifteen entries: in busy hours less than one hour's articles.
    channel("rss", ChannelKind.FEED, "https://www.republika.co.id/rss", catch_up="indeks"),
    channel(
        "kanal-pendidikan",
        ChannelKind.LISTING,
        "https://republika.co.id/kanal/news/pendidikan",
        section="Pendidikan",
        catch_up="indeks",
    ),
    channel(
        "indeks",
        ChannelKind.LISTING,
        "https://republika.co.id/indeks",
        page_url="https://republika.co.id/index/{offset}",
        page_size=50,
        max_pages=2,
    ),
)

ZONE = ZoneInfo("Asia/Jakarta")

# Six characters reach to 2038. Older "times" than any code that was seen are none.
FIRST_CODES = datetime(2008, 1, 1, tzinfo=ZONE)

# Posts wait for up to twelve hours between their code and their printed time.
CONFLICT_AFTER = timedelta(hours=24)


class Republika(PublisherSpider):
    name = NAME
    publisher = Publisher(
        name=NAME,
        title="Republika",
        homepage="https://republika.co.id/",
        timezone="Asia/Jakarta",
        hosts=URL_RULES.hosts,
    )
    url_rules = URL_RULES
    channels = CHANNELS
    layouts = LAYOUTS
    listings = (LISTING_2023, LISTING_2020, LISTING_2018)
    brands = ("Republika Online", "ihram.co.id", "Republika.co.id")
    unfit = (
        (re.compile(r"^visual\.republika\.co\.id/"), UnfitReason.PHOTO),
        (re.compile(r"/(?:inpicture|foto|infografis)/"), UnfitReason.PHOTO),
        (re.compile(r"^tv\.republika\.co\.id/|/page/shorts/|/video/"), UnfitReason.VIDEO),
    )
    unfit_marks = (
        ("div.teaser-pic, div.jdl-pic, h1.vsl, .max-card__title.vsl", UnfitReason.PHOTO),
    )

    def published(
        self, page: Page, layout: Layout, entry: Entry | None
    ) -> tuple[str | None, tuple[Evidence, ...]]:
        raw, evidence = super().published(page, layout, entry)
        coded = code_time(self.identity(self.canonical_url(page)) or "")
        if coded is None:
            return raw, evidence
        if raw is None:
            stated = coded.isoformat()
            return stated, (Evidence(kind="date_from_id", text=stated),)
        printed = stated_time(raw)
        if printed is not None and abs(printed - coded) > CONFLICT_AFTER:
            conflict = f"{raw} / {coded.isoformat()}"
            evidence = (*evidence, Evidence(kind="time_conflict", text=conflict))
        return raw, evidence

    def credits(self, page: Page) -> tuple[Credit, ...]:  # noqa: ARG002 - overrides
        """Nobody: metadata names the editor as ``author``; only the byline tells roles apart."""
        return ()

    def next_pages(self, page: Page) -> tuple[str, ...]:
        """2018 to 2022: ``<address>-part2`` and so on.

        ``#next-article`` of the newer pages loads *another* article.
        """
        own = self.identity(page.url)
        links = map(page.absolute, page.texts("div.pagination a[href*='-part']::attr(href)"))
        parts = {part_number(url): url for url in links if url and self.identity(url) == own}
        return tuple(parts[number] for number in sorted(parts) if number > self.page_number(page))

    def page_number(self, page: Page) -> int:
        return part_number(page.url)


def part_number(url: str) -> int:
    found = re.search(r"-part(\d{1,2})(?:$|[?#])", url)
    return max(1, int(found[1])) if found else 1


def code_time(code: str) -> datetime | None:
    """The moment that a code holds, in the publisher's zone; ``None`` for other identifiers."""
    if not re.fullmatch(CODE, code) or code.isdigit():
        return None
    moment = datetime.fromtimestamp(int(code[:6], 36), tz=ZONE)
    return moment if moment > FIRST_CODES else None


# Months by the letters that both languages' spellings and shorthands begin with.
MONTHS = {
    "jan": 1, "feb": 2, "peb": 2, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7,
    "agu": 8, "ags": 8, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "nop": 11,
    "des": 12, "dec": 12,
}  # fmt: skip

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:[T ](?P<clock>\d\d:\d\d))?")
_WORDS = re.compile(
    r"(?P<day>\d{1,2})\s+(?P<word>[A-Za-z]{3})[a-z]*\.?\s+(?P<year>\d{4})"
    r"(?:\W+(?P<clock>\d{1,2}[:.]\d\d))?"
)


def stated_time(raw: str) -> datetime | None:
    """Roughly when ``raw`` says, to compare with a code; the normaliser reads it in earnest."""
    found = _ISO.search(raw) or _WORDS.search(raw)
    if found is None:
        return None
    parts = found.groupdict()
    month = int(parts["month"]) if "month" in parts else MONTHS.get(parts["word"].lower(), 0)
    hour, minute = re.split("[:.]", parts["clock"] or "12:00")
    try:
        return datetime(
            int(parts["year"]), month, int(parts["day"]), int(hour), int(minute), tzinfo=ZONE
        )
    except ValueError:
        return None
