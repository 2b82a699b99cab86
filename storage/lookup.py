"""Look-ups of held articles, named for the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import CompoundSelect, Select, Text, bindparam, literal, select, union_all
from sqlalchemy.orm import Session

from aggregator.model import Article
from storage.rows import WITH_PARTS, article_of
from storage.tables import ArticleRow, ArticleUrlRow, RevisionRow, WatchRow

DUPLICATE = "duplicate"
"""Reason of an address that carried the same text as the article."""


@dataclass(frozen=True, kw_only=True)
class Glimpse:
    """What deciding about a listed URL needs to know of an article that we hold."""

    article_id: int
    withdrawn: bool


@dataclass(frozen=True, kw_only=True)
class StoredArticle:
    """An article as held, with what tells whether another one is the same."""

    id: int
    article: Article
    text_fingerprint: str | None
    content_fingerprint: str
    revision: int
    said_since: datetime
    """When the text of this revision was fetched first."""
    first_seen: datetime
    withdrawn: bool
    parser: str | None
    """Version of the parsers that read it last. ``None``: not noted."""
    imprint: bytes | None
    """What its page said then, packed. ``None``: not noted."""


def find_many(
    session: Session, publisher: str, wanted: Sequence[tuple[str | None, str]]
) -> dict[str, Glimpse]:
    """Which of these (identifier, canonical URL) we hold, by identifier or else by URL."""
    ids = [external_id for external_id, _ in wanted if external_id]
    urls = [url for _, url in wanted]
    known: dict[str, Glimpse] = {}
    columns = (ArticleRow.id, ArticleRow.withdrawn_at)
    by_id = select(ArticleRow.external_id, *columns).where(
        ArticleRow.publisher == publisher, ArticleRow.external_id.in_(ids)
    )
    by_url = (
        select(ArticleUrlRow.url, *columns)
        .join(ArticleRow, ArticleRow.id == ArticleUrlRow.article_id)
        .where(ArticleUrlRow.publisher == publisher, ArticleUrlRow.url.in_(urls))
    )
    for name, article_id, withdrawn_at in (*session.execute(by_url), *session.execute(by_id)):
        known[name or ""] = Glimpse(article_id=article_id, withdrawn=withdrawn_at is not None)
    found = {
        external_id or url: known.get(external_id or "") or known.get(url)
        for external_id, url in wanted
    }
    return {key: glimpse for key, glimpse in found.items() if glimpse is not None}


def find_same(session: Session, article: Article) -> StoredArticle | None:
    """The held article with this identifier, else with this address.

    An address that once carried a duplicate of it is not enough: its text may have moved on.
    """
    stated = {
        "publisher": article.publisher,
        "external_id": article.external_id,
        "canonical_url": article.canonical_url,
        "url": article.url,
    }
    return _stored(session, session.connection().scalar(_looking_for_same(), stated))


def find_same_text(
    session: Session, publisher: str, text_fingerprint: str | None
) -> StoredArticle | None:
    """The earliest held article of the publisher with this normalised text.

    Not one that was withdrawn: its publisher may keep the text at another address.
    """
    if text_fingerprint is None:
        return None
    stated = {"publisher": publisher, "text_fingerprint": text_fingerprint}
    return _stored(session, session.connection().scalar(_looking_for_text(), stated))


def _stored(session: Session, article_id: int | None) -> StoredArticle | None:
    if article_id is None:
        return None
    # Locked (SQLite: the transaction is the lock): what is decided on stays until it is written.
    row = session.get_one(ArticleRow, article_id, options=WITH_PARTS, with_for_update=True)
    watch = session.get(WatchRow, article_id)
    return StoredArticle(
        id=row.id,
        article=article_of(row),
        text_fingerprint=row.text_fingerprint,
        content_fingerprint=row.content_fingerprint,
        revision=row.revision,
        said_since=session.get_one(RevisionRow, (row.id, row.revision)).seen_at,
        first_seen=row.first_seen,
        withdrawn=row.withdrawn_at is not None,
        parser=watch.parser if watch else None,
        imprint=watch.imprint if watch else None,
    )


# --- statements -----------------------------------------------------------------------------------
# Built once: building costs more than running.


@cache
def _looking_for_same() -> CompoundSelect[int, int]:
    """One index for each way: a database walks the whole table for an OR over two of them."""
    by_id, by_address = (literal(rank).label("rank") for rank in (0, 1))
    publisher = bindparam("publisher", type_=Text())
    url = bindparam("canonical_url", type_=Text())
    return (
        union_all(
            # An identifier of NULL equals nothing.
            select(ArticleRow.id, by_id).where(
                ArticleRow.publisher == publisher,
                ArticleRow.external_id == bindparam("external_id", type_=Text()),
            ),
            select(ArticleRow.id, by_address).where(
                ArticleRow.publisher == publisher, ArticleRow.canonical_url == url
            ),
            select(ArticleUrlRow.article_id, by_address).where(
                ArticleUrlRow.publisher == publisher,
                ArticleUrlRow.url.in_((url, bindparam("url"))),
                ArticleUrlRow.reason != DUPLICATE,
            ),
        )
        .order_by("rank", "id")
        .limit(1)
    )


@cache
def _looking_for_text() -> Select[int]:
    return (
        select(ArticleRow.id)
        .where(
            ArticleRow.publisher == bindparam("publisher"),
            ArticleRow.text_fingerprint == bindparam("text_fingerprint"),
            ArticleRow.withdrawn_at.is_(None),
        )
        .order_by(ArticleRow.id)
        .limit(1)
    )
