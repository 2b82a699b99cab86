"""Who did what, when: written once, read, never changed."""

from __future__ import annotations

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from aggregator.model import AuditEntry
from storage.tables import AuditRow


def write(session: Session, entry: AuditEntry) -> None:
    session.execute(
        insert(AuditRow).values(
            at=entry.at,
            who=entry.who,
            action=entry.action,
            article_id=entry.article_id,
            detail=dict(entry.detail),
        )
    )


def latest(
    session: Session, *, article_id: int | None = None, limit: int = 100
) -> tuple[AuditEntry, ...]:
    """The newest entries first. ``article_id``: of one article only."""
    return tuple(entry for _, entry in numbered(session, article_id=article_id, limit=limit))


def last_number(session: Session) -> int | None:
    """Of the newest entry. ``None``: nobody has done anything yet."""
    return session.connection().scalar(_LAST)


_LAST = select(func.max(AuditRow.id))


def numbered(
    session: Session,
    *,
    article_id: int | None = None,
    before: int | None = None,
    limit: int = 100,
) -> tuple[tuple[int, AuditEntry], ...]:
    """The same with their numbers. ``before``: older than the one with this number."""
    query = select(AuditRow).order_by(AuditRow.id.desc()).limit(limit)
    if article_id is not None:
        query = query.where(AuditRow.article_id == article_id)
    if before is not None:
        query = query.where(AuditRow.id < before)
    return tuple((row.id, _entry(row)) for row in session.scalars(query))


def _entry(row: AuditRow) -> AuditEntry:
    return AuditEntry(
        at=row.at,
        who=row.who,
        action=row.action,
        article_id=row.article_id,
        detail=row.detail,
    )
