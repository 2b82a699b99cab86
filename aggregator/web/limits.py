"""What one client may ask: how often, how much at once.

A token bucket per client holds a minute's worth of requests and fills up evenly. Clients are told
apart by address, IPv6 by network, since one line has 2^64 of those. Each process counts for itself.
Bodies are never read, so they need no limit; headers have the server's (``aggregator serve``).
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.types import ASGIApp, Receive, Scope, Send

from aggregator.web.problems import ADDRESS_TOO_LONG, TOO_MANY_REQUESTS, ProblemError

MOST_CLIENTS = 10_000
"""Remembered at a time; who was not seen longest is forgotten, with a full bucket."""

LONGEST_ADDRESS = 4096
"""Bytes of path and query."""


@dataclass
class _Bucket:
    tokens: float
    at: float


class RateLimit:
    """``per_minute`` requests of each client; 0: as many as they like."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute, self._clock = per_minute, clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, client: str) -> int:
        """Count a request. Seconds after which the client may ask again; 0: it may ask now."""
        if not self._per_minute:
            return 0
        now, rate = self._clock(), self._per_minute / 60
        bucket = self._buckets.pop(client, None) or _Bucket(self._per_minute, now)
        bucket.tokens = min(self._per_minute, bucket.tokens + (now - bucket.at) * rate)
        bucket.at = now
        self._buckets[client] = bucket
        if len(self._buckets) > MOST_CLIENTS:
            self._buckets.popitem(last=False)
        if bucket.tokens < 1:
            return math.ceil((1 - bucket.tokens) / rate)
        bucket.tokens -= 1
        return 0


def client_of(host: str) -> str:
    """What a client is counted by."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((int(address), 64), strict=False))
    return host


class Limits:
    """Refuses before anything is done. Inside whatever learns the client's real address."""

    def __init__(self, app: ASGIApp, *, rate: RateLimit) -> None:
        self.app, self._rate = app, rate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self._check(scope)
        await self.app(scope, receive, send)

    def _check(self, scope: Scope) -> None:
        client = scope.get("client")
        wait = self._rate.take(client_of(client[0] if client else ""))
        if wait:
            raise ProblemError(kind=TOO_MANY_REQUESTS, headers={"Retry-After": str(wait)})
        if len(scope.get("raw_path", b"")) + len(scope["query_string"]) > LONGEST_ADDRESS:
            raise ProblemError(kind=ADDRESS_TOO_LONG)
