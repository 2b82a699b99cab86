"""Channel polls for tests: only what a test is about need be said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aggregator.health.rhythm import Calendar
from aggregator.model import ChannelRecord, ChannelStatus

NOON = datetime(2026, 8, 4, 4, 0, tzinfo=UTC)
"""A Tuesday, 12.00 WITA."""
HOUR = timedelta(hours=1)
CALENDAR = Calendar(zone=ZoneInfo("Asia/Jakarta"))

OK, UNCHANGED = ChannelStatus.OK, ChannelStatus.UNCHANGED
FAILED, BLOCKED = ChannelStatus.FAILED, ChannelStatus.BLOCKED
DEFERRED = ChannelStatus.DEFERRED


def poll(hours: float = 0, status: ChannelStatus = OK, reason: str = "", **facts: Any) -> Any:
    """An answer so many hours before noon."""
    known: dict[str, Any] = {"publisher": "contoh", "channel": "rss", "entries": 10}
    return ChannelRecord(
        **{**known, **facts},
        status=status,
        reasons=(reason,) if reason else (),
        polled_at=NOON - hours * HOUR,
    )
