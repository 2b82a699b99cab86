"""JSON-LD as publishers write it: lists, ``@graph``, raw line breaks, broken blocks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from spiders.text import plain

Node = Mapping[str, Any]

NEWS_TYPES = frozenset(
    {
        "NewsArticle",
        "Article",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "BackgroundNewsArticle",
        "ReviewNewsArticle",
        "BlogPosting",
    }
)

_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|(?://\s*)?\]\]>)\s*$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_MAX_DEPTH = 8


def objects(text: str) -> Iterator[Node]:
    """Every object of one block; nothing where the block cannot be read."""
    yield from _walk(_load(_WRAPPING.sub("", text).strip()), 0)


def is_news(node: Node) -> bool:
    kinds = node.get("@type")
    return not NEWS_TYPES.isdisjoint(kinds if isinstance(kinds, list) else [str(kinds)])


def text(value: object) -> str | None:
    """A stated text: a string, an object's ``name`` or ``@value``, the first of a list."""
    if isinstance(value, str):
        return plain(value) or None
    if isinstance(value, Mapping):
        return text(value.get("name") or value.get("@value"))
    if isinstance(value, list):
        return next(filter(None, map(text, value)), None)
    return None


def texts(value: object) -> tuple[str, ...]:
    """All stated texts of a string, an object or a list of them."""
    found = map(text, value) if isinstance(value, list) else (text(value),)
    return tuple(one for one in found if one)


def every_text(value: object, depth: int = 0) -> Iterator[str]:
    """Every string in an object or a list, however deep, as folded text."""
    if isinstance(value, str):
        yield plain(value)
    elif depth <= _MAX_DEPTH and isinstance(value, Mapping | list):
        # What is in "@graph" is an object of its own.
        inner = value if isinstance(value, list) else (v for k, v in value.items() if k != "@graph")
        for item in inner:
            yield from every_text(item, depth + 1)


def keywords(value: object) -> tuple[str, ...]:
    """Stated keywords: a list, or one string with commas. Repetitions are dropped."""
    listed = value if isinstance(value, list) else str(value or "").split(",")
    folded = (plain(item) for item in listed if isinstance(item, str))
    return tuple(dict.fromkeys(word for word in folded if word))


def url(value: object) -> str | None:
    """A stated address: a string, an object's ``url`` or ``@id``, the first of a list."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, Mapping):
        return url(value.get("url") or value.get("contentUrl") or value.get("@id"))
    if isinstance(value, list):
        return next(filter(None, map(url, value)), None)
    return None


def _load(block: str) -> object:
    # ``strict=False`` lets raw line breaks and tabs stand inside strings.
    for attempt in (block, _TRAILING_COMMA.sub(r"\1", block)):
        try:
            value: object = json.JSONDecoder(strict=False).raw_decode(attempt)[0]
        except (ValueError, RecursionError):
            continue
        return value
    return None


def _walk(value: object, depth: int) -> Iterator[Node]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, depth + 1)
    elif isinstance(value, Mapping):
        yield value
        yield from _walk(value.get("@graph"), depth + 1)
