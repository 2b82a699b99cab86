"""What a publisher's pages mean: one overridable method per field. Pure; needs no Scrapy.

Each method looks at standard metadata first (JSON-LD, ``<meta>``) and at the layout's selectors
last. An ``Article`` comes out *as stated*: raw strings; the normaliser makes values of them.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from aggregator.config import Config
from aggregator.errors import ArticleParseError, InvalidURLError, UnfitPageError, UnfitReason
from aggregator.model import (
    Article,
    Channel,
    ChannelKind,
    Credit,
    Entry,
    Evidence,
    Image,
    Publisher,
    Role,
)
from aggregator.urls import NO_RULES, UrlRules, canonicalize, identify, is_article
from spiders import jsonld
from spiders.channels import feed, jsonlisting, listing, newssitemap
from spiders.channels.reading import Reading
from spiders.layout import STANDARD, Layout, ListingLayout
from spiders.merging import merge_bodies
from spiders.page import Page
from spiders.printed import byline_of, source_of, time_of
from spiders.text import plain

# Looked for first: walking all lines of a page costs more than one look at its text.
_ANY_SOURCE = re.compile(r"\bsumber\b[^a-z]{0,40}:")
SOURCE_LINE = re.compile(r"^sumber\s*:", re.IGNORECASE)

# Which JSON-LD property names whom.
CREDIT_PROPERTIES = (
    ("author", Role.REPORTER),
    ("editor", Role.EDITOR),
    ("contributor", Role.CONTRIBUTOR),
)

LOCKED_TIERS = ("locked", "metered", "premium")


class ArticleParser:
    """A publisher: a declaration, plus the methods in which it differs."""

    name: str = ""
    publisher: Publisher
    url_rules: UrlRules = NO_RULES
    channels: tuple[Channel, ...] = ()
    layouts: tuple[Layout, ...] = ()
    listings: tuple[ListingLayout, ...] = ()
    brands: tuple[str, ...] = ()
    """Names that stand after a headline in titles (``Headline | Brand``)."""
    unfit: tuple[tuple[re.Pattern[str], UnfitReason], ...] = ()
    """What ``host/path`` of pages looks like that are no articles."""
    unfit_marks: tuple[tuple[str, UnfitReason], ...] = ()
    """CSS that only such pages match."""

    # --- addresses and channels ---------------------------------------------------------------

    @classmethod
    def channels_for(cls, config: Config) -> tuple[Channel, ...]:
        """What to poll under a school's configuration."""
        return config.of(cls.name).channels or cls.channels

    def is_article_url(self, url: str) -> bool:
        """Whether an address, in any spelling, has the shape of an article's."""
        try:
            return is_article(self.canonical(url), self.url_rules)
        except InvalidURLError:
            return False

    def canonical(self, url: str) -> str:
        return canonicalize(url, self.url_rules)

    def identity(self, url: str) -> str | None:
        """The publisher's own identifier in an address, in any spelling."""
        try:
            return identify(self.canonical(url), self.url_rules)
        except InvalidURLError:
            return None

    def read_channel(self, channel: Channel, body: bytes, url: str) -> Reading:
        """The entries of one page of a channel. Raises ``ChannelError``."""
        match channel.kind:
            case ChannelKind.FEED:
                return feed.read(channel, body, url)
            case ChannelKind.NEWS_SITEMAP:
                return newssitemap.read(channel, body, url)
            case ChannelKind.JSON_LISTING:
                return jsonlisting.read(channel, body, url)
            case ChannelKind.LISTING:
                return listing.read(channel, body, url, self.listings)

    # --- a whole page -------------------------------------------------------------------------

    def parse_page(
        self, page: Page, *, fetched_at: datetime, entry: Entry | None = None
    ) -> Article:
        """The article on a page, as stated.

        Raises ``UnfitPageError`` for a page that is no article and ``ArticleParseError`` for an
        article without headline or body.
        """
        unfit = self.kind_of_page(page)
        if unfit is not None:
            raise UnfitPageError(page.url, unfit)
        layout = self.layout_of(page)
        canonical_url = self.canonical_url(page)
        published_raw, evidence = self.published(page, layout, entry)
        body_html, basis = self._body(page, layout, canonical_url)
        return Article(
            publisher=self.publisher.name,
            url=page.url,
            canonical_url=canonical_url,
            external_id=self.external_id(page, canonical_url),
            headline=required(page, "headline", self.headline(page, layout)),
            fetched_at=fetched_at,
            body_html=required(page, "body", body_html),
            summary=self.summary(page, layout) or (entry.summary if entry else None),
            published_raw=published_raw,
            modified_raw=self.modified_raw(page),
            byline=self.byline(page, layout),
            credits=self.credits(page),
            source_raw=self.source_raw(page, layout),
            stated_publisher=self.stated_publisher(page),
            section=self.section(page, layout) or (entry.section if entry else None),
            tags=self.tags(page, layout),
            image=self.image(page, layout),
            language=self.language(page),
            paywalled=self.paywalled(page),
            layout=layout.name,
            evidence=(*evidence, *basis),
        )

    def _body(
        self, page: Page, layout: Layout, canonical_url: str
    ) -> tuple[str, tuple[Evidence, ...]]:
        """The body, and evidence where no layout of the publisher's own told where it is."""
        found = self.body_html(page, layout)
        if found:
            generic = layout is STANDARD
            return found, ((Evidence(kind="basis", text="standard"),) if generic else ())
        if not is_article(canonical_url, self.url_rules):
            return "", ()
        found = page.carve_densest((*STANDARD.noise, *layout.noise))
        return found, ((Evidence(kind="basis", text="fallback"),) if found else ())

    def kind_of_page(self, page: Page) -> UnfitReason | None:
        """Why a page is no article; ``None`` for one that may be parsed."""
        if not page.body.strip():
            return UnfitReason.EMPTY
        if not page.is_html:
            return UnfitReason.NOT_HTML
        if page.is_oversized:
            return UnfitReason.TOO_LARGE
        canonical_url = self.canonical_url(page)
        target = canonical_url.partition("://")[2]
        for pattern, reason in self.unfit:
            if pattern.search(target):
                return reason
        for css, reason in self.unfit_marks:
            if page.shows(css):
                return reason
        if self.page_number(page) > 1:
            return UnfitReason.CONTINUATION
        return None if is_article(canonical_url, self.url_rules) else self._listing(page)

    def _listing(self, page: Page) -> UnfitReason | None:
        items = any(len(page.select(layout.item)) > 2 for layout in self.listings)
        return UnfitReason.LISTING if items else None

    def layout_of(self, page: Page) -> Layout:
        """The first declared layout that the page shows."""
        for layout in self.layouts:
            if layout.shows is None or page.shows(layout.shows):
                return layout
        return STANDARD

    # --- further pages ------------------------------------------------------------------------

    def page_number(self, page: Page) -> int:  # noqa: ARG002 - publishers override
        """Which page of its article this is; 1 where articles have one page."""
        return 1

    def next_pages(self, page: Page) -> tuple[str, ...]:  # noqa: ARG002 - publishers override
        """Addresses of the pages of the article that follow this one, in order."""
        return ()

    def continuation(self, page: Page) -> str:
        """The body of a further page. Raises ``ArticleParseError``."""
        return required(page, "body", self.body_html(page, self.layout_of(page)))

    def merge(self, first: Article, bodies: Sequence[str]) -> Article:
        """The article with the bodies of its further pages."""
        if not bodies:
            return first
        body_html = merge_bodies((first.body_html, *bodies))
        return replace(first, body_html=body_html, pages=1 + len(bodies))

    # --- fields -------------------------------------------------------------------------------

    def canonical_url(self, page: Page) -> str:
        """What the page declares, where that is an article of this publisher, else its address.

        ``og:url`` is not asked: at one of our publishers it is a share link.
        """
        with contextlib.suppress(InvalidURLError):
            stated = self.canonical(page.canonical or "")
            if is_article(stated, self.url_rules):
                return stated
        return self.canonical(page.url)

    def external_id(self, page: Page, canonical_url: str) -> str | None:
        return identify(canonical_url, self.url_rules) or self.identity(page.url)

    def headline(self, page: Page, layout: Layout) -> str | None:
        stated = (jsonld.text(page.news.get("headline")), page.meta("og:title", "twitter:title"))
        cleaned = (self.without_brand(plain(candidate or "")) for candidate in stated)
        found = next(filter(None, cleaned), None)
        if found:
            return found
        title = self.without_brand(page.title or "")
        if layout is STANDARD and title in page.printed:
            return title  # surer than the first heading of a page that nobody described
        return page.text(*layout.headline) or title or page.heading

    def without_brand(self, headline: str) -> str:
        """A title without its "| Brand" ending; empty where nothing else was in it."""
        names = "|".join(map(re.escape, (*self.brands, self.publisher.title)))
        ending = rf"(?:(?:^|\s*[|»]\s*|\s+[-–—]\s+)(?:{names})\s*)+$"
        return re.sub(ending, "", headline, flags=re.IGNORECASE)

    def body_html(self, page: Page, layout: Layout) -> str:
        return page.carve(layout.body, layout.noise, trimmed=layout is STANDARD)

    def summary(self, page: Page, layout: Layout) -> str | None:
        stated = jsonld.text(page.news.get("description"))
        found = stated or page.meta("og:description", "description") or page.text(*layout.summary)
        return plain(found) or None if found else None

    def published(
        self, page: Page, layout: Layout, entry: Entry | None
    ) -> tuple[str | None, tuple[Evidence, ...]]:
        """The stated time, with evidence where it is not the page that states it."""
        raw = self.published_raw(page, layout) or time_of(
            page.printed, self.headline(page, layout) or ""
        )
        if raw is None and entry is not None and entry.published_raw:
            evidence = Evidence(kind="date_from_channel", text=entry.published_raw)
            return entry.published_raw, (evidence,)
        return raw, ()

    def published_raw(self, page: Page, layout: Layout) -> str | None:
        stated = jsonld.text(page.news.get("datePublished"))
        return stated or page.meta("article:published_time") or page.text(*layout.published)

    def modified_raw(self, page: Page) -> str | None:
        stated = jsonld.text(page.news.get("dateModified"))
        return stated or page.meta("article:modified_time", "og:updated_time")

    def byline(self, page: Page, layout: Layout) -> str | None:
        printed = dict.fromkeys(line for css in layout.byline for line in page.lines(css))
        if not printed:
            headline = self.headline(page, layout) or ""
            printed = dict.fromkeys(byline_of(page.printed, headline))
        return "\n".join(line for line in printed if not SOURCE_LINE.match(line)) or None

    def credits(self, page: Page) -> tuple[Credit, ...]:
        """Who made it, where metadata says so by role; printed names are ``byline``."""
        own = {name.casefold() for name in (*self.brands, self.publisher.title)}
        return tuple(
            Credit(name=name, role=role)
            for key, role in CREDIT_PROPERTIES
            for name in jsonld.texts(page.news.get(key))
            if name.casefold() not in own
        )

    def source_raw(self, page: Page, layout: Layout) -> str | None:
        printed = (line for css in layout.source for line in page.lines(css))
        found = next((line for line in printed if SOURCE_LINE.match(line)), None)
        if found is None and _ANY_SOURCE.search(page.html.lower()):
            found = source_of(page.printed, self.headline(page, layout) or "")
        return found

    def stated_publisher(self, page: Page) -> str | None:
        stated = jsonld.text(page.news.get("publisher"))
        return stated or page.meta("og:site_name", "application-name")

    def section(self, page: Page, layout: Layout) -> str | None:
        stated = jsonld.text(page.news.get("articleSection"))
        return stated or page.meta("article:section") or page.text(*layout.section)

    def tags(self, page: Page, layout: Layout) -> tuple[str, ...]:
        stated = jsonld.keywords(page.news.get("keywords") or page.meta("keywords"))
        return stated or page.texts(*layout.tags)

    def image(self, page: Page, layout: Layout) -> Image | None:
        stated = (jsonld.url(page.news.get("image")), page.meta("og:image"))
        usable = (page.absolute(found) for found in stated if found)
        url = next(filter(None, usable), None) or page.absolute(page.text(*layout.image) or "")
        if url is None:
            return None
        caption = page.text(*layout.caption)
        return Image(url=url, caption=caption, credit=page.text(*layout.photo_credit))

    def language(self, page: Page) -> str | None:
        stated = jsonld.text(page.news.get("inLanguage")) or page.meta("og:locale")
        return (stated or page.language or "").lower()[:2] or None

    def paywalled(self, page: Page) -> bool:
        free = page.news.get("isAccessibleForFree")
        locked = str(free).lower() == "false"
        return locked or page.meta("article:content_tier") in LOCKED_TIERS


def required(page: Page, field: str, value: str | None) -> str:
    if not value:
        raise ArticleParseError(page.url, field)
    return value
