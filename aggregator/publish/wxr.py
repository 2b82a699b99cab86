"""Posts as WordPress's own export format (WXR 1.2), for a first load of a portal.

WordPress's importer knows a post again by headline and date only: what was imported once and then
corrected becomes a second post. So a file is for the first load; afterwards posts are published,
which finds the imported ones by their slug. Posts are written one by one, however many there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from email.utils import format_datetime
from typing import BinaryIO
from zoneinfo import ZoneInfo

from lxml import etree

from aggregator.publish import wordpressposts
from aggregator.publish.port import Post, PostState
from aggregator.slugs import slug

VERSION = "1.2"
NAMESPACES = {
    "excerpt": f"http://wordpress.org/export/{VERSION}/excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "wp": f"http://wordpress.org/export/{VERSION}/",
}
AUTHOR = "redaksi"
"""Whom the importer asks about: to which account of the portal the posts are to belong."""

_NO_XML = re.compile("[^\\x09\\x0a\\x0d\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
_SECONDS = "%Y-%m-%d %H:%M:%S"


def write_wxr(
    posts: Iterable[Post], file: BinaryIO, *, title: str, url: str, zone: ZoneInfo
) -> int:
    """Returns the number of posts. ``title``, ``url``, ``zone``: the portal's."""
    count = 0
    with etree.xmlfile(file, encoding="utf-8") as document:
        document.write_declaration()
        rss = document.element("rss", {"version": "2.0"}, nsmap=NAMESPACES)
        with rss, document.element("channel"):
            for element in _channel(title, url):
                document.write(element)
            for count, post in enumerate(posts, 1):
                document.write("\n", _item(post, count, url, zone))
    return count


def _channel(title: str, url: str) -> Iterable[etree._Element]:
    yield _text("title", title)
    yield _text("link", url)
    yield _text("description", "")
    yield _text("language", "id")
    yield _text("wp:wxr_version", VERSION)
    yield _text("wp:base_site_url", url)
    yield _text("wp:base_blog_url", url)
    author = _element("wp:author")
    author.append(_text("wp:author_login", AUTHOR))
    author.append(_text("wp:author_display_name", AUTHOR.capitalize()))
    yield author


def _item(post: Post, number: int, url: str, zone: ZoneInfo) -> etree._Element:
    status = wordpressposts.status_of(post, may_publish=True)
    fields = wordpressposts.fields_of(post, status=status, categories=[], tags=[], media=None)
    item = _element("item")
    for name, text in _item_fields(post, fields, number, url, zone).items():
        item.append(_text(name, text))
    item.append(_text("guid", post.key, isPermaLink="false"))
    for domain, names in (("category", post.categories), ("post_tag", post.tags)):
        for name in names:
            item.append(_text("category", name, domain=domain, nicename=slug(name)))
    for key, value in fields["meta"].items():
        meta = _element("wp:postmeta")
        meta.append(_text("wp:meta_key", key))
        meta.append(_text("wp:meta_value", value))
        item.append(meta)
    return item


def _item_fields(
    post: Post, fields: Mapping[str, str], number: int, url: str, zone: ZoneInfo
) -> dict[str, str]:
    shown_at = post.shown_at.astimezone(UTC)
    return {
        "title": fields["title"],
        "link": f"{url.rstrip('/')}/{post.slug}/",
        "pubDate": format_datetime(shown_at),
        "dc:creator": AUTHOR,
        "description": "",
        "content:encoded": fields["content"],
        "excerpt:encoded": fields["excerpt"],
        "wp:post_id": str(number),
        "wp:post_date": _local(shown_at, zone),
        "wp:post_date_gmt": _local(shown_at, UTC),
        "wp:comment_status": "closed",
        "wp:ping_status": "closed",
        "wp:post_name": post.slug,
        "wp:status": "publish" if post.state is PostState.SCHEDULED else fields["status"],
        "wp:post_parent": "0",
        "wp:menu_order": "0",
        "wp:post_type": "post",
        "wp:post_password": "",
        "wp:is_sticky": "0",
    }


def _local(moment: datetime, zone: tzinfo) -> str:
    return moment.astimezone(zone).strftime(_SECONDS)


def _element(name: str) -> etree._Element:
    prefix, _, local = name.rpartition(":")
    return etree.Element(f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local, nsmap=NAMESPACES)


def _text(name: str, text: str, **attributes: str) -> etree._Element:
    element = _element(name)
    element.attrib.update({key: _NO_XML.sub("", value) for key, value in attributes.items()})
    element.text = _NO_XML.sub("", text)
    return element
