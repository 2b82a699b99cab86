"""What a run met: how its channels answered, and what the hosts' robots.txt said."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from aggregator.model import ChannelStatus, RobotsDecision
from storage.tables.base import Base, one_of


class ChannelPollRow(Base):
    """How a channel answered in a run, all of its pages together."""

    __tablename__ = "channel_poll"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), index=True)
    publisher: Mapped[str] = mapped_column(ForeignKey("publisher.name"))
    channel: Mapped[str] = mapped_column(String(128))
    status: Mapped[str] = mapped_column(String(16))
    reasons: Mapped[list[Any]]
    """Why pages of it could not be read."""
    pages: Mapped[int]
    entries: Mapped[int]
    skipped: Mapped[dict[str, Any]]
    """Why entries could not be used -> how many."""
    ends: Mapped[dict[str, Any]]
    """How the URLs that it listed ended -> how many."""
    fresh: Mapped[int]
    """Entries that it had never listed before."""
    future: Mapped[int]
    """Entries that are dated later than they were listed."""
    newest_at: Mapped[datetime | None]
    """The latest date of an entry."""
    clock_skew: Mapped[int | None]
    """Seconds by which the server's clock (its Date header) is ahead of ours."""
    polled_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_channel_poll_channel", "publisher", "channel", "id"),
        CheckConstraint(one_of("status", ChannelStatus), name="status"),
    )


class RobotsTextRow(Base):
    """The text of a robots.txt; hosts and runs that met the same one share it."""

    __tablename__ = "robots_text"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of the text, in hexadecimal."""
    text: Mapped[str]
    first_seen: Mapped[datetime]


class RobotsVisitRow(Base):
    """What a host's robots.txt meant in a run."""

    __tablename__ = "robots_visit"

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    host: Mapped[str] = mapped_column(String(255), primary_key=True)
    publisher: Mapped[str] = mapped_column(ForeignKey("publisher.name"))
    decision: Mapped[str] = mapped_column(String(16))
    http_status: Mapped[int | None]
    reason: Mapped[str | None]
    text_hash: Mapped[str | None] = mapped_column(ForeignKey("robots_text.hash"), index=True)
    fetched_at: Mapped[datetime]
    """In an earlier run where an answer was used again."""
    allowed: Mapped[int]
    """Requests that it allowed."""
    refused: Mapped[int]

    __table_args__ = (
        Index("ix_robots_visit_host", "host", "fetched_at"),
        CheckConstraint(one_of("decision", RobotsDecision), name="decision"),
    )
