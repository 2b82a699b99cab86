"""Articles: look-ups named for the question, and the three writes: add, revise, touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, selectinload

from aggregator.model import Article, AttributedArticle, Revision
from storage.rows import (
    PARAGRAPH_BREAK,
    article_of,
    article_values,
    credit_rows,
    paragraphs,
    tag_rows,
)
from storage.tables import ArticleRow, ArticleUrlRow, RevisionRow

DUPLICATE = "duplicate"
"""Reason of an address that carried the same text as the article."""


@dataclass(frozen=True, kw_only=True)
class Glimpse:
    """What deciding about a listed URL needs to know of an article that we hold."""

    article_id: int
    published_at: datetime | None
    fetched_at: datetime


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


def find_many(
    session: Session, publisher: str, wanted: Sequence[tuple[str | None, str]]
) -> dict[str, Glimpse]:
    """Which of these (identifier, canonical URL) we hold, by identifier or else by URL."""
    ids = [external_id for external_id, _ in wanted if external_id]
    urls = [url for _, url in wanted]
    known: dict[str, Glimpse] = {}
    columns = (ArticleRow.id, ArticleRow.published_at, ArticleRow.fetched_at)
    by_id = select(ArticleRow.external_id, *columns).where(
        ArticleRow.publisher == publisher, ArticleRow.external_id.in_(ids)
    )
    by_url = (
        select(ArticleUrlRow.url, *columns)
        .join(ArticleRow, ArticleRow.id == ArticleUrlRow.article_id)
        .where(ArticleUrlRow.publisher == publisher, ArticleUrlRow.url.in_(urls))
    )
    for name, article_id, published_at, fetched_at in (
        *session.execute(by_url).tuples(),
        *session.execute(by_id).tuples(),
    ):
        known[name or ""] = Glimpse(
            article_id=article_id, published_at=published_at, fetched_at=fetched_at
        )
    found = {
        external_id or url: known.get(external_id or "") or known.get(url)
        for external_id, url in wanted
    }
    return {key: glimpse for key, glimpse in found.items() if glimpse is not None}


def find_same(session: Session, article: Article) -> StoredArticle | None:
    """The held article with this identifier, else with this address.

    An address that once carried a duplicate of it is not enough: its text may have moved on.
    """
    if article.external_id is not None:
        found = _first(
            session,
            ArticleRow.publisher == article.publisher,
            ArticleRow.external_id == article.external_id,
        )
        if found is not None:
            return found
    alias = select(ArticleUrlRow.article_id).where(
        ArticleUrlRow.publisher == article.publisher,
        ArticleUrlRow.url.in_((article.canonical_url, article.url)),
        ArticleUrlRow.reason != DUPLICATE,
    )
    return _first(
        session,
        or_(
            (ArticleRow.publisher == article.publisher)
            & (ArticleRow.canonical_url == article.canonical_url),
            ArticleRow.id.in_(alias),
        ),
    )


def find_same_text(
    session: Session, publisher: str, text_fingerprint: str | None
) -> StoredArticle | None:
    """The earliest held article of the publisher with this normalised text."""
    if text_fingerprint is None:
        return None
    return _first(
        session,
        ArticleRow.publisher == publisher,
        ArticleRow.text_fingerprint == text_fingerprint,
    )


def add(
    session: Session,
    found: AttributedArticle,
    *,
    text_fingerprint: str | None,
    content_fingerprint: str,
    cause: str,
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
        "revision": 1,
        "sort_at": article.published_at or now,
        "first_seen": now,
        "last_seen": now,
    }
    # The dialect's own INSERT, since ON CONFLICT is in neither standard SQL nor SQLAlchemy's core.
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(ArticleRow).values(values).on_conflict_do_nothing().returning(ArticleRow.id)
    article_id: int | None = session.scalar(statement)
    if article_id is None:
        return None
    row = session.get_one(ArticleRow, article_id)
    row.credits, row.tags = credit_rows(article), tag_rows(article)
    session.add(_revision(article_id, 1, found, cause, ()))
    note_url(session, article.publisher, article.canonical_url, article_id, "canonical", now)
    note_url(session, article.publisher, article.url, article_id, "requested", now)
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
) -> int:
    """Write what the article says now as its next revision; return the revision's number."""
    row = session.get_one(ArticleRow, article_id)
    number = row.revision + 1
    values = article_values(found)
    # One article keeps its identity, whatever address it was looked at under this time.
    for column in ("publisher", "external_id"):
        if getattr(row, column) is not None:
            values.pop(column)
    for column, value in values.items():
        setattr(row, column, value)
    row.revision = number
    row.text_fingerprint, row.content_fingerprint = text_fingerprint, content_fingerprint
    row.sort_at = found.article.published_at or row.first_seen
    row.last_seen = max(row.last_seen, found.article.fetched_at)
    row.credits, row.tags = [], []
    session.flush()
    row.credits, row.tags = credit_rows(found.article), tag_rows(found.article)
    session.add(_revision(article_id, number, found, cause, changed))
    note_url(
        session,
        row.publisher,
        found.article.canonical_url,
        article_id,
        "canonical",
        found.article.fetched_at,
    )
    return number


