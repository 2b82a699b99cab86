"""Questions of the web side to the database: the other seam to the read side.

Only publishable articles leave. Each function takes a session and answers with nouns or numbers;
how they look outside is ``api.py`` and ``schemas.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, cast, func, select
from sqlalchemy.orm import Session

from aggregator import duplicates
from aggregator.config import Config
from aggregator.duplicates import ClusterView
from aggregator.errors import ArticleNotFoundError, ArticleWithdrawnError
from aggregator.health.examine import judge
from aggregator.health.machine import Machine
from aggregator.model import Publisher
from aggregator.query import (
    ArticleFilter,
    ArticlePage,
    ArticleView,
    find_articles,
    get_article,
    matching,
)
from storage import publishers, tombstones
from storage.tables import ArticleRow, TagRow, TopicRow

FACETS: Mapping[str, Any] = {
    "publisher": ArticleRow.publisher,
    "section": ArticleRow.section,
    "topic": TopicRow.topic,
    "tag": TagRow.tag,
}
"""By what articles can be counted, beside time."""

PERIODS = {"day": 10, "month": 7}
"""Length of ``2026-08-01`` and ``2026-08``."""

MOST_FREQUENT = 20


@dataclass(frozen=True, kw_only=True)
class HeldPublisher:
    publisher: Publisher
    articles: int
    last_published: datetime | None
    """``None``: nothing publishable of it is held."""


@dataclass(frozen=True, kw_only=True)
class Condition:
    """How the crawls are, in one word; the details are the operator's."""

    status: str
    findings: int
    last_seen: datetime | None
    """When an article was last looked at. ``None``: never."""


CONDITIONS = ("healthy", "needs_a_person", "unknown")


def articles(session: Session, wanted: ArticleFilter, cursor: str | None) -> ArticlePage:
    """One page, newest first."""
    return find_articles(session, wanted, cursor)


search = articles
"""The same until there is an index of words; ``wanted.text`` holds what is searched for."""


def article(session: Session, key: str) -> ArticleView:
    """Raises ``ArticleNotFoundError`` also for one that may not leave, ``ArticleWithdrawnError``
    for one that may no longer."""
    found = get_article(session, key)
    withdrawal = found.holding.withdrawn
    if withdrawal is not None:
        raise ArticleWithdrawnError(
            key=key,
            day=withdrawal.at.date().isoformat(),
            reason=withdrawal.reason,
            withdrawal=withdrawal,
        )
    if not found.found.publishable:
        raise ArticleNotFoundError(key=key)
    return found


def clusters(
    session: Session, limit: int, cursor: int | None
) -> tuple[tuple[ClusterView, ...], int | None]:
    """One page of the clusters of which two members or more may leave, the newest first."""
    return duplicates.list_clusters(session, limit, cursor, publishable=True)


def cluster(session: Session, article_id: int) -> ClusterView | None:
    """``None``: no other print of the article's text may leave."""
    found = duplicates.cluster_of(session, article_id)
    if found is None or sum(a.publishable for a in found.articles.values()) < 2:
        return None
    return found


def counts(session: Session, wanted: ArticleFilter, period: str, zone: ZoneInfo) -> dict[str, int]:
    """Articles in each day or month of the school's clock, by its first day, oldest first."""
    of_time = _period(session, zone, PERIODS[period])
    rows = session.execute(
        select(of_time, func.count())
        .where(ArticleRow.id.in_(matching(session, wanted)))
        .group_by(of_time)
        .order_by(of_time)
    )
    return {f"{start}-01"[:10]: count for start, count in rows}


def facet(session: Session, wanted: ArticleFilter, name: str) -> dict[str, int]:
    """How many of the articles have each value, the most frequent ones first."""
    column, count = FACETS[name], func.count()
    number = ArticleRow.id if column.class_ is ArticleRow else column.class_.article_id
    rows = session.execute(
        select(column, count)
        .where(number.in_(matching(session, wanted)), column.is_not(None))
        .group_by(column)
        .order_by(count.desc(), column)
        .limit(MOST_FREQUENT)
    )
    return dict(rows.all())


def held_publishers(session: Session) -> tuple[HeldPublisher, ...]:
    """All that were ever read, with what is held of each."""
    count, last = func.count(), func.max(ArticleRow.published_at)
    rows = session.execute(
        select(ArticleRow.publisher, count, last)
        .where(ArticleRow.publishable)
        .group_by(ArticleRow.publisher)
    )
    held = {name: (number, published) for name, number, published in rows}
    found = []
    for publisher in publishers.all_publishers(session):
        number, published = held.get(publisher.name, (0, None))
        found.append(HeldPublisher(publisher=publisher, articles=number, last_published=published))
    return tuple(found)


def condition(session: Session, config: Config, now: datetime) -> Condition:
    """Without a look at the machine, which whoever asks should not be able to cause."""
    health = judge(session, config, Machine(), now)
    healthy = CONDITIONS[0] if health.has_run else CONDITIONS[2]
    return Condition(
        status=CONDITIONS[1] if health.findings else healthy,
        findings=len(health.findings),
        last_seen=session.scalar(select(func.max(ArticleRow.last_seen))),
    )


def last_change(session: Session, shown: Sequence[ArticleView]) -> datetime | None:
    """When what is shown was last looked at, or something was last taken away."""
    seen = [view.holding.last_seen for view in shown if view.holding.last_seen]
    buried = tombstones.last_burial(session)
    return max((*seen, *([buried] if buried else [])), default=None)


def _period(session: Session, zone: ZoneInfo, length: int) -> ColumnElement[str]:
    moment = ArticleRow.sort_at.expression
    if session.get_bind().dialect.name == "postgresql":
        return func.substr(cast(func.timezone(str(zone), moment), String), 1, length)
    # SQLite knows no zones. Those of Indonesia have had one offset since 1964.
    offset = datetime.now(zone).utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    return func.substr(func.datetime(moment, f"{minutes} minutes"), 1, length)
