"""Approving by rule: representatives that nobody has decided about, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, not_, or_, select
from sqlalchemy.orm import Session

from aggregator.approvalrules import ApprovalRule, load_approval_rules
from aggregator.config import Config
from aggregator.errors import ArticleWithdrawnError, NotPublishableError
from aggregator.query import ArticleView, articles_by_id
from aggregator.query.conditions import publisher_is, topic_is
from aggregator.review import Act, approve
from storage import queue, reviews
from storage.database import Database, open_database
from storage.tables import ArticleRow

BATCH = 200
"""Articles approved in one transaction, so that others need not wait long."""

RECENT = 2000
"""Numbers that the end of a crawl looks back at: days of all publishers. An older article that
matches only now is found by ``aggregator review auto``."""


@dataclass(frozen=True, kw_only=True)
class Approved:
    rule: ApprovalRule
    article: ArticleView


def approve_by_rules(
    database: Database, config: Config, now: datetime, *, everything: bool = False
) -> int:
    """Approve what the school's rules approve; returns how many. Raises ``ConfigError``.

    Not ``everything``: only of the ``RECENT``, so that it may end every crawl.
    """
    if not config.desk.auto_approve:
        return 0
    approved = 0
    for rule in load_approval_rules(config.rules):
        while batch := _approve_some(database, rule, now, everything):
            approved += batch
    return approved


def approve_all(config: Config, now: datetime) -> int:
    """The same for a command: of all articles."""
    database = open_database(config.database_url, writable=True)
    try:
        return approve_by_rules(database, config, now, everything=True)
    finally:
        database.close()


def would_approve(session: Session, config: Config, limit: int) -> tuple[Approved, ...]:
    """What ``approve_all`` would approve next, newest first."""
    if not config.desk.auto_approve:
        return ()
    found: dict[int, ApprovalRule] = {}
    for rule in load_approval_rules(config.rules):
        for article_id in _matching(session, rule, limit, everything=True):
            found.setdefault(article_id, rule)
    views = articles_by_id(session, sorted(found, reverse=True)[:limit])
    return tuple(Approved(rule=found[view.id], article=view) for view in views)


def _approve_some(database: Database, rule: ApprovalRule, now: datetime, everything: bool) -> int:
    with database.session() as session:
        ids = _matching(session, rule, BATCH, everything=everything)
        for article_id in ids:
            _approve(session, article_id, rule, now)
    return len(ids)


def _approve(session: Session, article_id: int, rule: ApprovalRule, now: datetime) -> None:
    reviews.lock(session, article_id)
    # A person or another crawl may have been faster, on a server.
    if reviews.of_articles(session, [article_id]):
        return
    with suppress(ArticleWithdrawnError, NotPublishableError):
        approve(session, str(article_id), Act(by=rule.editor, now=now), rule=rule.title)


def _matching(
    session: Session, rule: ApprovalRule, limit: int, *, everything: bool
) -> Sequence[int]:
    newest = session.scalar(select(func.max(ArticleRow.id))) or 0
    above = 0 if everything else newest - RECENT
    query = select(ArticleRow.id).where(queue.undecided(above=above), *_conditions(rule))
    return session.scalars(query.order_by(ArticleRow.id.desc()).limit(limit)).all()


def _conditions(rule: ApprovalRule) -> Iterator[ColumnElement[bool]]:
    if rule.publishers:
        yield publisher_is(rule.publishers)
    if rule.topics:
        yield or_(*map(topic_is, rule.topics))
    if rule.bases:
        yield ArticleRow.rights_basis.in_(rule.bases)
    yield not_(queue.has_other_flag_than(rule.despite))
