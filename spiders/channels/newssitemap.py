"""Sitemaps with the news extension, and indexes of them."""

from __future__ import annotations

from lxml import etree

from aggregator.errors import ChannelError
from aggregator.model import Channel, Entry
from aggregator.reasons import UNEXPECTED, UNPARSEABLE
from spiders.channels import markup
from spiders.channels.reading import Found, Reading, judge, link
from spiders.text import plain


def read(channel: Channel, body: bytes, url: str) -> Reading:
    """Raises ``ChannelError``."""
    try:
        root = markup.parse(markup.trimmed(channel, body))
    except etree.XMLSyntaxError as error:
        raise ChannelError(channel.name, UNPARSEABLE, str(error)) from error
    match markup.local_name(root):
        case "urlset":
            return judge(channel, (_entry(node, url) for node in _named(root, "url")))
        case "sitemapindex":
            return _index(channel, root, url)
        case other:
            raise ChannelError(channel.name, UNEXPECTED, f"<{other}> is no sitemap")


def _entry(node: etree._Element, base: str) -> Found:
    address, reason = link(_text(node, "loc"), base)
    if reason:
        return reason
    # ``lastmod`` is no substitute for the publication date: publishers touch old pages.
    return Entry(
        url=address,
        headline=_text(node, "title", under="news"),
        published_raw=_text(node, "publication_date", under="news"),
        image_url=_text(node, "loc", under="image"),
    )


def _index(channel: Channel, root: etree._Element, base: str) -> Reading:
    found = [link(_text(node, "loc"), base) for node in _named(root, "sitemap")]
    children = [address for address, reason in found if not reason]
    return judge(channel, (reason for _, reason in found if reason and not children), children)


def _text(node: etree._Element, name: str, under: str | None = None) -> str | None:
    parents = [node] if under is None else _named(node, under)
    for parent in parents:
        for child in _named(parent, name):
            return plain(markup.text(child)) or None
    return None


def _named(node: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in node if markup.local_name(child) == name]
