"""The school's logo as configured, and an icon for the browser's tab."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path

from aggregator.config import Config
from aggregator.errors import ConfigError
from aggregator.portalconfig import LOGOS, PortalConfig
from aggregator.web.portal.style import Asset, asset

LARGEST_LOGO = 512 * 1024
"""Bytes. Every first visit fetches it."""


def icon(config: Config) -> Asset:
    """The first letter of the school's name on its colour."""
    letter = escape(next((c for c in config.school or "" if c.isalnum()), "•").upper())
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" rx="12" fill="{config.portal.colour}"/>'
        '<text x="32" y="46" font-family="sans-serif" font-size="40" font-weight="700" '
        f'text-anchor="middle" fill="#fff">{letter}</text></svg>'
    )
    return asset("ikon", ".svg", drawn.encode(), "image/svg+xml")


def logo(portal: PortalConfig) -> Asset | None:
    """``None``: there is none. Raises ``ConfigError`` for a file that cannot be used."""
    return _logo(portal.logo) if portal.logo else None


@cache
def _logo(path: Path) -> Asset:
    try:
        body = path.read_bytes()
    except OSError as error:
        raise ConfigError(field="portal.logo", detail=str(error)) from error
    if len(body) > LARGEST_LOGO:
        raise ConfigError(field="portal.logo", detail="is larger than 512 KB")
    ending = path.suffix.lower()
    return asset("logo", ending, body, LOGOS[ending])
