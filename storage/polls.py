"""How channels answered, run by run."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from aggregator.model import ChannelRecord, ChannelStatus
from storage.tables import ChannelPollRow


def record(session: Session, run_id: int, records: Iterable[ChannelRecord]) -> None:
    rows = [_row(run_id, record) for record in records]
    if rows:
        session.execute(insert(ChannelPollRow), rows)


def of_run(session: Session, run_id: int) -> tuple[ChannelRecord, ...]:
    return tuple(
        _record(row)
        for row in session.scalars(
            select(ChannelPollRow)
            .where(ChannelPollRow.run_id == run_id)
            .order_by(ChannelPollRow.publisher, ChannelPollRow.id)
        )
    )


def since(session: Session, moment: datetime) -> tuple[ChannelRecord, ...]:
    """All that were made at ``moment`` or later, oldest first."""
    return tuple(
        _record(row)
        for row in session.scalars(
            select(ChannelPollRow)
            .where(ChannelPollRow.polled_at >= moment)
            .order_by(ChannelPollRow.id)
        )
    )


def newest(session: Session) -> tuple[ChannelRecord, ...]:
    """The newest of each channel."""
    ids = select(func.max(ChannelPollRow.id)).group_by(
        ChannelPollRow.publisher, ChannelPollRow.channel
    )
    rows = session.scalars(
        select(ChannelPollRow)
        .where(ChannelPollRow.id.in_(ids))
        .order_by(ChannelPollRow.publisher, ChannelPollRow.channel)
    )
    return tuple(map(_record, rows))


def _row(run_id: int, record: ChannelRecord) -> dict[str, object]:
    skew = record.clock_skew
    return {
        "run_id": run_id,
        "publisher": record.publisher,
        "channel": record.channel,
        "status": record.status,
        "reasons": list(record.reasons),
        "pages": record.pages,
        "entries": record.entries,
        "skipped": dict(record.skipped),
        "ends": dict(record.ends),
        "fresh": record.fresh,
        "future": record.future,
        "newest_at": record.newest_at,
        "clock_skew": None if skew is None else round(skew.total_seconds()),
        "polled_at": record.polled_at,
    }


def _record(row: ChannelPollRow) -> ChannelRecord:
    skew = row.clock_skew
    return ChannelRecord(
        publisher=row.publisher,
        channel=row.channel,
        status=ChannelStatus(row.status),
        reasons=tuple(row.reasons),
        pages=row.pages,
        entries=row.entries,
        skipped=row.skipped,
        ends=row.ends,
        fresh=row.fresh,
        future=row.future,
        newest_at=row.newest_at,
        clock_skew=None if skew is None else timedelta(seconds=skew),
        polled_at=row.polled_at,
    )
