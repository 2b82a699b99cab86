"""What the schedule goes by: what polls taught, what hosts asked for, who crawls whom."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from aggregator.model import FailureKind
from storage.tables.base import Base, one_of


class ChannelPaceRow(Base):
    """What the polls of a channel taught about when to come back (``model.ChannelPace``)."""

    __tablename__ = "channel_pace"

    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"), primary_key=True)
    attempted_at: Mapped[datetime | None]
    succeeded_at: Mapped[datetime | None]
    elapsed_seconds: Mapped[int | None]
    listed: Mapped[int]
    fresh: Mapped[int]
    empty_polls: Mapped[int]
    failures: Mapped[int]
    failure_kind: Mapped[str | None] = mapped_column(String(16))
    failure: Mapped[str | None]
    unfinished: Mapped[bool]
    ttl_seconds: Mapped[int | None]
    max_age_seconds: Mapped[int | None]

    __table_args__ = (
        CheckConstraint(
            f"failure_kind IS NULL OR {one_of('failure_kind', FailureKind)}", name="failure_kind"
        ),
        CheckConstraint("(failures = 0) = (failure_kind IS NULL)", name="failures"),
    )


class ChannelGapRow(Base):
    """A time of which a channel may have listed articles that nobody saw."""

    __tablename__ = "channel_gap"

    id: Mapped[int] = mapped_column(primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"), index=True)
    since: Mapped[datetime]
    until: Mapped[datetime]
    noted_at: Mapped[datetime]


class HostRow(Base):
    """What a host asked of us."""

    __tablename__ = "host"

    host: Mapped[str] = mapped_column(primary_key=True)
    not_before: Mapped[datetime | None]
    crawl_delay_seconds: Mapped[int | None]


class RunPublisherRow(Base):
    """A publisher that a run reads, and the process that does: told to whoever comes second."""

    __tablename__ = "run_publisher"

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    publisher: Mapped[str] = mapped_column(
        ForeignKey("publisher.name"), primary_key=True, index=True
    )
    host: Mapped[str]
    pid: Mapped[int]
