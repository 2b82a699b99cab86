"""Articles: the three writes: add, revise, touch."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache

from sqlalchemy import Insert, delete, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from aggregator.model import Article, AttributedArticle
from storage import search
from storage.lookup import DUPLICATE
from storage.revisions import revision_values
from storage.rows import (
    PARTS,
    WITH_PARTS,
    article_of,
    article_values,
    correction_values,
    part_values,
)
from storage.statements import dialect_of, insert_into, write
from storage.tables import ArticleRow, ArticleUrlRow, RevisionRow


def add(
    session: Session,
    found: AttributedArticle,
    *,
    text_fingerprint: str | None,
    content_fingerprint: str,
    cause: str,
    opening_key: str | None = None,
    parser: str | None = None,
) -> int | None:
    """Insert an article as revision 1 and return its id.

    ``None``: another crawl inserted the same identity in this moment; look again. The article's
    ``fetched_at`` is when it was first seen.
    """
    article, now = found.article, found.article.fetched_at
    values = {
        **article_values(found),
        "text_fingerprint": text_fingerprint,
        "content_fingerprint": content_fingerprint,
        "opening_key": opening_key,
        "revision": 1,
        "sort_at": article.published_at or now,
        "first_seen": now,
        "last_seen": now,
    }
    article_id: int | None = session.connection().scalar(_adding(dialect_of(session)), values)
    if article_id is None:
        return None
    _write_parts(session, article_id, article)
    first = revision_values(article_id, 1, found, cause=cause, parser=parser)
    write(session, RevisionRow, [first])
    addresses = {article.url: "requested", article.canonical_url: "canonical"}
    note_urls(session, article.publisher, addresses, article_id, now)
    search.add(session, article_id, article)
    return article_id


def revise(
    session: Session,
    article_id: int,
    found: AttributedArticle,
    *,
    text_fingerprint: str | None,
    content_fingerprint: str,
    changed: tuple[str, ...],
    cause: str,
    opening_key: str | None = None,
    parser: str | None = None,
) -> int:
    """Write what the article says now as its next revision; return the revision's number."""
    row = session.get_one(ArticleRow, article_id)
    search.replace(session, article_id, found.article)
    number, fetched_before = row.revision + 1, row.fetched_at
    values = article_values(found)
    # One article keeps its identity, whatever address it was looked at under this time.
    for column in ("publisher", "external_id"):
        if getattr(row, column) is not None:
            values.pop(column)
    if _is_of_another(session, row, found.article.canonical_url):
        values.pop("canonical_url")
    for column, value in values.items():
        setattr(row, column, value)
    row.revision = number
    row.text_fingerprint, row.content_fingerprint = text_fingerprint, content_fingerprint
    row.opening_key = opening_key
    row.text_removed_at = None
    row.sort_at = found.article.published_at or row.first_seen
    row.last_seen = max(row.last_seen, found.article.fetched_at)
    # An archived page read anew is no later look.
    row.fetched_at = max(fetched_before, found.article.fetched_at)
    session.flush()
    _replace_parts(session, article_id, found.article)
    revision = revision_values(
        article_id, number, found, cause=cause, parser=parser, changed=changed
    )
    write(session, RevisionRow, [revision])
    note_urls(
        session,
        row.publisher,
        {found.article.canonical_url: "canonical"},
        article_id,
        found.article.fetched_at,
    )
    session.expire(row)
    return number


def _is_of_another(session: Session, row: ArticleRow, canonical_url: str) -> bool:
    """Whether the address that a page of this article declares is another article's own."""
    if canonical_url == row.canonical_url:
        return False
    holder = session.scalar(
        select(ArticleRow.id).where(
            ArticleRow.publisher == row.publisher, ArticleRow.canonical_url == canonical_url
        )
    )
    return holder is not None


def after(session: Session, last_id: int, limit: int) -> list[tuple[int, Article]]:
    """The next articles by number, to walk through all of them that have their text."""
    rows = session.scalars(
        select(ArticleRow)
        .where(ArticleRow.id > last_id, ArticleRow.text_removed_at.is_(None))
        .order_by(ArticleRow.id)
        .limit(limit)
        .options(*WITH_PARTS)
    )
    return [(row.id, article_of(row)) for row in rows]


def rewrite_parts(session: Session, article_id: int, article: Article) -> None:
    """Replace the article's people, tags, topics and flags."""
    search.replace(session, article_id, article)
    _replace_parts(session, article_id, article)


def _replace_parts(session: Session, article_id: int, article: Article) -> None:
    for part in PARTS:
        session.execute(delete(part).where(part.article_id == article_id))
    _write_parts(session, article_id, article)


def reclassify(session: Session, article_id: int, article: Article) -> None:
    """Make topics, flags and announced correction say what is found today."""
    rewrite_parts(session, article_id, article)
    session.execute(
        update(ArticleRow).where(ArticleRow.id == article_id).values(**correction_values(article))
    )


def touch(session: Session, article_id: int, now: datetime) -> None:
    """Note that the article was looked at and is the same. An older look changes nothing."""
    session.execute(
        update(ArticleRow)
        .where(ArticleRow.id == article_id, ArticleRow.fetched_at < now)
        .values(last_seen=now, fetched_at=now)
    )


def note_urls(
    session: Session, publisher: str, reasons: Mapping[str, str], article_id: int, now: datetime
) -> None:
    """Remember addresses under which the article was met, each with its reason.

    The first reason stays, except that an address whose duplicate became an article of its own
    leads to that one from then on.
    """
    rows = [
        {
            "publisher": publisher,
            "url": url,
            "article_id": article_id,
            "reason": reason,
            "first_seen": now,
        }
        for url, reason in reasons.items()
    ]
    session.connection().execute(_noting_urls(dialect_of(session)), rows)


# --- statements -----------------------------------------------------------------------------------
# Built once: building costs more than running.


@cache
def _adding(dialect: str) -> ReturningInsert[int]:
    return insert_into(dialect, ArticleRow).on_conflict_do_nothing().returning(ArticleRow.id)


@cache
def _noting_urls(dialect: str) -> Insert:
    statement = insert_into(dialect, ArticleUrlRow)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=[ArticleUrlRow.publisher, ArticleUrlRow.url],
        set_={"article_id": new.article_id, "reason": new.reason},
        where=(ArticleUrlRow.reason == DUPLICATE) & (new.reason != DUPLICATE),
    )


def _write_parts(session: Session, article_id: int, article: Article) -> None:
    for part, rows in part_values(article).items():
        write(session, part, [{"article_id": article_id, **row} for row in rows])
