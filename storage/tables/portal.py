"""What the school's portal has published already."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from aggregator.model import MatchReason
from storage.tables.base import Base, one_of


class PortalPostRow(Base):
    """A post of a portal, as imported."""

    __tablename__ = "portal_post"

    id: Mapped[int] = mapped_column(primary_key=True)
    portal: Mapped[str] = mapped_column(String(128))
    key: Mapped[str]
    """The post's address, else what it is known by in the file."""
    url: Mapped[str | None]
    headline: Mapped[str]
    published_at: Mapped[datetime | None]
    text_fingerprint: Mapped[str | None] = mapped_column(String(80), index=True)
    opening: Mapped[str]
    """The first words of its text, in the form in which openings are compared."""
    opening_key: Mapped[str | None] = mapped_column(String(40), index=True)
    is_cut: Mapped[bool]
    """Only a teaser was seen."""
    first_imported: Mapped[datetime]
    last_imported: Mapped[datetime]

    __table_args__ = (UniqueConstraint("portal", "key"),)


class PortalSourceRow(Base):
    """An address that a post names as its source."""

    __tablename__ = "portal_source"

    post_id: Mapped[int] = mapped_column(ForeignKey("portal_post.id"), primary_key=True)
    url: Mapped[str] = mapped_column(primary_key=True)
    """Canonical by the rules of the publisher that owns it."""
    publisher: Mapped[str | None] = mapped_column(String(64))
    """``None``: nobody whom we read."""
    external_id: Mapped[str | None]

    __table_args__ = (
        Index("ix_portal_source_url", "url"),
        Index("ix_portal_source_identity", "publisher", "external_id"),
    )


class PortalMatchRow(Base):
    """An article that a post is, and how that was found."""

    __tablename__ = "portal_match"

    post_id: Mapped[int] = mapped_column(ForeignKey("portal_post.id"), primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True, index=True)
    reason: Mapped[str] = mapped_column(String(16))
    matched_at: Mapped[datetime]

    __table_args__ = (CheckConstraint(one_of("reason", MatchReason), name="reason"),)
