"""Who may be asked: the publisher's declared hosts in the public internet, and nobody else.

Every request passes ``DeclaredHosts`` on its way out, whatever made it: a listed entry, a redirect,
a further page, robots.txt. A redirect is therefore judged by where it leads, not by how it is
written (``//host``, ``///host``, ``https://name@host``, another port). ``RedirectGuard`` judges it
before: several redirects to one strange address would else count as duplicates of each other.
"""

from __future__ import annotations

from typing import Any, Self
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, NotConfigured
from scrapy.http import Response
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError
from w3lib.url import safe_url_string

from aggregator.addresses import is_inside
from aggregator.config import config_of
from aggregator.model import EndState
from aggregator.urls import UrlRules, authority, host_of, owns
from spiders.blocks import CAPTIVE_PORTAL, NATIONAL_FILTER, is_filter_host, is_portal_host
from spiders.refused import RefusedRequest

REDIRECTS = (301, 302, 303, 307, 308)
PRIVATE_NETWORK = "private network"


class DeclaredHosts:
    """Refuses every request to a host that the publisher did not declare.

    Stands in for Scrapy's own filter, which knows no ports and drops a redirect's target in
    silence, and the discovered URL with it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        if not owns(authority(request.url), rules_of(self.crawler)):
            raise RefusedRequest(EndState.FAILED, "outside host")


def rules_of(crawler: Crawler) -> UrlRules:
    found: UrlRules = crawler.spider.url_rules  # type: ignore[union-attr]
    return found


def outside(target: str) -> RefusedRequest:
    """What a redirect to a strange host means.

    Never *dropped*: that would settle the address, and the network between us and the publisher
    may have put this redirect there for an hour.
    """
    host = host_of(target)
    if is_filter_host(host):
        return RefusedRequest(EndState.BLOCKED, NATIONAL_FILTER)
    if is_inside(host) or is_portal_host(host):
        return RefusedRequest(EndState.BLOCKED, CAPTIVE_PORTAL)
    return RefusedRequest(EndState.FAILED, "redirected to an outside host")


class PrivateNetworkGuard:
    """Refuses requests to private, loopback and link-local addresses written as numbers.

    Names are checked by ``GuardedResolver`` when they resolve.
    """

    def __init__(self, allowed: bool) -> None:
        if allowed:
            raise NotConfigured

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        replaying = bool(crawler.settings["AGGREGATOR_REPLAY"])
        return cls(replaying or config_of(crawler).allow_private_network)

    def process_request(self, request: Request) -> None:
        if is_inside(host_of(request.url)):
            raise RefusedRequest(EndState.FAILED, PRIVATE_NETWORK)


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver, which does not tell addresses in the private network.

    What it returns is what is connected to, with no second look-up in between: a name that
    resolves to one address for the check and to another for the connection finds no gap.
    """

    allowed = False

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> Self:
        resolver = super().from_crawler(crawler, reactor)
        resolver.allowed = config_of(crawler).allow_private_network
        resolver.refused = set()
        return resolver

    refused: set[str]
    """Names that lead inside."""

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:  # noqa: N802 - Twisted's
        return super().getHostByName(name, timeout).addCallback(self._check, name)

    def _check(self, address: str, name: str) -> str:
        if not self.allowed and is_inside(address):
            self.refused.add(name)
            # Twisted knows no other failure here, and loses its text: see ``NamesThatLeadInside``.
            raise DNSLookupError(f"{name} leads into a private network")
        return address


class NamesThatLeadInside:
    """Says what it was when ``GuardedResolver`` did not tell an address."""

    def process_exception(self, request: Request, exception: Exception) -> None:
        from twisted.internet import reactor  # installed by Scrapy, so never at import time

        refused: set[str] = getattr(getattr(reactor, "resolver", None), "refused", set())
        if isinstance(exception, CannotResolveHostError) and host_of(request.url) in refused:
            raise RefusedRequest(EndState.FAILED, PRIVATE_NETWORK) from exception


class RedirectGuard:
    """Names redirects that lead nowhere for us: to strange hosts, and in a circle.

    Scrapy's filter of repeated requests would drop their target in silence, and the discovered URL
    with it.
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
        target = redirect_target(request.url, location)
        if urlsplit(target).scheme not in ("http", "https"):
            raise RefusedRequest(EndState.FAILED, "redirected to no web address")
        if not owns(authority(target), rules_of(self.crawler)):
            raise outside(target)
        if target in (request.url, *request.meta.get("redirect_urls", ())):
            raise RefusedRequest(EndState.FAILED, "redirect loop")
        return response


def redirect_target(url: str, location: bytes) -> str:
    """Where Scrapy would go: the same steps as in its ``RedirectMiddleware``."""
    stated = safe_url_string(location)
    if location.startswith(b"//"):
        stated = f"{urlsplit(url).scheme}://{stated.lstrip('/')}"
    return urljoin(url, stated)
