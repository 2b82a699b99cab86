"""When channels were polled, what that taught, and when their entries arrived."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from aggregator.model import ChannelPace, FailureKind, Gap
from storage.tables import ChannelGapRow, ChannelPaceRow, ChannelRow, EntryRow


@dataclass(frozen=True, kw_only=True)
class PolledChannel:
    """A channel's polling so far."""

    pace: ChannelPace
    not_before: datetime | None
    """The channel's own answer asked us (Retry-After) not to come back earlier."""


def polled_channels(session: Session) -> dict[tuple[str, str], PolledChannel]:
    """Every channel that was ever declared, by publisher and name."""
    rows = session.execute(
        select(ChannelRow, ChannelPaceRow).outerjoin(
            ChannelPaceRow, ChannelPaceRow.channel_id == ChannelRow.id
        )
    )
    return {
        (channel.publisher, channel.name): PolledChannel(
            pace=_pace(row) if row else ChannelPace(), not_before=channel.not_before
        )
        for channel, row in rows
    }


def pace(session: Session, publisher: str, channel: str) -> ChannelPace:
    """What is known of a channel; nothing of one never asked."""
    row = session.get(ChannelPaceRow, _id_of(session, publisher, channel) or 0)
    return _pace(row) if row else ChannelPace()


def save_pace(session: Session, publisher: str, channel: str, found: ChannelPace) -> None:
    channel_id = _id_of(session, publisher, channel)
    if channel_id is None:
        return
    session.merge(
        ChannelPaceRow(
            channel_id=channel_id,
            attempted_at=found.attempted_at,
            succeeded_at=found.succeeded_at,
            elapsed_seconds=_seconds(found.elapsed),
            listed=found.listed,
            fresh=found.fresh,
            empty_polls=found.empty_polls,
            failures=found.failures,
            failure_kind=found.failure_kind,
            failure=found.failure,
            unfinished=found.unfinished,
            ttl_seconds=_seconds(found.ttl),
            max_age_seconds=_seconds(found.max_age),
        )
    )


def arrivals(
    session: Session, publisher: str, channel: str, since: datetime, limit: int
) -> tuple[datetime, ...]:
    """When the newest entries first seen after ``since`` were published, else seen; in order.

    What the very first poll listed without a time is left out: nobody knows when it came.
    """
    arrived = func.coalesce(EntryRow.published_at, EntryRow.first_seen)
    begun_at = _entries(func.min(EntryRow.first_seen), publisher, (channel,)).scalar_subquery()
    found = session.execute(
        select(arrived, EntryRow.first_seen)
        .join(ChannelRow, ChannelRow.id == EntryRow.channel_id)
        .where(
            ChannelRow.publisher == publisher,
            ChannelRow.name == channel,
            EntryRow.first_seen >= since,
            or_(EntryRow.published_at.is_not(None), EntryRow.first_seen > begun_at),
        )
        .order_by(EntryRow.first_seen.desc())
        .limit(limit)
    )
    # A channel whose clock is ahead cannot list what is not yet there.
    return tuple(sorted(min(stated, seen) for stated, seen in found))


def last_sight(session: Session, publisher: str, channel: str) -> datetime | None:
    """When the channel last listed anything. ``None``: it never did."""
    found: datetime | None = session.scalar(
        _entries(func.max(EntryRow.last_seen), publisher, (channel,))
    )
    return found


def listed_before(
    session: Session,
    publisher: str,
    channels: Collection[str],
    keys: Collection[str],
    before: datetime,
) -> set[str]:
    """Those of the articles that one of the channels had listed earlier than ``before``."""
    wanted = _entries(EntryRow.key, publisher, channels)
    return set(session.scalars(wanted.where(EntryRow.key.in_(keys), EntryRow.first_seen < before)))


def note_gap(session: Session, publisher: str, gap: Gap) -> None:
    channel_id = _id_of(session, publisher, gap.channel)
    if channel_id is not None:
        session.add(
            ChannelGapRow(
                channel_id=channel_id, since=gap.since, until=gap.until, noted_at=gap.noted_at
            )
        )


def gaps(session: Session, since: datetime) -> dict[str, tuple[Gap, ...]]:
    """What ``note_gap`` noted at ``since`` or later, by publisher, oldest first."""
    rows = session.execute(
        select(ChannelGapRow, ChannelRow.publisher, ChannelRow.name)
        .join(ChannelRow, ChannelRow.id == ChannelGapRow.channel_id)
        .where(ChannelGapRow.noted_at >= since)
        .order_by(ChannelGapRow.noted_at, ChannelGapRow.id)
    )
    found: dict[str, tuple[Gap, ...]] = {}
    for row, publisher, channel in rows:
        gap = Gap(channel=channel, since=row.since, until=row.until, noted_at=row.noted_at)
        found[publisher] = (*found.get(publisher, ()), gap)
    return found


def _id_of(session: Session, publisher: str, channel: str) -> int | None:
    return session.scalar(
        select(ChannelRow.id).where(ChannelRow.publisher == publisher, ChannelRow.name == channel)
    )


def _entries(what, publisher: str, channels: Collection[str]):  # type: ignore[no-untyped-def]
    return (
        select(what)
        .join(ChannelRow, ChannelRow.id == EntryRow.channel_id)
        .where(ChannelRow.publisher == publisher, ChannelRow.name.in_(channels))
    )


def _seconds(span: timedelta | None) -> int | None:
    return round(span.total_seconds()) if span is not None else None


def _span(seconds: int | None) -> timedelta | None:
    return timedelta(seconds=seconds) if seconds is not None else None


def _pace(row: ChannelPaceRow) -> ChannelPace:
    return ChannelPace(
        attempted_at=row.attempted_at,
        succeeded_at=row.succeeded_at,
        elapsed=_span(row.elapsed_seconds),
        listed=row.listed,
        fresh=row.fresh,
        empty_polls=row.empty_polls,
        failures=row.failures,
        failure_kind=FailureKind(row.failure_kind) if row.failure_kind else None,
        failure=row.failure,
        unfinished=row.unfinished,
        ttl=_span(row.ttl_seconds),
        max_age=_span(row.max_age_seconds),
    )
