"""One saved page in, one attributed article out; nothing is stored, nothing is fetched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from aggregator.config import Config
from aggregator.errors import UnfitPageError, UnknownPublisherError, UsageError
from aggregator.model import AttributedArticle
from pipelines.attribute import attribute
from pipelines.classify import classify
from pipelines.drops import Drop
from pipelines.normalise import normalise
from pipelines.rulebook import load_rules
from spiders.page import Page
from spiders.parser import ArticleParser
from spiders.registry import publisher_for, publishers


def extract_file(
    config: Config, path: Path, url: str, *, more: Sequence[Path] = (), now: datetime
) -> AttributedArticle:
    """The article on a saved page.

    ``more`` are its further pages in order. ``now`` is the time against which "2 hours ago" is
    read. Raises ``UsageError`` for a file or address that cannot be used, ``ArticleParseError`` and
    ``UnfitPageError`` for a page that is no article.
    """
    spider = publisher_for(url)
    if spider is None:
        raise UnknownPublisherError(name=url, known=", ".join(sorted(publishers())))
    pages = [Page(url, read_page(file)) for file in (path, *more)]
    return attributed_article(config, spider(), pages, now)


def attributed_article(
    config: Config, parser: ArticleParser, pages: Sequence[Page], now: datetime
) -> AttributedArticle:
    """The article on these pages, first to last, through every step of a crawl but storing."""
    first, *more = pages
    publisher = config.apply(parser.publisher)
    article = parser.parse_page(first, fetched_at=now)
    article = parser.merge(article, [parser.continuation(page) for page in more])
    try:
        rules = load_rules(config.rules)
        article = classify(normalise(article, publisher, rules.own), rules)
    except Drop as drop:
        raise UnfitPageError(first.url, drop.reason) from drop
    return attribute(article, publisher)


def read_page(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
