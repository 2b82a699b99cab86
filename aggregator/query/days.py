"""Days of the school as moments."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from aggregator.errors import QueryError

_PERIOD = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")


@dataclass(frozen=True, kw_only=True)
class Period:
    """A day, a month or a year: its first and its last day."""

    first: date
    last: date


def parse_period(text: str, name: str) -> Period:
    """``2026-08-17``, ``2026-08`` or ``2026``. Raises ``QueryError`` naming the filter."""
    match = _PERIOD.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError("no period")
        year, month, day = (int(n) if n else None for n in match.groups())
        assert year is not None
        first = date(year, month or 1, day or 1)
        last_month = month or 12
        last = date(year, last_month, day or calendar.monthrange(year, last_month)[1])
    except ValueError as error:
        raise QueryError(
            field=name, value=text, detail="write a day as YYYY-MM-DD, or a month or a year"
        ) from error
    return Period(first=first, last=last)


def midnight(day: date, zone: ZoneInfo, name: str) -> datetime:
    """The moment at which a day begins. Raises ``QueryError`` for one before all time."""
    try:
        return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)
    except OverflowError as error:
        raise QueryError(field=name, value=str(day), detail="is out of range") from error


def day_after(day: date) -> date | None:
    """``None``: it is the last day of the calendar."""
    return day + timedelta(days=1) if day < date.max else None
