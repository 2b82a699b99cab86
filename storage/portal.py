"""What the school's portals have published already, and which articles that is."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from aggregator.model import MatchReason, PublishedIn
from storage.tables import ArticleRow, PortalMatchRow, PortalPostRow


def published_in(
    session: Session, article_ids: Sequence[int]
) -> dict[int, tuple[PublishedIn, ...]]:
    """The posts that these articles are, the earliest first."""
    rows = session.execute(
        select(PortalMatchRow.article_id, PortalMatchRow.reason, PortalPostRow)
        .join(PortalPostRow, PortalPostRow.id == PortalMatchRow.post_id)
        .where(PortalMatchRow.article_id.in_(article_ids))
        .order_by(PortalPostRow.published_at, PortalPostRow.id)
    )
    found: dict[int, tuple[PublishedIn, ...]] = {}
    for article_id, reason, post in rows:
        published = PublishedIn(
            portal=post.portal, url=post.url, at=post.published_at, reason=MatchReason(reason)
        )
        found[article_id] = (*found.get(article_id, ()), published)
    return found


def is_published() -> ColumnElement[bool]:
    """For a statement over articles: whether a portal has it."""
    return exists().where(PortalMatchRow.article_id == ArticleRow.id)
