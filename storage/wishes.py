"""What people asked of channels: to be left alone, or to be read at once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from aggregator.errors import UnknownChannelError
from aggregator.model import ChannelWish
from storage.tables import ChannelRow, ChannelWishRow


def wishes(session: Session) -> dict[tuple[str, str], ChannelWish]:
    """By publisher and channel; without those of which nothing was ever asked."""
    rows = session.execute(
        select(ChannelRow.publisher, ChannelRow.name, ChannelWishRow).join(
            ChannelWishRow, ChannelWishRow.channel_id == ChannelRow.id
        )
    )
    return {
        (publisher, name): ChannelWish(
            paused_at=row.paused_at,
            paused_by=row.paused_by,
            asked_at=row.asked_at,
            asked_by=row.asked_by,
        )
        for publisher, name, row in rows
    }


def pause(session: Session, publisher: str, channel: str, *, by: str, now: datetime) -> None:
    """Raises ``UnknownChannelError``, as the others do."""
    row = _row(session, publisher, channel)
    row.paused_at, row.paused_by = now, by
    row.asked_at = row.asked_by = None


def resume(session: Session, publisher: str, channel: str) -> None:
    row = _row(session, publisher, channel)
    row.paused_at = row.paused_by = None


def ask(session: Session, publisher: str, channel: str, *, by: str, now: datetime) -> None:
    """To be read as soon as its publisher allows."""
    row = _row(session, publisher, channel)
    row.asked_at, row.asked_by = now, by


def _row(session: Session, publisher: str, channel: str) -> ChannelWishRow:
    channel_id = session.scalar(
        select(ChannelRow.id).where(ChannelRow.publisher == publisher, ChannelRow.name == channel)
    )
    if channel_id is None:
        known = session.scalars(
            select(ChannelRow.name)
            .where(ChannelRow.publisher == publisher)
            .order_by(ChannelRow.name)
        )
        raise UnknownChannelError(name=channel, known=", ".join(known))
    row = session.get(ChannelWishRow, channel_id)
    if row is None:
        row = ChannelWishRow(channel_id=channel_id)
        session.add(row)
    return row
