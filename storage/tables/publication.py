"""What the school's portals were given, and how that went."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from aggregator.model import PublicationState, Stop
from storage.tables.base import Base, one_of


class PublicationRow(Base):
    """An article in the outbox of a portal."""

    __tablename__ = "publication"

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True)
    portal: Mapped[str] = mapped_column(String(40), primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    stop: Mapped[str | None] = mapped_column(String(16))
    """Why it waits for a person."""
    slug: Mapped[str]
    shown_at: Mapped[datetime]
    first_revision: Mapped[int]
    remote_id: Mapped[str | None]
    remote_url: Mapped[str | None]
    public: Mapped[bool]
    mark: Mapped[str | None] = mapped_column(String(64))
    sent_revision: Mapped[int | None]
    sent_hash: Mapped[str | None] = mapped_column(String(64))
    doing: Mapped[str | None] = mapped_column(String(16))
    """Noted before it is done, so that what was cut off is known."""
    intended_hash: Mapped[str | None] = mapped_column(String(64))
    attempts: Mapped[int]
    next_attempt_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
    first_sent_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint(one_of("state", PublicationState), name="state"),
        CheckConstraint(one_of("stop", Stop), name="stop"),
        CheckConstraint("portal <> ''", name="portal"),
        # What readers may have seen must be found again to be taken down.
        CheckConstraint("state = 'waiting' OR remote_id IS NOT NULL", name="remote_id"),
        # One post is one article's.
        Index(
            "uq_publication_remote",
            "portal",
            "remote_id",
            unique=True,
            sqlite_where=text("remote_id IS NOT NULL"),
            postgresql_where=text("remote_id IS NOT NULL"),
        ),
    )


class PortalStateRow(Base):
    """How a portal fares."""

    __tablename__ = "portal_state"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    failing_since: Mapped[datetime | None]
    failures: Mapped[int]
    detail: Mapped[str | None]
    next_attempt_at: Mapped[datetime | None]
    succeeded_at: Mapped[datetime | None]
