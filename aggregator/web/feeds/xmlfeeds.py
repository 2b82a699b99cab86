"""RSS 2.0 and Atom, written by Django's feed library (``feedgenerator``).

What it leaves out is added through its own hooks: several authors, contributors, ``<source>``,
full text and the time of a correction in RSS.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from feedgenerator import Atom1Feed, Rss201rev2Feed

from aggregator.web.feeds.feed import Feed, FeedEntry

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries was changed: any other time would be another at every request."""

NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
}


def rss(feed: Feed) -> bytes:
    return _write(_Rss, feed)


def atom(feed: Feed) -> bytes:
    return _write(_Atom, feed)


def _write(kind: Any, feed: Feed) -> bytes:
    writer = kind(
        title=feed.title,
        link=feed.home,
        description=feed.description,
        language=feed.language,
        feed_url=feed.address,
        feed_guid=feed.address,
    )
    for entry in feed.entries:
        writer.add_item(
            title=entry.headline,
            link=entry.url,
            description=entry.summary_html,
            content=entry.content_html,
            pubdate=entry.published_at,
            updateddate=entry.updated_at,
            unique_id=entry.id,
            unique_id_is_permalink=False,
            categories=entry.categories,
            item_copyright=entry.credit_line,
            entry=entry,
        )
    written: str = writer.writeString("utf-8")
    return written.encode()


class _Dated:
    """Mixed into the library's classes: a feed is as new as its newest entry."""

    items: list[dict[str, Any]]

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=NEVER)


class _Rss(_Dated, Rss201rev2Feed):  # type: ignore[misc]
    def rss_attributes(self) -> dict[str, str]:
        return {"version": "2.0", **NAMESPACES}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        entry: FeedEntry = item["entry"]
        for name in entry.authors:
            handler.addQuickElement("dc:creator", name)
        if entry.content_html is not None:
            handler.addQuickElement("content:encoded", entry.content_html)
        handler.addQuickElement("dc:rights", entry.credit_line)
        handler.addQuickElement("atom:updated", entry.updated_at.isoformat())
        handler.addQuickElement("source", entry.publisher_title, {"url": entry.publisher_url})


class _Atom(_Dated, Atom1Feed):  # type: ignore[misc]
    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        entry: FeedEntry = item["entry"]
        for name in entry.authors:
            _person(handler, "author", name)
        for name in entry.contributors:
            _person(handler, "contributor", name)
        handler.startElement("source", {})
        handler.addQuickElement("id", entry.publisher_url)
        handler.addQuickElement("title", entry.publisher_title)
        handler.addQuickElement("link", "", {"rel": "alternate", "href": entry.publisher_url})
        handler.endElement("source")


def _person(handler: Any, element: str, name: str) -> None:
    handler.startElement(element, {})
    handler.addQuickElement("name", name)
    handler.endElement(element)
