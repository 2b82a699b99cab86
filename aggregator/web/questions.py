"""Questions of the web side to the database: the other seam to the read side.

Only publishable articles leave. Each function takes a session and answers with nouns or numbers;
how they look outside is ``api.py`` and ``schemas.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
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
    Facets,
    Interval,
    SearchPage,
    Total,
    count_articles,
    count_facets,
    count_over_time,
    find_articles,
    get_article,
    search_articles,
)
from aggregator.reuse import Reuse
from storage import publishers, tombstones
from storage.tables import ArticleRow

PERIODS = tuple(map(str, Interval))
"""In what articles are counted over time."""

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


def search(session: Session, wanted: ArticleFilter, cursor: str | None, press: Reuse) -> SearchPage:
    """One page with marks, and a better spelling where nothing is found."""
    return search_articles(session, wanted, cursor, press=press)


def total(session: Session, wanted: ArticleFilter) -> Total:
    return count_articles(session, wanted)


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


def counts(session: Session, wanted: ArticleFilter, period: str) -> dict[str, int]:
    """Articles in each period of the school's clock, by its first day, oldest first; without
    those that have none."""
    found = count_over_time(session, wanted, Interval(period))
    return {bucket.start.isoformat(): bucket.articles for bucket in found if bucket.articles}


def facet(session: Session, wanted: ArticleFilter, name: str) -> Facets:
    """How many of the articles have each value, the most frequent ones first; months in order."""
    return count_facets(session, wanted, [name], top=MOST_FREQUENT)


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
