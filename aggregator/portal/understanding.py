"""From a post as stated to the form in which it is remembered and compared.

The text goes through the same cleaning as an article's, so that a post that was copied whole has
the fingerprint of its original, dateline and source line or not.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from aggregator.errors import InvalidURLError
from aggregator.model import Article, Publisher
from aggregator.portal.posts import IN_THE_FUTURE, RawPost, ReadPost, Source
from aggregator.portal.sekolahku import post_key
from aggregator.urls import canonicalize
from pipelines.beginning import opening_words
from pipelines.body import read_blocks
from pipelines.dates import parse_time
from pipelines.drops import Drop, FutureArticle
from pipelines.fingerprint import text_fingerprint
from pipelines.normalise import normalise
from pipelines.paragraphs import Block
from spiders.registry import publisher_for

# The beginning of a line that names where the text comes from. "Baca juga: …" does not.
_SOURCE_LINE = re.compile(
    r"\W*(?:sumber|source|dikutip dari|dilansir(?: dari)?|disadur dari|diambil dari|artikel asli|"
    r"(?:tautan|link|berita) asli|(?:baca )?selengkapnya|baca artikel (?:asli|lengkap)|via)\b",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://[^\s<>()\"”’]+")
_BRACKETED_END = re.compile(r"\(\s*(https?://[^\s()]+)\s*\)\s*\.?$")
_ENDS_WORD = re.compile(r"[.!?…”\"’')\]]$")

_PORTAL = Publisher(name="portal", title="Portal", homepage="", timezone="UTC")


def understand(post: RawPost, zone: ZoneInfo, now: datetime) -> ReadPost | str:
    """The post, or why it is none that counts as published.

    ``zone``: of times that the portal states without one.
    """
    found = parse_time(post.published_raw, zone=zone, now=now)
    try:
        article = _as_article(post, now)
    except FutureArticle:
        return IN_THE_FUTURE
    if found is not None and found.moment > now:
        return IN_THE_FUTURE
    body = article.body if article else ()
    words = opening_words(body)
    if post.is_cut and body and not _ENDS_WORD.search(body[-1]):
        words = words[:-1]  # cut in the middle of a word, as far as anybody can tell
    return ReadPost(
        key=_key(post),
        headline=post.headline,
        url=None if _is_publishers(post.url) else _address(post.url),
        published_at=found.moment if found else None,
        text_fingerprint=text_fingerprint(article) if article and not post.is_cut else None,
        opening=words,
        is_cut=post.is_cut,
        sources=tuple(dict.fromkeys(_sources(post, article))),
    )


def _as_article(post: RawPost, now: datetime) -> Article | None:
    """The text in the form in which articles are held; ``None`` where nothing is left of it."""
    stated = Article(
        publisher=_PORTAL.name,
        url=post.url or "",
        canonical_url=post.url or "",
        headline=post.headline or "-",
        fetched_at=now,
        body_html=post.html,
    )
    try:
        return normalise(stated, _PORTAL)
    except FutureArticle:
        raise
    except Drop:
        return None


def _is_publishers(url: str | None) -> bool:
    """Whether what is stated as a post's own address is the original: lists kept by hand have one
    column of addresses, and it holds the source."""
    return bool(url) and publisher_for(url or "") is not None


def _sources(post: RawPost, article: Article | None) -> Iterator[Source]:
    stated = [url for text in post.sources for url in _URL.findall(text)]
    if _is_publishers(post.url):
        stated.append(post.url or "")
    if article is not None and article.original_url:
        stated.append(article.original_url)
    stated.extend(_named(read_blocks(post.html)))
    own = None if _is_publishers(post.url) else post_key(post.url or "")
    for url in stated:
        source = _source(url.rstrip(".,;"))
        if source is not None and post_key(source.url) != own:
            yield source


def _named(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Addresses that the text names as its source: in a line that says so, on a line of their own,
    in brackets at the end of a paragraph. Links inside the text are references."""
    for block in blocks:
        text = block.text.strip()
        links = [value for run in block.runs for name, value in run.marks if name == "a"]
        bare = _URL.sub("", text).strip(" ()[].,;:-–—")
        if _SOURCE_LINE.match(text) or not bare:
            yield from _URL.findall(text)
            yield from links
        else:
            yield from _BRACKETED_END.findall(text)


def _source(url: str) -> Source | None:
    spider = publisher_for(url)
    try:
        if spider is None:
            return Source(url=canonicalize(url))
        parser = spider()
        canonical = parser.canonical(url)
    except InvalidURLError:
        return None
    if not parser.is_article_url(canonical):
        return None  # a home page, named for politeness
    return Source(
        url=canonical, publisher=parser.publisher.name, external_id=parser.identity(canonical)
    )


def _address(url: str | None) -> str | None:
    try:
        return canonicalize(url) if url else None
    except InvalidURLError:
        return None


def _key(post: RawPost) -> str:
    """What tells a post from others of its portal, whatever file it came in."""
    stated = post_key(post.url) if post.url else post.key
    if stated:
        return _address(stated) or stated
    text = f"{post.headline}\n{post.published_raw or ''}\n{post.html if not post.headline else ''}"
    return f"text:{hashlib.blake2b(text.encode('utf-8', 'replace'), digest_size=12).hexdigest()}"
