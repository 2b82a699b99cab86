"""Where a request came to: whether secrets may travel there, and whether a form came from us."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request

from aggregator.addresses import is_loopback
from aggregator.config import Config

PATH = "/meja"
"""The desk's address below the public one."""

# What our own pages put into ``next``: a path of the desk, perhaps with a query.
_LOCAL = re.compile(r"/[A-Za-z0-9/_.~-]*(?:\?[A-Za-z0-9/_.~=&%+:-]*)?")


@dataclass(frozen=True, kw_only=True)
class Place:
    origin: str
    """Scheme and host, as the browser sees them."""
    root: str
    """Path of the desk's first page, without a slash at its end."""
    secure: bool
    """Over https."""
    loopback: bool
    """The browser runs on this machine: nobody listens in between."""

    @property
    def home(self) -> str:
        return f"{self.root}/"

    @property
    def may_hold_secrets(self) -> bool:
        return self.secure or self.loopback

    def inside(self, address: str | None) -> str:
        """The address if it is one of the desk's own, else that of its first page."""
        wanted = address or ""
        own = wanted.startswith(self.home) and "//" not in wanted and ".." not in wanted
        return wanted if own and _LOCAL.fullmatch(wanted) else self.home


def place_of(config: Config, request: Request) -> Place:
    public = urlsplit(config.base_url) if config.base_url else None
    host = request.headers.get("host", "")
    scheme = request.url.scheme
    loopback = is_loopback(urlsplit(f"//{host}").hostname or "")
    # As configured, for a proxy that does not say how it was asked; but not for whoever asks this
    # machine directly.
    if public is not None and not loopback:
        scheme, host = public.scheme, public.netloc
    return Place(
        origin=f"{scheme}://{host}",
        root=f"{public.path.rstrip('/') if public else ''}{PATH}",
        secure=scheme == "https",
        loopback=loopback,
    )


def is_from_us(place: Place, headers: Headers) -> bool:
    """What browsers say of where a form was. One that says nothing is believed: its token tells."""
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    return origin in (None, place.origin) and site in (None, "same-origin", "none")
