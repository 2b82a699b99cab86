"""What the school's portals have published already, and which articles that is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, select, union, update
from sqlalchemy.orm import Session

from aggregator.model import MatchReason, PublishedIn
from storage.rows import paragraphs
from storage.statements import dialect_of, insert_into, write
from storage.tables import (
    ArticleRow,
    ArticleUrlRow,
    PortalMatchRow,
    PortalPostRow,
    PortalSourceRow,
    PublisherRow,
)
from storage.types import listed_in


@dataclass(frozen=True, kw_only=True)
class SourceSketch:
    url: str
    publisher: str | None
    external_id: str | None


@dataclass(frozen=True, kw_only=True)
class PostSketch:
    """What comparing a post with an article needs to know of it."""

    id: int
    headline: str
    text_fingerprint: str | None
    opening: tuple[str, ...]
    opening_key: str | None
    sources: tuple[SourceSketch, ...]


@dataclass(frozen=True, kw_only=True)
class ArticleSketch:
    """What comparing an article with a post needs to know of it."""

    id: int
    publisher: str
    external_id: str | None
    urls: frozenset[str]
    headline: str
    text_fingerprint: str | None
    opening_key: str | None
    body: tuple[str, ...]


# --- posts ----------------------------------------------------------------------------------------


def find_post(session: Session, portal: str, key: str) -> PortalPostRow | None:
    return session.scalars(
        select(PortalPostRow).where(PortalPostRow.portal == portal, PortalPostRow.key == key)
    ).first()


def sources_of(session: Session, post_id: int) -> set[tuple[str, str | None, str | None]]:
    """(address, publisher, identifier) of each."""
    rows = session.execute(
        select(PortalSourceRow.url, PortalSourceRow.publisher, PortalSourceRow.external_id).where(
            PortalSourceRow.post_id == post_id
        )
    )
    return {(url, publisher, external_id) for url, publisher, external_id in rows}


def write_post(
    session: Session,
    held: PortalPostRow | None,
    values: Mapping[str, Any],
    sources: Iterable[SourceSketch],
    now: datetime,
) -> int:
    """Insert a post, or make the held one say this; what it matched is forgotten."""
    row = held or PortalPostRow(first_imported=now)
    for name, value in values.items():
        setattr(row, name, value)
    row.last_imported = now
    session.add(row)
    session.flush()
    for table in (PortalSourceRow, PortalMatchRow):
        session.execute(delete(table).where(table.post_id == row.id))
    write(
        session,
        PortalSourceRow,
        [
            {
                "post_id": row.id,
                "url": source.url,
                "publisher": source.publisher,
                "external_id": source.external_id,
            }
            for source in sources
        ],
    )
    return row.id


def note_imported(session: Session, post_id: int, now: datetime) -> None:
    """The post was met again, and says nothing new."""
    session.execute(
        update(PortalPostRow).where(PortalPostRow.id == post_id).values(last_imported=now)
    )


def whole_posts(session: Session, portal: str) -> set[str]:
    """Keys of the posts whose whole text was read: they need not be fetched again."""
    return set(
        session.scalars(
            select(PortalPostRow.key).where(
                PortalPostRow.portal == portal, PortalPostRow.is_cut.is_(False)
            )
        )
    )


# --- matching -------------------------------------------------------------------------------------


def posts_like(session: Session, article: ArticleSketch) -> Iterator[PostSketch]:
    """Posts that may be this article."""
    ids = union(
        select(PortalSourceRow.post_id).where(
            PortalSourceRow.publisher == article.publisher,
            PortalSourceRow.external_id == article.external_id,
        ),
        select(PortalSourceRow.post_id).where(PortalSourceRow.url.in_(article.urls)),
        select(PortalPostRow.id).where(PortalPostRow.text_fingerprint == article.text_fingerprint),
        select(PortalPostRow.id).where(PortalPostRow.opening_key == (article.opening_key or None)),
    )
    for post_id in session.scalars(ids):
        yield post_sketch(session, post_id)


def articles_like(session: Session, post: PostSketch) -> Iterator[ArticleSketch]:
    """Articles that may be this post."""
    ids = set[int]()
    for source in post.sources:
        own = ArticleRow.publisher == source.publisher
        ids.update(
            session.scalars(
                select(ArticleRow.id).where(own, ArticleRow.external_id == source.external_id)
            )
        )
        ids.update(
            session.scalars(
                select(ArticleUrlRow.article_id).where(
                    ArticleUrlRow.publisher == source.publisher, ArticleUrlRow.url == source.url
                )
            )
        )
    if post.text_fingerprint is not None:
        ids.update(
            session.scalars(
                select(ArticleRow.id).where(
                    # By name, so that the index over publisher and text is of use.
                    ArticleRow.publisher.in_(select(PublisherRow.name)),
                    ArticleRow.text_fingerprint == post.text_fingerprint,
                )
            )
        )
    if post.opening_key:
        ids.update(
            session.scalars(select(ArticleRow.id).where(ArticleRow.opening_key == post.opening_key))
        )
    for article_id in sorted(ids):
        yield article_sketch(session, article_id)


def note_match(
    session: Session, post_id: int, article_id: int, reason: MatchReason, now: datetime
) -> None:
    """Remember that a post is an article; the first reason stays."""
    statement = insert_into(dialect_of(session), PortalMatchRow).on_conflict_do_nothing()
    row = {"post_id": post_id, "article_id": article_id, "reason": reason, "matched_at": now}
    session.connection().execute(statement, row)


def has_posts(session: Session) -> bool:
    return session.scalar(select(PortalPostRow.id).limit(1)) is not None


def post_sketch(session: Session, post_id: int) -> PostSketch:
    row = session.get_one(PortalPostRow, post_id)
    sources = sorted(sources_of(session, post_id))
    return PostSketch(
        id=row.id,
        headline=row.headline,
        text_fingerprint=row.text_fingerprint,
        opening=tuple(row.opening.split()),
        opening_key=row.opening_key,
        sources=tuple(
            SourceSketch(url=url, publisher=publisher, external_id=external_id)
            for url, publisher, external_id in sources
        ),
    )


def article_sketch(session: Session, article_id: int) -> ArticleSketch:
    row = session.get_one(ArticleRow, article_id)
    met = session.scalars(
        select(ArticleUrlRow.url).where(
            ArticleUrlRow.publisher == row.publisher, ArticleUrlRow.article_id == article_id
        )
    )
    return ArticleSketch(
        id=row.id,
        publisher=row.publisher,
        external_id=row.external_id,
        urls=frozenset((row.canonical_url, row.url, *met)),
        headline=row.headline,
        text_fingerprint=row.text_fingerprint,
        opening_key=row.opening_key,
        body=paragraphs(row.body),
    )


# --- openings of articles that were stored before they were noted ---------------------------------


def without_opening(session: Session, limit: int) -> list[tuple[int, tuple[str, ...]]]:
    """Articles of which it is not known how they begin: number and paragraphs."""
    rows = session.execute(
        select(ArticleRow.id, ArticleRow.body)
        .where(ArticleRow.opening_key.is_(None))
        .order_by(ArticleRow.id)
        .limit(limit)
    )
    return [(article_id, paragraphs(body)) for article_id, body in rows]


def note_openings(session: Session, keys: Mapping[int, str]) -> None:
    for article_id, key in keys.items():
        session.execute(
            update(ArticleRow).where(ArticleRow.id == article_id).values(opening_key=key)
        )


# --- reading --------------------------------------------------------------------------------------


def published_in(
    session: Session, article_ids: Sequence[int]
) -> dict[int, tuple[PublishedIn, ...]]:
    """The posts that these articles are, the earliest first.

    One that a file without addresses told of is left out where the same portal has one with it.
    """
    found: dict[int, tuple[PublishedIn, ...]] = {}
    for article_id, reason, portal, url, at in session.connection().execute(
        _PUBLISHED_IN, {"ids": article_ids}
    ):
        published = PublishedIn(portal=portal, url=url, at=at, reason=MatchReason(reason))
        found[article_id] = (*found.get(article_id, ()), published)
    return {article_id: _best(posts) for article_id, posts in found.items()}


_PUBLISHED_IN = (
    select(
        PortalMatchRow.article_id,
        PortalMatchRow.reason,
        PortalPostRow.portal,
        PortalPostRow.url,
        PortalPostRow.published_at,
    )
    .join(PortalPostRow, PortalPostRow.id == PortalMatchRow.post_id)
    .where(listed_in(PortalMatchRow.article_id, "ids"))
    .order_by(PortalPostRow.published_at, PortalPostRow.id)
)


def _best(posts: tuple[PublishedIn, ...]) -> tuple[PublishedIn, ...]:
    addressed = {post.portal for post in posts if post.url}
    return tuple(post for post in posts if post.url or post.portal not in addressed)


def is_published() -> ColumnElement[bool]:
    """For a statement over articles: whether a portal has it."""
    return exists().where(PortalMatchRow.article_id == ArticleRow.id)


def counts(session: Session, portal: str) -> tuple[int, int]:
    """Posts of a portal, and articles that they are."""
    posts = select(func.count()).select_from(PortalPostRow).where(PortalPostRow.portal == portal)
    matched = (
        select(func.count(PortalMatchRow.article_id.distinct()))
        .join(PortalPostRow, PortalPostRow.id == PortalMatchRow.post_id)
        .where(PortalPostRow.portal == portal)
    )
    return session.scalar(posts) or 0, session.scalar(matched) or 0
