"""RSS 2.0, RSS 1.0 (RDF) and Atom."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from lxml import etree

from aggregator.errors import ChannelError
from aggregator.model import Channel, Entry
from aggregator.reasons import UNEXPECTED, UNPARSEABLE
from spiders.channels import markup
from spiders.channels.reading import Found, Reading, judge, link
from spiders.text import plain

ROOTS = ("rss", "RDF", "feed")
ITEMS = ("item", "entry")

# Fields of an entry by the elements that state them, best first.
HEADLINE = ("title",)
SUMMARY = ("description", "summary", "encoded", "content")
PUBLISHED = ("pubDate", "published", "issued", "date", "updated")
SECTION = ("category", "subject")
CREATOR = ("creator", "author")
IMAGES = ("content", "thumbnail", "enclosure")

# How often a feed says that it changes (the syndication module of RSS 1.0).
PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
LONGEST_TTL = timedelta(days=365)

IMAGE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".gif")


def read(channel: Channel, body: bytes, url: str) -> Reading:
    """Raises ``ChannelError``."""
    content = markup.trimmed(channel, body)
    try:
        root = markup.parse(content)
    except etree.XMLSyntaxError as error:
        return _leniently(channel, content, url, error)
    if markup.local_name(root) not in ROOTS:
        raise ChannelError(channel.name, UNEXPECTED, f"<{markup.local_name(root)}> is no feed")
    items = (node for node in root.iter() if markup.local_name(node) in ITEMS)
    reading = judge(channel, (_entry(item, url) for item in items))
    return replace(reading, ttl=_ttl(_about(root)))


def _about(root: etree._Element) -> dict[str, str]:
    """What stands in the feed's head, by lower-case name."""
    head = next((node for node in root if markup.local_name(node) == "channel"), root)
    heads = (node for node in head if markup.local_name(node) not in ITEMS)
    return {markup.local_name(node).lower(): markup.text(node) for node in heads}


def _ttl(about: Mapping[str, str]) -> timedelta | None:
    """The minutes of ``ttl``, else the period of ``sy:updatePeriod`` by its frequency."""
    minutes = about.get("ttl", "").strip()
    if minutes.isdecimal() and int(minutes):
        return min(timedelta(minutes=int(minutes[:7])), LONGEST_TTL)
    period = PERIODS.get(about.get("updateperiod", "").strip().lower())
    if period is None:
        return None
    times = about.get("updatefrequency", "").strip()
    return period / max(1, int(times[:7])) if times.isdecimal() else period


def _entry(item: etree._Element, base: str) -> Found:
    address, reason = link(_link(item), base)
    if reason:
        return reason
    return Entry(
        url=address,
        headline=_stated(item, HEADLINE),
        summary=_stated(item, SUMMARY),
        published_raw=_stated(item, PUBLISHED),
        section=_stated(item, SECTION) or _attribute(item, "category", "term"),
        creator=_stated(item, CREATOR),
        image_url=next(_images(item), None),
    )


def _link(item: etree._Element) -> str | None:
    """RSS: the text of ``link``; Atom: its ``href``; else a guid that is an address."""
    guid: str | None = None
    for child in item:
        name = markup.local_name(child)
        if name == "link" and child.get("rel", "alternate") == "alternate":
            found = markup.text(child) or child.get("href")
            if found:
                return found
        elif name in ("guid", "id") and markup.text(child).startswith("http"):
            guid = markup.text(child)
    return guid


def _stated(item: etree._Element, names: tuple[str, ...]) -> str | None:
    for name in names:
        for child in item:
            if markup.local_name(child) == name:
                found = plain(markup.text(child))
                if found:
                    return found
    return None


def _attribute(item: etree._Element, name: str, attribute: str) -> str | None:
    values = (child.get(attribute) for child in item if markup.local_name(child) == name)
    return next(filter(None, values), None)


def _images(item: etree._Element) -> Iterator[str]:
    for node in item.iter():
        url = node.get("url") if markup.local_name(node) in IMAGES else None
        kind = f"{node.get('medium') or ''} {node.get('type') or ''}"
        if url and ("image" in kind or url.lower().partition("?")[0].endswith(IMAGE_ENDINGS)):
            yield url


def _leniently(channel: Channel, body: bytes, url: str, error: Exception) -> Reading:
    """What feedparser makes of a feed that is not well-formed XML."""
    # Imported here: it costs 50 ms, and well-formed feeds never need it.
    import feedparser

    # A stream, since feedparser takes bytes for the name of a file if there is one.
    parsed = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    if not parsed.entries:
        raise ChannelError(channel.name, UNPARSEABLE, str(error)) from error
    reading = judge(channel, (_lenient_entry(item, url) for item in parsed.entries))
    said = {name.removeprefix("sy_"): str(value) for name, value in parsed.feed.items()}
    return replace(reading, ttl=_ttl(said))


def _lenient_entry(item: Mapping[str, Any], base: str) -> Found:
    address, reason = link(item.get("link"), base)
    if reason:
        return reason
    tags = item.get("tags") or [{}]
    return Entry(
        url=address,
        headline=plain(item.get("title") or "") or None,
        summary=plain(item.get("summary") or "") or None,
        published_raw=item.get("published") or item.get("updated"),
        section=tags[0].get("term"),
        creator=item.get("author"),
    )
