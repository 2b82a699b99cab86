"""A channel's own rhythm: how many entries arrive at which hour of the day.

Observation: newsrooms write by day and the ministry in office hours, so one mean rate is wrong
twice: too eager at night, too late in the morning, when a feed of fifteen entries turns over within
the hour. A rate for each hour of the day costs twenty-four counters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

HOUR = timedelta(hours=1)

MEMORY = timedelta(days=14)
"""How far back arrivals are counted: two of each day of the week. Longer is slow to notice a new
season; shorter is four arrivals for an hour of the ministry's."""

MOST_ARRIVALS = 2000
"""Arrivals that are counted: two weeks of Republika's feed at six an hour. Of a busier channel the
newest are counted, which is all that a rate needs."""

ENOUGH_ARRIVALS = 10
"""Arrivals from which a rhythm is known. With fewer the first feed would decide."""

SHRINKAGE = 3.0
"""Days of the mean rate that each hour's own rate is mixed with, so that one busy Tuesday at ten
does not make every morning busy. After a week the hour's own arrivals outweigh it."""

HORIZON = timedelta(days=2)
"""No poll is planned further ahead; clamps are shorter by far."""


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """Entries an hour, for each hour of the day in UTC."""

    rates: tuple[float, ...]

    def rate_at(self, moment: datetime) -> float:
        return self.rates[moment.astimezone(UTC).hour]

    def expected(self, start: datetime, span: timedelta) -> float:
        """How many entries are expected to arrive."""
        return sum(self.rate_at(at) * (piece / HOUR) for at, piece in _hours(start, span))

    def until_expected(self, start: datetime, entries: float) -> timedelta:
        """When that many entries are expected, at most ``HORIZON`` from ``start``."""
        missing, passed = entries, timedelta(0)
        for at, piece in _hours(start, HORIZON):
            arriving = self.rate_at(at) * (piece / HOUR)
            if arriving >= missing > 0:
                return passed + piece * (missing / arriving)
            missing, passed = missing - arriving, passed + piece
        return HORIZON


def rhythm_of(arrivals: Sequence[datetime], now: datetime) -> Rhythm | None:
    """The rhythm that arrivals of the last ``MEMORY`` show. ``None``: they are too few.

    ``arrivals`` in order; those after ``now`` are not counted.
    """
    counted = [moment for moment in arrivals if now - MEMORY <= moment <= now][-MOST_ARRIVALS:]
    if len(counted) < ENOUGH_ARRIVALS:
        return None
    watched = max(now - counted[0], HOUR)
    mean = len(counted) / (watched / HOUR)
    arrived = Counter(moment.astimezone(UTC).hour for moment in counted)
    hours = _hours_watched(now - watched, watched)
    return Rhythm(
        rates=tuple(
            (arrived[hour] + SHRINKAGE * mean) / (hours.get(hour, 0.0) + SHRINKAGE)
            for hour in range(24)
        )
    )


def _hours_watched(start: datetime, span: timedelta) -> dict[int, float]:
    """How many hours of each hour of the day (UTC) a span holds."""
    watched: dict[int, float] = {}
    for at, piece in _hours(start, span):
        hour = at.astimezone(UTC).hour
        watched[hour] = watched.get(hour, 0.0) + piece / HOUR
    return watched


def _hours(start: datetime, span: timedelta) -> Iterator[tuple[datetime, timedelta]]:
    """A span cut at the full hours: starts and lengths of the pieces."""
    at, left = start.astimezone(UTC), span
    while left > timedelta(0):
        next_hour = at.replace(minute=0, second=0, microsecond=0) + HOUR
        piece = min(next_hour - at, left)
        yield at, piece
        at, left = at + piece, left - piece
