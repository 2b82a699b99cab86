"""JSON-LD as publishers write it: lists, ``@graph``, raw line breaks, broken blocks.

A block that no reader takes (a quotation mark inside a string, a comma too many, half of it gone)
is searched for the few properties that an article needs; each is believed by itself.
"""

from __future__ import annotations

import html
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
        "LiveBlogPosting",
        "AdvertiserContentArticle",
    }
)
ORGANISATIONS = frozenset({"Organization", "NewsMediaOrganization", "Corporation"})

_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|(?://\s*)?\]\]>)\s*$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_MAX_DEPTH = 8

# Of a broken block: up to the quotation mark before the next property or the end of the object.
_SALVAGED = ("headline", "datePublished", "dateModified", "description", "articleSection")
_SALVAGE = {
    key: re.compile(rf'"{key}"\s*:\s*"(.{{1,1000}}?)"\s*(?:,\s*"[@\w]+"\s*:|[}}\]]|$)', re.DOTALL)
    for key in _SALVAGED
}
_SALVAGE_TYPE = re.compile(rf'"@type"\s*:\s*\[?\s*"({"|".join(sorted(NEWS_TYPES))})"')
_SALVAGE_PERSON = re.compile(
    r'"(author|editor)"\s*:\s*[\[{][^}]{0,300}?"name"\s*:\s*"([^"\n]{1,100})"'
)
LONGEST_BROKEN = 100_000
"""Characters of a broken block that are searched."""


def objects(text: str) -> Iterator[Node]:
    """Every object of one block; nothing where the block cannot be read."""
    block = _WRAPPING.sub("", text).strip()
    found = _load(block)
    yield from _walk(_salvaged(block[:LONGEST_BROKEN]) if found is None else found, 0)


def kinds(node: Node) -> tuple[str, ...]:
    """The types of a node."""
    stated = node.get("@type")
    return tuple(map(str, stated)) if isinstance(stated, list) else (str(stated),)


def is_news(node: Node) -> bool:
    return not NEWS_TYPES.isdisjoint(kinds(node))


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


def persons(value: object) -> tuple[str, ...]:
    """Stated names of an object or a list of them, organisations left out."""
    listed = value if isinstance(value, list) else [value]
    kept = (one for one in listed if not (isinstance(one, Mapping) and _is_organisation(one)))
    return tuple(name for name in map(text, kept) if name)


def _is_organisation(node: Node) -> bool:
    return not ORGANISATIONS.isdisjoint(kinds(node))


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
    for attempt in (block, _TRAILING_COMMA.sub(r"\1", block), html.unescape(block)):
        try:
            value: object = json.JSONDecoder(strict=False).raw_decode(attempt)[0]
        except (ValueError, RecursionError):
            continue
        return value
    return None


def _salvaged(block: str) -> Node | None:
    kind = _SALVAGE_TYPE.search(block)
    if kind is None:
        return None
    found = {key: match[1] for key in _SALVAGED if (match := _SALVAGE[key].search(block))}
    persons = {key: {"name": name} for key, name in _SALVAGE_PERSON.findall(block)}
    return {"@type": kind[1], **found, **persons}


def _walk(value: object, depth: int) -> Iterator[Node]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, depth + 1)
    elif isinstance(value, Mapping):
        yield value
        yield from _walk(value.get("@graph"), depth + 1)
