"""Which articles readers are shown: the one place where pages and feeds ask.

The JSON API asks only where it is asked to (``approved``): it is the read side of the database for
the school's own programs, and gives what may be published whether or not an editor has looked at it
(docs/reference/api.md).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select
from sqlalchemy.orm import Session, aliased

from aggregator.config import Config
from aggregator.model import ReviewState
from aggregator.portalconfig import Approval, PortalConfig, Section
from aggregator.query import ArticleFilter
from aggregator.query.conditions import publisher_is, topic_is
from storage import queue, reviews
from storage.tables import ArticleRow, MemberRow, ReviewRow

Found = ColumnElement[bool]

KEPT_BACK = (ReviewState.HELD, ReviewState.REJECTED)


def readers_filter(config: Config, now: datetime, *also: Found, **asked: Any) -> ArticleFilter:
    """What is asked, of what readers are shown."""
    return ArticleFilter(
        **asked,
        publishable=True,
        zone=config.zone,
        also=(approved(config.portal, now), *also),
    )


def approved(portal: PortalConfig, now: datetime) -> Found:
    """Of ``ArticleRow``: readers are shown it, if it may be published."""
    if portal.approval is Approval.REQUIRED:
        return reviews.shown(now)
    # Nobody has to approve; who decided against an article is still heard.
    return and_(not_(reviews.state_is(KEPT_BACK)), not_(_is_early(now)))


def chosen(portal: PortalConfig, now: datetime) -> Found:
    """No print of the same text that readers are shown comes before it.

    The representative comes first; where that is not shown, the one that was stored first.
    """
    own, other = _OWN, _OTHER
    before = or_(
        other.via_id.is_(None), and_(own.via_id.is_not(None), other.article_id < own.article_id)
    )
    is_shown = select(ArticleRow.id).where(
        ArticleRow.id == other.article_id, ArticleRow.publishable, approved(portal, now)
    )
    return ~exists().where(
        own.article_id == ArticleRow.id,
        other.cluster_id == own.cluster_id,
        other.article_id != own.article_id,
        before,
        is_shown.correlate(other).exists(),
    )


# Made once: their columns cost more than all that is done with them.
_OWN, _OTHER = aliased(MemberRow), aliased(MemberRow)


def in_section(section: Section) -> Found:
    """An editor put it there; else, where none chose, it is about the section's topics and of its
    publishers."""
    placed = exists().where(ReviewRow.article_id == ArticleRow.id, ReviewRow.section.is_not(None))
    here = placed.where(ReviewRow.section == section.name)
    fits = []
    if section.topics:
        fits.append(or_(*(topic_is(topic) for topic in section.topics)))
    if section.publishers:
        fits.append(publisher_is(section.publishers))
    return or_(here, and_(~placed, *fits)) if fits else here


def waiting(session: Session, portal: PortalConfig) -> int:
    """How many articles wait for an editor, as the desk counts them."""
    if portal.approval is not Approval.REQUIRED:
        return 0
    return session.scalars(select(func.count(ArticleRow.id)).where(queue.undecided())).one()


def kept_back(session: Session, ids: Collection[int]) -> frozenset[int]:
    """Those of the articles that an editor decided against."""
    found = reviews.of_articles(session, ids)
    return frozenset(i for i, review in found.items() if review.state in KEPT_BACK)


def _is_early(now: datetime) -> Found:
    return exists().where(ReviewRow.article_id == ArticleRow.id, ReviewRow.publish_at > now)
