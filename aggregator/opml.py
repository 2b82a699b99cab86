"""The channels as an OPML 2.0 list (http://opml.org/spec2.opml), to be taken into a feed reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime

from lxml import etree

from aggregator.model import Channel, ChannelKind, Publisher


def opml(channels: Mapping[Publisher, Sequence[Channel]], title: str, now: datetime) -> bytes:
    """Feeds to subscribe to (``type="rss"``); other channels as links, so that none is missing."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = title
    etree.SubElement(head, "dateCreated").text = format_datetime(now)
    body = etree.SubElement(root, "body")
    for publisher, own in channels.items():
        outline = etree.SubElement(body, "outline", text=publisher.title)
        for channel in own:
            etree.SubElement(outline, "outline", _attributes(publisher, channel))
    found: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return found


def _attributes(publisher: Publisher, channel: Channel) -> dict[str, str]:
    name = f"{publisher.title}: {channel.name}"
    if channel.kind is ChannelKind.FEED:
        return {
            "type": "rss",
            "text": name,
            "title": name,
            "xmlUrl": channel.url,
            "htmlUrl": publisher.homepage,
        }
    return {"type": "link", "text": name, "url": channel.url}
