"""The school's decisions about showing articles. Every one is in the audit log as well."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from aggregator.model import AuditEntry, Review, ReviewState
from storage import audit
from storage.tables import ArticleRow, ReviewRow


def of_articles(session: Session, ids: Collection[int]) -> dict[int, Review]:
    """The decisions that hold; articles that nobody has decided about are not among them."""
    rows = session.scalars(select(ReviewRow).where(ReviewRow.article_id.in_(ids)))
    return {row.article_id: _review(row) for row in rows}


def lock(session: Session, article_id: int) -> None:
    """Nobody else decides about the article until this transaction ends."""
    session.execute(select(ArticleRow.id).where(ArticleRow.id == article_id).with_for_update())


def decide(session: Session, review: Review, *, action: str, **detail: Any) -> None:
    """Let a decision hold from now on. ``NEW`` takes the one that held back.

    ``action``: what the audit log calls it. The log gets what changed, before and after. Raises
    ``StorageError`` where the schema refuses, such as a rejection without a reason.
    """
    row = session.get(ReviewRow, review.article_id, with_for_update=True)
    before = _review(row) if row is not None else None
    if review.state is ReviewState.NEW:
        if row is not None:
            session.delete(row)
    else:
        values = {name: getattr(review, name) for name in _FIELDS}
        if row is None:
            session.add(ReviewRow(article_id=review.article_id, **values))
        else:
            for name, value in values.items():
                setattr(row, name, value)
    session.flush()
    entry = AuditEntry(
        at=review.decided_at,
        who=review.editor,
        action=action,
        article_id=review.article_id,
        detail={"before": _said(before), "after": _said(review), **detail},
    )
    audit.write(session, entry)


def sections(session: Session) -> tuple[str, ...]:
    """Sections of the portal that editors chose so far."""
    named = select(ReviewRow.section).where(ReviewRow.section.is_not(None)).distinct()
    return tuple(sorted(name for name in session.scalars(named) if name))


def shown(now: datetime) -> ColumnElement[bool]:
    """That an article was approved and its time has come."""
    return exists().where(
        ReviewRow.article_id == ArticleRow.id,
        ReviewRow.state == ReviewState.APPROVED,
        or_(ReviewRow.publish_at.is_(None), ReviewRow.publish_at <= now),
    )


def state_is(states: Collection[ReviewState]) -> ColumnElement[bool]:
    """That the decision about an article is one of these."""
    decided = [state for state in states if state is not ReviewState.NEW]
    of_article = exists().where(ReviewRow.article_id == ArticleRow.id)
    found = of_article.where(ReviewRow.state.in_(decided))
    return or_(found, ~of_article) if ReviewState.NEW in states else found


_FIELDS = (
    "state",
    "decided_at",
    "editor",
    "revision",
    "reason",
    "headline",
    "excerpt",
    "section",
    "publish_at",
)


def _review(row: ReviewRow) -> Review:
    values = {name: getattr(row, name) for name in _FIELDS}
    return Review(article_id=row.article_id, **values | {"state": ReviewState(row.state)})


def _said(review: Review | None) -> dict[str, Any]:
    """What a decision says, for the log: what is ``None`` is left out."""
    if review is None or review.state is ReviewState.NEW:
        return {"state": str(ReviewState.NEW)}
    values = {name: getattr(review, name) for name in _FIELDS}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
        if value is not None and name not in ("decided_at", "editor")
    }
