"""Polling a publisher's channels: page by page, deeper where something may have been missed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from scrapy.http import Request, Response
from twisted.python.failure import Failure

from aggregator.errors import ChannelError, StorageError
from aggregator.model import (
    Channel,
    ChannelPoll,
    ChannelState,
    ChannelStatus,
    Discovery,
    EndState,
    Entry,
    Gap,
)
from aggregator.times import Clock, system_clock
from spiders.answers import (
    GONE,
    UNREACHED,
    clock_skew,
    end_of,
    fetched_at,
    page_of,
    refusal_of,
)
from spiders.channels.reading import Reading
from spiders.headers import max_age, retry_after, text_header
from spiders.ledger import ForgetfulLedger, Ledger
from spiders.parser import ArticleParser

NOTHING_KNOWN = ChannelState()

MAX_SITEMAP_CHILDREN = 20
"""Sitemaps of an index that we read in one poll, newest names first as listed."""

CATCH_UP_PAGES = 20
"""Pages of a listing that are read to close a gap. Republika's index has 50 articles on a page, so
that is two days of all its desks; the program says so when it was not enough."""


class ChannelPoller(ArticleParser):
    """The part of a spider that asks channels and reads their answers."""

    ledger: Ledger = ForgetfulLedger()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.all_channels: tuple[Channel, ...] = self.channels
        self.to_poll: tuple[Channel, ...] = self.channels
        self.clock: Clock = system_clock
        self._listed: dict[str, set[str]] = {}
        """Addresses that each channel has listed in this run."""

    def found_in(self, entries: Iterable[Entry], channel: Channel) -> tuple[Discovery, ...]:
        """The articles that entries stand for."""
        raise NotImplementedError

    def worth_asking(self, found: Sequence[Discovery], now: datetime) -> Iterator[Request]:
        """Requests for those that are worth one."""
        raise NotImplementedError

    def poll_channels(self) -> Iterator[Request]:
        for channel in self.to_poll:
            state, now = self.ledger.channel_state(channel), self.clock()
            if state.not_before and state.not_before > now:
                self._report(channel, 1, ChannelStatus.DEFERRED, now, reason="asked to wait")
            else:
                self.ledger.polling(channel)
                yield self.poll(channel, 1, state)

    def poll(
        self,
        channel: Channel,
        page: int,
        state: ChannelState = NOTHING_KNOWN,
        *,
        url: str | None = None,
        missing: Gap | None = None,
    ) -> Request:
        """A request for one page of a channel; conditional where we hold a validator.

        ``missing``: the gap that the page is read for.
        """
        request = self.channel_request(channel, page) if url is None else Request(url)
        if state.etag:
            request.headers["If-None-Match"] = state.etag
        if state.last_modified:
            request.headers["If-Modified-Since"] = state.last_modified
        return request.replace(
            callback=self.parse_channel,
            errback=self.channel_failed,
            cb_kwargs={"channel": channel, "page": page, "missing": missing},
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

    def parse_channel(
        self, response: Response, channel: Channel, page: int, missing: Gap | None = None
    ) -> Iterator[Request]:
        now = fetched_at(response)
        report = partial(self._report, channel, page, now=now, clock_skew=clock_skew(response, now))
        refusal = self._channel_refusal(response)
        if refusal is not None:
            status, reason = refusal
            wait = retry_after(response, now) if response.status in (429, 503) else None
            report(status, reason=reason, not_before=wait)
            return
        try:
            reading = self.read_channel(channel, response.body, response.url)
        except ChannelError as error:
            # A refusal often comes with 200, and where a feed was expected it is merely no feed.
            refused = refusal_of(response, page_of(response))
            status = ChannelStatus.BLOCKED if refused else ChannelStatus.FAILED
            report(status, reason=refused or error.reason)
            return
        found = self.found_in(reading.entries, channel)
        try:
            recognised = self.ledger.recognise(channel, page, found, now, missing)
            requests = list(self.worth_asking(found, now))
        except StorageError as error:
            report(ChannelStatus.FAILED, reason=self.ledger.refused(error))
            return
        deeper = self._goes_deeper(channel, page, found, bool(requests), recognised.missing)
        further = self._further(channel, page, reading, deeper, recognised.missing)
        report(
            ChannelStatus.OK,
            entries=len(reading.entries),
            fresh=recognised.fresh,
            skipped=reading.skipped,
            etag=text_header(response, "ETag"),
            last_modified=text_header(response, "Last-Modified"),
            ttl=reading.ttl,
            max_age=max_age(response, now),
            further=len(further),
        )
        yield from requests
        yield from further
        if recognised.missing and not further:
            yield from self._catch_up(channel, recognised.missing)

    def _goes_deeper(
        self,
        channel: Channel,
        page: int,
        found: Sequence[Discovery],
        worthwhile: bool,
        missing: Gap | None,
    ) -> bool:
        """Whether the listing's next page is read: usually as far as declared and while there is
        something new, for a gap until it is closed or the pages repeat themselves."""
        listed = self._listed.setdefault(channel.name, set())
        news = {discovery.url for discovery in found} - listed
        listed |= news
        if channel.page_url is None and channel.body is None:
            return False
        if missing is not None:
            return bool(news) and page < max(channel.max_pages, CATCH_UP_PAGES)
        return worthwhile and page < channel.max_pages

    def _further(
        self, channel: Channel, page: int, reading: Reading, deeper: bool, missing: Gap | None
    ) -> list[Request]:
        """Requests for the pages of the channel that follow from this one."""
        if deeper:
            return [self.poll(channel, page + 1, missing=missing)]
        children = reading.children[:MAX_SITEMAP_CHILDREN]
        return [
            self.poll(channel, number, url=child)
            for number, child in enumerate(children, start=page + 1)
        ]

    def _catch_up(self, channel: Channel, missing: Gap) -> Iterator[Request]:
        """Read the channel that lists what this one no longer does, unless this run does so."""
        if channel.name != missing.channel or channel.catch_up is None:
            return
        for other in self.all_channels:
            if other.name == channel.catch_up and other not in self.to_poll:
                wait = self.ledger.channel_state(other).not_before
                if wait is None or wait <= missing.noted_at:
                    yield self.poll(other, 1, missing=missing)

    def _channel_refusal(self, response: Response) -> tuple[ChannelStatus, str | None] | None:
        if response.status == 304:
            return ChannelStatus.UNCHANGED, None
        if response.status < 400:
            return None
        refused = refusal_of(response, page_of(response))
        if refused:
            return ChannelStatus.BLOCKED, refused
        return ChannelStatus.FAILED, GONE.get(response.status, f"http {response.status}")

    def channel_failed(self, failure: Failure) -> None:
        kwargs = failure.request.cb_kwargs  # type: ignore[attr-defined]  # set by Scrapy
        state, reason = end_of(failure.value)
        status = {
            EndState.BLOCKED: ChannelStatus.BLOCKED,
            EndState.NOT_ARCHIVED: ChannelStatus.NOT_ARCHIVED,
            EndState.DEFERRED: ChannelStatus.DEFERRED,
        }.get(state, ChannelStatus.FAILED)
        self._report(
            kwargs["channel"],
            kwargs["page"],
            status,
            self.clock(),
            reason=reason,
            unreached=reason in UNREACHED,
        )

    def _report(
        self, channel: Channel, page: int, status: ChannelStatus, now: datetime, **details: Any
    ) -> None:
        poll = ChannelPoll(channel=channel, page=page, status=status, fetched_at=now, **details)
        self.ledger.polled(poll)
