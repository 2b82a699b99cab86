"""Fetching from the school's own portal: politely, within limits, http and https only.

Private and loopback addresses are allowed here, unlike in a crawl: many portals run on a server in
the school. The address comes from the operator, never from a page, except that posts are followed
on the same host.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx

from aggregator.errors import PortalError

MAX_BYTES = 50 * 1024 * 1024
"""An export of 10,000 posts has 40 MB."""
TIMEOUT = 30.0
DEADLINE = 300.0
"""Seconds for one answer: a server that drips is given up."""
MAX_REDIRECTS = 5
PAUSE = 1.0
"""Seconds between two requests: the portal may be a small machine that readers use as well."""


@dataclass(frozen=True, kw_only=True)
class Fetched:
    url: str
    """After redirects."""
    body: bytes


class PortalClient:
    """One request after the other, a second apart, under our own name."""

    def __init__(self, agent: str, pause: float = PAUSE) -> None:
        self._pause = pause
        self._last: float | None = None
        self.fetched = 0
        """Answers taken."""
        self._client = httpx.Client(
            headers={"User-Agent": agent, "Accept-Language": "id"},
            timeout=TIMEOUT,
            follow_redirects=True,
            max_redirects=MAX_REDIRECTS,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def get(self, url: str) -> Fetched:
        """Raises ``PortalError`` for whatever is no answer with a status of success."""
        if urlsplit(url).scheme not in ("http", "https"):
            raise PortalError(url, "only http and https addresses are fetched")
        self._wait()
        try:
            with self._client.stream("GET", url) as response:
                if response.status_code != httpx.codes.OK:
                    raise PortalError(url, f"http {response.status_code}")
                self.fetched += 1
                return Fetched(url=str(response.url), body=_body(url, response))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise PortalError(url, str(error) or type(error).__name__) from error
        finally:
            self._last = time.monotonic()

    def _wait(self) -> None:
        if self._last is not None:
            time.sleep(max(0.0, self._pause - (time.monotonic() - self._last)))


def _body(url: str, response: httpx.Response, clock: Callable[[], float] = time.monotonic) -> bytes:
    started, body = clock(), bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > MAX_BYTES:
            raise PortalError(url, "the answer is too large")
        if clock() - started > DEADLINE:
            raise PortalError(url, "the answer takes too long")
    return bytes(body)
