"""An image from a publisher's server, to be given to a portal: within limits, and really one.

The address comes from a page, so that it may lead anywhere: into the school's own network is not
followed, wherever its name resolves to by the time that it is asked.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address

import httpx

from aggregator.publish.port import Image

MAX_BYTES = 5 * 1024 * 1024
"""Photos of publishers have 50 to 400 KB."""
TIMEOUT = 15.0
DEADLINE = 45.0
MAX_REDIRECTS = 3

# By their first bytes: what a server calls them is often wrong. No SVG, which may hold scripts.
_KINDS: Sequence[tuple[bytes, int, str, str]] = (
    (b"\xff\xd8\xff", 0, "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png", "png"),
    (b"GIF8", 0, "image/gif", "gif"),
    (b"WEBP", 8, "image/webp", "webp"),
)

Resolver = Callable[[str, int], Sequence[str]]
"""Host and port to addresses; raises ``OSError``."""


@dataclass(frozen=True, kw_only=True)
class ImageFile:
    body: bytes
    kind: str
    """A media type."""
    suffix: str


def photo_words(image: Image | None) -> str:
    """Caption and credit, where both or one are known: a photo is printed with its credit."""
    words = [image.caption, image.credit] if image else []
    return " – ".join(" ".join(word.split()) for word in words if word)


def image_file(body: bytes) -> ImageFile | None:
    """``None``: no image of a kind that every browser shows."""
    for mark, at, kind, suffix in _KINDS:
        if body[at : at + len(mark)] == mark:
            return ImageFile(body=body, kind=kind, suffix=suffix)
    return None


def resolved(host: str, port: int) -> Sequence[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[4][0]) for address in found))


class ImageFetcher:
    def __init__(self, agent: str, resolve: Resolver = resolved, *, private: bool = False) -> None:
        """``private``: addresses of one's own network are asked, too."""
        self._agent, self._resolve, self._private = agent, resolve, private

    def __call__(self, url: str) -> ImageFile | None:
        """``None``: there is no image that could be used, for whatever reason."""
        context = ssl.create_default_context()
        with httpx.Client(timeout=TIMEOUT, verify=context, trust_env=False) as client:
            try:
                body = self._body(client, url)
            except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError):
                return None
        return image_file(body) if body is not None else None

    def _body(self, client: httpx.Client, url: str) -> bytes | None:
        for _ in range(MAX_REDIRECTS + 1):
            response = self._ask(client, httpx.URL(url))
            try:
                if not response.has_redirect_location:
                    return _read(response) if response.status_code == httpx.codes.OK else None
                url = str(httpx.URL(url).join(response.headers["location"]))
            finally:
                response.close()
        return None

    def _ask(self, client: httpx.Client, url: httpx.URL) -> httpx.Response:
        """Asks the very address that was looked at: a name may lead elsewhere a moment later."""
        if url.scheme not in ("http", "https"):
            raise ValueError(url.scheme)
        port = url.port or (443 if url.scheme == "https" else 80)
        addresses = self._resolve(url.host, port)
        if not addresses or not (self._private or all(map(_is_public, addresses))):
            raise ValueError(url.host)
        request = client.build_request(
            "GET",
            url.copy_with(host=addresses[0]),
            headers={"User-Agent": self._agent, "Host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": url.raw_host.decode("ascii")},
        )
        return client.send(request, stream=True, auth=None)


def _read(response: httpx.Response) -> bytes | None:
    started, body = time.monotonic(), bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > MAX_BYTES or time.monotonic() - started > DEADLINE:
            return None
    return bytes(body)


def _is_public(address: str) -> bool:
    found = ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_global and not found.is_multicast
