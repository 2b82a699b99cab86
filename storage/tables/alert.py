"""What was told to whom about the crawls' health, so that nothing is told twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class AlertRow(Base):
    """A finding from the day it showed to the day it was gone."""

    __tablename__ = "alert"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    """What the finding is about (``channel-failing/republika/rss``)."""
    finding: Mapped[dict[str, Any]]
    """As it was when it showed."""
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    __table_args__ = (
        # Two checks at once cannot both open one.
        Index(
            "uq_alert_open",
            "key",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )


class AlertNoteRow(Base):
    """A transport has taken the news that an alert opened or closed."""

    __tablename__ = "alert_note"

    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id"), primary_key=True)
    transport: Mapped[str] = mapped_column(String(32), primary_key=True)
    said: Mapped[str] = mapped_column(String(16), primary_key=True)
    """``opened`` or ``closed``."""
    sent_at: Mapped[datetime]


class AlertTransportRow(Base):
    """How a transport fares."""

    __tablename__ = "alert_transport"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    failing_since: Mapped[datetime | None]
    detail: Mapped[str | None]
    """What went wrong last."""
    digest_on: Mapped[str | None] = mapped_column(String(10))
    """The day, by the school's clock, for which it took the last digest."""
