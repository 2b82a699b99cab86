"""What a publisher's pages mean. Pure; needs no Scrapy.

Here are addresses, channels, kinds of pages and the page as a whole; what each field is taken from
is in ``spiders.fields``.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from aggregator.config import Config
from aggregator.errors import ArticleParseError, InvalidURLError, UnfitPageError, UnfitReason
from aggregator.model import Article, Channel, ChannelKind, Entry, Evidence
from aggregator.urls import NO_RULES, UrlRules, canonicalize, identify, is_article
from spiders import jsonld
from spiders.channels import feed, jsonlisting, listing, newssitemap
from spiders.channels.reading import Reading
from spiders.fields import Fields
from spiders.layout import STANDARD, Layout, ListingLayout
from spiders.merging import merge_bodies
from spiders.page import Page

# Kinds of pages that say so in their addresses, on any publisher's site.
COMMON_UNFIT = (
    (re.compile(r"/live-?(?:blog|update|report|score)s?/"), UnfitReason.LIVE),
    (re.compile(r"/(?:galeri|gallery|infografi[sk]|in-?picture)/"), UnfitReason.PHOTO),
)
COMMON_UNFIT_MARKS = (("div.liveblog, div.live-blog, section.live-blog", UnfitReason.LIVE),)
# What JSON-LD calls them; a video or gallery beside an article is only a part of it.
UNFIT_TYPES = {
    "LiveBlogPosting": UnfitReason.LIVE,
    "ImageGallery": UnfitReason.PHOTO,
    "MediaGallery": UnfitReason.PHOTO,
    "VideoObject": UnfitReason.VIDEO,
}


class ArticleParser(Fields):
    """A publisher: a declaration, plus the methods in which it differs."""

    name: str = ""
    url_rules: UrlRules = NO_RULES
    channels: tuple[Channel, ...] = ()
    listings: tuple[ListingLayout, ...] = ()
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
            evidence=(*evidence, *basis, *self.genre(page)),
        )

    def _body(
        self, page: Page, layout: Layout, canonical_url: str
    ) -> tuple[str, tuple[Evidence, ...]]:
        """The body, and evidence where no layout of the publisher's own told where it is."""
        found = self.body_html(page, layout)
        if found or not is_article(canonical_url, self.url_rules):
            return found, ()
        return self.undescribed_body(page, layout)

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
        for pattern, reason in (*self.unfit, *COMMON_UNFIT):
            if pattern.search(target):
                return reason
        for css, reason in (*self.unfit_marks, *COMMON_UNFIT_MARKS):
            if page.shows(css):
                return reason
        if self.page_number(page) > 1:
            return UnfitReason.CONTINUATION
        unfit = _unfit_type(page)
        return unfit if is_article(canonical_url, self.url_rules) else unfit or self._listing(page)

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
        body_html, _ = self._body(page, self.layout_of(page), self.canonical_url(page))
        return required(page, "body", body_html)

    def merge(self, first: Article, bodies: Sequence[str]) -> Article:
        """The article with the bodies of its further pages."""
        if not bodies:
            return first
        body_html = merge_bodies((first.body_html, *bodies))
        return replace(first, body_html=body_html, pages=1 + len(bodies))

    def canonical_url(self, page: Page) -> str:
        """What the page declares, where that is an article of this publisher, else its address.

        ``og:url`` is not asked: at one of our publishers it is a share link.
        """
        if page.canonical is not None:
            with contextlib.suppress(InvalidURLError):
                stated = self.canonical(page.canonical)
                if is_article(stated, self.url_rules):
                    return stated
        return self.canonical(page.url)

    def external_id(self, page: Page, canonical_url: str) -> str | None:
        return identify(canonical_url, self.url_rules) or self.identity(page.url)


def _unfit_type(page: Page) -> UnfitReason | None:
    if (page.meta("og:type") or "").startswith("video"):
        return UnfitReason.VIDEO
    # An article's own type counts; others only where there is no article.
    nodes = [page.news] if page.news else page.jsonld
    kinds = (kind for node in nodes for kind in jsonld.kinds(node))
    return next((UNFIT_TYPES[kind] for kind in kinds if kind in UNFIT_TYPES), None)


def required(page: Page, field: str, value: str | None) -> str:
    if not value:
        raise ArticleParseError(page.url, field)
    return value
