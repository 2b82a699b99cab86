"""Pages of articles, newest first or by relevance, and streams of all of them.

Paging goes by an article's place in the list, never by counting, so articles that arrive meanwhile
neither repeat nor hide others. Newest first, the place is (time, number).
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from aggregator.errors import QueryRangeError
from aggregator.query.cursors import Position, decode, encode
from aggregator.query.filter import MAX_LIMIT, ArticleFilter, Sort
from aggregator.query.ranking import by_relevance
from aggregator.query.reading import Asked, read
from aggregator.query.views import ArticlePage, ArticleView, views_of
from storage.newest import newest_ids
from storage.tables import ArticleRow

STREAM_BATCH = 500


def find_articles(
    session: Session, wanted: ArticleFilter, cursor: str | None = None
) -> ArticlePage:
    """One page. ``cursor`` is the ``next_cursor`` of the page before, of the same filter.

    Raises ``QueryError`` for a limit, cursor or text that cannot be used.
    """
    return find_page(session, wanted, read(session, wanted), cursor)


def find_page(
    session: Session, wanted: ArticleFilter, asked: Asked, cursor: str | None
) -> ArticlePage:
    """The same for a filter that has been read."""
    limit = wanted.limit
    if limit is None or not 1 <= limit <= MAX_LIMIT:
        raise QueryRangeError(field="limit", value=limit, least=1, most=MAX_LIMIT)
    # Without words nothing is more relevant than anything else.
    if wanted.sort is Sort.RELEVANCE and asked.search.wanted:
        ids, next_cursor = by_relevance(session, asked, limit, cursor)
        return ArticlePage(articles=views_of(session, ids), next_cursor=next_cursor)
    return _newest_first(session, asked, limit, cursor)


def iter_articles(session: Session, wanted: ArticleFilter) -> Iterator[ArticleView]:
    """Every article that the filter leaves, newest first, in constant memory."""
    conditions = read(session, wanted).all(session)
    after: Position | None = None
    while True:
        ids = session.scalars(
            select(ArticleRow.id)
            .where(*conditions, *_older(after))
            .order_by(ArticleRow.sort_at.desc(), ArticleRow.id.desc())
            .limit(STREAM_BATCH)
        ).all()
        yield from views_of(session, ids)
        if len(ids) < STREAM_BATCH:
            return
        after = _position(session, ids[-1])


# --- newest first ---------------------------------------------------------------------------------


def _newest_first(session: Session, asked: Asked, limit: int, cursor: str | None) -> ArticlePage:
    after = decode(cursor) if cursor is not None else None
    conditions = (*asked.conditions, *_older(after))
    ids = newest_ids(session, conditions, asked.search, limit + 1)
    more = len(ids) > limit
    return ArticlePage(
        articles=views_of(session, ids[:limit]),
        next_cursor=encode(_position(session, ids[limit - 1])) if more else None,
    )


def _older(than: Position | None) -> Iterator[ColumnElement[bool]]:
    if than is not None:
        yield or_(
            ArticleRow.sort_at < than.sort_at,
            and_(ArticleRow.sort_at == than.sort_at, ArticleRow.id < than.id),
        )


def _position(session: Session, article_id: int) -> Position:
    row = session.connection().execute(_PLACE, {"id": article_id}).one()
    return Position(sort_at=row.sort_at, id=article_id)


_PLACE = select(ArticleRow.sort_at).where(ArticleRow.id == bindparam("id"))
