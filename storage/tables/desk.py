"""Who works at the editor's desk, and what people asked of channels there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from aggregator.model import DeskRole
from storage.tables.base import Base, one_of


class DeskUserRow(Base):
    """A person who may sign in. Never deleted, since the audit log names them."""

    __tablename__ = "desk_user"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    role: Mapped[str] = mapped_column(String(16))
    password_hash: Mapped[str]
    """Argon2id, in its own notation with salt and parameters."""
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    """``None``: may sign in."""

    __table_args__ = (
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint(one_of("role", DeskRole), name="role"),
        CheckConstraint("password_hash LIKE '$argon2id$%'", name="password_hash"),
    )


class DeskSessionRow(Base):
    """A browser that somebody signed in with."""

    __tablename__ = "desk_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of what the browser holds: who reads this table cannot use it."""
    name: Mapped[str] = mapped_column(ForeignKey("desk_user.name"), index=True)
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    """Whatever is done with it."""
    revoked_at: Mapped[datetime | None]


class DeskFailureRow(Base):
    """An attempt to sign in that failed; forgotten when it no longer counts."""

    __tablename__ = "desk_failure"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(64))
    """As it was typed, in lower case and cut."""
    client: Mapped[str] = mapped_column(String(64))
    """An address, or a network of IPv6."""


class ChannelWishRow(Base):
    """What a person asked of a channel: to be left alone, or to be read at once."""

    __tablename__ = "channel_wish"

    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"), primary_key=True)
    paused_at: Mapped[datetime | None]
    """``None``: it is read."""
    paused_by: Mapped[str | None]
    asked_at: Mapped[datetime | None]
    """To be read now; done when it was asked later than that."""
    asked_by: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("(paused_at IS NULL) = (paused_by IS NULL)", name="paused"),
        CheckConstraint("(asked_at IS NULL) = (asked_by IS NULL)", name="asked"),
    )
