"""What keeps a held article under watch, and what was withdrawn."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class WatchRow(Base):
    """An article's last look, and when the next one is due."""

    __tablename__ = "article_watch"

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True)
    looked_at: Mapped[datetime]
    next_look_at: Mapped[datetime | None] = mapped_column(index=True)
    """``None``: no longer young, or withdrawn."""
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    suspected_at: Mapped[datetime | None]
    """When it first seemed to be gone, while it has not been seen since."""
    suspicion: Mapped[str | None] = mapped_column(String(64))
    """What it was then, in the words of ``pipelines.withdrawal.Sign``."""
    parser: Mapped[str | None] = mapped_column(String(40))
    imprint: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What the page said, as ``pipelines.witness`` packs it."""

    __table_args__ = (
        CheckConstraint("(suspected_at IS NULL) = (suspicion IS NULL)", name="suspicion"),
    )


class WithdrawalRow(Base):
    """Who withdrew what, when and why. Never deleted: an undone one says so."""

    __tablename__ = "withdrawal"

    id: Mapped[int] = mapped_column(primary_key=True)
    publisher: Mapped[str] = mapped_column(ForeignKey("publisher.name"))
    article_id: Mapped[int | None] = mapped_column(ForeignKey("article.id"), index=True)
    """``None``: an address that was kept out before anything was held of it."""
    url: Mapped[str]
    """The article's address, or the one that was named."""
    withdrawn_at: Mapped[datetime]
    reason: Mapped[str]
    withdrawn_by: Mapped[str]
    """``publisher``, or the name of the person who did it by hand."""
    by_hand: Mapped[bool]
    suspected_at: Mapped[datetime | None]
    """When it first seemed to be gone. ``None`` for one by hand."""
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None]
    undone_reason: Mapped[str | None]

    __table_args__ = (
        Index(
            "uq_withdrawal_current",
            "article_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint("withdrawn_by <> ''", name="withdrawn_by"),
        CheckConstraint(
            "(undone_at IS NULL) = (undone_by IS NULL) "
            "AND (undone_at IS NULL) = (undone_reason IS NULL)",
            name="undone",
        ),
    )
