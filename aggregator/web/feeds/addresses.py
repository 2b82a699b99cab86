"""Where the feed of a question is: its parameters at ``/feed.rss``, ``.atom`` or ``.json``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from aggregator.web.params import FILTERS

FORMATS: Mapping[str, str] = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}
"""Format -> media type."""


def feed_address(base: str, values: Mapping[str, Any], form: str) -> str:
    """The one address of a feed, however it was asked for: its parameters in their order."""
    asked = {f.name: values[f.name] for f in FILTERS if values.get(f.name) is not None}
    query = urlencode(asked)
    return f"{base}/feed.{form}{f'?{query}' if query else ''}"


def feed_link(base: str, values: Mapping[str, Any], form: str) -> str:
    """A value of the header ``Link`` by which readers discover the feed."""
    return f'<{feed_address(base, values, form)}>; rel="alternate"; type="{FORMATS[form]}"'
