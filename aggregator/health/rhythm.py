"""Whether something that used to move stands still: a pure decision over its own history.

Theory: a publisher works by days. On work days, Saturdays and free days (Sundays and public
holidays) it moves at rates of its own, and how many moves a silence has *missed* is the sum of
those rates over its days. A silence is told when it missed many moves, and far more than the
silences before it.

Observations that shaped it:

- The ministry writes on work days only; its weekends, Lebaran and joint holidays are no silence.
- A large publisher writes every few minutes by day and hardly at night: the nights before are the
  measure of a night.
- Our own machine was off for some days: that is one long gap, so the second longest counts.

Known look-alikes that are *not* a standstill: a channel that was only just added, a channel that
moves once a month, a long weekend, a crawl that did not run (silence ends where watching ends).

Rejected: a fixed number of hours (either the ministry's weekend or a dead feed of Tribun is wrong);
the largest gap of all (our own downtime would deafen it for a month); rates by hour (thirty days
give too few moves for each).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from itertools import pairwise

LEAST_MOVES = 10
"""Moves that a rhythm is known from."""
LEAST_HISTORY = timedelta(days=7)
"""Time that they must span, so that every kind of day was seen."""
LEAST_MISSED = 6.0
"""Expected moves that failed to come. By chance alone (Poisson) once in 400."""
LEAST_TIMES = 2.0
"""How much more than the second longest silence before."""
LEAST_SILENCE = timedelta(hours=12)
"""What a person would not call a standstill yet."""


class DayKind(StrEnum):
    WORK = "work"
    SATURDAY = "saturday"
    FREE = "free"


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Which days are free, by the publisher's clock."""

    zone: tzinfo
    is_holiday: Callable[[date], bool] = lambda _: False

    def kind(self, day: date) -> DayKind:
        if day.isoweekday() == 7 or self.is_holiday(day):
            return DayKind.FREE
        return DayKind.SATURDAY if day.isoweekday() == 6 else DayKind.WORK

    def parts(self, start: datetime, end: datetime) -> dict[DayKind, float]:
        """How many days of each kind lie between two moments."""
        found = dict.fromkeys(DayKind, 0.0)
        at = start.astimezone(self.zone)
        end = end.astimezone(self.zone)
        while at < end:
            midnight = datetime.combine(at.date() + timedelta(days=1), time(), self.zone)
            until = min(midnight, end)
            found[self.kind(at.date())] += (until - at) / timedelta(days=1)
            at = until
        return found


@dataclass(frozen=True, kw_only=True)
class Silence:
    """A standstill."""

    since: datetime
    """The last move."""
    missed: float
    """Moves that were to be expected since then."""


def silence(
    moves: Sequence[datetime], watched_until: datetime, calendar: Calendar
) -> Silence | None:
    """The standstill that lasts at ``watched_until``; ``None`` where there is none, or no telling.

    ``moves``: when something new was seen, in any order.
    """
    ordered = sorted(set(moves))
    if len(ordered) < LEAST_MOVES or ordered[-1] - ordered[0] < LEAST_HISTORY:
        return None
    last = ordered[-1]
    rates = _rates(ordered, calendar)
    missed = _expected(rates, last, watched_until, calendar)
    before = sorted(_expected(rates, *gap, calendar) for gap in pairwise(ordered))[-2]
    if watched_until - last < LEAST_SILENCE or missed < max(LEAST_MISSED, LEAST_TIMES * before):
        return None
    return Silence(since=last, missed=missed)


def _rates(moves: Sequence[datetime], calendar: Calendar) -> dict[DayKind, float]:
    """Moves a day on each kind of day; where a kind was not seen, those of all days."""
    days = calendar.parts(moves[0], moves[-1])
    counts = Counter(calendar.kind(move.astimezone(calendar.zone).date()) for move in moves[1:])
    overall = (len(moves) - 1) / sum(days.values())
    return {kind: counts[kind] / days[kind] if days[kind] >= 1 else overall for kind in DayKind}


def _expected(
    rates: dict[DayKind, float], start: datetime, end: datetime, calendar: Calendar
) -> float:
    parts = calendar.parts(start, end)
    return sum(rates[kind] * parts[kind] for kind in DayKind)
