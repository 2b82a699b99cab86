"""Fetching one picture from a publisher: from hosts that are listed, and within limits.

A name is resolved once, every address of it must be in the public internet, and the connection goes
to the address that was judged: a name that answers otherwise a moment later gains nothing.
Redirects are judged like the first address.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore

from aggregator.addresses import is_inside, is_public

LARGEST = 1_500_000
"""Bytes. A reader on a phone waits for it."""
DEADLINE = 8.0
"""Seconds for all of it: a host that drips is given up."""
TIMEOUT = 4.0
"""Seconds for connecting, and for each piece."""
MOST_REDIRECTS = 2
REDIRECTS = (301, 302, 303, 307, 308)

SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
"""By its first bytes, whatever the host calls it. No SVG: that is a document."""


class NoPictureError(Exception):
    """Why there is none."""


@dataclass(frozen=True, kw_only=True)
class Picture:
    body: bytes
    media_type: str


@dataclass(frozen=True, kw_only=True)
class Fetcher:
    hosts: tuple[str, ...]
    """Sub-domains included."""
    agent: str
    allow_private: bool = False
    """For tests and intranets: also other ports and addresses."""

    def may_ask(self, url: str) -> bool:
        try:
            parts = urlsplit(url)
            port, host = parts.port, parts.hostname or ""
        except ValueError:
            return False
        if parts.scheme not in ("http", "https") or "@" in parts.netloc:
            return False
        if not self.allow_private and (port not in (None, 80, 443) or is_inside(host)):
            return False
        return any(host == listed or host.endswith(f".{listed}") for listed in self.hosts)

    def fetch(self, url: str) -> Picture:
        """Raises ``NoPictureError``."""
        deadline = time.monotonic() + DEADLINE
        backend = _Backend(allow_private=self.allow_private)
        try:
            with httpcore.ConnectionPool(network_backend=backend, retries=0) as pool:
                for _ in range(MOST_REDIRECTS + 1):
                    if not self.may_ask(url):
                        raise NoPictureError(f"not a listed host: {url}")
                    found = self._ask(pool, url, deadline)
                    if isinstance(found, Picture):
                        return found
                    url = urljoin(url, found)
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
            raise NoPictureError(str(error)) from error
        except (OSError, ssl.SSLError, ValueError) as error:
            raise NoPictureError(str(error)) from error
        raise NoPictureError("too many redirects")

    def _ask(self, pool: httpcore.ConnectionPool, url: str, deadline: float) -> Picture | str:
        """The picture, or where the host sends us."""
        limits = dict.fromkeys(("connect", "read", "write", "pool"), TIMEOUT)
        headers = [
            ("User-Agent", self.agent),
            ("Accept", "image/*"),
            ("Accept-Encoding", "identity"),
        ]
        asking = pool.stream("GET", url, headers=headers, extensions={"timeout": limits})
        with asking as answer:
            if answer.status in REDIRECTS:
                return _header(answer.headers, b"location")
            if answer.status != 200:
                raise NoPictureError(f"status {answer.status}")
            body = _read(answer.iter_stream(), deadline)
        media_type = kind_of(body)
        if media_type is None:
            raise NoPictureError("not a picture")
        return Picture(body=body, media_type=media_type)


def kind_of(body: bytes) -> str | None:
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in SIGNATURES if body.startswith(start)), None)


def _read(pieces: Iterable[bytes], deadline: float) -> bytes:
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > LARGEST:
            raise NoPictureError("too large")
        if time.monotonic() > deadline:
            raise NoPictureError("too slow")
    return bytes(body)


def _header(headers: Iterable[tuple[bytes, bytes]], wanted: bytes) -> str:
    found = next((value for name, value in headers if name.lower() == wanted), None)
    if found is None:
        raise NoPictureError("a redirect to nowhere")
    return found.decode("latin-1")


class _Backend(httpcore.SyncBackend):
    """Connects to an address that was judged, never to a name."""

    def __init__(self, *, allow_private: bool) -> None:
        self._allow_private = allow_private

    def connect_tcp(self, host: str, port: int, *args: Any, **options: Any) -> Any:
        return super().connect_tcp(self._judged(host, port), port, *args, **options)

    def _judged(self, host: str, port: int) -> str:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [str(entry[4][0]) for entry in found]
        if not self._allow_private and not all(map(_is_public, addresses)):
            raise NoPictureError(f"{host} leads into a private network")
        return addresses[0]


def _is_public(address: str) -> bool:
    return is_public(ipaddress.ip_address(address.partition("%")[0]))
