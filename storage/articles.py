"""Articles: look-ups named for the question, and the three writes: add, revise, touch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import (
    CompoundSelect,
    Insert,
    Select,
    Text,
    bindparam,
    delete,
    literal,
    select,
    union_all,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from aggregator.model import Article, AttributedArticle, Revision
from storage import search
from storage.rows import (
    PARAGRAPH_BREAK,
    PARTS,
    WITH_PARTS,
    article_of,
    article_values,
    paragraphs,
    part_values,
)
from storage.statements import dialect_of, insert_into, write
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
        *session.execute(by_url),
        *session.execute(by_id),
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
    """The earliest held article of the publisher with this normalised text."""
    if text_fingerprint is None:
        return None
    stated = {"publisher": publisher, "text_fingerprint": text_fingerprint}
    return _stored(session, session.connection().scalar(_looking_for_text(), stated))


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
    article_id: int | None = session.connection().scalar(_adding(dialect_of(session)), values)
    if article_id is None:
        return None
    _write_parts(session, article_id, article)
    write(session, RevisionRow, [_revision(article_id, 1, found, cause, ())])
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
) -> int:
    """Write what the article says now as its next revision; return the revision's number."""
    row = session.get_one(ArticleRow, article_id)
    search.replace(session, article_id, found.article)
    number = row.revision + 1
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
    row.sort_at = found.article.published_at or row.first_seen
    row.last_seen = max(row.last_seen, found.article.fetched_at)
    session.flush()
    _replace_parts(session, article_id, found.article)
    write(session, RevisionRow, [_revision(article_id, number, found, cause, changed)])
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
    """The next articles by number, to walk through all of them."""
    rows = session.scalars(
        select(ArticleRow)
        .where(ArticleRow.id > last_id)
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


def touch(session: Session, article_id: int, now: datetime) -> None:
    """Note that the article was looked at and is the same."""
    session.execute(
        update(ArticleRow).where(ArticleRow.id == article_id).values(last_seen=now, fetched_at=now)
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


def _stored(session: Session, article_id: int | None) -> StoredArticle | None:
    if article_id is None:
        return None
    # Locked (SQLite: the transaction is the lock): what is decided on stays until it is written.
    row = session.get_one(ArticleRow, article_id, options=WITH_PARTS, with_for_update=True)
    return StoredArticle(
        id=row.id,
        article=article_of(row),
        text_fingerprint=row.text_fingerprint,
        content_fingerprint=row.content_fingerprint,
        revision=row.revision,
        said_since=session.get_one(RevisionRow, (row.id, row.revision)).seen_at,
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
        )
        .order_by(ArticleRow.id)
        .limit(1)
    )


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


def _revision(
    article_id: int,
    number: int,
    found: AttributedArticle,
    cause: str,
    changed: tuple[str, ...],
) -> dict[str, object]:
    article = found.article
    return {
        "article_id": article_id,
        "number": number,
        "seen_at": article.fetched_at,
        "cause": cause,
        "headline": article.headline,
        "body": PARAGRAPH_BREAK.join(article.body),
        "body_html": article.body_html,
        "credits": [{"name": c.name, "role": str(c.role)} for c in article.credits],
        "published_at": article.published_at,
        "credit_line": found.attribution.credit_line,
        "changed": list(changed),
    }
