"""Listings that a site's own scripts fetch as JSON (JSON-RPC and the like)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from aggregator.errors import ChannelError
from aggregator.model import Channel, Entry
from aggregator.reasons import HTML_INSTEAD, SAYS_ERROR, UNEXPECTED, UNPARSEABLE
from spiders.channels.reading import Found, Reading, judge, link
from spiders.text import plain

# Where the list stands, and how its items name what we want.
LISTS = ("results", "records", "data", "items")
URL = ("url", "website_url", "link")
HEADLINE = ("name", "title", "judul")
SUMMARY = ("rangkuman", "summary", "description", "subtitle")
PUBLISHED = ("tgl_rilis", "tanggal", "published_at", "post_date", "date")
SECTION = ("kategori", "category", "section")
IMAGE = ("image_url", "image", "thumbnail")


def read(channel: Channel, body: bytes, url: str) -> Reading:
    """Raises ``ChannelError``."""
    answer = _load(channel, body)
    if isinstance(answer, Mapping) and answer.get("error"):
        raise ChannelError(channel.name, SAYS_ERROR, _message(answer["error"]))
    return judge(channel, (_entry(item, url) for item in _items(channel, answer)))


def _load(channel: Channel, body: bytes) -> object:
    try:
        answer: object = json.loads(body)
    except (ValueError, RecursionError) as error:
        reason = HTML_INSTEAD if body.lstrip().startswith(b"<") else UNPARSEABLE
        raise ChannelError(channel.name, reason, str(error)) from error
    return answer


def _items(channel: Channel, answer: object) -> list[object]:
    result = answer.get("result", answer) if isinstance(answer, Mapping) else answer
    if isinstance(result, Mapping):
        result = next((result[name] for name in LISTS if name in result), None)
    if not isinstance(result, list):
        raise ChannelError(channel.name, UNEXPECTED, "no list of results")
    return result


def _entry(item: object, base: str) -> Found:
    if not isinstance(item, Mapping):
        return "no object"
    address, reason = link(_stated(item, URL), base)
    if reason:
        return reason
    return Entry(
        url=address,
        headline=_stated(item, HEADLINE),
        summary=_stated(item, SUMMARY),
        published_raw=_stated(item, PUBLISHED),
        section=_stated(item, SECTION),
        image_url=link(_stated(item, IMAGE), base)[0] or None,
    )


def _stated(item: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    # Odoo writes ``false`` where a field is empty.
    values = (item.get(name) for name in names)
    texts = (plain(value) for value in values if isinstance(value, str))
    return next(filter(None, texts), None)


def _message(error: object) -> str:
    if isinstance(error, Mapping):
        return str(error.get("message") or error.get("code") or "no message")
    return str(error)
