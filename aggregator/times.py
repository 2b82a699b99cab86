"""The clock, and spans and hours as a school writes them: ``15m``, ``22:00-04:30``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

LONGEST_WAIT = timedelta(days=30)
"""What a host may ask us to wait. More is a mistake, its or of our clock of then: it is asked again
after a month, and what was noted further ahead counts for nothing."""

_UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
}
_SPAN = re.compile(r"(?P<count>\d{1,6})\s*(?P<unit>[smhd])")
_CLOCK = r"([01]\d|2[0-3]):([0-5]\d)"
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)")
_HOURS = re.compile(rf"{_CLOCK}\s*-\s*{_CLOCK}")


Clock = Callable[[], datetime]
"""Says what time it is, in an aware datetime."""


def system_clock() -> datetime:
    return datetime.now(UTC)


def clock_of(crawler: Any) -> Clock:
    """What a Scrapy crawler was given in ``AGGREGATOR_CLOCK``, else the system's clock."""
    given: Clock | None = crawler.settings["AGGREGATOR_CLOCK"]
    return given or system_clock


def parse_span(text: str) -> timedelta:
    """``30s``, ``15m``, ``2h`` or ``1d``. Raises ``ValueError``; zero is no span."""
    found = _SPAN.fullmatch(text.strip().lower())
    if found is None or not int(found["count"]):
        raise ValueError(text)
    return int(found["count"]) * _UNITS[found["unit"]]


def parse_moment(text: str, zone: ZoneInfo) -> datetime:
    """``2026-08-03 07:00`` or ``2026-08-03T07:00`` by a zone's clock. Raises ``ValueError``."""
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    return datetime.fromisoformat("T".join(found.groups())).replace(tzinfo=zone)


@dataclass(frozen=True, kw_only=True)
class QuietHours:
    """Hours of the school's day in which nobody is asked; they may lie over midnight."""

    start: time
    end: time

    @classmethod
    def parse(cls, text: str) -> Self:
        """``22:00-04:30``. Raises ``ValueError``, also for a whole day."""
        found = _HOURS.fullmatch(text.strip())
        if found is None:
            raise ValueError(text)
        first, second, third, fourth = map(int, found.groups())
        start, end = time(first, second), time(third, fourth)
        if start == end:
            raise ValueError(text)
        return cls(start=start, end=end)

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"

    def end_after(self, moment: datetime, zone: ZoneInfo) -> datetime | None:
        """When the quiet hours end that ``moment`` lies in; ``None``: it lies in none."""
        local = moment.astimezone(zone)
        clock = local.time()
        over_midnight = self.start > self.end
        if over_midnight and clock >= self.start:
            day = local.date() + timedelta(days=1)
        elif clock < self.end and (over_midnight or clock >= self.start):
            day = local.date()
        else:
            return None
        return datetime.combine(day, self.end, tzinfo=zone).astimezone(moment.tzinfo)