def touch(session: Session, article_id: int, now: datetime) -> None:
    """Note that the article was looked at and is the same."""
    session.execute(
        update(ArticleRow).where(ArticleRow.id == article_id).values(last_seen=now, fetched_at=now)
    )


def note_url(
    session: Session, publisher: str, url: str, article_id: int, reason: str, now: datetime
) -> None:
    """Remember an address under which the article was met.

    The first reason stays, except that an address whose duplicate became an article of its own
    leads to that one from then on.
    """
    held = session.get(ArticleUrlRow, (publisher, url))
    if held is not None and held.reason == DUPLICATE and reason != DUPLICATE:
        held.article_id, held.reason = article_id, reason
    elif held is None:
        session.add(
            ArticleUrlRow(
                publisher=publisher, url=url, article_id=article_id, reason=reason, first_seen=now
            )
        )
        session.flush()


def revisions(session: Session, article_id: int) -> tuple[Revision, ...]:
    """All revisions, the first one first."""
    rows = session.scalars(
        select(RevisionRow).where(RevisionRow.article_id == article_id).order_by(RevisionRow.number)
    )
    return tuple(
        Revision(
            number=row.number,
            seen_at=row.seen_at,
            cause=row.cause,
            headline=row.headline,
            body=paragraphs(row.body),
            changed=tuple(row.changed),
        )
        for row in rows
    )


def _first(session: Session, *conditions: object) -> StoredArticle | None:
    row = session.scalars(
        select(ArticleRow)
        .where(*conditions)  # type: ignore[arg-type]
        .order_by(ArticleRow.id)
        .limit(1)
        .options(selectinload(ArticleRow.credits), selectinload(ArticleRow.tags))
    ).first()
    if row is None:
        return None
    return StoredArticle(
        id=row.id,
        article=article_of(row),
        text_fingerprint=row.text_fingerprint,
        content_fingerprint=row.content_fingerprint,
        revision=row.revision,
        said_since=session.get_one(RevisionRow, (row.id, row.revision)).seen_at,
    )


def _revision(
    article_id: int,
    number: int,
    found: AttributedArticle,
    cause: str,
    changed: tuple[str, ...],
) -> RevisionRow:
    article = found.article
    return RevisionRow(
        article_id=article_id,
        number=number,
        seen_at=article.fetched_at,
        cause=cause,
        headline=article.headline,
        body=PARAGRAPH_BREAK.join(article.body),
        body_html=article.body_html,
        credits=[{"name": c.name, "role": str(c.role)} for c in article.credits],
        published_at=article.published_at,
        credit_line=found.attribution.credit_line,
        changed=list(changed),
    )
