"""What an article was: the address it was first held under, and when its present text came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from storage.tables import ArticleRow, ArticleUrlRow, RevisionRow


@dataclass(frozen=True, kw_only=True)
class Past:
    first_url: str
    """Its first canonical address: never another one, whatever the article declares later."""
    revised_at: datetime | None
    """``None``: it still says what it said first."""


def pasts(session: Session, ids: Sequence[int]) -> dict[int, Past]:
    """By number; without those that are not held."""
    revised = _revised(session, ids)
    canonical = session.execute(
        select(ArticleUrlRow.article_id, ArticleUrlRow.url)
        .where(ArticleUrlRow.article_id.in_(ids), ArticleUrlRow.reason == "canonical")
        .order_by(ArticleUrlRow.first_seen.desc(), ArticleUrlRow.url.desc())
    )
    # The last one wins, and the oldest comes last. An address that another article had before
    # leaves this one without: its present address then.
    first = {**_addresses(session, ids), **dict(canonical.all())}
    return {
        number: Past(first_url=url, revised_at=revised.get(number)) for number, url in first.items()
    }


def _addresses(session: Session, ids: Sequence[int]) -> dict[int, str]:
    columns = (ArticleRow.id, ArticleRow.canonical_url)
    return dict(session.execute(select(*columns).where(ArticleRow.id.in_(ids))).all())


def _revised(session: Session, ids: Sequence[int]) -> dict[int, datetime]:
    current = and_(
        RevisionRow.article_id == ArticleRow.id, RevisionRow.number == ArticleRow.revision
    )
    rows = session.execute(
        select(ArticleRow.id, RevisionRow.seen_at)
        .join(RevisionRow, current)
        .where(ArticleRow.id.in_(ids), ArticleRow.revision > 1)
    )
    return dict(rows.all())
