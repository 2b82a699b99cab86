"""Standstills: publishers' weeks, nights and holidays, and what only looks like one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.health.rhythm import Calendar, DayKind, Silence, silence

WIB = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 6, 1, 0, 0, tzinfo=WIB)
"""The first day of every history: a Monday."""

LEBARAN = {date(2026, 7, 6) + timedelta(days=n) for n in range(5)}
"""An invented week of holidays, Monday to Friday."""

CALENDAR = Calendar(zone=WIB, is_holiday=LEBARAN.__contains__)


def days(until: int, *hours: float, kinds: Sequence[DayKind] = tuple(DayKind)) -> list[datetime]:
    """Moves at these hours of each day of these kinds, for so many days."""
    every = (MONDAY + timedelta(days=n) for n in range(until))
    return [
        day + timedelta(hours=hour)
        for day in every
        if CALENDAR.kind(day.date()) in kinds
        for hour in hours
    ]


def at(day: int, hour: float = 0) -> datetime:
    return MONDAY + timedelta(days=day, hours=hour)


MINISTRY = days(28, 9, 11, 15, kinds=[DayKind.WORK])
PRESS = days(28, *(6 + n / 2 for n in range(34)))  # 06.00 to 22.30, every half hour
WEEKLY = days(70, 10)[::7]
STEADY = days(28, 8, 12, 16, 20)

STILL: dict[str, tuple[Sequence[datetime], datetime]] = {
    "the ministry on Wednesday evening of a silent week": (MINISTRY, at(30, 20)),
    "the press after a night and a day": (PRESS, at(28, 20)),
    "a weekly channel after months": (WEEKLY, at(70 + 60)),
    "a steady channel after two days": (STEADY, at(30)),
    "after one long gap that was our own": (
        [move for move in STEADY if not at(10) < move < at(15)],
        at(31),
    ),
}


@pytest.mark.parametrize("name", STILL)
def test_a_standstill(name: str) -> None:
    moves, until = STILL[name]
    found = silence(moves, until, CALENDAR)
    assert found is not None
    assert found.since == max(moves)


NOT_STILL: dict[str, tuple[Sequence[datetime], datetime]] = {
    "the ministry on Sunday night": (MINISTRY, at(27, 23)),
    "the ministry on Monday noon": (MINISTRY, at(28, 12)),
    "the ministry after a week of holidays": (
        days(35, 9, 11, 15, kinds=[DayKind.WORK]),
        at(42, 8),
    ),
    "the press at night": (PRESS, at(28, 5)),
    "the press after a late morning": (PRESS, at(28, 9)),
    "a weekly channel after two weeks": (WEEKLY, at(77)),
    "a steady channel after half a day": (STEADY, at(28, 11)),
    "hardly any history": (STEADY[:9], at(30)),
    "many moves in three days": (days(3, *range(24)), at(10)),
    "no history": ([], at(30)),
    "watching ended with the last move": (STEADY, max(STEADY)),
    "watching ended before it": (STEADY, at(20)),
}


@pytest.mark.parametrize("name", NOT_STILL)
def test_what_only_looks_like_one(name: str) -> None:
    moves, until = NOT_STILL[name]
    assert silence(moves, until, CALENDAR) is None


def test_how_much_was_missed_is_told() -> None:
    found = silence(STEADY, at(31, 20), CALENDAR)
    assert found == Silence(since=max(STEADY), missed=pytest.approx(16, abs=0.5))


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 6, 1), DayKind.WORK),
        (date(2026, 6, 6), DayKind.SATURDAY),
        (date(2026, 6, 7), DayKind.FREE),
        (date(2026, 7, 7), DayKind.FREE),
    ],
)
def test_kinds_of_days(day: date, kind: DayKind) -> None:
    assert CALENDAR.kind(day) is kind


def test_days_are_cut_at_the_publishers_midnight() -> None:
    # Saturday 22.00 to Sunday 04.00 in Jakarta, told in UTC.
    start = datetime(2026, 6, 6, 15, 0, tzinfo=UTC)
    parts = CALENDAR.parts(start, start + timedelta(hours=6))
    assert parts == {
        DayKind.WORK: 0.0,
        DayKind.SATURDAY: pytest.approx(2 / 24),
        DayKind.FREE: pytest.approx(4 / 24),
    }


moments = st.timedeltas(timedelta(), timedelta(days=30)).map(lambda after: MONDAY + after)


@given(st.lists(moments, max_size=40), moments)
def test_the_order_of_moves_plays_no_part(moves: list[datetime], until: datetime) -> None:
    assert silence(moves, until, CALENDAR) == silence(moves[::-1] * 2, until, CALENDAR)


@given(st.lists(moments, min_size=11, max_size=40), st.timedeltas(timedelta(), timedelta(days=90)))
def test_a_standstill_never_ends_by_waiting(moves: list[datetime], wait: timedelta) -> None:
    until = max(moves) + timedelta(days=5)
    if silence(moves, until, CALENDAR) is not None:
        assert silence(moves, until + wait, CALENDAR) is not None


@given(st.lists(moments, max_size=40))
def test_what_has_just_moved_does_not_stand_still(moves: list[datetime]) -> None:
    if moves:
        assert silence(moves, max(moves) + timedelta(hours=11), CALENDAR) is None
