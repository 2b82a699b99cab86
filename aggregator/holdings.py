"""What the database knows of articles besides what they say: looked up for a whole page at once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from aggregator.articlejson import Holding
from storage import portal, withdrawals
from storage.tables import ArticleRow


def holdings(session: Session, rows: Sequence[ArticleRow]) -> dict[int, Holding]:
    """By article id."""
    ids = [row.id for row in rows]
    locked = [row.id for row in rows if row.withdrawn_at is not None]
    withdrawn = withdrawals.of_articles(session, locked) if locked else {}
    published = portal.published_in(session, ids) if ids else {}
    return {
        row.id: Holding(
            revision=row.revision,
            first_seen=row.first_seen,
            last_seen=row.last_seen,
            withdrawn=withdrawn.get(row.id),
            published_in=published.get(row.id, ()),
        )
        for row in rows
    }
