"""Whom we read, and what their channels said."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from aggregator.model import ChannelKind, RightsBasis
from storage.tables.base import Base, one_of


class PublisherRow(Base):
    __tablename__ = "publisher"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    title: Mapped[str]
    homepage: Mapped[str]
    timezone: Mapped[str] = mapped_column(String(64))
    rights_basis: Mapped[str] = mapped_column(String(32))
    terms: Mapped[str | None]

    __table_args__ = (CheckConstraint(one_of("rights_basis", RightsBasis), name="rights_basis"),)


class ChannelRow(Base):
    """A channel with its polling state."""

    __tablename__ = "channel"

    id: Mapped[int] = mapped_column(primary_key=True)
    publisher: Mapped[str] = mapped_column(ForeignKey("publisher.name"))
    name: Mapped[str] = mapped_column(String(128))
    kind: Mapped[str] = mapped_column(String(32))
    url: Mapped[str]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    polled_at: Mapped[datetime | None]
    not_before: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("publisher", "name"),
        CheckConstraint(one_of("kind", ChannelKind), name="kind"),
    )


class EntryRow(Base):
    """What a channel last said of an article."""

    __tablename__ = "entry"

    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    """The article's identity within its publisher."""
    url: Mapped[str]
    headline: Mapped[str | None]
    published_raw: Mapped[str | None]
    published_at: Mapped[datetime | None]
    """What the channel said first, as a moment: "7 menit yang lalu" is only then exact. ``None``:
    it states no time, or only a day."""
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]

    __table_args__ = (Index("ix_entry_channel_first_seen", "channel_id", "first_seen"),)
