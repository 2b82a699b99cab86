"""JSON Feed 1.1 (jsonfeed.org): a dictionary is all it takes."""

from __future__ import annotations

import json
from typing import Any

from aggregator.web.feeds.feed import Feed, FeedEntry

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(feed: Feed) -> bytes:
    found = {
        "version": VERSION,
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "language": feed.language,
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def _item(entry: FeedEntry) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.headline,
        "content_html": entry.content_html or entry.summary_html,
        "summary": entry.excerpt,
        "date_published": entry.published_at.isoformat(),
        "date_modified": entry.updated_at.isoformat(),
        "authors": [{"name": name} for name in entry.authors],
        "tags": list(entry.categories),
        # Extensions begin with an underscore; what it is about is in ``about``.
        "_attribution": {
            "about": "What must be shown wherever the article is.",
            "credit_line": entry.credit_line,
            "publisher": entry.publisher_title,
            "publisher_url": entry.publisher_url,
            "rights_basis": entry.rights_basis,
        },
    }
    if entry.language:
        found["language"] = entry.language
    return found
