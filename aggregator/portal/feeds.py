"""RSS and Atom, of WordPress, CMS Sekolahku and everybody else."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from aggregator.portal.posts import NOTHING_STATED, RawPost, Reading
from spiders.text import plain

# How a system says that a summary goes on: WordPress, CMS Sekolahku (which just stops), others.
_CUT = re.compile(r"(?:\[?(?:…|\.\.\.|&hellip;|&#8230;)\]?|\[…\])\s*$")
# CMS Sekolahku cuts at 200 characters; a sentence may end right there.
CUT_AT = range(196, 202)

_FINISHED = re.compile(r"[.!?”\"’)]\s*$")


def read(body: bytes) -> Reading:
    """The posts of a feed; an item without anything to recognise it by is skipped."""
    # Imported here: it costs 50 ms, and only imports need it.
    import feedparser

    # A stream, since feedparser takes bytes for the name of a file if there is one.
    parsed = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    return Reading().add(_post(item) for item in parsed.entries)


def has_zoneless_times(reading: Reading) -> bool:
    """Whether the feed states times as CMS Sekolahku does: bare ones of its own database."""
    stated = [post.published_raw for post in reading.posts if post.published_raw]
    return bool(stated) and all(_BARE_TIME.fullmatch(raw.strip()) for raw in stated)


_BARE_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


def _post(item: Mapping[str, Any]) -> RawPost | str:
    whole, summary = _content(item), str(item.get("summary") or "")
    text = whole or summary
    headline, url = plain(str(item.get("title") or "")), str(item.get("link") or "") or None
    if not (plain(text) or url):
        return NOTHING_STATED
    return RawPost(
        headline=headline,
        html=text,
        url=url,
        key=str(item.get("id") or "") or None,
        # The words of the feed: what feedparser makes of a time without zone is 8 hours wrong.
        published_raw=str(item.get("published") or item.get("updated") or "") or None,
        is_cut=not whole and _is_cut(summary),
        sources=tuple(_sources(item)),
    )


def _content(item: Mapping[str, Any]) -> str:
    parts = item.get("content") or []
    return max((str(part.get("value") or "") for part in parts), key=len, default="")


def _is_cut(summary: str) -> bool:
    text = plain(summary)
    unfinished = bool(_CUT.search(text)) or not _FINISHED.search(text)
    return unfinished or len(text) in CUT_AT


def _sources(item: Mapping[str, Any]) -> Iterator[str]:
    """RSS's ``<source url>`` and Atom's ``rel=via``: where an item was taken from."""
    source = item.get("source")
    href = source.get("href") if isinstance(source, Mapping) else None
    if href:
        yield str(href)
    for link in item.get("links") or ():
        if link.get("rel") in ("via", "canonical") and link.get("href"):
            yield str(link["href"])
