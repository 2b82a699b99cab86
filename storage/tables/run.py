"""What the crawls did."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from aggregator.model import EndState, RunStatus
from storage.tables.base import Base, one_of


class RunRow(Base):
    __tablename__ = "run"

    id: Mapped[int] = mapped_column(primary_key=True)
    mode: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    pruned_at: Mapped[datetime | None]
    """When what nobody needs any more of it was deleted."""

    __table_args__ = (CheckConstraint(one_of("status", RunStatus), name="status"),)


class FieldFillRow(Base):
    """In how many of a run's articles of a publisher a field was filled: what drift is seen by."""

    __tablename__ = "field_fill"

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    publisher: Mapped[str] = mapped_column(ForeignKey("publisher.name"), primary_key=True)
    field: Mapped[str] = mapped_column(String(32), primary_key=True)
    filled: Mapped[int]
    articles: Mapped[int]

    __table_args__ = (
        CheckConstraint("filled BETWEEN 0 AND articles", name="filled"),
        Index("ix_field_fill_publisher", "publisher", "field", "run_id"),
    )


class FetchRow(Base):
    """How one discovered URL ended in one run."""

    __tablename__ = "fetch"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), index=True)
    publisher: Mapped[str] = mapped_column(ForeignKey("publisher.name"))
    channel: Mapped[str | None] = mapped_column(String(128))
    url: Mapped[str]
    key: Mapped[str]
    state: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str | None]
    http_status: Mapped[int | None]
    article_id: Mapped[int | None] = mapped_column(ForeignKey("article.id"))
    ended_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_fetch_publisher_key", "publisher", "key", "id"),
        CheckConstraint(one_of("state", EndState), name="state"),
    )
