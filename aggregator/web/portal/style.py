"""The one style sheet: the school's colours before our rules, under an address that its content
makes, so that browsers keep it for ever and never show an old one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from aggregator.portalconfig import PortalConfig

FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, kw_only=True)
class Asset:
    """A file of ours that pages name."""

    path: str
    body: bytes
    media_type: str


def style_sheet(portal: PortalConfig) -> Asset:
    return _style_sheet(portal.colour, portal.colour_dark)


def asset(name: str, ending: str, body: bytes, media_type: str) -> Asset:
    digest = hashlib.sha256(body).hexdigest()[:16]
    return Asset(path=f"/aset/{name}-{digest}{ending}", body=body, media_type=media_type)


@cache
def _style_sheet(colour: str, colour_dark: str) -> Asset:
    colours = f":root{{--school:{colour};--school-dark:{colour_dark}}}\n"
    rules = files("aggregator.web.portal").joinpath("portal.css").read_text(encoding="utf-8")
    return asset("portal", ".css", (colours + rules).encode(), "text/css; charset=utf-8")
