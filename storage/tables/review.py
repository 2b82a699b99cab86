"""What the school decided about showing its articles, and who did what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from aggregator.model import ReviewState
from storage.tables.base import Base, one_of

STATES = tuple(state for state in ReviewState if state is not ReviewState.NEW)


class ReviewRow(Base):
    """The decision that holds about one article. No row: nobody has decided yet."""

    __tablename__ = "review"

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(16), index=True)
    decided_at: Mapped[datetime]
    editor: Mapped[str]
    revision: Mapped[int]
    reason: Mapped[str | None]
    headline: Mapped[str | None]
    excerpt: Mapped[str | None]
    section: Mapped[str | None] = mapped_column(String(64))
    publish_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(one_of("state", STATES), name="state"),
        CheckConstraint("editor <> ''", name="editor"),
        CheckConstraint(
            "state <> 'rejected' OR (reason IS NOT NULL AND reason <> '')", name="reason"
        ),
        CheckConstraint("headline <> ''", name="headline"),
        CheckConstraint("excerpt <> ''", name="excerpt"),
    )


class AuditRow(Base):
    """One thing that somebody did. Never changed, never deleted."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    who: Mapped[str]
    action: Mapped[str] = mapped_column(String(64))
    article_id: Mapped[int | None] = mapped_column(ForeignKey("article.id"), index=True)
    detail: Mapped[dict[str, Any]]

    __table_args__ = (
        CheckConstraint("who <> ''", name="who"),
        CheckConstraint("action <> ''", name="action"),
    )
