"""Numbers over the whole database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, select
from sqlalchemy.orm import Session

from aggregator.query.conditions import SHOWN, WITHDRAWN, shown_among
from storage.statements import dialect_of
from storage.tables import ArticleRow, CreditRow, TagRow, TopicRow


@dataclass(frozen=True, kw_only=True)
class PublisherStats:
    publisher: str
    articles: int
    """That may be shown."""
    publishable: int
    withdrawn: int
    first_published: datetime | None
    last_published: datetime | None


@dataclass(frozen=True, kw_only=True)
class Stats:
    publishers: tuple[PublisherStats, ...]
    months: dict[str, int]
    """``2026-08`` (UTC) -> articles."""
    sections: dict[str, int]
    tags: dict[str, int]
    topics: dict[str, int]
    authors: dict[str, int]

    def to_json(self) -> dict[str, Any]:
        return {
            "articles": sum(p.articles for p in self.publishers),
            "publishers": [
                {
                    "publisher": p.publisher,
                    "articles": p.articles,
                    "publishable": p.publishable,
                    "withdrawn": p.withdrawn,
                    "first_published": p.first_published and p.first_published.isoformat(),
                    "last_published": p.last_published and p.last_published.isoformat(),
                }
                for p in self.publishers
            ],
            "months": self.months,
            "sections": self.sections,
            "tags": self.tags,
            "topics": self.topics,
            "authors": self.authors,
        }


def stats(session: Session, *, top: int = 20) -> Stats:
    """Numbers over the whole database; tags, sections and authors the ``top`` most frequent.

    Withdrawn articles are counted for themselves and nowhere else.
    """
    per_publisher = session.execute(
        select(
            ArticleRow.publisher,
            func.count().filter(SHOWN),
            func.count().filter(ArticleRow.publishable),
            func.count().filter(WITHDRAWN),
            func.min(ArticleRow.published_at).filter(SHOWN),
            func.max(ArticleRow.published_at).filter(SHOWN),
        )
        .group_by(ArticleRow.publisher)
        .order_by(ArticleRow.publisher)
    )
    return Stats(
        publishers=tuple(
            PublisherStats(
                publisher=name,
                articles=count,
                publishable=publishable,
                withdrawn=withdrawn,
                first_published=first,
                last_published=last,
            )
            for name, count, publishable, withdrawn, first, last in per_publisher
        ),
        months=_months(session),
        sections=_frequent(session, ArticleRow.section, ArticleRow.id, top),
        tags=_frequent(session, TagRow.tag, TagRow.article_id, top),
        topics=_frequent(session, TopicRow.topic, TopicRow.article_id, top),
        authors=_frequent(session, CreditRow.name, CreditRow.article_id, top),
    )


def _months(session: Session) -> dict[str, int]:
    # PostgreSQL cuts a moment in the zone of the session, SQLite holds UTC.
    moment: ColumnElement[datetime] = ArticleRow.sort_at.expression
    if dialect_of(session) == "postgresql":
        moment = func.timezone(literal_column("'UTC'"), moment)
    year, month = func.extract("year", moment), func.extract("month", moment)
    rows = session.execute(
        select(year, month, func.count()).where(SHOWN).group_by(year, month).order_by(year, month)
    )
    return {f"{int(y):04d}-{int(m):02d}": count for y, m, count in rows}


def _frequent(session: Session, column: Any, article_id: Any, top: int) -> dict[str, int]:
    count = func.count()
    rows = session.execute(
        select(column, count)
        .where(column.is_not(None), shown_among(article_id))
        .group_by(column)
        .order_by(count.desc(), column)
        .limit(top)
    )
    return dict(rows.all())
