"""The crawl of one publisher: poll its channels, look at what is new, hand over articles.

What a page *means* is in ``ArticleParser``; this module only moves requests and responses. What is
known already, and how each URL ended, is the business of the ``Ledger`` that is given to it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Self
from urllib.parse import urlsplit

import scrapy
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from aggregator.config import config_of
from aggregator.errors import ChannelError, InvalidURLError
from aggregator.model import (
    Article,
    Channel,
    ChannelPoll,
    ChannelState,
    ChannelStatus,
    Discovery,
    EndState,
    Entry,
    Look,
    Recheck,
)
from aggregator.urls import canonicalize, host_of, owns
from spiders.answers import GONE, end_of, fetched_at, page_of, retry_after, text_header
from spiders.blocks import block_reason
from spiders.judging import End, end_by_address, judge, with_witness
from spiders.ledger import ForgetfulLedger, Ledger
from spiders.middlewares import user_agent
from spiders.page import Page
from spiders.parser import ArticleParser

MAX_ARTICLE_PAGES = 20
"""Pages of one article that we join. The longest known to us has 6; more is a loop."""

MAX_SITEMAP_CHILDREN = 20
"""Sitemaps of an index that we read in one poll, newest names first as listed."""


class PublisherSpider(ArticleParser, scrapy.Spider):
    """Base of every publisher's spider: a declaration plus the few methods that differ."""

    ledger: Ledger = ForgetfulLedger()

    def __init__(self, urls: Iterable[str] | None = None, **kwargs: Any) -> None:
        """``urls``: look at these articles instead of polling the channels."""
        super().__init__(**kwargs)
        self.urls = tuple(urls) if urls is not None else None
        self.to_poll: tuple[Channel, ...] = self.channels
        # Scrapy's offsite filter wants names without ports.
        self.allowed_domains = [host.partition(":")[0] for host in self.url_rules.hosts]
        self.limit = 0
        self.requested = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        config = config_of(crawler)
        spider.publisher = config.apply(spider.publisher)
        spider.to_poll = spider.channels_for(config)
        spider.limit = crawler.settings.getint("AGGREGATOR_LIMIT")
        agent = user_agent(crawler.settings["USER_AGENT"], config.contact)
        crawler.settings.set("USER_AGENT", agent, priority="spider")
        return spider

    # --- channels -----------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Any]:
        if self.urls is not None:
            entries = [Entry(url=url) for url in self.urls]
            for request in self.discover(entries, None, datetime.now(UTC)):
                yield request
            return
        for channel in self.to_poll:
            state = self.ledger.channel_state(channel)
            now = datetime.now(UTC)
            if state.not_before and state.not_before > now:
                self._report(channel, 1, ChannelStatus.DEFERRED, now, reason="asked to wait")
            else:
                yield self.poll(channel, 1, state)

    def poll(
        self, channel: Channel, page: int, state: ChannelState, url: str | None = None
    ) -> Request:
        """A request for one page of a channel; conditional where we hold a validator."""
        request = self.channel_request(channel, page) if url is None else Request(url)
        if page == 1 and url is None:
            _make_conditional(request, state.etag, state.last_modified)
        return request.replace(
            callback=self.parse_channel,
            errback=self.channel_failed,
            cb_kwargs={"channel": channel, "page": page},
            priority=10,
        )

    def channel_request(self, channel: Channel, page: int) -> Request:
        """What asks for page ``page`` (from 1) of a channel."""
        offset = (page - 1) * channel.page_size
        url = channel.url
        if page > 1 and channel.page_url:
            url = channel.page_url.format(page=page, offset=offset)
        if channel.body is None:
            return Request(url)
        return Request(
            url,
            method="POST",
            body=channel.body % {"page": page, "offset": offset},
            headers={"Content-Type": "application/json", "Accept": "application/json"},
        )

    def parse_channel(self, response: Response, channel: Channel, page: int) -> Iterator[Request]:
        now = fetched_at(response)
        refusal = self._channel_refusal(response)
        if refusal is not None:
            status, reason = refusal
            wait = retry_after(response, now) if response.status in (429, 503) else None
            self._report(channel, page, status, now, reason=reason, not_before=wait)
            return
        try:
            reading = self.read_channel(channel, response.body, response.url)
        except ChannelError as error:
            self._report(channel, page, ChannelStatus.FAILED, now, reason=error.reason)
            return
        requests = list(self.discover(reading.entries, channel, now))
        more = bool(requests) and (page < channel.max_pages)
        more = more and (channel.page_url is not None or channel.body is not None)
        self._report(
            channel,
            page,
            ChannelStatus.OK,
            now,
            entries=len(reading.entries),
            skipped=reading.skipped,
            etag=text_header(response, "ETag"),
            last_modified=text_header(response, "Last-Modified"),
            last_page=not more and not reading.children,
        )
        yield from requests
        if more:
            yield self.poll(channel, page + 1, ChannelState())
        children = reading.children[:MAX_SITEMAP_CHILDREN]
        for number, child in enumerate(children, start=page + 1):
            yield self.poll(channel, number, ChannelState(), url=child)

    def _channel_refusal(self, response: Response) -> tuple[ChannelStatus, str | None] | None:
        if response.status == 304:
            return ChannelStatus.UNCHANGED, None
        if response.status < 400:
            return None
        refused = block_reason(response.status, page_of(response))
        if refused:
            return ChannelStatus.BLOCKED, refused
        return ChannelStatus.FAILED, GONE.get(response.status, f"http {response.status}")

    def channel_failed(self, failure: Failure) -> None:
        kwargs = failure.request.cb_kwargs  # type: ignore[attr-defined]  # set by Scrapy
        state, reason = end_of(failure.value)
        status = {
            EndState.BLOCKED: ChannelStatus.BLOCKED,
            EndState.NOT_ARCHIVED: ChannelStatus.NOT_ARCHIVED,
        }.get(state, ChannelStatus.FAILED)
        self._report(kwargs["channel"], kwargs["page"], status, datetime.now(UTC), reason=reason)

    def _report(
        self, channel: Channel, page: int, status: ChannelStatus, now: datetime, **details: Any
    ) -> None:
        poll = ChannelPoll(channel=channel, page=page, status=status, fetched_at=now, **details)
        self.ledger.polled(poll)

    # --- discovery ------------------------------------------------------------------------------

    def discover(
        self, entries: Iterable[Entry], channel: Channel | None, now: datetime
    ) -> Iterator[Request]:
        """Requests for the entries that are worth one; all others get their end state here."""
        found = {d.url: d for d in (self._discovery(e, channel) for e in entries)}
        looks = self.ledger.looks(tuple(found.values()), now)
        for url, (look, reason) in looks.items():
            unfit = self._unfit(found[url])
            if unfit is not None:
                self.ledger.ended(url, EndState.DROPPED, unfit)
            elif look is Look.KNOWN:
                self.ledger.ended(url, EndState.KNOWN, reason)
            elif self.limit and self.requested >= self.limit:
                self.ledger.ended(url, EndState.DEFERRED, "limit")
            else:
                self.requested += 1
                yield self.ask(found[url])

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
        return canonicalize(url, replace(self.url_rules, moved=()))

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
        request = self.ask(due.discovery)
        _make_conditional(request, due.etag, due.last_modified)
        return request

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
        if isinstance(more, str):
            self.ledger.ended(discovery.url, EndState.FAILED, more)
            return
        merged = self.merge(article, [self.continuation(page) for page in more])
        yield replace(with_witness(merged, response, (page, *more)), url=discovery.url)

    async def _further_pages(self, page: Page) -> list[Page] | str:
        """The article's further pages, or why one could not be had.

        A part is never stored for the whole: the article waits for the next run instead.
        """
        pages: list[Page] = []
        for number, url in enumerate(self.next_pages(page)[: MAX_ARTICLE_PAGES - 1], start=2):
            try:
                response = await self.crawler.engine.download_async(Request(url))
            except Exception as error:  # noqa: BLE001 - whatever it is, it ends this article by name
                _, reason = end_of(error)
                return f"page {number}: {reason or 'not archived'}"
            if response.status != 200:
                return f"page {number}: http {response.status}"
            pages.append(page_of(response))
        return pages

    def redirected(self, url: str) -> End | None:
        """How a URL ends that was redirected to a page which this run has asked for already."""
        return end_by_address(self, url)

    def article_failed(self, failure: Failure) -> None:
        discovery = failure.request.cb_kwargs["discovery"]  # type: ignore[attr-defined]
        state, reason = end_of(failure.value)
        self.ledger.ended(discovery.url, state, reason)


def _make_conditional(request: Request, etag: str | None, last_modified: str | None) -> None:
    if etag:
        request.headers["If-None-Match"] = etag
    if last_modified:
        request.headers["If-Modified-Since"] = last_modified
