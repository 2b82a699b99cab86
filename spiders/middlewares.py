"""Between the spiders and the network: identity, hosts that ask us to wait, archive, replay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from scrapy import Request, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from aggregator.errors import ArchiveError, NotArchivedError
from aggregator.model import EndState
from aggregator.times import Clock, clock_of
from aggregator.urls import host_of
from spiders.headers import retry_after
from spiders.ledger import Ledger
from spiders.refused import RefusedRequest
from storage.archive import ArchiveReader, ArchiveWriter, Exchange, header

FETCHED_AT = "fetched_at"
"""Key in ``Request.meta``: when the answer was made (aware UTC); in replay, its WARC-Date."""


class FetchedAt:
    """Notes when each answer arrived."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(clock_of(crawler))

    def process_response(self, request: Request, response: Response) -> Response:
        request.meta.setdefault(FETCHED_AT, self.clock())
        return response


class RestingHosts:
    """Leaves a host alone for the rest of the run once it has asked us to wait.

    For how long it asked is remembered, so that the next run leaves it alone too.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.clock = clock_of(crawler)

    @property
    def ledger(self) -> Ledger:
        spider: Any = self.crawler.spider
        found: Ledger = spider.ledger
        return found

    @cached_property
    def resting(self) -> set[str]:
        """Hosts that are left alone; at first those that asked an earlier run to wait."""
        return set(self.ledger.resting_hosts(self.clock()))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        resting = cls(crawler)
        crawler.signals.connect(resting.downloaded, signal=signals.response_downloaded)
        return resting

    def process_request(self, request: Request) -> None:
        if host_of(request.url) in self.resting:
            raise asked_to_wait()

    def downloaded(self, request: Request, response: Response) -> None:
        """Requests that wait in the host's queue have passed ``process_request`` already. This
        signal comes before the next of them is sent, ``process_response`` after."""
        if asks_to_wait(response):
            self.resting.add(host_of(request.url))
            request.meta["dont_retry"] = True  # the answer counts, not that we may not ask again
            downloader = self.crawler.engine.downloader
            release(downloader.slots[downloader.get_slot_key(request)], asked_to_wait)

    def process_response(self, request: Request, response: Response) -> Response:
        if asks_to_wait(response):
            host = host_of(request.url)
            self.resting.add(host)
            self.ledger.host_rests(host, retry_after(response, self.clock()))
        return response


def asks_to_wait(response: Response) -> bool:
    return response.status == 429 or (response.status == 503 and "Retry-After" in response.headers)


def release(slot: Slot, refusal: Callable[[], RefusedRequest]) -> None:
    """Refuse the requests that wait in a host's queue."""
    while slot.queue:
        _, waiting = slot.queue.popleft()
        waiting.errback(refusal())


def asked_to_wait() -> RefusedRequest:
    return RefusedRequest(EndState.DEFERRED, "asked to wait")


class ArchiveMiddleware:
    """Writes every exchange to a WARC file, as it came over the wire."""

    def __init__(self, writer: ArchiveWriter) -> None:
        self.writer = writer

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        path = crawler.settings["AGGREGATOR_ARCHIVE"]
        if not path:
            raise NotConfigured
        writer = ArchiveWriter(Path(path), crawler.settings["USER_AGENT"])
        crawler.signals.connect(writer.close, signal=signals.engine_stopped)
        return cls(writer)

    def process_response(self, request: Request, response: Response) -> Response:
        exchange = Exchange(
            method=request.method,
            url=request.url,
            status=response.status,
            headers=_plain(response.headers),
            body=response.body,
            fetched_at=request.meta.get(FETCHED_AT) or datetime.now(UTC),
        )
        self.writer.add(exchange, _plain(request.headers), request.body)
        return response


class ReplayMiddleware:
    """Answers every request from an archive; nothing passes it towards the network.

    It behaves like the publisher's server: a conditional request whose validator still holds is
    answered 304. A missing robots.txt is answered 404, everything else that is missing ends as
    *not archived*.
    """

    def __init__(self, archive: ArchiveReader) -> None:
        self.archive = archive

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        path = crawler.settings["AGGREGATOR_REPLAY"]
        if not path:
            raise NotConfigured
        return cls(ArchiveReader(Path(path)))

    def process_request(self, request: Request) -> Response:
        try:
            exchange = self.archive.get(request.method, request.url, request.body)
        except NotArchivedError as error:
            if request.url.endswith("/robots.txt"):
                return Response(request.url, status=404)
            raise RefusedRequest(EndState.NOT_ARCHIVED, "") from error
        except ArchiveError as error:
            raise RefusedRequest(EndState.FAILED, "damaged archive") from error
        if exchange.status == 304 and not is_conditional(request):
            # Archived when we held the page already; what it said is not in here.
            raise RefusedRequest(EndState.NOT_ARCHIVED, "")
        request.meta[FETCHED_AT] = exchange.fetched_at
        if _still_holds(request, exchange):
            return Response(request.url, status=304, headers=Headers(list(exchange.headers)))
        return _response(request, exchange)


def is_conditional(request: Request) -> bool:
    """Whether the server was told which page we have."""
    return "If-None-Match" in request.headers or "If-Modified-Since" in request.headers


def _still_holds(request: Request, exchange: Exchange) -> bool:
    etag = header(exchange.headers, "ETag")
    sent = request.headers.get("If-None-Match")
    if sent is not None:
        return etag is not None and sent.decode("latin-1") == etag
    modified = header(exchange.headers, "Last-Modified")
    since = request.headers.get("If-Modified-Since")
    return since is not None and modified is not None and since.decode("latin-1") == modified


def _response(request: Request, exchange: Exchange) -> Response:
    headers = Headers(list(exchange.headers))
    kind = responsetypes.from_args(headers=headers, url=request.url, body=exchange.body)
    return kind(request.url, status=exchange.status, headers=headers, body=exchange.body)


def _plain(headers: Headers) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        for value in (values or [])
    ]
