"""Articles that are known: by a key, by number, and how one changed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from aggregator.errors import ArticleNotFoundError, InvalidURLError
from aggregator.model import Revision
from aggregator.query.conditions import NO_TEXT
from aggregator.query.views import ArticleView, views_of
from aggregator.urls import canonicalize
from storage import revisions
from storage.tables import ArticleRow, ArticleUrlRow
from storage.types import listed_in

IDS = range(1, 2**31)
"""Numbers beyond what the column holds are an error to PostgreSQL, not just unknown."""


def get_article(session: Session, key: str) -> ArticleView:
    """One article by number, by ``publisher:external_id`` or by any of its addresses.

    Raises ``ArticleNotFoundError``.
    """
    article_id = session.scalar(select(ArticleRow.id).where(_is(key)).limit(1))
    if article_id is None:
        raise ArticleNotFoundError(key=key)
    (found,) = views_of(session, [article_id])
    return found


def articles_by_id(session: Session, ids: Sequence[int]) -> tuple[ArticleView, ...]:
    """These articles, newest first."""
    held = session.scalars(
        select(ArticleRow.id)
        .where(listed_in(ArticleRow.id, ids))
        .order_by(ArticleRow.sort_at.desc(), ArticleRow.id.desc())
    )
    return views_of(session, held.all())


def history(session: Session, article_id: int) -> tuple[Revision, ...]:
    """All revisions of an article, the first one first."""
    return revisions.revisions(session, article_id)


def _is(key: str) -> ColumnElement[bool]:
    if NO_TEXT.search(key):
        raise ArticleNotFoundError(key=key)
    if key.isdecimal() and len(key) < 16 and int(key) in IDS:
        return ArticleRow.id == int(key)
    publisher, colon, external_id = key.partition(":")
    if colon and not external_id.startswith("//"):
        return and_(ArticleRow.publisher == publisher, ArticleRow.external_id == external_id)
    try:
        urls = {key, canonicalize(key)}
    except InvalidURLError as error:
        raise ArticleNotFoundError(key=key) from error
    alias = select(ArticleUrlRow.article_id).where(ArticleUrlRow.url.in_(urls))
    return or_(ArticleRow.canonical_url.in_(urls), ArticleRow.id.in_(alias))
