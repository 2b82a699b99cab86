"""Between the spiders and the network: identity, robots.txt, private addresses, archive, replay."""

from __future__ import annotations

import ipaddress
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Headers, Response
from scrapy.resolver import CachingThreadedResolver
from scrapy.responsetypes import responsetypes
from twisted.internet.defer import Deferred
from w3lib.url import safe_url_string

from aggregator.config import config_of
from aggregator.errors import ArchiveError, NotArchivedError
from aggregator.model import EndState
from aggregator.urls import UrlRules, host_of, owns
from storage.archive import ArchiveReader, ArchiveWriter, Exchange, header

logger = logging.getLogger(__name__)

FETCHED_AT = "fetched_at"
"""Key in ``Request.meta``: when the answer was made (aware UTC); in replay, its WARC-Date."""


class RefusedRequest(IgnoreRequest):
    """A request that we do not make, with the end state that its URL gets."""

    def __init__(self, state: EndState, reason: str) -> None:
        super().__init__(f"{state}: {reason}")
        self.state = state
        self.reason = reason


def user_agent(product: str, contact: str | None) -> str:
    """Our name, with the address that a publisher can write to."""
    return f"{product} (+{contact})" if contact else product


class FetchedAt:
    """Notes when each answer arrived."""

    def process_response(self, request: Request, response: Response) -> Response:
        request.meta.setdefault(FETCHED_AT, datetime.now(UTC))
        return response


class PrivateNetworkGuard:
    """Refuses requests to private, loopback and link-local addresses written as numbers.

    Names are checked by ``GuardedResolver`` when they resolve, so that neither a redirect nor a
    DNS record leads inside.
    """

    def __init__(self, allowed: bool) -> None:
        if allowed:
            raise NotConfigured
        self.allowed = allowed

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        replaying = bool(crawler.settings["AGGREGATOR_REPLAY"])
        return cls(replaying or config_of(crawler).allow_private_network)

    def process_request(self, request: Request) -> None:
        host = host_of(request.url)
        if host == "localhost" or host.endswith(".localhost") or is_private_address(host):
            raise RefusedRequest(EndState.DROPPED, "private network")


def is_private_address(host: str) -> bool:
    """Whether ``host`` is a number that does not lead to the public internet."""
    try:
        return not ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        return False


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver, refusing names that resolve into the private network."""

    allowed = False

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> Self:
        resolver = super().from_crawler(crawler, reactor)
        resolver.allowed = config_of(crawler).allow_private_network
        return resolver

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:  # noqa: N802 - Twisted's
        return super().getHostByName(name, timeout).addCallback(self._check)

    def _check(self, address: str) -> str:
        if not self.allowed and is_private_address(address):
            raise RefusedRequest(EndState.DROPPED, "private network")
        return address


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


class RedirectGuard:
    """Names redirects that lead nowhere for us.

    Scrapy's own filters would drop their target in silence, and the discovered URL with it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        location = response.headers.get("Location")
        if response.status not in REDIRECTS or location is None:
            return response
        target = urljoin(request.url, safe_url_string(location))
        rules: UrlRules = self.crawler.spider.url_rules  # type: ignore[union-attr]
        if not owns(urlsplit(target).netloc.lower(), rules):
            raise RefusedRequest(EndState.DROPPED, "redirected to an outside host")
        if target in (request.url, *request.meta.get("redirect_urls", ())):
            raise RefusedRequest(EndState.FAILED, "redirect loop")
        return response


REDIRECTS = (301, 302, 303, 307, 308)


class CrawlDelay:
    """Applies the Crawl-delay of a host's robots.txt where it is longer than ours."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if crawler.settings["AGGREGATOR_REPLAY"]:
            raise NotConfigured
        extension = cls(crawler)
        crawler.signals.connect(extension.robots_parsed, signal=signals.robots_parsed)
        return extension

    def robots_parsed(self, robotparser: Any, request: Request) -> None:
        delay = robotparser.crawl_delay(self.crawler.settings["ROBOTSTXT_USER_AGENT"])
        downloader = self.crawler.engine.downloader if self.crawler.engine else None
        slot = downloader.slots.get(downloader.get_slot_key(request)) if downloader else None
        if delay and slot is not None and delay > slot.delay:
            logger.info("crawl-delay host=%s seconds=%s", host_of(request.url), delay)
            slot.delay = delay
            # A range around the delay would at times be shorter than what was asked for.
            slot.jitter = 0.0


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
