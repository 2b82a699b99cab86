"""XML from strangers: one safe parser for feeds and sitemaps."""

from __future__ import annotations

import re
import zlib

from lxml import etree

from aggregator.errors import ChannelError
from aggregator.model import Channel
from aggregator.reasons import HTML_INSTEAD, UNPARSEABLE
from spiders.text import fold

UTF_8_MARK = b"\xef\xbb\xbf"
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
WEB_PAGE = re.compile(rb"(?:<\?xml[^>]*\?>|<!--.*?-->|\s)*<(?:!doctype\s+)?html\b", re.I | re.S)
MAX_UNPACKED = 50 * 1024 * 1024
"""The sitemap protocol's own limit."""


def trimmed(channel: Channel, body: bytes) -> bytes:
    """``body`` fit for a parser: unpacked, without what precedes the declaration.

    Raises ``ChannelError`` for web pages and for documents that declare entities: no feed needs
    one, and nested ones are an attack.
    """
    if body.startswith(b"\x1f\x8b"):
        body = _unpacked(channel, body)
    if not body.startswith(UTF_16_MARKS):
        body = body.removeprefix(UTF_8_MARK).lstrip().replace(b"\x00", b"")
    if WEB_PAGE.match(body[:2048]):
        raise ChannelError(channel.name, HTML_INSTEAD, fold(_opening(body)))
    # Without zero bytes, since in UTF-16 one follows each letter.
    if b"<!ENTITY" in body.replace(b"\x00", b""):
        raise ChannelError(channel.name, UNPARSEABLE, "declares entities")
    return body


def parse(body: bytes) -> etree._Element:
    """The root element. Raises ``lxml.etree.XMLSyntaxError``."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(body, parser)


def local_name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext())).strip()


def _unpacked(channel: Channel, body: bytes) -> bytes:
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        unpacked = unpacker.decompress(body, MAX_UNPACKED)
    except zlib.error as error:
        raise ChannelError(channel.name, UNPARSEABLE, f"gzip: {error}") from error
    if unpacker.unconsumed_tail:
        raise ChannelError(channel.name, UNPARSEABLE, "unpacked beyond all reason")
    return unpacked


def _opening(body: bytes) -> str:
    return body[:80].decode("utf-8", "replace")
