"""Between the spiders and the network: identity, hosts that ask us to wait, archive, replay."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from aggregator.errors import ArchiveError, NotArchivedError
from aggregator.model import EndState
from aggregator.urls import host_of
from spiders.refused import RefusedRequest
from storage.archive import ArchiveReader, ArchiveWriter, Exchange, header

FETCHED_AT = "fetched_at"
"""Key in ``Request.meta``: when the answer was made (aware UTC); in replay, its WARC-Date."""


def user_agent(product: str, contact: str | None) -> str:
    """Our name, with the address that a publisher can write to."""
    return f"{product} (+{contact})" if contact else product


class FetchedAt:
    """Notes when each answer arrived."""

    def process_response(self, request: Request, response: Response) -> Response:
        request.meta.setdefault(FETCHED_AT, datetime.now(UTC))
        return response


class RestingHosts:
    """Leaves a host alone for the rest of the run once it has asked us to wait."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.resting: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        if host_of(request.url) in self.resting:
            raise asked_to_wait()

    def process_response(self, request: Request, response: Response) -> Response:
        busy = response.status == 503 and "Retry-After" in response.headers
        if response.status == 429 or busy:
            self.resting.add(host_of(request.url))
            self._release(request)
        return response

    def _release(self, request: Request) -> None:
        """Requests that wait in the host's queue have passed ``process_request`` already."""
        downloader = self.crawler.engine.downloader if self.crawler.engine else None
        slot = downloader.slots.get(downloader.get_slot_key(request)) if downloader else None
        while slot is not None and slot.queue:
            _, waiting = slot.queue.popleft()
            waiting.errback(asked_to_wait())


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
        request.meta[FETCHED_AT] = exchange.fetched_at
        if _still_holds(request, exchange):
            return Response(request.url, status=304, headers=Headers(list(exchange.headers)))
        return _response(request, exchange)


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
