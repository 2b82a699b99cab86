"""One saved page in, one attributed article out; nothing is stored, nothing is fetched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from aggregator.config import Config
from aggregator.errors import UnfitPageError, UnknownPublisherError, UsageError
from aggregator.model import AttributedArticle
from pipelines.attribute import attribute
from pipelines.drops import Drop
from pipelines.normalise import normalise
from spiders.page import Page
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
    parser = spider()
    article = parser.parse_page(Page(url, read_page(path)), fetched_at=now)
    bodies = [parser.continuation(Page(url, read_page(part))) for part in more]
    publisher = config.apply(parser.publisher)
    try:
        return attribute(normalise(parser.merge(article, bodies), publisher), publisher)
    except Drop as drop:
        raise UnfitPageError(url, drop.reason) from drop


def read_page(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
