"""The crawl of one publisher: poll its channels, look at what is new, hand over articles.

What a page *means* is in ``ArticleParser``; this module only moves requests and responses. What is
known already, and how each URL ended, is the business of the ``Ledger`` that is given to it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Self
from urllib.parse import urlsplit

import scrapy
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from aggregator.config import config_of
from aggregator.errors import ArticleParseError, InvalidURLError
from aggregator.identity import user_agent
from aggregator.model import Article, Channel, Discovery, EndState, Entry, Look, Recheck
from aggregator.times import clock_of
from aggregator.urls import canonicalize, host_of, owns
from spiders.answers import end_of, page_of, refusal_of
from spiders.halt import Halt
from spiders.judging import End, end_by_address, judge, with_witness
from spiders.page import Page
from spiders.polling import ChannelPoller

MAX_ARTICLE_PAGES = 20
"""Pages of one article that we join. The longest known to us has 6; more is a loop."""


class PublisherSpider(ChannelPoller, scrapy.Spider):
    """Base of every publisher's spider: a declaration plus the few methods that differ."""

    def __init__(self, urls: Iterable[str] | None = None, **kwargs: Any) -> None:
        """``urls``: look at these articles instead of polling the channels."""
        super().__init__(**kwargs)
        self.urls = tuple(urls) if urls is not None else None
        # Scrapy's offsite filter wants names without ports.
        self.allowed_domains = [host.partition(":")[0] for host in self.url_rules.hosts]
        self.limit = 0
        self.requested = 0
        self._unmoved = replace(self.url_rules, moved=())

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        config = config_of(crawler)
        spider.publisher = config.apply(spider.publisher)
        spider.all_channels = spider.channels_for(config)
        wanted = crawler.settings.getlist("AGGREGATOR_CHANNELS")
        spider.to_poll = tuple(c for c in spider.all_channels if not wanted or c.name in wanted)
        spider.clock = clock_of(crawler)
        spider.limit = crawler.settings.getint("AGGREGATOR_LIMIT")
        agent = user_agent(config.contact, crawler.settings["USER_AGENT"])
        crawler.settings.set("USER_AGENT", agent, priority="spider")
        return spider

    async def start(self) -> AsyncIterator[Any]:
        if self.urls is not None:
            entries = [Entry(url=url) for url in self.urls]
            for request in self.discover(entries, None, self.clock()):
                yield request
            return
        for request in self.poll_channels():
            yield request

    # --- discovery ------------------------------------------------------------------------------

    def discover(
        self, entries: Iterable[Entry], channel: Channel | None, now: datetime
    ) -> Iterator[Request]:
        """Requests for the entries that are worth one; all others get their end state here."""
        return self.worth_asking(self.found_in(entries, channel), now)

    def found_in(self, entries: Iterable[Entry], channel: Channel | None) -> tuple[Discovery, ...]:
        found = {d.url: d for d in (self._discovery(e, channel) for e in entries)}
        return tuple(found.values())

    def worth_asking(self, found: Sequence[Discovery], now: datetime) -> Iterator[Request]:
        by_url = {discovery.url: discovery for discovery in found}
        for url, (look, reason) in self.ledger.looks(found, now).items():
            unfit = self._unfit(by_url[url])
            if unfit is not None:
                self.ledger.ended(url, EndState.DROPPED, unfit)
            elif look is Look.KNOWN:
                self.ledger.ended(url, EndState.KNOWN, reason)
            elif self.limit and self.requested >= self.limit:
                self.ledger.ended(url, EndState.DEFERRED, "limit")
            else:
                self.requested += 1
                yield self.ask(by_url[url])

    def _discovery(self, entry: Entry, channel: Channel | None) -> Discovery:
        try:
            canonical = self.canonical(entry.url)
            # An archive or an operator means exactly the address that they give.
            url = self.request_url(entry.url) if channel else entry.url
        except InvalidURLError:
            url = canonical = entry.url
        return Discovery(
            url=url,
            canonical_url=canonical,
            external_id=self.identity(canonical),
            channel=channel.name if channel else None,
            entry=replace(entry, section=entry.section or (channel.section if channel else None)),
        )

    def _unfit(self, discovery: Discovery) -> str | None:
        """Why a listed address is not asked for at all."""
        if not host_of(discovery.canonical_url):
            return "bad address"
        if not self.owns(discovery.canonical_url):
            return "outside host"
        if not self.is_article_url(discovery.canonical_url):
            return "not an article address"
        return None

    def request_url(self, url: str) -> str:
        """What to ask for: the canonical address, but on the host that the publisher links to.

        Where a publisher moved, the old host may be the only one that still answers.
        """
        return canonicalize(url, self._unmoved)

    def owns(self, url: str) -> bool:
        return owns(urlsplit(url).netloc, self.url_rules)

    def ask(self, discovery: Discovery) -> Request:
        return Request(
            discovery.url,
            callback=self.parse_article,
            errback=self.article_failed,
            cb_kwargs={"discovery": discovery},
            # First listed, first asked: of two addresses of one text the first is held.
            priority=-self.requested,
        )

    def ask_again(self, due: Recheck) -> Request:
        """A request for an article that we hold; conditional where we hold a validator."""
        self.requested += 1
        request = self.ask(due.discovery)
        if due.etag:
            request.headers["If-None-Match"] = due.etag
        if due.last_modified:
            request.headers["If-Modified-Since"] = due.last_modified
        return request

    def halt(self) -> None:
        """Ask for nothing more; what is left ends by name."""
        halt = self.crawler.get_downloader_middleware(Halt)
        if halt is not None:
            halt.halt()

    # --- articles -------------------------------------------------------------------------------

    async def parse_article(
        self, response: Response, discovery: Discovery
    ) -> AsyncIterator[Article]:
        page = page_of(response)
        article = judge(self, response, page, discovery.entry)
        if isinstance(article, End):
            self.ledger.ended(discovery.url, article.state, article.reason, response.status)
            return
        more = await self._further_pages(page)
        if isinstance(more, tuple):
            self.ledger.ended(discovery.url, *more)
            return
        merged = self.merge(article, [body for _, body in more])
        pages = (page, *(further for further, _ in more))
        yield replace(with_witness(merged, response, pages), url=discovery.url)

    async def _further_pages(self, page: Page) -> list[tuple[Page, str]] | tuple[EndState, str]:
        """The article's further pages with their bodies, or how it ends because one could not be
        had.

        A part is never stored for the whole: the article waits for the next run instead.
        """
        more: list[tuple[Page, str]] = []
        for number, url in enumerate(self.next_pages(page)[: MAX_ARTICLE_PAGES - 1], start=2):
            try:
                response = await self.crawler.engine.download_async(Request(url))
            except Exception as error:  # noqa: BLE001 - whatever it is, it ends this article by name
                state, reason = end_of(error)
                if state is EndState.DEFERRED and reason:
                    return state, reason
                return EndState.FAILED, f"page {number}: {reason or 'not archived'}"
            if response.status != 200:
                return EndState.FAILED, f"page {number}: http {response.status}"
            further = page_of(response)
            try:
                more.append((further, self.continuation(further)))
            except ArticleParseError as error:
                refused = refusal_of(response, further)
                if refused:
                    return EndState.BLOCKED, refused
                return EndState.FAILED, f"page {number}: no {error.field}"
        return more

    def redirected(self, url: str) -> End | None:
        """How a URL ends that was redirected to a page which this run has asked for already."""
        return end_by_address(self, url)

    def article_failed(self, failure: Failure) -> None:
        discovery = failure.request.cb_kwargs["discovery"]  # type: ignore[attr-defined]
        state, reason = end_of(failure.value)
        self.ledger.ended(discovery.url, state, reason)
